#include <algorithm>
#include <optional>

#include "base/csv.hpp"
#include "district/district.hpp"
#include "district/table_errors.hpp"

namespace xiaoyuan::district {

namespace {

constexpr const char* table_name = "district.csv";
const std::vector<std::string> known_columns{"id",         "load_shape",      "load_kwh",
                                             "roof",       "pv_kwp",          "battery_kwh",
                                             "battery_kw", "import_limit_kw", "export_limit_kw"};
const std::vector<std::string> needed_columns{"id", "load_shape", "load_kwh"};

/// Reads rows one by one against the district's shapes.
class Rows {
 public:
  Rows(CsvColumns& columns, const District& district) : columns_(columns), district_(district) {}

  Household read(const CsvRow& row) {
    Household home;
    home.line = row.line;
    home.id = columns_.text(row, "id");
    home.load_shape = index(row, "load_shape", district_.loads.names);
    home.load_kwh = columns_.number(row, "load_kwh", {0.0, 1e9});
    home.pv_kwp = columns_.number_if(row, "pv_kwp", {0.0, 1e9}).value_or(0.0);
    home.battery_kwh = columns_.number_if(row, "battery_kwh", {0.0, 1e9}).value_or(0.0);
    home.import_limit_kw = columns_.number_if(row, "import_limit_kw", {0.0, 1e9}).value_or(-1.0);
    home.export_limit_kw = columns_.number_if(row, "export_limit_kw", {0.0, 1e9}).value_or(-1.0);
    if (home.pv_kwp > 0.0 || !columns_.cell(row, "roof").empty()) {
      home.roof = index(row, "roof", district_.roofs.names);
    }
    home.battery_kw = home.battery_kwh > 0.0
                          ? columns_.number(row, "battery_kw", {0.0, 1e9})
                          : columns_.number_if(row, "battery_kw", {0.0, 1e9}).value_or(0.0);
    check_id(row, home.id);
    return home;
  }

 private:
  /// An id stands in a cell of the result: no comma, no quote.
  void check_id(const CsvRow& row, const std::string& id) {
    if (id.find_first_of(",\"\r\n") != std::string::npos) {
      columns_.complain(
          row, "id",
          {"an id may hold no comma, quote or line break", "编号不得含逗号、引号或换行"});
    }
  }

  std::uint32_t index(const CsvRow& row, const char* column,
                      const std::vector<std::string>& names) {
    const std::string_view cell = columns_.cell(row, column);
    if (cell.empty()) {
      columns_.complain(row, column, missing());
      return 0;
    }
    const auto found = std::ranges::find(names, cell);
    if (found == names.end()) {
      columns_.complain(row, column, unknown_name(cell, names));
      return 0;
    }
    return static_cast<std::uint32_t>(found - names.begin());
  }

  CsvColumns& columns_;
  const District& district_;
};

}  // namespace

Result<std::vector<Household>> read_households(const RowsText& text, const District& district) {
  std::string bytes(text.header);
  bytes += '\n';
  bytes += text.rows;
  const int shift = text.first_line - 2;  // between the lines of `bytes` and those of the file
  auto table = parse_csv(bytes, table_name);
  if (!table) {
    for (Error& error : table.error()) {
      error.where.line += error.where.line > 1 ? shift : 0;
    }
    return std::unexpected(std::move(table.error()));
  }
  for (CsvRow& row : table->rows) {
    row.line += row.line > 1 ? shift : 0;
  }
  Errors errors;
  CsvColumns columns(*table, table_name, known_columns, errors);
  std::vector<Household> homes;
  if (columns.well_formed()) {
    check_columns(columns, table_name, needed_columns, errors);
  }
  if (errors.empty()) {
    Rows rows(columns, district);
    homes.reserve(table->rows.size() - 1);
    for (std::size_t i = 1; i < table->rows.size(); ++i) {
      homes.push_back(rows.read(table->rows[i]));
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return homes;
}

}  // namespace xiaoyuan::district
