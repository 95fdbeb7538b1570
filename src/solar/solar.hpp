// From a sky to the AC power of a household's roofs: the front door of this folder.
//
//   sky ─ plane_of_array ─ incidence ─ cell_temperature ─ pv (DC) ─ Σ planes ─ pv (inverter)
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "base/series.hpp"
#include "solar/cell_temperature.hpp"
#include "solar/incidence.hpp"
#include "solar/plane_of_array.hpp"
#include "solar/pv.hpp"
#include "solar/sky.hpp"

namespace xiaoyuan::solar {

/// Modules of one kind on one plane.
struct ArraySpec {
  Plane plane;
  double capacity_kwp = 0.0;
  /// γ: −0.0034 is usual for PERC modules, −0.0030 for TOPCon (data sheets, 2023–2025).
  double temperature_coefficient_per_k = -0.0034;
  /// Dirt, wiring, mismatch, availability: all but temperature, glass and inverter. 0.14 is the
  /// default of PVWatts 5.
  double loss_fraction = 0.14;
  Mount mount = Mount::close_roof_glass_glass;
  Transposition transposition = Transposition::hay_davies;
  double albedo = 0.2;
  /// The cover whose reflection at a slant is counted (beam only). Empty: it is part of
  /// loss_fraction. On a south roof of 30° in Aurora, Colorado, it takes 1.4 % of a year's light.
  std::optional<Glass> glass;
};

/// Where the energy of a year's light went; the planes together, kWh.
struct PvLosses {
  Energy nominal;      ///< light on the planes × capacity at 1000 W/m² and 25 °C
  Energy incidence;    ///< thrown back by the glass
  Energy temperature;  ///< lost to warmth; negative where cold gains more
  Energy system;       ///< loss_fraction
  Energy inverter;     ///< conversion
  Energy clipped;      ///< above the inverter's rating
};

struct PvYield {
  Series<Power> ac;
  Energy dc;                       ///< into the inverter
  PvLosses losses;                 ///< nominal − the five others = total(ac)
  std::vector<double> poa_kwh_m2;  ///< light on each plane over the axis
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
