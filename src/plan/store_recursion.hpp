// The exact value of stored energy over a year, by dynamic programming on convex piecewise-linear
// functions; no grid of states, no LP.
//
//   V_t(s) = min_u  f_t(u) + V_{t+1}((1 − σ) s + u),      s_min ≤ s ≤ s_max
//   f_t(u) = min over PV used of  buy·max(g,0) − sell·max(−g,0) + wear·|u|,
//   g = load − PV used + w(u),  −export limit ≤ g ≤ import limit,  0 ≤ PV used ≤ PV available
//
//   s stored energy (kWh), u its change, w(u) its AC side (battery/battery.hpp), σ standing loss.
//
// With 0 ≤ sell ≤ buy, or sell < 0 ≤ buy, f_t is convex with at most four linear pieces. V_t is the
// infimal convolution of V_{t+1} with u ↦ f_t(−u): the pieces of both, merged in order of slope and
// cut to [s_min, s_max]. The slope of V_t is the marginal value of stored energy. Walking forward
// over the kept pieces gives the schedule.
//
// A multiplier λ prices the year's end against its start (V_T(s) = −λ s, plus λ s at the start),
// and μ is added to the price of every imported kWh (tiers); plan/dispatch.hpp finds both.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "battery/battery.hpp"

namespace xiaoyuan::plan {

/// Data of a year, by step; all energies in kWh a step, prices in yuan/kWh.
struct StoreYear {
  std::span<const double> load_kwh;
  std::span<const double> pv_kwh;
  std::span<const double> buy;
  std::span<const double> sell;
  double step_hours = 1.0;
  double export_limit_kwh = 0.0;
  double import_limit_kwh = 0.0;
  battery::Spec battery;
};

/// What flows in a step for a change of stored energy, with PV used as is cheapest.
struct StepFlow {
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  double curtailed_kwh = 0.0;
};
StepFlow flow_of(const StoreYear& year, std::size_t step, double change_kwh);

/// A schedule that minimises the year's cost for given multipliers.
struct StorePath {
  double start_kwh = 0.0;
  double end_kwh = 0.0;
  std::vector<double> change_kwh;  ///< u, by step
};

class StoreRecursion {
 public:
  explicit StoreRecursion(const StoreYear& year);

  /// Adds μ to the price of import in every step.
  void price_import(double addition_yuan_per_kwh);
  /// The best path when the end is worth `end_value` yuan/kWh and the start costs as much. False
  /// when the limits leave no way through the year (infeasible_step() says where).
  bool solve(double end_value, StorePath& path);
  /// The best path from a given start, with the end worth `end_value`.
  bool solve_from(double start_kwh, double end_value, StorePath& path);

  std::size_t infeasible_step() const { return infeasible_step_; }
  /// Slopes of V_0: the values of stored energy at the start, for the search over λ.
  std::vector<double> start_slopes() const;

 private:
  struct Piece {
    double slope;
    double length;
  };
  /// u ↦ f_t(−u), from its left end, by rising slope.
  struct StepCost {
    double left;
    std::uint32_t count;
    Piece pieces[4];
  };
  /// Pieces of V_t in pool_[first, first + count), from `left`.
  struct Value {
    double left;
    std::uint32_t first;
    std::uint32_t count;
  };

  void build_step(std::size_t step);
  bool backward(double end_value);
  bool extend(std::size_t step);
  bool same_as_kept(const Value& value, const Value& kept) const;
  double best_start(double end_value) const;
  void forward(double start_kwh, StorePath& path) const;

  StoreYear year_;
  double addition_ = 0.0;
  double kept_ = 1.0;  ///< 1 − σ
  std::vector<StepCost> costs_;
  std::vector<Value> values_;
  std::vector<Piece> pool_;
  std::size_t infeasible_step_ = 0;
};

}  // namespace xiaoyuan::plan
