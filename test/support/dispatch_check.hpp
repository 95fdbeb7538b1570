// An independent checker of a dispatch: shares no code with the solver. It rebuilds every step from
// the changes of stored energy alone and says the first thing that is wrong.
#pragma once
#include <string>

#include "plan/dispatch.hpp"

namespace xiaoyuan::test {

struct Checked {
  std::string wrong;  ///< "" when the schedule is feasible and balances
  double cost_yuan = 0.0;
};

/// Walks the year, choosing PV use, import and export anew by trying the corners of each step.
Checked checked(const plan::DispatchProblem& problem, const plan::StorePath& path);

}  // namespace xiaoyuan::test
