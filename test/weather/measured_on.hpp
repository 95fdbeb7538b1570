// What is measured on a year of weather that was read: its sums, and whether its clock is right.
#pragma once
#include <gtest/gtest.h>

#include <cmath>

#include "made.hpp"
#include "sun/clear_sky.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::test {

struct Sums {
  double ghi, dni, dhi, temperature;
};

inline void expect_sums(const weather::Weather& weather, const Sums& sums) {
  ASSERT_EQ(weather.axis.size, 8760U);
  EXPECT_NEAR(year_sum_kwh_m2(weather, weather.ghi_w_m2), sums.ghi, 0.5);
  EXPECT_NEAR(year_sum_kwh_m2(weather, weather.dni_w_m2), sums.dni, 0.5);
  EXPECT_NEAR(year_sum_kwh_m2(weather, weather.dhi_w_m2), sums.dhi, 0.5);
  EXPECT_NEAR(mean(weather.temperature_c), sums.temperature, 0.005);
}

/// How well the year's GHI follows a clear sky that is `shift` later.
inline double likeness(const weather::Weather& weather, std::chrono::minutes shift) {
  double xy = 0.0, x1 = 0.0, y1 = 0.0, xx = 0.0, yy = 0.0;
  const auto n = static_cast<double>(weather.axis.size);
  for (std::size_t i = 0; i < weather.axis.size; ++i) {
    const auto at = sun::position(weather.axis.middle(i) + shift, weather.place);
    const double x = sun::clear_sky({.apparent_zenith_deg = at.apparent_zenith_deg}).ghi_w_m2;
    const double y = weather.ghi_w_m2[i];
    xy += x * y, x1 += x, y1 += y, xx += x * x, yy += y * y;
  }
  return (n * xy - x1 * y1) / std::sqrt((n * xx - x1 * x1) * (n * yy - y1 * y1));
}

/// Rows stand at the end of their hour: an hour's or half an hour's mistake shows here.
inline void expect_clock_right(const weather::Weather& weather) {
  using std::chrono::minutes;
  const double right = likeness(weather, minutes{0});
  EXPECT_GT(right, likeness(weather, minutes{30}) + 0.005);
  EXPECT_GT(right, likeness(weather, minutes{-30}) + 0.005);
  double hours = 0.0;
  for (std::size_t i = 0; i < weather.axis.size; ++i) {
    const auto instant = weather.axis.middle(i);
    const auto at = sun::position(instant, weather.place);
    const auto of_day = instant - std::chrono::floor<std::chrono::days>(instant);
    const double solar_h = static_cast<double>(of_day.count()) / 3600.0 +
                           weather.place.longitude_deg / 15.0 + at.equation_of_time_min / 60.0;
    hours += weather.ghi_w_m2[i] * (std::fmod(solar_h + 48.0, 24.0) - 12.0);
    const double lower = std::min(sun::position(weather.axis.at(i), weather.place).zenith_deg,
                                  sun::position(weather.axis.at(i + 1), weather.place).zenith_deg);
    EXPECT_FALSE(weather.ghi_w_m2[i] > 0.0 && lower > 92.0) << "light by night in step " << i;
  }
  EXPECT_NEAR(hours / (mean(weather.ghi_w_m2) * 8760.0), 0.0, 0.15);
}

}  // namespace xiaoyuan::test
