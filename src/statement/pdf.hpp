// Statements as PDF, A4, for a printer: a household's large and plain, a committee's or company's
// total with its table, a grid company's reconciliation. Which one follows from the holder.
//
// The same sheets give the same bytes on the same fonts: nothing of the clock is in them, their
// date is the end of the month. Chinese needs a font that has it (Debian: fonts-noto-cjk).
#pragma once
#include <span>

#include "base/error.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

Result<std::string> pdf(const Sheet& sheet, const Style& style);
/// Many statements in one file, each on its own page or pages: several times faster than many
/// files, for most of a file's time is the cutting of its fonts.
Result<std::string> pdf(std::span<const Sheet> sheets, const Style& style);

}  // namespace xiaoyuan::statement
