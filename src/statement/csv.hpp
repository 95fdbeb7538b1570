// Statements as one table of lines for machines: UTF-8 with the mark that Excel wants, stable
// English names of columns, exact decimals.
#pragma once
#include <span>

#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

/// A row a line. A text that a spreadsheet would reckon (it begins with = + - @, a tab or a
/// carriage return) has an apostrophe before it.
std::string csv(std::span<const Sheet> sheets);

}  // namespace xiaoyuan::statement
