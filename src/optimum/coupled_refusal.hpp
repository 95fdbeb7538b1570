// Why households behind shared limits have no answer, and the nearest limit that would do.
#pragma once
#include "base/error.hpp"
#include "optimum/coupled.hpp"
#include "optimum/coupled_repair.hpp"

namespace xiaoyuan::optimum {

/// Households on different axes, limits that are missing or negative, steps whose prices leave the
/// convex case, loads that no schedule can bring below the limit of import.
Errors wrong_data(const CoupledProblem& problem);

/// The limits were still missed when the rounds ran out.
Errors limits_not_kept(const CoupledProblem& problem, const Missed& missed);

}  // namespace xiaoyuan::optimum
