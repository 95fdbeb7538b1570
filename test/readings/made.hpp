// Meters, readings and series that the tests make by hand.
#pragma once
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "readings/intervals.hpp"
#include "readings/quantity.hpp"

namespace xiaoyuan::readings {

inline Zone beijing() { return *Zone::find("UTC+8"); }

inline Instant local(int year, unsigned month, unsigned day, int minute = 0) {
  return beijing().instant(
      Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}, minute);
}

inline MeteredEnergy kwh(std::int64_t whole, std::int64_t hundredths = 0) {
  return {whole * 1'000'000 + hundredths * 10'000};
}

inline RegisterReading reading(const std::string& meter, Channel channel, Instant at,
                               MeteredEnergy value, Rate rate = Rate::total) {
  return {.key = {meter, channel, rate, at},
          .value = value,
          .quality = Quality::measured,
          .source = "made",
          .recorded_at = at};
}

inline std::string errors_text(const Errors& errors, Language language = Language::english) {
  std::string all;
  for (const Error& error : errors) {
    all += message(error, language) + "\n";
  }
  return all;
}

/// Measured steps over an axis in Wh; a negative number stands for a missing one.
inline Intervals wh(const TimeAxis& axis, const std::vector<std::int64_t>& values,
                    Channel channel = Channel::imported) {
  Intervals made = empty_intervals("m1", channel, axis, {1000});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] >= 0) {
      made.counts[i] = values[i];
      made.quality[i] = Quality::measured;
    }
  }
  return made;
}

/// What the mapping of a sheet of generation says of its columns.
inline const char* const generation_values = R"(
[[value]]
column = "上期示数"
time = "上期日期"
channel = "generated"
unit = "kWh"
decimals = 2
[[value]]
column = "本期示数"
time = "本期日期"
channel = "generated"
unit = "kWh"
decimals = 2
[[stated]]
column = "发电量"
from = "上期日期"
to = "本期日期"
channel = "generated"
unit = "kWh"
decimals = 2
)";

}  // namespace xiaoyuan::readings
