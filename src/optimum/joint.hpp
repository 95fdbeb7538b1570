// A battery and further stores (optimum/second_store.hpp) behind one meter: the cheapest schedules
// of all of them together, a lower bound, and their gap.
//
//   minimise Σ_t [ buy_t·import_t − sell_t·export_t + wear·|u_t| ] + Σ_p A(Σ_{t in p} import_t)
//   so that  import − export = load + w(u) + Σ_j e_j − PV used      in every step
//
// with every store within its own limits. With a price p_t of a kWh in the house the stores part:
// each answers p alone, the meter too, and what they answer proves a bound (Lagrange):
//
//   Σ_t min_g [meter_t(g) − p_t g] + min_battery Σ_t [p_t w(u_t) + wear·|u_t|]
//     + Σ_j min_store Σ_t p_t e_jt + Σ_t p_t load_t
//
// The prices are found by an interior-point method whose Newton steps run along the year store by
// store (optimum/joint_barrier.hpp): some tens of rounds of a millisecond each, where prices that
// follow the stores' answers need hundreds. The heaters then follow its schedule within their own
// limits, and the battery answers their load by the exact kernel (optimum/dispatch.hpp). See
// docs/adr/0010.
#pragma once
#include "optimum/second_store.hpp"

namespace xiaoyuan::optimum {

/// So many stores beside the battery at most.
inline constexpr std::size_t most_second_stores = 3;

struct JointProblem {
  DispatchProblem home;             ///< battery (ceiling = floor: none), meter, prices, tiers
  std::vector<SecondStore> stores;  ///< on the same time axis
  double gap = 1e-7;                ///< to stop at
};

/// What a kWh is worth, yuan: these alone prove the bound (optimum/joint_certificate.hpp).
struct JointValues {
  std::vector<double> house_price;          ///< p: of a kWh in the house, by step
  std::vector<double> battery;              ///< of a kWh in the battery at the end of the step
  std::vector<std::vector<double>> stores;  ///< of a kWh in each store at the end of the step
  std::vector<double> tier_additions;       ///< μ by period; empty without tiers
};

struct JointResult {
  double cost_yuan = 0.0;     ///< of these schedules, wear and tiers included
  double bound_yuan = 0.0;    ///< no schedules cost less
  double without_yuan = 0.0;  ///< battery idle, stores unplanned; NaN where it may not be
  double import_kwh = 0.0;
  StorePath battery;
  std::vector<HeaterPath> stores;
  JointValues values;
  /// Where buying earns or the grid pays more than it asks: there the bound is that of a convex
  /// problem that lies below, and the gap says how far off the schedules can be.
  std::vector<std::size_t> bent_steps;
  int rounds = 0;
  /// (cost − bound) / max(1 yuan, |cost without| + |cost with|)
  double gap() const;
};

/// Errors: data that make no problem (Fault::bad_input, all of them), or limits that no schedules
/// can keep (Fault::impossible), with the nearest figure that would do.
Result<JointResult> joint_dispatch(const JointProblem& problem);

}  // namespace xiaoyuan::optimum
