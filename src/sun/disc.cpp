#include "sun/disc.hpp"

#include <algorithm>
#include <cmath>

#include "base/angle.hpp"

namespace xiaoyuan::sun {

namespace {

constexpr double disc_solar_constant_w_m2 = 1370.0;
constexpr double most_air_mass = 12.0;
constexpr double clear_from_kt = 0.6;

double outside_w_m2(int day_of_year) {
  return extraterrestrial_w_m2(day_of_year) * disc_solar_constant_w_m2 / solar_constant_w_m2;
}

double cubic(double x, double c0, double c1, double c2, double c3) {
  return c0 + x * (c1 + x * (c2 + x * c3));
}

/// DNI as a share of the light outside the atmosphere.
double beam_transmittance(double kt, double air_mass) {
  const bool is_clear = kt > clear_from_kt;
  const double a =
      is_clear ? cubic(kt, -5.743, 21.77, -27.49, 11.56) : cubic(kt, 0.512, -1.560, 2.286, -2.222);
  const double b =
      is_clear ? cubic(kt, 41.40, -118.5, 66.05, 31.90) : cubic(kt, 0.370, 0.962, 0.0, 0.0);
  const double c =
      is_clear ? cubic(kt, -47.01, 184.2, -222.0, 73.81) : cubic(kt, -0.280, 0.932, -2.048, 0.0);
  const double of_clearest_sky =
      0.866 + air_mass * cubic(air_mass, -0.122, 0.0121, -0.000653, 0.000014);
  return of_clearest_sky - (a + b * std::exp(c * air_mass));
}

}  // namespace

double disc_air_mass(const GlobalLight& light) {
  const double zenith_deg = std::min(light.zenith_deg, 90.0);
  const double relative =
      1.0 / (std::cos(zenith_deg * rad_per_deg) + 0.15 * std::pow(93.885 - zenith_deg, -1.253));
  return std::min(relative * light.pressure_pa / standard_sea_level_pa, most_air_mass);
}

Decomposition beam_within_global(const GlobalLight& light, double dni_w_m2, double clearness) {
  const double ghi = std::max(light.ghi_w_m2, 0.0);
  if (light.zenith_deg > most_beam_zenith_deg) {
    return {.dni_w_m2 = 0.0, .dhi_w_m2 = ghi, .clearness = clearness};
  }
  const double cos_zenith = std::cos(light.zenith_deg * rad_per_deg);
  const double dni = std::clamp(dni_w_m2, 0.0, ghi / cos_zenith);
  return {
      .dni_w_m2 = dni, .dhi_w_m2 = std::max(ghi - dni * cos_zenith, 0.0), .clearness = clearness};
}

Decomposition disc(const GlobalLight& light) {
  const double outside = outside_w_m2(light.day_of_year);
  const double cos_zenith = std::cos(light.zenith_deg * rad_per_deg);
  const double kt =
      std::clamp(light.ghi_w_m2 / (outside * std::max(cos_zenith, least_cos_zenith)), 0.0, 1.0);
  const double dni = outside * beam_transmittance(kt, disc_air_mass(light));
  return beam_within_global(light, dni, kt);
}

}  // namespace xiaoyuan::sun
