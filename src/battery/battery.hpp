// A battery as the planner sees it: what it stores, loses and wears, and the plain rule by which
// most inverters run it.
//
// With u the change of stored energy in a step (kWh) the energy on the AC side is
//   w(u) = u / η_c for u ≥ 0 (charging),  w(u) = u · η_d for u < 0 (discharging),
// and before the change a step loses the fraction σ of what is stored: s' = (1 − σ) s + u.
#pragma once
#include <span>
#include <vector>

namespace xiaoyuan::battery {

struct Spec {
  double floor_kwh = 0.0;    ///< least stored energy in use
  double ceiling_kwh = 0.0;  ///< most stored energy in use
  double charge_kw = 0.0;    ///< AC side
  double discharge_kw = 0.0;
  double charge_efficiency = 1.0;
  double discharge_efficiency = 1.0;
  double standing_loss_per_hour = 0.0;  ///< fraction of the stored energy
  double wear_yuan_per_kwh = 0.0;       ///< of |change of stored energy|

  bool exists() const { return ceiling_kwh > floor_kwh && charge_kw > 0.0; }
};

/// AC-side energy of a change of stored energy, kWh.
double ac_energy_kwh(const Spec& spec, double change_kwh);
/// Change of stored energy of an AC-side energy, kWh: the inverse of ac_energy_kwh.
double stored_change_kwh(const Spec& spec, double ac_kwh);
/// Fraction of the stored energy that a step loses.
double standing_loss(const Spec& spec, double step_hours);

/// Changes of stored energy by the plain rule: charge with what is left over, discharge to what is
/// missing, never through the meter. `surplus_kwh` is generation minus load by step, `start_kwh`
/// the energy stored at first.
std::vector<double> self_consumption(const Spec& spec, std::span<const double> surplus_kwh,
                                     double step_hours, double start_kwh);

/// The start from which the plain rule ends a year as it began it (the rule's map from start to end
/// is rising and flat for most starts; repeating it twice finds the fixed point, or the nearest).
double cyclic_start_kwh(const Spec& spec, std::span<const double> surplus_kwh, double step_hours);

}  // namespace xiaoyuan::battery
