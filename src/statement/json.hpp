// A statement as JSON, as the store keeps it: whole numbers (fen, mWh, 1e-8 yuan/kWh, seconds),
// every field there, null where a statement has none. json(read_json(b)) = b for all b written
// here.
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::statement {

std::string json(const settle::Statement& statement);
/// All that is wrong at once, each with its field ("lines[3].price"). `name` is the file's.
Result<settle::Statement> read_json(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::statement
