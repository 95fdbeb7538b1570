// Whole years of weather around any bytes: the lines of a fuzz input take turns as the cells behind
// right time stamps, so that the fuzzer reaches what comes after the rows.
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "base/time_axis.hpp"
#include "base/zone.hpp"
#include "foreign.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::fuzz {

/// The first `head` lines of `bytes` as they stand, then a row an hour of 2017: its stamp and one
/// of the other lines. Empty when there are not lines enough.
inline std::string whole_year(std::string_view bytes, std::size_t head,
                              const std::function<std::string(const Date&, int hour)>& stamp) {
  namespace chrono = std::chrono;
  const auto lines = parts_of(bytes, '\n');
  if (lines.size() <= head) {
    return "";
  }
  std::string text;
  for (std::size_t i = 0; i < head; ++i) {
    text += std::string(lines[i]) + "\n";
  }
  const Instant start = chrono::sys_days{chrono::year{2017} / 1 / 1};
  for (int hour = 0; hour < 8760; ++hour) {
    const Date date{chrono::floor<chrono::days>(start + chrono::hours{hour})};
    text += stamp(date, hour % 24) + "," +
            std::string(lines[head + static_cast<std::size_t>(hour) % (lines.size() - head)]) +
            "\n";
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

}  // namespace xiaoyuan::fuzz
