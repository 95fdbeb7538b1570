#include "desk/data_table.hpp"

#include <fmt/format.h>

#include <string_view>

#include "base/check.hpp"

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

}  // namespace xiaoyuan::desk
