// A statement as one HTML file that asks nothing of the network: both languages, each line opening
// to its explanation, for a telephone, a desk and a printer.
#pragma once
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

/// Opens in the style's language. Everything that comes from data is escaped.
std::string html(const Sheet& sheet, const Style& style);

}  // namespace xiaoyuan::statement
