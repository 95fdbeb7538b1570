// The exact value of stored energy over a year, by dynamic programming on convex piecewise-linear
// functions; no grid of states, no LP.
//
//   V_t(s) = min_u  f_t(u) + V_{t+1}((1 − σ) s + u − drain_t),      s_min ≤ s ≤ s_max
//
// with f_t of optimum/step_costs.hpp. V_t is the infimal convolution of V_{t+1} with u ↦ f_t(−u):
// the pieces of both, merged in order of slope and cut to what the store may hold. −V_t' is the
// marginal value of stored energy; it falls from left to right.
//
// No V_t is kept. A piece is a way to take energy out of the store at its step (or to put less in).
// What is cut off at the left, below s_min, is taken whatever the state before; what is cut off at
// the right, beyond s_max, never is. So a piece writes what is taken of it into its own step's u at
// the moment it is cut, and the pieces still alive at t = 0 are decided by the start. One walk back
// over the year, with a handful of pieces in hand, gives the schedule. A step's own piece that
// would be cut at once is never put into the queue.
#pragma once
#include <optional>

#include "optimum/piece_queue.hpp"
#include "optimum/step_costs.hpp"

namespace xiaoyuan::optimum {

/// What the year's end may hold, and what a kWh there is worth.
struct EndOfYear {
  double least_kwh = 0.0;
  double most_kwh = 0.0;
  double value = 0.0;  ///< yuan/kWh
};

class StoreRecursion {
 public:
  explicit StoreRecursion(const StepCosts& costs) : costs_(costs) {}

  /// The best path from `start_kwh`, or, where none is given, from the start that is best when a
  /// kWh there costs the end's value. False when the limits leave no way through the year:
  /// infeasible_step() says where.
  bool solve(const EndOfYear& end, std::optional<double> start_kwh, StorePath& path);
  std::size_t infeasible_step() const { return infeasible_step_; }

 private:
  bool add_step(std::size_t step, StorePath& path);
  bool cut(std::size_t step, StorePath& path);
  void set_values(const EndOfYear& end);
  void take(std::uint32_t step, double length, StorePath& path) const;

  const StepCosts& costs_;
  std::vector<double> values_;  ///< slopes by the queue's rank
  std::uint32_t end_rank_ = 0;
  double kept_ = 1.0;  ///< 1 − σ
  // The queue holds lengths divided and slopes multiplied by `scale_`, which grows by 1/(1 − σ) a
  // step: so a standing loss costs nothing.
  PieceQueue queue_;
  double scale_ = 1.0;
  std::vector<double> scales_;  ///< by step, and the end's; empty without standing loss
  double left_ = 0.0;           ///< the left end of V_t
  double least_ = 0.0;          ///< what the store may hold before the step in hand
  double most_ = 0.0;
  std::size_t infeasible_step_ = 0;
};

}  // namespace xiaoyuan::optimum
