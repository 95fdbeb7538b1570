// The bytes of an entry: what is hashed, stored, handed over and read back.
//
//   form u8 = 1 · kind u8 · key text · dated i32 (days since 1970-01-01) · memo text · the fields
//   of the kind in the order of command.hpp
// with numbers and texts as ledger/bytes.hpp writes them; lists are u32 and their items.
// read(bytes_of(c)) = c, and bytes_of(read(b)) = b for every b that is read.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "ledger/command.hpp"

namespace xiaoyuan::ledger {

inline constexpr std::size_t longest_key = 200;
inline constexpr std::size_t longest_text = 1000;
inline constexpr std::size_t most_transfers = 100'000;

std::string bytes_of(const Command& command);
/// `name` is what messages call the bytes.
Result<Command> read_command(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::ledger
