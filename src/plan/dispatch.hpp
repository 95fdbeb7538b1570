// The exact optimum of one store over a year: the cheapest schedule, a lower bound, and their gap.
//
//   minimise Σ_t [ buy_t·import_t − sell_t·export_t + wear·|u_t| ] + A(Σ_t import_t)
//
// A is what the tiers add to the year's import: convex and piecewise linear, because additions
// rise. Two multipliers make it a problem of single steps (store_recursion.hpp): μ for the year's
// import, λ for "the year ends as it began". Both dual functions are concave and piecewise linear;
// each is climbed by cutting planes: the lines of the two neighbours meet in the next trial point,
// and when the trial lies on them, the optimum is a convex combination of the two neighbours'
// schedules, which is feasible because the problem is an LP. See docs/adr/0005.
#pragma once
#include <vector>

#include "base/error.hpp"
#include "plan/store_recursion.hpp"
#include "tariff/tariff.hpp"

namespace xiaoyuan::plan {

enum class YearEnd {
  cyclic,        ///< ends as it began; the start is free
  not_below_it,  ///< begins at start_kwh and ends no lower
  free           ///< begins at start_kwh, ends anywhere
};

struct DispatchProblem {
  StoreYear year;
  YearEnd end = YearEnd::cyclic;
  double start_kwh = 0.0;                   ///< not for cyclic
  std::vector<double> tier_limits_kwh;      ///< rising; none without tiers
  std::vector<double> tier_additions_yuan;  ///< one more than limits, the first 0, rising
};

struct DispatchResult {
  double cost_yuan = 0.0;         ///< of this schedule, wear and tiers included
  double bound_yuan = 0.0;        ///< no schedule costs less
  double without_yuan = 0.0;      ///< with the store left alone
  std::size_t bounded_steps = 0;  ///< steps with sell > buy: the optimum is bounded, not met
  double import_kwh = 0.0;
  StorePath path;
  /// (cost − bound) / max(1 yuan, |cost without the store| + |cost with it|)
  double gap() const;
};

/// Solves the problem. Where sell > buy (a valley price below the feed-in price) the cost of a step
/// is not convex: the schedule is then the optimum of sell lowered to buy, at its true cost, and
/// the bound is lowered by all that export could earn more in those steps. Fault::impossible names
/// the step where buy < 0, or where the limits leave no way through.
Result<DispatchResult> optimal_dispatch(const DispatchProblem& problem);

}  // namespace xiaoyuan::plan
