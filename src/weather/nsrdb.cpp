#include "weather/nsrdb.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"
#include "weather/place_and_clock.hpp"
#include "weather/text_lines.hpp"
#include "weather/time_line.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr std::size_t head_rows = 2;

/// The two rows of a file's head.
struct NsrdbHead {
  CsvRow names;
  CsvRow values;
};

/// Where date and time stand in a row.
struct TimeColumns {
  std::size_t year = no_column;
  std::size_t month = no_column;
  std::size_t day = no_column;
  std::size_t hour = no_column;
  std::size_t minute = no_column;
};

std::string_view cell_of(const CsvRow& row, std::size_t index) {
  return index < row.cells.size() ? row.cells[index] : std::string_view{};
}

void read_nsrdb_place(const NsrdbHead& head, Weather& weather, Complaints& complaints) {
  const auto number = [&](const char* name, const Range& range) {
    const std::size_t index = column_needed(head.names, name, complaints);
    return index == no_column ? range.least : complaints.number(head.values, index, name, range);
  };
  weather.place = {number("Latitude", {-90.0, 90.0}), number("Longitude", {-180.0, 180.0}),
                   number("Elevation", {-450.0, 9000.0})};
  weather.utc_offset = chrono::seconds{std::llround(number("Time Zone", {-12.0, 14.0}) * 3600.0)};
  weather.source = fmt::format("NSRDB: {}, {}", text_of(weather.place.latitude_deg),
                               text_of(weather.place.longitude_deg));
}

/// Complains of a column whose unit is not the one that we read it in.
void check_nsrdb_unit(const NsrdbHead& head, const ColumnRule& rule, std::string_view unit,
                      Complaints& complaints) {
  const std::size_t index = column_named(head.names, rule.name + " Units");
  const std::string_view found = cell_of(head.values, index);
  if (index != no_column && found != unit) {
    complaints.add(head.values.line, rule.name + " Units",
                   {fmt::format("is in {}; {} is needed", found, unit),
                    fmt::format("单位为 {};应为 {}", found, unit)});
  }
}

ColumnRules nsrdb_columns(const CsvRow& names, Complaints& complaints) {
  ColumnRules rules = {{{"GHI", 0, irradiance_range_w_m2},
                        {"DNI", 0, irradiance_range_w_m2},
                        {"DHI", 0, irradiance_range_w_m2},
                        {"Temperature", 0, temperature_range_c},
                        {"Wind Speed", 0, wind_range_m_s},
                        {"Pressure", 0, pressure_range_hpa}}};
  for (ColumnRule& rule : rules) {
    rule.index = column_named(names, rule.name);
  }
  rules[Channel::ghi].index = column_needed(names, rules[Channel::ghi].name, complaints);
  rules[Channel::temperature].index =
      column_needed(names, rules[Channel::temperature].name, complaints);
  rules[Channel::pressure].factor = pa_per_hpa;
  return rules;
}

/// The first column of a file without a head may say the clock: "2023-01-01 00:00:00-07:00".
void take_clock(const CsvRow& first_row, const ReadOptions& options, Weather& weather,
                Complaints& complaints) {
  const auto written = parse_time(cell_of(first_row, 0));
  if (written && written->offset) {
    weather.utc_offset = *written->offset;
  } else {
    take_given_offset(options, weather, complaints);
  }
}

struct NsrdbRows {
  TimeColumns time;
  ColumnRules rules;
  Complaints& complaints;

  void add(const CsvRow& row, TimeLine& rows) const {
    const auto part = [&](std::size_t index) {
      return parse_number(cell_of(row, index)).value_or(-1.0);
    };
    const auto stamp = instant_of(
        {part(time.year), part(time.month), part(time.day), part(time.hour), part(time.minute)});
    if (!stamp || part(time.hour) > 23.0) {
      complaints.add(row.line, "Year,Month,Day,Hour,Minute",
                     {"expected a date, an hour from 0 to 23 and a minute from 0 to 59",
                      "应为日期、0 到 23 的小时和 0 到 59 的分钟"});
      return;
    }
    rows.add(row.line, *stamp, values_of(row, rules, complaints));
  }
};

TimeColumns find_time(const CsvRow& names, Complaints& complaints) {
  const auto needed = [&](const char* name) { return column_needed(names, name, complaints); };
  return {needed("Year"), needed("Month"), needed("Day"), needed("Hour"), needed("Minute")};
}

/// The place, clock and units of a file, from its head or from beside it.
Weather nsrdb_weather(const std::vector<TextLine>& lines, bool has_head, const ColumnRules& rules,
                      const ReadOptions& options, Complaints& complaints) {
  Weather weather;
  if (!has_head) {
    take_given_place(options, weather, complaints);
    take_clock(lines.size() > 1 ? row_of(lines[1]) : CsvRow{}, options, weather, complaints);
    weather.source = "NSRDB";
    return weather;
  }
  const NsrdbHead head{row_of(lines[0]), row_of(lines[1])};
  read_nsrdb_place(head, weather, complaints);
  for (const std::size_t channel : {Channel::ghi, Channel::dni, Channel::dhi}) {
    check_nsrdb_unit(head, rules[channel], "w/m2", complaints);
  }
  check_nsrdb_unit(head, rules[Channel::temperature], "c", complaints);
  check_nsrdb_unit(head, rules[Channel::wind], "m/s", complaints);
  check_nsrdb_unit(head, rules[Channel::pressure], "mbar", complaints);
  return weather;
}

}  // namespace

Result<Weather> read_nsrdb(std::string_view bytes, const std::string& file_name,
                           const ReadOptions& options) {
  Complaints complaints(file_name);
  const std::vector<TextLine> lines = text_lines(bytes, complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  const bool has_head = !lines.empty() && lines[0].text.starts_with("Source,");
  const std::size_t names_at = has_head ? head_rows : 0;
  if (lines.size() <= names_at + 1) {
    return fail(Fault::bad_input,
                {"expected two rows of station data, a row of column names and the hours of a year",
                 "应有两行站点信息、一行列名以及全年逐时数据"},
                {file_name, 0, ""});
  }
  const CsvRow names = row_of(lines[names_at]);
  const NsrdbRows reader{find_time(names, complaints), nsrdb_columns(names, complaints),
                         complaints};
  Weather weather = nsrdb_weather(lines, has_head, reader.rules, options, complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  TimeLine rows(reader.rules, complaints);
  for (std::size_t i = names_at + 1; i < lines.size(); ++i) {
    if (!lines[i].text.empty()) {
      reader.add(row_of(lines[i]), rows);
    }
  }
  const Timing timing{
      .clock = weather.utc_offset, .years = Years::as_rows_tell, .holds = Holds::moment};
  return rows.finish(std::move(weather), timing, options.splitting);
}

}  // namespace xiaoyuan::weather
