#include "readings/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::readings {

namespace {

std::unexpected<Errors> no_table(const std::string& name, Text what) {
  return fail(Fault::bad_input, std::move(what), {name, 0, ""});
}

/// The base's own tests of form: encoding, separators. Rows may be wider or narrower here, for what
/// grid companies send has notes beside and sums below.
bool check_form(const CsvTable& table, const std::string& name, Errors& errors) {
  for (const CsvRow& row : table.rows) {
    for (const std::string_view cell : row.cells) {
      if (!is_utf8(cell)) {
        errors.push_back(
            {Fault::bad_input,
             {"is not UTF-8 (perhaps GBK or UTF-16); in Excel save it as \"CSV UTF-8\"",
              "不是 UTF-8 编码(可能是 GBK 或 UTF-16);请在 Excel 中另存为“CSV UTF-8”"},
             {name, row.line, ""}});
        return false;
      }
    }
  }
  return true;
}

}  // namespace

std::optional<std::size_t> Sheet::column(std::string_view name) const {
  const auto& cells = header().cells;
  const auto found =
      std::ranges::find_if(cells, [&](std::string_view cell) { return trimmed(cell) == name; });
  return found == cells.end() ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - cells.begin()));
}

std::vector<std::string> Sheet::names() const {
  std::vector<std::string> names;
  for (const std::string_view cell : header().cells) {
    names.emplace_back(trimmed(cell));
  }
  return names;
}

std::string_view cell_of(const CsvRow& row, std::size_t column) {
  return column < row.cells.size() ? trimmed(row.cells[column]) : std::string_view{};
}

Result<Sheet> read_sheet(std::string_view bytes, const std::string& name, std::string_view sheet,
                         int header_row) {
  Sheet read;
  if (bytes.starts_with("PK\x03\x04")) {
    TRY(read, read_workbook(bytes, name, sheet));
  } else if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return no_table(name, {"is an old Excel workbook (.xls); save it as .xlsx or CSV UTF-8",
                           "是旧版 Excel 工作簿(.xls);请另存为 .xlsx 或“CSV UTF-8”"});
  } else if (!sheet.empty() && bytes.starts_with("PK")) {
    return no_table(name, {"is a damaged workbook", "工作簿已损坏"});
  } else {
    TRY(auto table, parse_csv(bytes, name));
    Errors errors;
    if (!check_form(table, name, errors)) {
      return std::unexpected(std::move(errors));
    }
    read.table = std::move(table);
  }
  read.file = name;
  std::erase_if(read.table.rows, [&](const CsvRow& row) { return row.line < header_row; });
  if (read.table.rows.empty() || read.header().line != header_row) {
    return no_table(name, {fmt::format("has no columns' names in line {}", header_row),
                           fmt::format("第 {} 行没有列名", header_row)});
  }
  return read;
}

}  // namespace xiaoyuan::readings
