#include "solar/fuentes.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::solar {

namespace {

constexpr double zero_c_k = 273.15;
constexpr double boltzmann = 5.669e-8;  // W/(m² K⁴), as in the report
constexpr double absorptivity = 0.83;   // α
constexpr double emissivity = 0.84;
constexpr double length_m = 0.5;  // along which the air flows
constexpr double module_height_m = 5.0;
constexpr double wind_height_m = 9.144;    // of the weather's wind
constexpr double rack_capacity = 11000.0;  // J/(m² K)
constexpr double nominal_air_k = 293.15;
constexpr double nominal_sky_k = 282.21;
constexpr double nominal_irradiance_w_m2 = 800.0;
constexpr double nominal_wind_m_s = 1.0;
constexpr double prandtl = 0.71;
constexpr double air_heat = 1007.0;  // J/(kg K)

/// Convection of the top side, W/(m² K): free and forced, added as cubes.
double top_convection(double module_k, double air_k, double wind_m_s) {
  const double mean_k = (module_k + air_k) / 2.0;
  const double density = 0.003484 * 101325.0 / mean_k;
  const double viscosity = 0.24237e-6 * std::pow(mean_k, 0.76) / density;
  const double conductivity = 2.1695e-4 * std::pow(mean_k, 0.84);
  const double reynolds = wind_m_s * length_m / viscosity;
  const double carried = density * wind_m_s * air_heat;
  const double forced = reynolds > 1.2e5
                            ? 0.0282 / std::pow(reynolds, 0.2) * carried / std::pow(prandtl, 0.4)
                            : 0.86 / std::sqrt(reynolds) * carried / std::pow(prandtl, 0.67);
  const double grashof = 9.8 / mean_k * std::abs(module_k - air_k) * std::pow(length_m, 3) /
                         (viscosity * viscosity) * 0.5;
  const double free = 0.21 * std::pow(grashof * prandtl, 0.32) * conductivity / length_m;
  return std::cbrt(free * free * free + forced * forced * forced);
}

/// Radiation between two temperatures as a coefficient, W/(m² K).
double radiation(double a_k, double b_k) {
  return emissivity * boltzmann * (a_k * a_k + b_k * b_k) * (a_k + b_k);
}

double fourth(double x) { return x * x * x * x; }

}  // namespace

ThermalModule::ThermalModule(double nominal_c, double step_hours)
    : step_s_(step_hours * 3600.0), capacity_(rack_capacity), module_k_(nominal_air_k) {
  const double nominal_k = nominal_c + zero_c_k;
  const double above_k = nominal_k - nominal_air_k;
  const double top = top_convection(nominal_k, nominal_air_k, nominal_wind_m_s);
  const double gained = absorptivity * nominal_irradiance_w_m2;
  // What the top side does not lose at nominal conditions the back must: that fixes Tg.
  const double to_sky = emissivity * boltzmann * (fourth(nominal_k) - fourth(nominal_sky_k));
  const double back =
      (gained - to_sky - top * above_k) / ((radiation(nominal_k, nominal_air_k) + top) * above_k);
  const double ground_k = std::clamp(
      std::pow(fourth(nominal_k) - back * (fourth(nominal_k) - fourth(nominal_air_k)), 0.25),
      nominal_air_k, nominal_k);
  back_ratio_ = (ground_k - nominal_air_k) / above_k;
  const double radiated =
      emissivity * boltzmann * (2.0 * fourth(nominal_k) - fourth(nominal_sky_k) - fourth(ground_k));
  convection_ = (gained - radiated) / (top * above_k);
  // A roof close behind the module stores heat with it.
  constexpr double roof_nominal_k = 321.15;
  if (nominal_k > roof_nominal_k) {
    capacity_ *= 1.0 + (nominal_k - roof_nominal_k) / 12.0;
  }
}

double ThermalModule::after(const Warming& step) {
  if (step.irradiance_w_m2 <= 0.0) {
    rest(step.temperature_c);
    return step.temperature_c;
  }
  const double air_k = step.temperature_c + zero_c_k;
  const double sky_k = 0.68 * (0.0552 * std::pow(air_k, 1.5)) + 0.32 * air_k;
  const double wind_m_s = step.wind_m_s * std::pow(module_height_m / wind_height_m, 0.2) + 1e-4;
  const double absorbed = step.irradiance_w_m2 * absorptivity;
  const double rise = absorbed - absorbed_w_m2_;
  double now_k = module_k_;
  for (int round = 0; round < 10; ++round) {
    const double by_air = convection_ * top_convection(now_k, air_k, wind_m_s);
    const double by_sky = radiation(now_k, sky_k);
    const double ground_k = air_k + back_ratio_ * (now_k - air_k);
    const double by_ground = radiation(now_k, ground_k);
    const double all = by_air + by_sky + by_ground;
    const double exponent = -all / capacity_ * step_s_;
    const double left = exponent > -10.0 ? std::exp(exponent) : 0.0;
    const double pulled = by_air * air_k + by_sky * sky_k + by_ground * ground_k;
    now_k = module_k_ * left +
            ((1.0 - left) * (pulled + absorbed_w_m2_ + rise / exponent) + rise) / all;
  }
  module_k_ = now_k;
  absorbed_w_m2_ = absorbed;
  return now_k - zero_c_k;
}

void ThermalModule::rest(double temperature_c) {
  module_k_ = temperature_c + zero_c_k;
  absorbed_w_m2_ = 0.0;
}

}  // namespace xiaoyuan::solar
