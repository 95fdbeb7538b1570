// Whole years of weather around any bytes: the lines of a fuzz input take turns as the cells behind
// right time stamps, so that the fuzzer reaches what comes after the rows.
#pragma once
#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "base/time_axis.hpp"
#include "base/zone.hpp"
#include "foreign.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::fuzz {

/// A format of weather files: its reader, how many lines its head has, how it writes a time
/// ({0} year, {1} month, {2} day, {3} hour).
struct WeatherFormat {
  Result<weather::Weather> (*read)(std::string_view, const std::string&,
                                   const weather::ReadOptions&);
  std::size_t head = 1;
  std::string stamp;
};

/// The head lines of `bytes` as they stand, then a row an hour of 2017: its stamp and one of the
/// other lines. Empty when there are not lines enough.
inline std::string whole_year(std::string_view bytes, const WeatherFormat& format) {
  namespace chrono = std::chrono;
  const auto lines = parts_of(bytes, '\n');
  if (lines.size() <= format.head) {
    return "";
  }
  std::string text;
  for (std::size_t i = 0; i < format.head; ++i) {
    text += std::string(lines[i]) + "\n";
  }
  const Instant start = chrono::sys_days{chrono::year{2017} / 1 / 1};
  for (int hour = 0; hour < 8760; ++hour) {
    const Date date{chrono::floor<chrono::days>(start + chrono::hours{hour})};
    text += fmt::format(fmt::runtime(format.stamp), static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                        hour % 24);
    const std::size_t turn = static_cast<std::size_t>(hour) % (lines.size() - format.head);
    text += "," + std::string(lines[format.head + turn]) + "\n";
  }
  return text;
}

/// What the header of Weather promises.
inline void expect_whole(const weather::Weather& year) {
  expects(year.axis.size >= 8760);
  for (const auto* values : {&year.ghi_w_m2, &year.dni_w_m2, &year.dhi_w_m2, &year.temperature_c,
                             &year.wind_m_s, &year.pressure_pa}) {
    expects(values->size() == year.axis.size);
    expect_numbers(*values);
  }
  for (const auto* light : {&year.ghi_w_m2, &year.dni_w_m2, &year.dhi_w_m2}) {
    for (const double value : *light) {
      expects(value >= 0.0);
    }
  }
}

/// Any bytes as they stand, and as a whole year whose head and rows they are.
inline void try_weather(std::string_view bytes, const WeatherFormat& format) {
  weather::ReadOptions options;
  options.place = Place{39.8, 116.47, 32.0};
  options.utc_offset = std::chrono::hours{8};
  options.splitting = weather::Splitting(bytes.size() % 3);
  expect_sense(format.read(bytes, "x.csv", options));
  const auto year = format.read(whole_year(bytes, format), "x.csv", options);
  expect_sense(year);
  if (year) {
    expect_whole(*year);
  }
}

}  // namespace xiaoyuan::fuzz
