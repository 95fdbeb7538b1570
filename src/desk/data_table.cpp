#include "desk/data_table.hpp"

#include <fmt/format.h>

#include <string_view>

#include "base/check.hpp"
#include "statement/workbook.hpp"

namespace xiaoyuan::desk {

namespace {

std::string text_cell(std::string_view text) {
  const bool is_reckoned = !text.empty() && std::string_view("=+-@\t\r").contains(text.front());
  if (!is_reckoned && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string cell = is_reckoned ? "\"'" : "\"";
  for (const char letter : text) {
    cell += letter;
    if (letter == '"') {
      cell += '"';
    }
  }
  return cell + '"';
}

struct CellText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return text_cell(text); }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
};

/// A workbook's text is never reckoned with: it is written as text.
struct CellOfSheet {
  statement::SheetCell operator()(std::monostate) const { return {}; }
  statement::SheetCell operator()(const std::string& text) const { return text; }
  statement::SheetCell operator()(std::int64_t number) const { return static_cast<double>(number); }
  statement::SheetCell operator()(double number) const { return number; }
  statement::SheetCell operator()(bool truth) const { return std::string(truth ? "1" : "0"); }
};

Text head_of(const Column& column) {
  if (column.unit.empty()) {
    return column.meaning;
  }
  return {fmt::format("{} ({})", column.meaning.en, column.unit),
          fmt::format("{}({})", column.meaning.zh, column.unit)};
}

}  // namespace

const std::vector<std::string>& words_of(ColumnType) {
  static const std::vector<std::string> words{"text", "integer", "number",
                                              "day",  "month",   "boolean"};
  return words;
}

std::string csv(const DataTable& table) {
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out += (i == 0 ? "" : ",") + text_cell(table.columns[i].name);
  }
  out += "\r\n";
  for (const std::vector<Cell>& row : table.rows) {
    expects(row.size() == table.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += (i == 0 ? "" : ",") + std::visit(CellText{}, row[i]);
    }
    out += "\r\n";
  }
  return out;
}

Result<std::string> workbook(const DataTable& table, const SheetTerms& terms) {
  statement::SheetTable sheet{.name = terms.name, .columns = {}, .rows = {}};
  for (const Column& column : table.columns) {
    sheet.columns.push_back(head_of(column));
  }
  for (const std::vector<Cell>& row : table.rows) {
    auto& cells = sheet.rows.emplace_back();
    for (const Cell& cell : row) {
      cells.push_back(std::visit(CellOfSheet{}, cell));
    }
  }
  return statement::workbook_of({&sheet, 1}, terms.language, terms.created);
}

}  // namespace xiaoyuan::desk
