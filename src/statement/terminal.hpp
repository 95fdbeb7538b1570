// A statement for the terminal, its columns aligned in both scripts.
#pragma once
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

std::string terminal(const Sheet& sheet, const Style& style);

}  // namespace xiaoyuan::statement
