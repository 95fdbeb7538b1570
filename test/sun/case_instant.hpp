// Reads the time stamps of the cases: "2020-05-05T22:37:01Z", "2001-01-01T00:30:00-0700".
#pragma once
#include <chrono>
#include <string>

#include "base/time_axis.hpp"

namespace xiaoyuan::test {

/// The instant of a stamp with "Z" or a "±hhmm" offset behind it.
inline Instant instant_of(const std::string& stamp) {
  const auto number = [&stamp](std::size_t from, std::size_t count) {
    return std::stoi(stamp.substr(from, count));
  };
  const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  const std::chrono::seconds time = std::chrono::hours{number(11, 2)} +
                                    std::chrono::minutes{number(14, 2)} +
                                    std::chrono::seconds{number(17, 2)};
  std::chrono::minutes offset{0};
  if (stamp[19] != 'Z') {
    offset = std::chrono::hours{number(20, 2)} + std::chrono::minutes{number(22, 2)};
  }
  return std::chrono::sys_days{date} + time + (stamp[19] == '-' ? offset : -offset);
}

}  // namespace xiaoyuan::test
