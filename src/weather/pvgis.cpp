#include "weather/pvgis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/angle.hpp"
#include "base/expected.hpp"
#include "weather/place_and_clock.hpp"
#include "weather/text_lines.hpp"
#include "weather/time_line.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr double least_sun_height_deg = 2.0;

struct PvgisHead {
  Place place;
  std::optional<double> light_offset_h;
  std::optional<double> slope_deg;
  int slope_line = 0;
  std::string database;
  CsvRow names;         ///< of the columns
  std::size_t end = 0;  ///< index of the line behind them
};

/// The number that stands first in "30 deg. (optimum)".
std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t"));
}

PvgisHead read_pvgis_head(const std::vector<TextLine>& lines, Complaints& complaints) {
  PvgisHead head;
  const auto number = [&](const TextLine& line, std::string_view name, const Range& range) {
    const std::string_view value = first_word(trimmed(line.text.substr(name.size())));
    return complaints.number({line.number, {value}}, 0,
                             std::string(name.substr(0, name.size() - 1)), range);
  };
  for (const TextLine& line : lines) {
    ++head.end;
    const auto says = [&](std::string_view name) { return line.text.starts_with(name); };
    if (says("Latitude (decimal degrees):")) {
      head.place.latitude_deg = number(line, "Latitude (decimal degrees):", {-90.0, 90.0});
    } else if (says("Longitude (decimal degrees):")) {
      head.place.longitude_deg = number(line, "Longitude (decimal degrees):", {-180.0, 180.0});
    } else if (says("Elevation (m):")) {
      head.place.elevation_m = number(line, "Elevation (m):", {-450.0, 9000.0});
    } else if (says("Irradiance Time Offset (h):")) {
      head.light_offset_h = number(line, "Irradiance Time Offset (h):", {-0.99, 0.99});
    } else if (says("Slope:")) {
      head.slope_deg = number(line, "Slope:", {0.0, 90.0});
      head.slope_line = line.number;
    } else if (says("Radiation database:")) {
      head.database = trimmed(line.text.substr(std::string_view("Radiation database:").size()));
    } else if (says("time")) {
      head.names = row_of(line);
      break;
    }
  }
  return head;
}

/// "20160101:0010"
std::optional<Instant> parse_stamp(std::string_view text) {
  const auto part = [&](std::size_t from, std::size_t count) {
    return parse_number(text.substr(from, count)).value_or(-1.0);
  };
  if (text.size() != 13 || text[8] != ':') {
    return std::nullopt;
  }
  return instant_of({part(0, 4), part(4, 2), part(6, 2), part(9, 2), part(11, 2)});
}

/// What the rows of one file are read with.
struct PvgisColumns {
  ColumnRules rules;
  bool has_components = false;  ///< of the light of a plane
  std::size_t beam = no_column;
  std::size_t diffuse = no_column;
  std::size_t reflected = no_column;
  std::size_t sun_height = no_column;
};

PvgisColumns tmy_columns(const CsvRow& names, Complaints& complaints) {
  PvgisColumns columns;
  columns.rules = {{{"G(h)", 0, irradiance_range_w_m2},
                    {"Gb(n)", 0, irradiance_range_w_m2},
                    {"Gd(h)", 0, irradiance_range_w_m2},
                    {"T2m", 0, temperature_range_c},
                    {"WS10m", 0, wind_range_m_s},
                    {"SP", 0, pressure_range_pa}}};
  for (ColumnRule& rule : columns.rules) {
    rule.index = column_needed(names, rule.name, complaints);
  }
  return columns;
}

PvgisColumns hourly_columns(const CsvRow& names, Complaints& complaints) {
  PvgisColumns columns;
  columns.has_components = column_named(names, "G(i)") == no_column;
  columns.rules = {{{columns.has_components ? "Gb(i)" : "G(i)", no_column, irradiance_range_w_m2},
                    {"DNI", no_column, irradiance_range_w_m2},
                    {"Gd(i)", no_column, irradiance_range_w_m2},
                    {"T2m", column_needed(names, "T2m", complaints), temperature_range_c},
                    {"WS10m", column_named(names, "WS10m"), wind_range_m_s},
                    {"SP", column_named(names, "SP"), pressure_range_pa}}};
  if (columns.has_components) {
    columns.beam = column_needed(names, "Gb(i)", complaints);
    columns.diffuse = column_needed(names, "Gd(i)", complaints);
    columns.reflected = column_needed(names, "Gr(i)", complaints);
    columns.sun_height = column_needed(names, "H_sun", complaints);
  } else {
    columns.rules[Channel::ghi].index = column_named(names, "G(i)");
  }
  return columns;
}

void check_slope(const PvgisHead& head, Complaints& complaints) {
  if (!head.slope_deg) {
    complaints.add(0, "Slope",
                   {"the file does not say that its plane is fixed: ask PVGIS for a fixed plane of "
                    "slope 0 with radiation components",
                    "文件未注明为固定平面:请在 PVGIS 中选择固定安装、倾角 0,并勾选辐射分量"});
  } else if (*head.slope_deg != 0.0) {
    complaints.add(head.slope_line, "Slope",
                   {fmt::format("the plane is tilted by {}°; ask PVGIS for slope 0 with radiation "
                                "components",
                                text_of(*head.slope_deg)),
                    fmt::format("平面倾角为 {}°;请在 PVGIS 中选择倾角 0 并勾选辐射分量",
                                text_of(*head.slope_deg))});
  }
}

Values light_of_components(const CsvRow& row, const PvgisColumns& columns, Values values,
                           Complaints& complaints) {
  const auto cell = [&](std::size_t index, const char* name, const Range& range) {
    return complaints.number(row, index, name, range) + 0.0;
  };
  const double beam = cell(columns.beam, "Gb(i)", irradiance_range_w_m2);
  const double diffuse = cell(columns.diffuse, "Gd(i)", irradiance_range_w_m2) +
                         cell(columns.reflected, "Gr(i)", irradiance_range_w_m2);
  const double height_deg = cell(columns.sun_height, "H_sun", {-90.0, 90.0});
  const bool is_low = height_deg < least_sun_height_deg;
  values[Channel::ghi] = beam + diffuse;
  values[Channel::dni] = is_low ? 0.0 : beam / std::sin(height_deg * rad_per_deg);
  values[Channel::dhi] = is_low ? beam + diffuse : diffuse;
  return values;
}

TimeLine pvgis_rows(const std::vector<TextLine>& lines, const PvgisHead& head,
                    const PvgisColumns& columns, Complaints& complaints) {
  TimeLine rows(columns.rules, complaints);
  for (std::size_t i = head.end; i < lines.size() && !lines[i].text.empty(); ++i) {
    const CsvRow row = row_of(lines[i]);
    const auto stamp = parse_stamp(row.cells.front());
    if (!stamp || row.cells.size() < head.names.cells.size()) {
      complaints.add(
          row.line, "time",
          {fmt::format("expected {} cells that begin with a time like 20160101:0010, found {}, the "
                       "first of them \"{}\"",
                       head.names.cells.size(), row.cells.size(), row.cells.front()),
           fmt::format("应有 {} 格并以形如 20160101:0010 的时间开头;实有 {} 格,第一格为“{}”",
                       head.names.cells.size(), row.cells.size(), row.cells.front())});
      continue;
    }
    const Values values = values_of(row, columns.rules, complaints);
    rows.add(
        row.line, *stamp,
        columns.has_components ? light_of_components(row, columns, values, complaints) : values);
  }
  return rows;
}

Weather pvgis_weather(const PvgisHead& head, const ReadOptions& options, std::string_view kind) {
  Weather weather;
  weather.place = head.place;
  weather.utc_offset = options.utc_offset.value_or(chrono::seconds{0});
  weather.source = fmt::format("PVGIS {}: {}, {}", kind, text_of(head.place.latitude_deg),
                               text_of(head.place.longitude_deg));
  weather.source += head.database.empty() ? "" : fmt::format(" ({})", head.database);
  return weather;
}

}  // namespace

Result<Weather> read_pvgis(std::string_view bytes, const std::string& file_name,
                           const ReadOptions& options) {
  Complaints complaints(file_name);
  const std::vector<TextLine> lines = text_lines(bytes, complaints);
  const PvgisHead head = read_pvgis_head(lines, complaints);
  const auto has = [&](std::string_view name) {
    return column_named(head.names, name) != no_column;
  };
  const bool is_typical = has("G(h)") || has("Gb(n)");
  const bool is_hourly = !is_typical && (has("G(i)") || has("Gb(i)") || has("Gd(i)"));
  if (complaints.empty() && !is_typical && !is_hourly) {
    complaints.add(
        head.names.line, "",
        {"is a PVGIS file, but neither its typical year nor its hourly series (perhaps a "
         "daily or monthly one): download \"TMY\" or \"Hourly data\" as CSV",
         "是 PVGIS 文件,但既非典型年也非逐时序列(可能是日均或月均数据):请下载 "
         "CSV 格式的“TMY”或“Hourly data”"});
  }
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  if (is_hourly) {
    check_slope(head, complaints);
  }
  const PvgisColumns columns =
      is_typical ? tmy_columns(head.names, complaints) : hourly_columns(head.names, complaints);
  if (!complaints.empty()) {
    return std::unexpected(complaints.take());
  }
  TimeLine rows = pvgis_rows(lines, head, columns, complaints);
  Weather weather = pvgis_weather(head, options, is_typical ? "TMY" : "hourly series");
  Timing timing{.years = is_typical ? Years::typical : Years::real, .holds = Holds::moment};
  if (is_typical && !head.light_offset_h) {
    weather.notes.push_back(
        {"the file does not say its irradiance time offset: its light was taken as that of the "
         "full hour",
         "文件未注明辐射时间偏移:按整点瞬时值处理"});
  } else if (is_typical) {
    timing.light_after_stamp = chrono::seconds{std::llround(*head.light_offset_h * 3600.0)};
  }
  return rows.finish(std::move(weather), timing, options.splitting);
}

}  // namespace xiaoyuan::weather
