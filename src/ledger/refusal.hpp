// Why the book does not take a command, said in both languages.
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "ledger/codec.hpp"

namespace xiaoyuan::ledger {

/// An error about a field of the command with this key.
Error refusal(const Heading& heading, std::string_view field, Text what,
              Fault fault = Fault::impossible);
std::unexpected<Errors> refused(const Heading& heading, std::string_view field, Text what,
                                Fault fault = Fault::impossible);

/// All that is wrong with a command by itself, whatever the book holds; nothing when it is sound.
Errors errors_of_form(const Command& command);

/// "2,730 Wh"
Text amount_text(std::int64_t amount, Unit unit);

}  // namespace xiaoyuan::ledger
