// Power of a PV array and of its inverter, as in PVWatts 5.
//
//   P_dc = P_stc E/1000 (1 + γ (Tc − 25)) (1 − loss)
//   P_ac = min(P_rating, P_dc η),   η = η_nom/0.9637 (−0.0162 ζ − 0.0059/ζ + 0.9858)
//   ζ = P_dc / (P_rating/η_nom)
//
//   E irradiance that reaches the cells (W/m²), Tc cell temperature (°C), γ per kelvin.
//
// Source: A. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014).
#pragma once
#include <algorithm>

namespace xiaoyuan::solar {

/// What an array makes of light and warmth.
struct Module {
  double capacity_kwp = 0.0;
  double temperature_coefficient_per_k = -0.0034;
  double loss_fraction = 0.0;
};

/// Direct-current power, kW; never negative.
inline double dc_power_kw(const Module& module, double effective_w_m2, double cell_c) {
  const double warmth = 1.0 + module.temperature_coefficient_per_k * (cell_c - 25.0);
  return module.capacity_kwp * (1.0 - module.loss_fraction) / 1000.0 * effective_w_m2 *
         std::max(warmth, 0.0);
}

struct InverterSpec {
  double ac_rating_kw = 0.0;  ///< above 0 where there is an array
  double efficiency = 0.96;   ///< nominal
};

/// Alternating-current power before the rating cuts it, kW. η P_dc written as a polynomial, so that
/// darkness divides by nothing.
inline double unclipped_ac_kw(const InverterSpec& inverter, double dc_kw) {
  constexpr double reference = 0.9637;
  const double rated_dc_kw = inverter.ac_rating_kw / inverter.efficiency;
  const double part = dc_kw / rated_dc_kw;
  const double curve = (-0.0162 * part + 0.9858) * part - 0.0059;
  return std::max(rated_dc_kw * inverter.efficiency / reference * curve, 0.0);
}

/// Alternating-current power, kW.
inline double ac_power_kw(const InverterSpec& inverter, double dc_kw) {
  return std::min(unclipped_ac_kw(inverter, dc_kw), inverter.ac_rating_kw);
}

}  // namespace xiaoyuan::solar
