// The exact optimum of one store over a year: the cheapest schedule, a lower bound, and their gap.
//
//   minimise Σ_t [ buy_t·import_t − sell_t·export_t + wear·|u_t| ] + Σ_p A(Σ_{t in p} import_t)
//
// A is what the tiers add to the import of a period p (the year, or each month): convex and
// piecewise linear, because additions rise. Multipliers make it a problem of single steps: μ_p for
// each period's import (optimum/tier_master.hpp), λ for "the year ends as it began"
// (optimum/cycle.hpp). Where the optimum lies between schedules it is a convex combination of them,
// which is feasible because the problem is a linear program. See docs/adr/0005.
#pragma once
#include <memory>
#include <vector>

#include "base/error.hpp"
#include "optimum/store_year.hpp"
#include "optimum/tier_master.hpp"

namespace xiaoyuan::optimum {

enum class YearEnd {
  cyclic,     ///< ends as it began; the start is free
  not_below,  ///< begins at start_kwh and ends no lower than end_kwh
  equal,      ///< begins at start_kwh and ends at end_kwh
  free        ///< begins at start_kwh, ends anywhere
};

struct DispatchProblem {
  StoreYear year;
  YearEnd end = YearEnd::cyclic;
  double start_kwh = 0.0;                   ///< not for cyclic
  double end_kwh = -1.0;                    ///< below 0: the start
  std::vector<double> tier_limits_kwh;      ///< rising; none without tiers
  std::vector<double> tier_additions_yuan;  ///< one more than limits, the first 0, rising
  /// Which tier period a step belongs to, counted from 0 (months); empty: all are one.
  std::vector<std::uint16_t> tier_period_of_step;
};

/// How sure the schedule is.
enum class Proof {
  exact,     ///< every step is convex: cost and bound agree
  branched,  ///< steps that are not convex were tried both ways until cost and bound agreed
  bounded    ///< too many such steps, or tiers beside them: the gap says how far off it can be
};

struct DispatchResult {
  double cost_yuan = 0.0;     ///< of this schedule, wear and tiers included
  double bound_yuan = 0.0;    ///< no schedule costs less
  double without_yuan = 0.0;  ///< with the store left alone; NaN where it may not be
  double import_kwh = 0.0;
  StorePath path;
  std::vector<double> stored_value;    ///< λ: yuan for a kWh in the store at the end of the step
  std::vector<double> tier_additions;  ///< μ by period; empty without tiers
  Proof proof = Proof::exact;
  std::vector<std::size_t> bent_steps;  ///< where buying earns or the grid pays more than it asks
  /// (cost − bound) / max(1 yuan, |cost without the store| + |cost with it|)
  double gap() const;
};

/// Solves one problem after another in the same memory.
class Optimiser {
 public:
  Optimiser();
  ~Optimiser();
  Optimiser(Optimiser&&) noexcept;
  Optimiser& operator=(Optimiser&&) noexcept;
  /// Fills `result`, whose memory is used again. Errors: data that make no problem
  /// (Fault::bad_input, all of them), or limits that leave no way through the year
  /// (Fault::impossible), with the nearest figure that would do.
  Result<void> solve(const DispatchProblem& problem, DispatchResult& result);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

Result<DispatchResult> optimal_dispatch(const DispatchProblem& problem);

}  // namespace xiaoyuan::optimum
