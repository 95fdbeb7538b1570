#include "weather/epw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/expected.hpp"
#include "weather/records.hpp"

namespace xiaoyuan::weather {

namespace {

constexpr std::size_t least_cells = 22;  // up to the wind speed

constexpr std::array<std::string_view, 8> headings = {"LOCATION",
                                                      "DESIGN CONDITIONS",
                                                      "TYPICAL/EXTREME PERIODS",
                                                      "GROUND TEMPERATURES",
                                                      "HOLIDAYS/DAYLIGHT SAVING",
                                                      "COMMENTS 1",
                                                      "COMMENTS 2",
                                                      "DATA PERIODS"};

RowFormat row_format(int records_per_hour) {
  constexpr Range irradiance = irradiance_range_w_m2;
  return {{{{"Global Horizontal Radiation", 13, irradiance, -9900, 9999},
            {"Direct Normal Radiation", 14, irradiance, -9900, 9999},
            {"Diffuse Horizontal Radiation", 15, irradiance, -9900, 9999},
            {"Dry Bulb Temperature", 6, temperature_range_c, -9900, 99.9},
            {"Wind Speed", 21, wind_range_m_s, -9900, 999},
            {"Atmospheric Station Pressure", 9, pressure_range_pa, -9900, 999999}}},
          records_per_hour};
}

/// The header lines as rows; `bytes` is moved on to the first line behind them.
std::vector<CsvRow> take_header(std::string_view& bytes, Complaints& complaints) {
  std::vector<CsvRow> rows;
  for (const std::string_view heading : headings) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    CsvRow row{static_cast<int>(rows.size()) + 1, parts_of(line, ',')};
    const auto is_letter = [](char a, char b) { return std::toupper(a) == b; };
    if (!std::ranges::equal(line.substr(0, heading.size()), heading, is_letter)) {
      complaints.add(row.line, std::string(heading),
                     {fmt::format("expected the header line \"{},…\" here", heading),
                      fmt::format("此处应为文件头“{},…”", heading)});
      continue;
    }
    rows.push_back(std::move(row));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return rows;
}

Weather read_location(const CsvRow& row, Complaints& complaints) {
  Weather weather;
  weather.place.latitude_deg = complaints.number(row, 6, "LOCATION latitude", {-90.0, 90.0});
  weather.place.longitude_deg = complaints.number(row, 7, "LOCATION longitude", {-180.0, 180.0});
  weather.place.elevation_m = complaints.number(row, 9, "LOCATION elevation", {-450.0, 9000.0});
  const double offset_h = complaints.number(row, 8, "LOCATION time zone", {-12.0, 14.0});
  weather.utc_offset = std::chrono::seconds{std::llround(offset_h * 3600.0)};
  const auto cell = [&](std::size_t i) { return i < row.cells.size() ? row.cells[i] : ""; };
  weather.source = fmt::format("EPW: {}, {} ({})", cell(1), cell(3), cell(4));
  return weather;
}

int read_records_per_hour(const CsvRow& row, Complaints& complaints) {
  const double records = complaints.number(row, 2, "DATA PERIODS records per hour", {1.0, 60.0});
  if (records != 1.0 && records != 2.0 && records != 4.0) {
    complaints.add(
        row.line, "DATA PERIODS records per hour",
        {fmt::format("1, 2 or 4 records per hour can be read, found {}", text_of(records)),
         fmt::format("仅支持每小时 1、2 或 4 条记录,实为 {}", text_of(records))});
    return 1;
  }
  return static_cast<int>(records);
}

void add_row(const CsvRow& row, NominalYear& year, Complaints& complaints) {
  if (row.cells.size() < least_cells) {
    complaints.add(
        row.line, "row",
        {fmt::format("expected 35 columns (at least {}), found {}", least_cells, row.cells.size()),
         fmt::format("应有 35 列(至少 {} 列),实有 {} 列", least_cells, row.cells.size())});
    return;
  }
  const auto whole = [&](std::size_t i) {
    return static_cast<int>(std::clamp(parse_number(row.cells[i]).value_or(0.0), -1.0, 99.0));
  };
  year.add(row, {whole(1), whole(2), whole(3)});
}

}  // namespace

Result<Weather> read_epw(std::string_view bytes, const std::string& file_name,
                         const ReadOptions& options) {
  Complaints complaints(file_name);
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  const std::vector<CsvRow> header = take_header(bytes, complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  Weather weather = read_location(header.front(), complaints);
  NominalYear year(row_format(read_records_per_hour(header.back(), complaints)), complaints);
  TRY(CsvTable table, parse_csv(bytes, file_name));
  for (CsvRow& row : table.rows) {
    row.line += static_cast<int>(headings.size());
    add_row(row, year, complaints);
  }
  return year.finish(std::move(weather), options.splitting);
}

}  // namespace xiaoyuan::weather
