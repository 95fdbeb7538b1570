// The value of stored energy at every step, found from a schedule alone, and the lower bound that
// it proves.
//
// λ_t is the multiplier of s_{t+1} = (1 − σ) s_t + u_t − drain_t: what a kWh in the store at the
// end of step t is worth. A schedule is optimal when a λ exists with
//
//   λ_t ∈ ∂f_t(u_t),   λ_{t−1} = (1 − σ) λ_t inside the bounds, ≥ at the floor, ≤ at the ceiling.
//
// So every λ_t lies in an interval; the intervals are narrowed forward, and one λ is chosen walking
// back. Any λ at all gives a bound, so an inexact one costs sharpness and never truth:
//
//   Σ_t min_u [f_t(u) − λ_t u] + Σ_t λ_t drain_t + Σ_t min_s (λ_{t−1} − (1 − σ) λ_t) s
#pragma once
#include <optional>

#include "optimum/step_costs.hpp"

namespace xiaoyuan::optimum {

/// How the year's two ends hang together.
struct Ends {
  bool is_cyclic = false;  ///< the start is free, and the end equals it
  double start_kwh = 0.0;  ///< not for cyclic
  double least_kwh = 0.0;  ///< of the end
  double most_kwh = 0.0;
  double cycle_value = 0.0;  ///< for cyclic: what a kWh at the turn of the year is worth
  double step_hours = 1.0;
};

/// λ by step for a schedule that is optimal for `costs`.
std::vector<double> stored_values(const StepCosts& costs, const Ends& ends, const StorePath& path);

/// What `values` prove: no schedule costs less under `costs`, yuan.
double lower_bound(const StepCosts& costs, const Ends& ends, std::span<const double> values);

}  // namespace xiaoyuan::optimum
