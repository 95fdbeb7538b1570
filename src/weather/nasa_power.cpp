#include "weather/nasa_power.hpp"

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

constexpr double power_missing = -999.0;
constexpr double pa_per_kpa = 1000.0;
constexpr double swath_deg = 15.0;

/// The number behind a word of a line, as in "Latitude  39.8000   Longitude 116.4700".
std::string_view word_behind(std::string_view text, std::string_view lower, std::string_view word) {
  const std::size_t at = lower.find(word);
  if (at == std::string_view::npos) {
    return "";
  }
  const std::string_view rest = trimmed(text.substr(at + word.size()));
  return rest.substr(0, rest.find_first_of(" \t"));
}

enum class TimeStandard { unsaid, utc, solar };

struct PowerHead {
  std::optional<Place> place;
  bool has_elevation = false;
  TimeStandard standard = TimeStandard::unsaid;
  std::vector<std::pair<std::string, TextLine>> units;  ///< by parameter, with their line
  CsvRow names;
  std::size_t end = 0;  ///< index of the line behind the names
};

void read_power_place(const TextLine& line, const std::string& lower, PowerHead& head,
                      Complaints& complaints) {
  const auto number = [&](std::string_view word, const Range& range) {
    return complaints.number({line.number, {word_behind(line.text, lower, word)}}, 0,
                             "Location " + std::string(word), range);
  };
  const double elevation_m = head.place ? head.place->elevation_m : 0.0;
  head.place =
      Place{number("latitude", {-90.0, 90.0}), number("longitude", {-180.0, 180.0}), elevation_m};
}

void read_power_elevation(const TextLine& line, PowerHead& head, Complaints& complaints) {
  const std::size_t equals = line.text.find('=');
  const std::string_view value =
      equals == std::string_view::npos ? "" : trimmed(line.text.substr(equals + 1));
  const double elevation_m = complaints.number({line.number, {value.substr(0, value.find(' '))}}, 0,
                                               "Elevation", {-450.0, 9000.0});
  if (head.place) {
    head.place->elevation_m = elevation_m;
    head.has_elevation = true;
  }
}

PowerHead read_power_head(const std::vector<TextLine>& lines, Complaints& complaints) {
  PowerHead head;
  for (const TextLine& line : lines) {
    ++head.end;
    const std::string lower = lowered(line.text);
    if (lower.starts_with("year,")) {
      head.names = row_of(line);
      break;
    }
    if (lower.starts_with("location:")) {
      read_power_place(line, lower, head, complaints);
    } else if (lower.starts_with("elevation")) {
      read_power_elevation(line, head, complaints);
    } else if (lower.starts_with("dates")) {
      head.standard = lower.ends_with("in lst")   ? TimeStandard::solar
                      : lower.ends_with("in utc") ? TimeStandard::utc
                                                  : TimeStandard::unsaid;
    } else if (line.text.ends_with(')')) {
      const std::size_t open = line.text.rfind('(');
      const std::string_view name = line.text.substr(0, line.text.find_first_of(" \t"));
      if (open != std::string_view::npos) {
        head.units.emplace_back(
            name, TextLine{line.number, line.text.substr(open + 1, line.text.size() - open - 2)});
      }
    }
  }
  return head;
}

void check_power_unit(const PowerHead& head, const std::string& name,
                      const std::vector<std::string>& allowed, Complaints& complaints) {
  const auto found =
      std::ranges::find_if(head.units, [&](const auto& unit) { return unit.first == name; });
  if (found != head.units.end() && !std::ranges::count(allowed, found->second.text)) {
    complaints.add(
        found->second.number, name,
        {fmt::format("is in {}; {} is needed (download it for the community \"Renewable Energy\")",
                     found->second.text, allowed.front()),
         fmt::format("单位为 {};应为 {}(下载时社区请选“Renewable Energy”)", found->second.text,
                     allowed.front())});
  }
}

ColumnRules power_columns(const PowerHead& head, Complaints& complaints) {
  const auto if_there = [&](std::string_view name) { return column_named(head.names, name); };
  const bool has_10m = if_there("WS10M") != no_column;
  const std::string wind_name = has_10m ? "WS10M" : "WS2M";
  const Range light = irradiance_range_w_m2;
  ColumnRules rules = {
      {{"ALLSKY_SFC_SW_DWN", no_column, light, power_missing},
       {"ALLSKY_SFC_SW_DNI", if_there("ALLSKY_SFC_SW_DNI"), light, power_missing},
       {"ALLSKY_SFC_SW_DIFF", if_there("ALLSKY_SFC_SW_DIFF"), light, power_missing},
       {"T2M", no_column, temperature_range_c, power_missing},
       {wind_name, if_there(wind_name), wind_range_m_s, power_missing},
       {"PS", if_there("PS"), {30.0, 120.0}, power_missing}}};
  rules[Channel::ghi].index = column_needed(head.names, rules[Channel::ghi].name, complaints);
  rules[Channel::temperature].index =
      column_needed(head.names, rules[Channel::temperature].name, complaints);
  rules[Channel::pressure].factor = pa_per_kpa;
  for (const std::size_t channel : {Channel::ghi, Channel::dni, Channel::dhi}) {
    check_power_unit(head, rules[channel].name, {"Wh/m^2", "W/m^2"}, complaints);
  }
  check_power_unit(head, "T2M", {"C"}, complaints);
  check_power_unit(head, wind_name, {"m/s"}, complaints);
  check_power_unit(head, "PS", {"kPa"}, complaints);
  return rules;
}

void take_power_place(const PowerHead& head, const ReadOptions& options, Weather& weather,
                      Complaints& complaints) {
  if (!head.place) {
    take_given_place(options, weather, complaints);
    return;
  }
  weather.place = *head.place;
  if (!head.has_elevation && options.place) {
    weather.place.elevation_m = options.place->elevation_m;
  } else if (!head.has_elevation) {
    weather.notes.push_back(
        {"the file does not say its elevation: 0 m was taken", "文件未注明海拔:按 0 米处理"});
  }
}

/// The file's clock minus UTC.
chrono::seconds power_clock(const PowerHead& head, Weather& weather) {
  if (head.standard == TimeStandard::utc) {
    return chrono::seconds{0};
  }
  if (head.standard == TimeStandard::unsaid) {
    weather.notes.push_back(
        {"the file does not name its time standard: local solar time (LST), the default of NASA "
         "POWER, was taken",
         "文件未注明时间标准:按 NASA POWER 的默认值“地方太阳时(LST)”处理"});
  }
  return chrono::hours{std::llround(weather.place.longitude_deg / swath_deg)};
}

void add_power_row(const CsvRow& row, const ColumnRules& rules, TimeLine& rows,
                   Complaints& complaints) {
  const auto part = [&](std::size_t index) {
    return index < row.cells.size() ? parse_number(row.cells[index]).value_or(-1.0) : -1.0;
  };
  const auto stamp = instant_of({part(0), part(1), part(2), part(3), 0.0});
  if (!stamp || part(3) > 23.0) {
    complaints.add(row.line, "YEAR,MO,DY,HR",
                   {fmt::format("expected a date and an hour from 0 to 23, found \"{}\"",
                                fmt::join(row.cells.begin(),
                                          row.cells.begin() +
                                              std::min<std::ptrdiff_t>(4, std::ssize(row.cells)),
                                          ",")),
                    "应为日期和 0 到 23 的小时"});
    return;
  }
  rows.add(row.line, *stamp, values_of(row, rules, complaints));
}

}  // namespace

Result<Weather> read_nasa_power(std::string_view bytes, const std::string& file_name,
                                const ReadOptions& options) {
  Complaints complaints(file_name);
  const std::vector<TextLine> lines = text_lines(bytes, complaints);
  const PowerHead head = read_power_head(lines, complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  const std::vector<std::string_view> time_columns = {"YEAR", "MO", "DY", "HR"};
  if (head.names.cells.size() < 4 ||
      !std::equal(time_columns.begin(), time_columns.end(), head.names.cells.begin())) {
    return fail(Fault::bad_input,
                {"is a NASA POWER file, but not an hourly one: its columns must begin with "
                 "YEAR,MO,DY,HR",
                 "是 NASA POWER 文件,但不是逐时数据:列名须以 YEAR,MO,DY,HR 开头"},
                {file_name, head.names.line, ""});
  }
  Weather weather;
  const ColumnRules rules = power_columns(head, complaints);
  take_power_place(head, options, weather, complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  const chrono::seconds clock = power_clock(head, weather);
  weather.utc_offset = options.utc_offset.value_or(clock);
  weather.source = fmt::format("NASA POWER: {}, {}", text_of(weather.place.latitude_deg),
                               text_of(weather.place.longitude_deg));
  TimeLine rows(rules, complaints);
  for (std::size_t i = head.end; i < lines.size(); ++i) {
    if (!lines[i].text.empty()) {
      add_power_row(row_of(lines[i]), rules, rows, complaints);
    }
  }
  return rows.finish(std::move(weather), {.clock = clock}, options.splitting);
}

}  // namespace xiaoyuan::weather
