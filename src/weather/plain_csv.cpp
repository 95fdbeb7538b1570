#include "weather/plain_csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expected.hpp"
#include "weather/place_and_clock.hpp"
#include "weather/text_lines.hpp"
#include "weather/time_line.hpp"

namespace xiaoyuan::weather {

namespace {

const std::vector<std::string> plain_names = {"time",          "ghi_w_m2",    "dni_w_m2",
                                              "dhi_w_m2",      "wind_m_s",    "pressure_pa",
                                              "temperature_c", "pressure_hpa"};
constexpr double coldest_pyranometer_w_m2 = -20.0;

/// A number no file holds: with it as its bound nothing counts as missing.
constexpr double nothing_below = -1e300;
constexpr double nothing_above = 1e300;

ColumnRules plain_columns(const CsvRow& names, Complaints& complaints) {
  const bool is_hpa = column_named(names, "pressure_hpa") != no_column;
  const Range light{coldest_pyranometer_w_m2, irradiance_range_w_m2.most};
  ColumnRules rules = {{{"ghi_w_m2", 0, light},
                        {"dni_w_m2", 0, light},
                        {"dhi_w_m2", 0, light},
                        {"temperature_c", 0, temperature_range_c},
                        {"wind_m_s", 0, wind_range_m_s},
                        {is_hpa ? "pressure_hpa" : "pressure_pa", 0,
                         is_hpa ? pressure_range_hpa : pressure_range_pa}}};
  rules[Channel::pressure].factor = is_hpa ? pa_per_hpa : 1.0;
  for (ColumnRule& rule : rules) {
    rule.missing_to = nothing_below;
    rule.missing_from = nothing_above;
    rule.index = column_named(names, rule.name);
  }
  for (const std::size_t channel : {Channel::ghi, Channel::temperature}) {
    if (rules[channel].index == no_column) {
      complaints.add(names.line, rules[channel].name, missing());
    }
  }
  return rules;
}

struct PlainRows {
  std::size_t time;
  ColumnRules rules;
  Complaints& complaints;
  bool any_offset = false;
  bool any_without = false;
  std::optional<std::chrono::seconds> first_offset{};
  std::size_t cold_values = 0;

  void add(const CsvRow& row, TimeLine& rows);
  Values values(const CsvRow& row);
};

/// An empty cell has no rule that could name it: it is taken out of the rules of its row.
Values PlainRows::values(const CsvRow& row) {
  ColumnRules of_row = rules;
  for (ColumnRule& rule : of_row) {
    if (rule.index >= row.cells.size() || trimmed(row.cells[rule.index]).empty()) {
      rule.index = no_column;
    }
  }
  Values values = values_of(row, of_row, complaints);
  for (const std::size_t channel : {Channel::ghi, Channel::dni, Channel::dhi}) {
    cold_values += values[channel] < 0.0 ? 1U : 0U;
    values[channel] = values[channel] < 0.0 ? 0.0 : values[channel];
  }
  return values;
}

void PlainRows::add(const CsvRow& row, TimeLine& rows) {
  const std::string_view cell = time < row.cells.size() ? trimmed(row.cells[time]) : "";
  const auto written = parse_time(cell);
  if (!written) {
    complaints.add(
        row.line, "time",
        {fmt::format("expected a time like 2024-01-31 07:00 or 2024-01-31 07:00+08:00, found "
                     "\"{}\"",
                     cell),
         fmt::format("应为形如 2024-01-31 07:00 或 2024-01-31 07:00+08:00 的时间,实为“{}”", cell)});
    return;
  }
  any_offset = any_offset || written->offset;
  any_without = any_without || !written->offset;
  first_offset = first_offset ? first_offset : written->offset;
  rows.add(row.line, written->utc(), values(row));
}

/// What is wrong with the table as a whole.
Errors form_errors(const CsvTable& table, const std::string& file_name) {
  Errors errors;
  const CsvColumns columns(table, file_name, plain_names, errors);
  if (errors.empty() && !columns.has("time")) {
    errors.push_back({Fault::bad_input, missing(), {file_name, table.rows.front().line, "time"}});
  }
  if (errors.empty() && columns.has("pressure_pa") && columns.has("pressure_hpa")) {
    errors.push_back({Fault::bad_input,
                      {"pressure_pa and pressure_hpa stand side by side; one of them is needed",
                       "pressure_pa 与 pressure_hpa 只能保留一列"},
                      {file_name, table.rows.front().line, "pressure_hpa"}});
  }
  return errors;
}

CsvRow trimmed_row(const CsvRow& row) {
  CsvRow trimmed_row{row.line, row.cells};
  std::ranges::transform(trimmed_row.cells, trimmed_row.cells.begin(), trimmed);
  return trimmed_row;
}

}  // namespace

Result<Weather> read_plain_csv(std::string_view bytes, const std::string& file_name,
                               const ReadOptions& options) {
  TRY(const CsvTable table, parse_csv(bytes, file_name));
  Errors errors = form_errors(table, file_name);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  Complaints complaints(file_name);
  const CsvRow names = trimmed_row(table.rows.front());
  Weather weather;
  weather.source = "CSV: " + file_name;
  take_given_place(options, weather, complaints);
  PlainRows reader{column_named(names, "time"), plain_columns(names, complaints), complaints};
  TimeLine rows(reader.rules, complaints);
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    reader.add(table.rows[i], rows);
  }
  Timing timing;
  if (reader.any_offset && reader.any_without) {
    complaints.add(0, "time",
                   {"some times carry an offset from UTC and others do not",
                    "部分时间带有与 UTC 的偏移,部分没有"});
  } else if (reader.any_offset) {
    weather.utc_offset = options.utc_offset.value_or(*reader.first_offset);
  } else if (reader.any_without) {
    take_given_offset(options, weather, complaints);
    timing.clock = weather.utc_offset;
  }
  if (reader.cold_values > 0) {
    weather.notes.push_back(
        {fmt::format("{} slightly negative irradiances were read as 0", reader.cold_values),
         fmt::format("{} 个略低于零的辐照度按 0 处理", reader.cold_values)});
  }
  return rows.finish(std::move(weather), timing, options.splitting);
}

}  // namespace xiaoyuan::weather
