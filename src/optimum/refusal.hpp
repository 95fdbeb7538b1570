// Why a problem has no answer, and the nearest figure that would give it one.
#pragma once
#include "base/error.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

/// Data that make no problem: missing or uneven series, figures that are no numbers, efficiencies
/// above 1, a capacity below its reserve, tiers that fall. All that is wrong, in order.
Errors wrong_data(const DispatchProblem& problem);

/// For a problem with right data whose limits leave no way through the year: where, why, and what
/// the nearest feasible value is.
Errors no_way(const DispatchProblem& problem);

}  // namespace xiaoyuan::optimum
