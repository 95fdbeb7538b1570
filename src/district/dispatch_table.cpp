#include "district/dispatch_table.hpp"

#include <fmt/format.h>

#include "base/csv.hpp"
#include "district/table_errors.hpp"

namespace xiaoyuan::district {

namespace {

constexpr Range power_range{0.0, 1e9};
constexpr Range cop_range{0.1, 20.0};

void read_stores(CsvColumns& columns, const CsvRow& row, DispatchTable& table) {
  const auto read = [&](const char* column, const Range& range, std::vector<double>& values) {
    if (columns.has(column)) {
      values.push_back(columns.number(row, column, range));
    }
  };
  read("heat_kw", power_range, table.heat_kw);
  read("cop", cop_range, table.cop);
  read("shift_kw", power_range, table.shift_kw);
  if (columns.has("shift_window")) {
    table.shift_windows.emplace_back(columns.cell(row, "shift_window"));
  }
}

/// A column that says nothing without another.
void check_company(const CsvColumns& columns, const std::string& name, const char* column,
                   const char* other, Errors& errors) {
  if (columns.has(column) && !columns.has(other)) {
    errors.push_back({Fault::bad_input,
                      {fmt::format("means nothing without the column {}; add that, or leave this "
                                   "out",
                                   other),
                       fmt::format("缺少 {} 列时此列无意义;请补充该列或去掉此列", other)},
                      {name, 1, column}});
  }
}

}  // namespace

Result<DispatchTable> read_dispatch_table(std::string_view bytes, const std::string& name) {
  static const std::vector<std::string> needed{"load_kw", "pv_kw", "buy", "sell"};
  TRY(const CsvTable rows, parse_csv(bytes, name));
  Errors errors;
  CsvColumns columns(
      rows, name,
      {"time", "load_kw", "pv_kw", "buy", "sell", "heat_kw", "cop", "shift_kw", "shift_window"},
      errors);
  if (!columns.well_formed()) {
    return std::unexpected(std::move(errors));
  }
  check_columns(columns, name, needed, errors);
  check_company(columns, name, "cop", "heat_kw", errors);
  check_company(columns, name, "shift_window", "shift_kw", errors);
  if (errors.empty() && rows.rows.size() < 2) {
    errors.push_back({Fault::bad_input, {"has no rows", "没有数据行"}, {name, 0, ""}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  DispatchTable table;
  for (std::size_t i = 1; i < rows.rows.size(); ++i) {
    const CsvRow& row = rows.rows[i];
    table.load_kw.push_back(columns.number(row, "load_kw", power_range));
    table.pv_kw.push_back(columns.number(row, "pv_kw", power_range));
    table.buy.push_back(columns.number(row, "buy", {-1e6, 1e6}));
    table.sell.push_back(columns.number(row, "sell", {-1e6, 1e6}));
    if (columns.has("time")) {
      table.times.emplace_back(columns.cell(row, "time"));
    }
    read_stores(columns, row, table);
  }
  if (!errors.empty()) {
    keep_first(errors, name);
    return std::unexpected(std::move(errors));
  }
  return table;
}

}  // namespace xiaoyuan::district
