// The month's statements as one workbook: Summary, Lines, Sources, Changes, Reconciliation.
#pragma once
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

/// Nothing, a number as a workbook has them (15 digits: a fen of 10 trillion yuan), or text.
using SheetCell = std::variant<std::monostate, double, std::string>;

struct SheetTable {
  Text name;
  std::vector<Text> columns;
  std::vector<std::vector<SheetCell>> rows;
};

/// Tables as sheets of one workbook, with filters; `created` stands in the file, which else depends
/// on the tables and the language alone. Errors: the system gives no memory file.
Result<std::string> workbook_of(std::span<const SheetTable> tables, Language language,
                                Instant created);

Result<std::string> workbook(std::span<const Sheet> sheets, const Style& style);

}  // namespace xiaoyuan::statement
