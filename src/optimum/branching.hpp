// The optimum where some steps are not convex: a search over which side of a corner each takes.
//
// In a step with buy < 0 or sell > buy the cost bends the wrong way at a corner (no change of
// stored energy, or nothing through the meter). The convex hull of such a step gives a lower bound
// for the year. Where the best schedule of the hulls uses a step between two corners, at less than
// it truly costs, the year is solved twice: once with the step held left of a corner, once right of
// it. The open part with the least bound goes next. When none is below the best schedule found,
// that is the optimum; when the rounds run out, the least open bound is what is proved.
#pragma once
#include "optimum/year_solver.hpp"

namespace xiaoyuan::optimum {

struct Branched {
  Trial best;               ///< cost at the true prices
  double bound_yuan = 0.0;  ///< no schedule costs less
  bool is_proved = false;
};

/// `costs` must be priced, without restrictions; it is left as it was found, but for the
/// restrictions of the best schedule.
std::optional<Branched> branch(StepCosts& costs, const Ends& ends);

}  // namespace xiaoyuan::optimum
