// The optimum where tiers, or a cap on what is sold, meet steps that are not convex.
//
// With tiers a step's cost depends on what the year imports, so it is not enough to hold its change
// of stored energy beside a corner. Held with its meter on one side (buying or selling), and where
// buying earns with its store on one side too, a step is a linear program; with every such step
// held so is the year. The search holds one step more at a time, bounded by the hulls of those
// still free (optimum/tiered_year.hpp), where there are few; with many the hulls' bound alone is
// given.
#pragma once
#include "optimum/tiered_year.hpp"

namespace xiaoyuan::optimum {

struct TieredBranched {
  TieredTrial best;
  double bound_yuan = 0.0;  ///< no schedule costs less
  bool is_proved = false;
};

/// `year` at its own prices; `costs` is left with the restrictions and multipliers of the best.
std::optional<TieredBranched> branch_tiered(const StoreYear& year, StepCosts& costs,
                                            const Ends& ends, const Counted& counted);

}  // namespace xiaoyuan::optimum
