#include "sun/clear_sky.hpp"

#include "base/angle.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace xiaoyuan::sun {

namespace {}

int day_of_year(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::sys_days first = date.year() / std::chrono::January / 1;
  return static_cast<int>((day - first).count()) + 1;
}

double extraterrestrial_w_m2(int day) {
  const double angle = 2.0 * std::numbers::pi * (day - 1) / 365.0;
  return solar_constant_w_m2 *
         (1.00011 + 0.034221 * std::cos(angle) + 0.00128 * std::sin(angle) +
          0.000719 * std::cos(2.0 * angle) + 0.000077 * std::sin(2.0 * angle));
}

double relative_air_mass(double apparent_zenith_deg) {
  const double zenith_deg = std::min(apparent_zenith_deg, 90.0);
  return 1.0 /
         (std::cos(zenith_deg * rad_per_deg) + 0.50572 * std::pow(96.07995 - zenith_deg, -1.6364));
}

double absolute_air_mass(double apparent_zenith_deg, double pressure_pa) {
  return relative_air_mass(apparent_zenith_deg) * pressure_pa / standard_sea_level_pa;
}

double standard_pressure_pa(double elevation_m) {
  return 100.0 * std::pow((44331.514 - elevation_m) / 11880.516, 1.0 / 0.1902632);
}

ClearSky clear_sky(const ClearSkyInput& input) {
  if (input.apparent_zenith_deg >= 90.0) {
    return {};
  }
  const double cos_zenith = std::cos(input.apparent_zenith_deg * rad_per_deg);
  const double air_mass = absolute_air_mass(input.apparent_zenith_deg, input.pressure_pa);
  const double turbidity = input.linke_turbidity;
  const double height_m = input.elevation_m;
  const double fh1 = std::exp(-height_m / 8000.0);
  const double fh2 = std::exp(-height_m / 1250.0);
  const double cg1 = 5.09e-5 * height_m + 0.868;
  const double cg2 = 3.92e-5 * height_m + 0.0387;

  const double ghi = cg1 * input.extraterrestrial_w_m2 * cos_zenith *
                     std::exp(-cg2 * air_mass * (fh1 + fh2 * (turbidity - 1.0)));
  const double b = 0.664 + 0.163 / fh1;
  const double beam =
      input.extraterrestrial_w_m2 * b * std::exp(-0.09 * air_mass * (turbidity - 1.0));
  // The beam may not take more of the global than the correction for low turbidity leaves it.
  const double most_of_global =
      (1.0 - (0.1 - 0.2 * std::exp(-turbidity)) / (0.1 + 0.882 / fh1)) / cos_zenith;
  const double dni = std::min(beam, ghi * std::max(most_of_global, 0.0));
  return {.ghi_w_m2 = ghi, .dni_w_m2 = dni, .dhi_w_m2 = ghi - dni * cos_zenith};
}

}  // namespace xiaoyuan::sun
