// A table of a foreign file: CSV, or one sheet of an XLSX workbook.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"

namespace xiaoyuan::readings {

/// Rows by their line (of a workbook: its row number), the header first.
struct Sheet {
  std::string file;
  CsvTable table;
  std::optional<int> day_zero;  ///< of a workbook: days from 1970-01-01 to its day 0

  const CsvRow& header() const { return table.rows.front(); }
  /// Where a column stands; the columns' names are trimmed, the first of two with one name counts.
  std::optional<std::size_t> column(std::string_view name) const;
  std::vector<std::string> names() const;
};

/// The cell of a row, trimmed; "" beyond the row's end.
std::string_view cell_of(const CsvRow& row, std::size_t column);

/// Reads a file by what its first bytes say it is. `sheet` names a workbook's sheet or how its name
/// begins, "" its first;
/// `header_row` is the line that names the columns, and what stands above it is left out. Errors:
/// no CSV in UTF-8 nor XLSX, no such sheet, a broken workbook, no header.
Result<Sheet> read_sheet(std::string_view bytes, const std::string& name, std::string_view sheet,
                         int header_row);

/// One sheet of a workbook; called by read_sheet. (XLSX: libzip and expat, in this file's .cpp
/// alone.) Limits, so that a small file cannot become a huge one: 64 MiB a part, 1,024 columns,
/// 5,000,000 cells, no document types.
Result<Sheet> read_workbook(std::string_view bytes, const std::string& name,
                            std::string_view sheet);

}  // namespace xiaoyuan::readings
