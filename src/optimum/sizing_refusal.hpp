// Why a sizing has no answer, and the nearest figure that would give it one.
#pragma once
#include "base/error.hpp"
#include "optimum/sizing.hpp"

namespace xiaoyuan::optimum {

/// Data that make no problem: series that do not fit, shares and prices out of range, prices of
/// energy for which the sizing is not convex. All that is wrong, in order.
Errors wrong_sizing(const SizingProblem& problem);

}  // namespace xiaoyuan::optimum
