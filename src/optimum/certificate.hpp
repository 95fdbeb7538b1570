// Checks a result of the dispatch by itself: no code of the solver is used here.
//
// From the changes of stored energy alone it walks the year anew, tries every corner of PV use in
// every step, and says the first thing that does not hold: power, bounds, balance, ends. From the
// values λ and μ alone it adds up what they prove, trying every corner of every step; the bound
// holds for steps that are not convex too, though not sharply.
#pragma once
#include <span>
#include <string>

#include "base/text.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

struct Certificate {
  Text wrong;                     ///< empty when the schedule is feasible and balances
  double cost_yuan = 0.0;         ///< of the schedule, tiers included
  double proved_yuan = 0.0;       ///< what λ and μ prove: no schedule costs less
  double largest_miss_kwh = 0.0;  ///< how far the worst step is from holding exactly
  bool is_feasible() const { return wrong.en.empty(); }
};

/// `miss_kwh`: how far a bound may be missed before it counts.
Certificate certified(const DispatchProblem& problem, const DispatchResult& result,
                      double miss_kwh = 1e-7);

}  // namespace xiaoyuan::optimum
