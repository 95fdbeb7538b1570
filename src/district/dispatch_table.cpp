#include "district/dispatch_table.hpp"

#include "base/csv.hpp"
#include "district/table_errors.hpp"

namespace xiaoyuan::district {

Result<DispatchTable> read_dispatch_table(std::string_view bytes, const std::string& name) {
  static const std::vector<std::string> needed{"load_kw", "pv_kw", "buy", "sell"};
  TRY(const CsvTable rows, parse_csv(bytes, name));
  Errors errors;
  CsvColumns columns(rows, name, {"time", "load_kw", "pv_kw", "buy", "sell"}, errors);
  if (!columns.well_formed()) {
    return std::unexpected(std::move(errors));
  }
  check_columns(columns, name, needed, errors);
  if (errors.empty() && rows.rows.size() < 2) {
    errors.push_back({Fault::bad_input, {"has no rows", "没有数据行"}, {name, 0, ""}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  DispatchTable table;
  for (std::size_t i = 1; i < rows.rows.size(); ++i) {
    const CsvRow& row = rows.rows[i];
    table.load_kw.push_back(columns.number(row, "load_kw", {0.0, 1e9}));
    table.pv_kw.push_back(columns.number(row, "pv_kw", {0.0, 1e9}));
    table.buy.push_back(columns.number(row, "buy", {-1e6, 1e6}));
    table.sell.push_back(columns.number(row, "sell", {-1e6, 1e6}));
    if (columns.has("time")) {
      table.times.emplace_back(columns.cell(row, "time"));
    }
  }
  if (!errors.empty()) {
    keep_first(errors, name);
    return std::unexpected(std::move(errors));
  }
  return table;
}

}  // namespace xiaoyuan::district
