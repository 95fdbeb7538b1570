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
// cut to [s_min, s_max]. The slope of V_t is the marginal value of stored energy.
//
// No V_t is kept. A piece is a way to take energy out of the store at its step (or to put less in).
// What is cut off at the left, below s_min, is taken whatever the state before; what is cut off at
// the right, beyond s_max, never is. So a piece writes what is taken of it into its own step's u at
// the moment it is cut, and the pieces still alive at t = 0 are decided by the start. One walk back
// over the year, with a handful of pieces in hand, gives the schedule.
//
// A multiplier λ prices the year's end against its start (V_T(s) = −λ s, plus λ s at the start),
// and μ is added to the price of every imported kWh (tiers); plan/dispatch.hpp finds both.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "battery/battery.hpp"
#include "plan/piece_queue.hpp"

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
  void price_import(double addition_yuan_per_kwh) { addition_ = addition_yuan_per_kwh; }
  /// The best path when the end is worth `end_value` yuan/kWh; the start is `start_kwh`, or, where
  /// none is given, free and as dear as the end. False when the limits leave no way through the
  /// year (infeasible_step() says where).
  bool solve(double end_value, std::optional<double> start_kwh, StorePath& path);

  /// Where a search for a year that ends as it began does best to begin, as far as the year's first
  /// and last days tell: two end values close together between which start and end meet, and the
  /// end that the lower one leads to.
  struct CyclicGuess {
    double low = 0.0;
    double high = 0.0;
    double end_kwh = 0.0;
  };
  CyclicGuess guess_cyclic();
  /// After solve() with a given start: how much the multipliers' dual value lies below the path's
  /// cost because the given start is not the best one, yuan.
  double regret_of_start() const { return regret_; }

  std::size_t infeasible_step() const { return infeasible_step_; }

 private:
  bool walk_back(double end_value, std::size_t last, std::size_t first, StorePath& path);
  void add_step(std::size_t step, StorePath& path);
  bool cut(std::size_t step, StorePath& path);
  void decide_start(double end_value, std::optional<double> start_kwh, StorePath& path);
  void write(std::uint32_t step, double length, StorePath& path) const;

  StoreYear year_;
  double addition_ = 0.0;
  double kept_ = 1.0;  ///< 1 − σ
  // The queue holds lengths divided and slopes multiplied by `scale_`, which grows by 1/(1 − σ) a
  // step: so a standing loss costs nothing.
  PieceQueue queue_;
  double scale_ = 1.0;
  std::vector<double> scale_of_step_;  ///< empty without standing loss
  double left_ = 0.0;                  ///< the left end of V_t
  double regret_ = 0.0;
  std::size_t infeasible_step_ = 0;
};

}  // namespace xiaoyuan::plan
