// How long a battery and the roof carry a critical load when the grid fails: for every step of a
// year as the moment of failure, from what the battery holds then.
//
// In the island each step k has PV p_k, the critical load L (both kWh, AC) and the standing loss σ:
//   p_k ≥ L:  s' = min(ceiling, (1 − σ) s + η_c · min(p_k − L, charge))   always carried
//   p_k < L:  s' = (1 − σ) s − (L − p_k) / η_d                            carried while s' ≥ floor
// and never carried where L − p_k is more than the battery can give in a step. In the step that
// fails, the time until the floor is reached counts by its share.
//
// A run of steps is a map of the same form, s ↦ min(top, q·s + r) for s ≥ least, and two such maps
// make one. Maps over 1, 2, 4, … steps from every step, made once, lead to the failing step in a
// few strides instead of hundreds.
//
// It holds only for a battery whose inverter forms an island (离网/孤岛运行): without one, PV goes
// off with the grid (防孤岛保护) and every house is dark at once.
#pragma once
#include <span>
#include <vector>

#include "battery/battery.hpp"

namespace xiaoyuan::battery {

/// Failures are followed for so long; what lasts longer counts as this.
inline constexpr double longest_backup_hours = 72.0;

struct BackupInput {
  std::span<const double> stored_kwh;  ///< at the beginning of each step; one more at the end is
                                       ///< allowed and not read
  std::span<const double> pv_kwh;      ///< by step, AC; the year wraps around
  double critical_kw = 0.0;
  Spec battery = {};  ///< of an inverter that forms an island; without a battery nothing is carried
  double step_hours = 1.0;
};

struct Backup {
  std::vector<double> hours;  ///< until the critical load is not met, by step of failure
  double least_hours = 0.0;
  double median_hours = 0.0;
  double share_bridged_24h = 0.0;  ///< of the failures, those bridged for 24 h
};

Backup backup(const BackupInput& input);

}  // namespace xiaoyuan::battery
