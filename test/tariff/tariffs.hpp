// What the tests of tariffs share: shipped files, small calendars, tariffs written as text.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/cases.hpp"
#include "tariff/schedule.hpp"

namespace xiaoyuan::tariff {

inline Tariff shipped(const std::string& name) {
  auto tariff = read_tariff(test::project_bytes("share/tariffs/" + name + ".toml"), name);
  EXPECT_TRUE(tariff.has_value()) << name;
  return tariff ? *tariff : Tariff{};
}

inline Mechanism shipped_mechanism(const std::string& name) {
  auto mechanism = read_mechanism(test::project_bytes("share/mechanisms/" + name + ".toml"), name);
  EXPECT_TRUE(mechanism.has_value()) << name;
  return mechanism ? *mechanism : Mechanism{};
}

/// The hours of some days from a day on, in local time.
inline std::vector<Civil> hours_from(const Date& first, int days) {
  static const Zone zone = *Zone::find("UTC+8");
  return zone.civil(
      TimeAxis{zone.instant(first, 0), std::chrono::hours{1}, static_cast<std::size_t>(days) * 24});
}

inline std::vector<Civil> hours_of(int year, unsigned month, int days) {
  return hours_from(Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{1}},
                    days);
}

/// The tariff with inputs that tests make up: the facts give none of them.
inline Tariff with(const Tariff& tariff, std::map<std::string, std::string> values) {
  auto filled = with_inputs(tariff, {std::move(values), "test"}, {});
  EXPECT_TRUE(filled.has_value());
  return filled ? *filled : tariff;
}

/// The prices of a day's hours.
inline std::vector<double> prices_of(const Tariff& tariff, const Date& day) {
  const auto laid = schedule(tariff, hours_from(day, 1), 60);
  EXPECT_TRUE(laid.has_value()) << (laid ? "" : message(laid.error()[0], Language::english));
  return laid ? laid->yuan_per_kwh : std::vector<double>(24);
}

/// The English messages of a failure, one a line.
template <class T>
std::string messages(const Result<T>& result) {
  std::string all;
  if (!result) {
    for (const Error& error : result.error()) {
      all += message(error, Language::english) + "\n";
      EXPECT_FALSE(error.what.zh.empty());
    }
  }
  return all;
}

inline Date day(int year, unsigned month, unsigned number) {
  return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{number}};
}

}  // namespace xiaoyuan::tariff
