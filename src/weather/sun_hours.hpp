// The hours of one local-standard year and the sun in the middle of each.
#pragma once
#include <span>
#include <vector>

#include "weather/climate.hpp"

namespace xiaoyuan::weather {

struct SunHours {
  TimeAxis axis;                  ///< from local midnight of 1 January
  std::vector<int> month_of_day;  ///< 0–11
  std::vector<double> apparent_zenith_deg;
  std::vector<double> cos_zenith;  ///< of the apparent zenith; 0 when the sun is down
  std::vector<double> extraterrestrial_w_m2;
  double pressure_pa = 101325.0;

  std::size_t days() const { return month_of_day.size(); }
  int month_of_hour(std::size_t hour) const { return month_of_day[hour / 24]; }
};

SunHours sun_hours(const Climate& climate, int year);

/// Global and direct normal irradiance of a cloudless hour.
struct ClearHours {
  std::vector<double> ghi_w_m2;
  std::vector<double> dni_w_m2;
};

ClearHours clear_hours(const SunHours& sun, double elevation_m, const Monthly& linke_turbidity);

/// The sums of hourly values by month.
Monthly monthly_sums(const SunHours& sun, std::span<const double> hourly);
/// How many hours each month has.
Monthly monthly_hours(const SunHours& sun);

/// The x in [low, high] where a rising function reaches `target`, by halving; an end where it is
/// not reached.
template <class Function>
double solve_rising(Function&& function, double target, double low, double high, int steps = 100) {
  for (int i = 0; i < steps; ++i) {
    const double middle = 0.5 * (low + high);
    (function(middle) < target ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace xiaoyuan::weather
