// A table of open data: columns that say their unit and meaning, cells that are known or not, as
// CSV, as a workbook, and for JSON.
//
// CSV as RFC 4180 has it, with a byte-order mark for spreadsheets; text that a spreadsheet would
// reckon with (= + - @ at its beginning) gets an apostrophe before it.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::desk {

enum class ColumnType : std::uint8_t { text, integer, number, day, month, boolean };
const std::vector<std::string>& words_of(ColumnType);

struct Column {
  std::string name;  ///< with its unit last: "made_mWh"
  ColumnType type = ColumnType::text;
  std::string unit;  ///< "" where there is none
  Text meaning;
};

using Cell = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

struct DataTable {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  ///< cells in the order of the columns
};

std::string csv(const DataTable& table);
/// One sheet, its heads the meanings of the columns with their units. Errors: the system gives no
/// memory file.
struct SheetTerms {
  Text name;
  Language language = Language::chinese;
  Instant created;
};
Result<std::string> workbook(const DataTable& table, const SheetTerms& terms);

}  // namespace xiaoyuan::desk
