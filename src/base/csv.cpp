#include "base/csv.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace xiaoyuan {

namespace {

/// Collects what libcsv calls back with.
struct Collector {
  CsvTable* table;
  CsvRow row;
  int line = 1;
  bool has_content = false;

  void add_cell(const char* text, std::size_t length) {
    std::string& kept = table->store.emplace_back(text, length);
    has_content = has_content || !trimmed(kept).empty();
    row.cells.push_back(kept);
  }
  void end_row() {
    if (has_content) {
      row.line = line;
      table->rows.push_back(std::move(row));
    }
    row = {};
    has_content = false;
  }
};

void on_cell(void* text, std::size_t length, void* collector) {
  static_cast<Collector*>(collector)->add_cell(static_cast<const char*>(text), length);
}
void on_row(int, void* collector) { static_cast<Collector*>(collector)->end_row(); }

Text broken_quotes() {
  return {"a quoted cell is not closed, or text follows its closing quote",
          "带引号的单元格没有闭合,或闭合引号后还有文字"};
}

/// "2024/4/20", as Excel writes it back, as "2024-04-20"; other texts as they are.
std::string with_dashes(std::string_view date) {
  const auto parts = parts_of(date, '/');
  const auto two = [](std::string_view part) {
    return part.size() == 1 ? "0" + std::string(part) : std::string(part);
  };
  return parts.size() == 3 ? fmt::format("{}-{}-{}", parts[0], two(parts[1]), two(parts[2]))
                           : std::string(date);
}

}  // namespace

Result<CsvTable> parse_csv(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  CsvTable table;
  Collector collector{&table, {}};
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
    return fail(Fault::unreadable, {"out of memory", "内存不足"}, {name, 0, ""});
  }
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> freed(&parser, csv_free);
  while (!bytes.empty()) {  // a line at a time, so that the collector knows where it is
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    if (csv_parse(&parser, bytes.data(), end, on_cell, on_row, &collector) != end) {
      return fail(Fault::bad_input, broken_quotes(), {name, collector.line, ""});
    }
    bytes.remove_prefix(end);
    ++collector.line;
  }
  if (csv_fini(&parser, on_cell, on_row, &collector) != 0) {
    return fail(Fault::bad_input, broken_quotes(), {name, collector.line - 1, ""});
  }
  return table;
}

CsvColumns::CsvColumns(const CsvTable& table, std::string file,
                       const std::vector<std::string>& known, Errors& errors)
    : file_(std::move(file)), errors_(&errors) {
  if (table.rows.empty()) {
    errors.push_back({Fault::bad_input,
                      {"is empty; its first line must name the columns", "为空;第一行必须是列名"},
                      {file_, 0, ""}});
    return;
  }
  if (!check_form(table)) {
    return;
  }
  for (const std::string_view cell : table.rows.front().cells) {
    header_.emplace_back(trimmed(cell));
    if (header_.back().empty()) {
      continue;
    }
    if (!std::ranges::count(known, header_.back())) {
      complain(table.rows.front(), header_.back(), unknown_name(header_.back(), known));
    } else if (std::ranges::count(header_, header_.back()) > 1) {
      complain(table.rows.front(), header_.back(), {"this column stands twice", "此列出现两次"});
    }
  }
}

/// What makes a table unreadable as a whole: its encoding, its separators, rows wider than the
/// header.
bool CsvColumns::check_form(const CsvTable& table) {
  for (const CsvRow& row : table.rows) {
    for (const std::string_view cell : row.cells) {
      if (!is_utf8(cell)) {
        complain(row, "",
                 {"is not UTF-8 (perhaps GBK or UTF-16); in Excel save it as \"CSV UTF-8\"",
                  "不是 UTF-8 编码(可能是 GBK 或 UTF-16);请在 Excel 中另存为“CSV UTF-8”"});
        return false;
      }
    }
  }
  const CsvRow& header = table.rows.front();
  for (const std::string_view other : {";", "\t", ","}) {
    if (header.cells.size() == 1 && header.cells.front().find(other) != std::string_view::npos) {
      complain(header, "",
               {fmt::format("the columns are separated by \"{}\"; use \",\"", other),
                fmt::format("列以“{}”分隔;应使用英文逗号“,”", other)});
      return false;
    }
  }
  for (const CsvRow& row : table.rows) {
    const auto beyond = row.cells.begin() + static_cast<std::ptrdiff_t>(
                                                std::min(header.cells.size(), row.cells.size()));
    if (std::any_of(beyond, row.cells.end(), [](auto cell) { return !trimmed(cell).empty(); })) {
      complain(
          row, "",
          {fmt::format("has {} cells, but the header names {} columns", row.cells.size(),
                       header.cells.size()),
           fmt::format("本行有 {} 格,而表头只有 {} 列", row.cells.size(), header.cells.size())});
    }
  }
  return true;
}

bool CsvColumns::has(std::string_view column) const {
  return std::ranges::find(header_, column) != header_.end();
}

std::string_view CsvColumns::cell(const CsvRow& row, std::string_view column) const {
  const auto found = std::ranges::find(header_, column);
  const auto index = static_cast<std::size_t>(found - header_.begin());
  return found != header_.end() && index < row.cells.size() ? trimmed(row.cells[index])
                                                            : std::string_view{};
}

void CsvColumns::complain(const CsvRow& row, std::string_view column, Text what) {
  errors_->push_back({Fault::bad_input, std::move(what), {file_, row.line, std::string(column)}});
}

std::string CsvColumns::text(const CsvRow& row, std::string_view column) {
  const std::string_view value = cell(row, column);
  if (value.empty()) {
    complain(row, column, missing());
  }
  return std::string(value);
}

std::optional<double> CsvColumns::number_if(const CsvRow& row, std::string_view column,
                                            const Range& range) {
  const std::string_view value = cell(row, column);
  if (value.empty()) {
    return std::nullopt;
  }
  const std::optional<double> number = parse_number(value);
  if (!number || !range.holds(*number)) {
    complain(row, column, number_expected(range, fmt::format("\"{}\"", value)));
    return std::nullopt;
  }
  return number;
}

double CsvColumns::number(const CsvRow& row, std::string_view column, const Range& range) {
  if (cell(row, column).empty()) {
    complain(row, column, missing());
  }
  return number_if(row, column, range).value_or(range.holds(0.0) ? 0.0 : range.least);
}

std::size_t CsvColumns::choice_or(const CsvRow& row, std::string_view column,
                                  const std::vector<std::string>& choices, std::size_t otherwise) {
  const std::string_view value = cell(row, column);
  if (value.empty()) {
    return otherwise;
  }
  const auto found = std::ranges::find(choices, value);
  if (found == choices.end()) {
    complain(row, column, choice_expected(choices, value));
    return otherwise;
  }
  return static_cast<std::size_t>(found - choices.begin());
}

std::optional<Date> CsvColumns::date_if(const CsvRow& row, std::string_view column) {
  const std::string_view value = cell(row, column);
  Date date;
  if (value.empty()) {
    return std::nullopt;
  }
  if (!parse_date(with_dashes(value), date)) {
    complain(row, column, date_expected(fmt::format("\"{}\"", value)));
    return std::nullopt;
  }
  return date;
}

}  // namespace xiaoyuan
