// Weather files and climates made inside the tests, and what is measured on a year of weather.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "weather/climate.hpp"

namespace xiaoyuan::test {

using Cells = std::vector<std::string>;
/// Changes the cells of row `row` (0 is the first of the year); no cells leave the row out.
using Change = std::function<void(int row, Cells& cells)>;

struct Shape {
  int records_per_hour = 1;
  int year = 2005;  ///< 2004 has a 29 February
  std::string latitude = "39.72";
  std::string without = "-";  ///< the header line, or column, that begins so is left out
  std::string line_end = "\n";
};

inline std::string joined_row(const Cells& cells, const Shape& shape) {
  return cells.empty() ? "" : fmt::format("{}{}", fmt::join(cells, ","), shape.line_end);
}

/// The rows of a made year: 400/500/200 W/m² from hour 7 to 18, 10 °C, 3 m/s, 900 hPa.
template <class MakeRow>
std::string made_rows(const Shape& shape, MakeRow&& make) {
  namespace chrono = std::chrono;
  std::string text;
  const auto first = chrono::sys_days{chrono::year{shape.year} / 1 / 1};
  const auto after = chrono::sys_days{chrono::year{shape.year + 1} / 1 / 1};
  int row = 0;
  for (auto day = first; day < after; day += chrono::days{1}) {
    const chrono::year_month_day date{day};
    for (int part = 0; part < 24 * shape.records_per_hour; ++part) {
      text += joined_row(make(row++, date, part / shape.records_per_hour + 1), shape);
    }
  }
  return text;
}

inline std::string made_epw(const Change& change = {}, const Shape& shape = {}) {
  const Cells headings = {
      "LOCATION,Made,-,CHN,Test,1," + shape.latitude + ",-104.75,-7.0,1726.0",
      "DESIGN CONDITIONS,0",
      "TYPICAL/EXTREME PERIODS,0",
      "GROUND TEMPERATURES,0",
      "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
      "COMMENTS 1,a \"free\" text, with commas",
      "COMMENTS 2,",
      fmt::format("DATA PERIODS,1,{},Data,Sunday, 1/ 1,12/31", shape.records_per_hour)};
  std::string text;
  for (const std::string& heading : headings) {
    text += heading.starts_with(shape.without) ? "" : heading + shape.line_end;
  }
  return text + made_rows(shape, [&](int row, const Date& date, int hour) {
           const bool light = hour >= 7 && hour <= 18;
           Cells cells(35, "0");
           cells[0] = fmt::format("{}", static_cast<int>(date.year()));
           cells[1] = fmt::format("{}", static_cast<unsigned>(date.month()));
           cells[2] = fmt::format("{}", static_cast<unsigned>(date.day()));
           cells[3] = fmt::format("{}", hour);
           cells[6] = "10.0";
           cells[9] = "90000";
           cells[13] = light ? "400" : "0";
           cells[14] = light ? "500" : "0";
           cells[15] = light ? "200" : "0";
           cells[21] = "3.0";
           if (change) {
             change(row, cells);
           }
           return cells;
         });
}

inline std::string made_tmy3(const Change& change = {}, const Shape& shape = {}) {
  const Cells names = {"Date (MM/DD/YYYY)", "Time (HH:MM)", "GHI (W/m^2)", "DNI (W/m^2)",
                       "DHI (W/m^2)",       "Dry-bulb (C)", "Wspd (m/s)",  "Pressure (mbar)"};
  Cells kept;
  std::ranges::copy_if(names, std::back_inserter(kept),
                       [&](const std::string& name) { return !name.starts_with(shape.without); });
  std::string text =
      fmt::format("1,\"MADE, TOWN\",CO,-7.0,{},-104.75,1726{}", shape.latitude, shape.line_end);
  text += joined_row(kept, shape);
  return text + made_rows(shape, [&](int row, const Date& date, int hour) {
           const bool light = hour >= 7 && hour <= 18;
           Cells cells = {
               fmt::format("{:02}/{:02}/{}", static_cast<unsigned>(date.month()),
                           static_cast<unsigned>(date.day()), static_cast<int>(date.year())),
               fmt::format("{:02}:00", hour),
               light ? "400" : "0",
               light ? "500" : "0",
               light ? "200" : "0",
               "10.0",
               "3.0",
               "900"};
           if (change) {
             change(row, cells);
           }
           return cells;
         });
}

/// "file:line: field: what", one error a line.
inline std::string lines_of(const Errors& errors) {
  std::string text;
  for (const Error& error : errors) {
    text += message(error, Language::english) + "\n";
  }
  return text;
}

inline double year_sum_kwh_m2(const weather::Weather& weather, const std::vector<double>& w_m2) {
  return std::accumulate(w_m2.begin(), w_m2.end(), 0.0) * weather.axis.step_hours() / 1000.0;
}

inline double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// 0–11, of the local-standard day `day` of an hourly year.
inline std::size_t month_of(const weather::Weather& weather, std::size_t day) {
  const auto local = weather.axis.at(day * 24) + weather.utc_offset;
  const Date date{std::chrono::floor<std::chrono::days>(local)};
  return static_cast<unsigned>(date.month()) - 1;
}

/// The monthly means of an hourly year.
inline weather::Climate climate_of(const weather::Weather& weather) {
  weather::Climate climate;
  climate.name = {"made", "自制"};
  climate.place = weather.place;
  climate.utc_offset = weather.utc_offset;
  weather::Monthly dni{};
  weather::Monthly days{};
  for (std::size_t day = 0; day < weather.axis.size / 24; ++day) {
    const std::size_t month = month_of(weather, day);
    days[month] += 1.0;
    for (std::size_t i = day * 24; i < day * 24 + 24; ++i) {
      climate.ghi_kwh_m2_day[month] += weather.ghi_w_m2[i] / 1000.0;
      climate.dhi_kwh_m2_day[month] += weather.dhi_w_m2[i] / 1000.0;
      dni[month] += weather.dni_w_m2[i] / 1000.0;
      climate.t_mean_c[month] += weather.temperature_c[i] / 24.0;
      climate.wind_m_s[month] += weather.wind_m_s[i] / 24.0;
    }
    const auto first = weather.temperature_c.begin() + static_cast<std::ptrdiff_t>(day * 24);
    climate.t_max_c[month] += *std::max_element(first, first + 24);
    climate.t_min_c[month] += *std::min_element(first, first + 24);
  }
  for (weather::Monthly* values :
       {&climate.ghi_kwh_m2_day, &climate.dhi_kwh_m2_day, &climate.t_mean_c, &climate.t_max_c,
        &climate.t_min_c, &climate.wind_m_s, &dni}) {
    for (std::size_t month = 0; month < 12; ++month) {
      (*values)[month] /= days[month];
    }
  }
  climate.dni_kwh_m2_day = dni;
  return climate;
}

}  // namespace xiaoyuan::test
