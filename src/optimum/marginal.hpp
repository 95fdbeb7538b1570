// What one unit more of anything would save in a year, read from the multipliers of an optimum.
//
// λ_t is the value of stored energy (DispatchResult::stored_value). p_t is the price of a kWh in
// the house at step t: a slope of the meter's cost that agrees with λ_t,
//
//   charging       p = (λ − wear)·η_c      at the charge limit      p ≤
//   discharging    p = (λ + wear)/η_d      at the discharge limit   p ≥
//
// At a corner of the meter's cost (g = 0, say) not every slope does; p is the one that fits λ. Then
//
//   charge limit   ((λ − wear)·η_c − p)⁺     discharge limit  (p − (λ + wear)/η_d)⁺
//   import limit   (p − buy)⁺ where it binds  export limit    (sell − p)⁺ where it binds
//   PV             p⁺                         ceiling, floor  the jumps of λ while full, while
//   empty
//
// Each is a subgradient of the year's cost: at a corner it lies between the derivatives from the
// two sides. Steps that are not convex have no such price; the figures then hold for small changes
// that leave every such step on its side.
#pragma once
#include <span>
#include <vector>

#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

/// Yuan saved in the year by one unit more.
struct MarginalValues {
  std::vector<double> house_price;  ///< p: yuan for a kWh in the house, by step
  double ceiling_kwh = 0.0;         ///< a kWh more that may be stored
  double floor_kwh = 0.0;           ///< a kWh more that must stay: 0 or negative
  double charge_kw = 0.0;
  double discharge_kw = 0.0;
  double import_limit_kwh = 0.0;  ///< a kWh a step, all year, on the constant limit
  double export_limit_kwh = 0.0;

  /// A battery kWh whose floor and ceiling are shares of it.
  double battery_kwh(double least_share, double most_share) const {
    return most_share * ceiling_kwh + least_share * floor_kwh;
  }
  double battery_kw() const { return charge_kw + discharge_kw; }
  /// A kWp that yields `shape_kwh` by step.
  double pv_kwp(std::span<const double> shape_kwh) const;
};

/// The marginal values at an optimum. Limits by step count towards the constant ones only where the
/// constant one is the stricter.
MarginalValues marginal_values(const DispatchProblem& problem, const DispatchResult& result);

}  // namespace xiaoyuan::optimum
