// Why a battery and further stores have no schedules, and the nearest figure that would give some.
#pragma once
#include "base/error.hpp"
#include "optimum/joint.hpp"

namespace xiaoyuan::optimum {

/// Data that make no problem: all that is wrong, in order.
Errors wrong_data(const JointProblem& problem);

/// For a problem with right data whose limits cannot be kept: where, why, and what would do.
Errors no_way(const JointProblem& problem);

}  // namespace xiaoyuan::optimum
