// Direct-current power of a PV array, as in PVWatts 5.
//
//   P_dc = P_stc E/1000 (1 + γ (Tc − 25)) (1 − loss)
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

}  // namespace xiaoyuan::solar
