#include "weather/tmy3.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"
#include "weather/records.hpp"

namespace xiaoyuan::weather {

namespace {

constexpr std::string_view date_column = "Date (MM/DD/YYYY)";
constexpr std::string_view time_column = "Time (HH:MM)";

/// Where the columns that we need stand in the file.
struct Columns {
  std::size_t date = 0;
  std::size_t time = 0;
  RowFormat format;
  std::size_t most = 0;  ///< the last of them
};

Columns find_columns(const CsvRow& names, Complaints& complaints) {
  Columns columns;
  const auto place_of = [&](std::string_view name) {
    const auto found = std::ranges::find_if(
        names.cells, [&](std::string_view cell) { return trimmed(cell) == name; });
    if (found == names.cells.end()) {
      complaints.add(names.line, std::string(name),
                     {"this column is missing; the second line of a TMY3 file names the columns",
                      "缺少此列;TMY3 文件第二行应为列名"});
    }
    const auto place = static_cast<std::size_t>(found - names.cells.begin());
    columns.most = std::max(columns.most, place);
    return place;
  };
  columns.date = place_of(date_column);
  columns.time = place_of(time_column);
  constexpr Range irradiance = irradiance_range_w_m2;
  columns.format.columns = {{{"GHI (W/m^2)", 0, irradiance},
                             {"DNI (W/m^2)", 0, irradiance},
                             {"DHI (W/m^2)", 0, irradiance},
                             {"Dry-bulb (C)", 0, temperature_range_c},
                             {"Wspd (m/s)", 0, wind_range_m_s},
                             {"Pressure (mbar)", 0, pressure_range_hpa}}};
  columns.format.columns[5].factor = 100.0;
  for (ColumnRule& rule : columns.format.columns) {
    rule.index = place_of(rule.name);
  }
  return columns;
}

Weather read_station(const CsvRow& row, Complaints& complaints) {
  Weather weather;
  const double offset_h = complaints.number(row, 3, "time zone", {-12.0, 14.0});
  weather.utc_offset = std::chrono::seconds{std::llround(offset_h * 3600.0)};
  weather.place.latitude_deg = complaints.number(row, 4, "latitude", {-90.0, 90.0});
  weather.place.longitude_deg = complaints.number(row, 5, "longitude", {-180.0, 180.0});
  weather.place.elevation_m = complaints.number(row, 6, "elevation", {-450.0, 9000.0});
  if (row.cells.size() > 2) {
    weather.source = fmt::format("TMY3: {}, {} ({})", row.cells[1], row.cells[2], row.cells[0]);
  }
  return weather;
}

void add_row(const CsvRow& row, const Columns& columns, NominalYear& year, Complaints& complaints) {
  if (row.cells.size() <= columns.most) {
    complaints.add(
        row.line, "row",
        {fmt::format("expected at least {} columns, found {}", columns.most + 1, row.cells.size()),
         fmt::format("应至少有 {} 列,实有 {} 列", columns.most + 1, row.cells.size())});
    return;
  }
  const auto date = parts_of(row.cells[columns.date], '/');
  const auto time = parts_of(row.cells[columns.time], ':');
  const auto whole = [](std::string_view text) {
    const double number = parse_number(text).value_or(-1.0);
    return number == std::floor(number) && std::abs(number) < 100.0 ? static_cast<int>(number) : -1;
  };
  if (date.size() != 3 || time.size() != 2 || whole(time[1]) != 0 || whole(date[0]) < 1 ||
      whole(date[1]) < 1) {
    const std::string found =
        fmt::format("\"{} {}\"", row.cells[columns.date], row.cells[columns.time]);
    complaints.add(row.line, std::string(date_column),
                   {fmt::format("expected a date and hour like 01/31/1998 24:00, found {}", found),
                    fmt::format("应为形如 01/31/1998 24:00 的日期和整点,实为 {}", found)});
    return;
  }
  year.add(row, {whole(date[0]), whole(date[1]), whole(time[0])});
}

}  // namespace

Result<Weather> read_tmy3(std::string_view bytes, const std::string& file_name,
                          const ReadOptions& options) {
  TRY(const CsvTable table, parse_csv(bytes, file_name));
  if (table.rows.size() < 2) {
    return fail(Fault::bad_input,
                {"expected a station line, a line of column names and the hours of a year",
                 "应有站点行、列名行以及全年逐时数据"},
                {file_name, 0, ""});
  }
  Complaints complaints(file_name);
  Weather weather = read_station(table.rows[0], complaints);
  const Columns columns = find_columns(table.rows[1], complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  NominalYear year(columns.format, complaints);
  for (std::size_t i = 2; i < table.rows.size(); ++i) {
    add_row(table.rows[i], columns, year, complaints);
  }
  return year.finish(std::move(weather), options.splitting);
}

}  // namespace xiaoyuan::weather
