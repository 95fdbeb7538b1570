// From a sky to the AC power of a household's roofs: the front door of this folder.
//
//   sky ─ plane_of_array ─ horizon ─ near shading ─ incidence ─ soiling ─ snow ─ cell_temperature
//       ─ pv (DC) ─ system losses ─ Σ planes ─ inverter
//
// Each stage takes its share of what the stage before has left; the waterfall says how much. The
// cells are warmed by the light that passes the horizon, before near shading, glass, dirt and snow
// take theirs, as PVWatts and PVsyst's form have it.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "base/series.hpp"
#include "solar/cell_temperature.hpp"
#include "solar/horizon.hpp"
#include "solar/incidence.hpp"
#include "solar/inverter.hpp"
#include "solar/plane_of_array.hpp"
#include "solar/pv.hpp"
#include "solar/sky.hpp"
#include "solar/waterfall.hpp"

namespace xiaoyuan::solar {

/// Lost on the direct-current side: each a fraction of what reaches it. Nothing unless given.
struct SystemLosses {
  double nameplate = 0.0;      ///< modules weaker than their label
  double light_induced = 0.0;  ///< in the first days of sun
  double mismatch = 0.0;       ///< of modules in a string
  double wiring = 0.0;
  double connections = 0.0;
};

/// Modules of one kind on one plane.
struct ArraySpec {
  Plane plane{};
  double capacity_kwp = 0.0;
  /// γ: −0.0034 is usual for PERC modules, −0.0030 for TOPCon (data sheets, 2023–2025).
  double temperature_coefficient_per_k = -0.0034;
  Mount mount = Mount::close_roof_glass_glass;
  Transposition transposition = Transposition::hay_davies;
  double albedo = 0.2;
  Incidence incidence = Incidence::martin_ruiz;
  Horizon horizon{};                 ///< free unless given
  double near_shading = 0.0;         ///< constant share of the light, lost
  std::array<double, 12> soiling{};  ///< share of the light lost, by month from January
  std::array<double, 12> snow{};     ///< the same
  SystemLosses losses{};
};

struct PvYield {
  Series<Power> ac;
  Waterfall waterfall;             ///< of the planes together
  std::vector<double> poa_kwh_m2;  ///< light on each plane over the axis, before the horizon
};

/// The yield of planes that share one inverter; its rating must be above 0 if any plane has
/// capacity.
PvYield pv_yield(const Sky& sky, std::span<const ArraySpec> planes, const InverterSpec& inverter);

/// The AC power alone.
Series<Power> ac_power(const Sky& sky, std::span<const ArraySpec> planes,
                       const InverterSpec& inverter);

/// Cell temperature (°C) of an array in the lit steps of a sky, from the light on its plane.
std::vector<double> cell_temperature_c(const Sky& sky, Mount mount,
                                       const std::vector<double>& poa_w_m2);

}  // namespace xiaoyuan::solar
