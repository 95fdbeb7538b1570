// Why a line of a statement is what it is, from the registers to the fen.
//
//   amount = energy × price, rounded once, half up to the fen
//   energy = Σ (end − start) × multiplier over the registers that it stands on
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

/// For the terminal. Errors: no line has that id; the nearest one is named.
Result<std::string> explain(const settle::Statement& statement, std::string_view line,
                            const Style& style);

}  // namespace xiaoyuan::statement
