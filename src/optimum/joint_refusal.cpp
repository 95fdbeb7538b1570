#include "optimum/joint_refusal.hpp"

#include "optimum/refusal.hpp"
namespace xiaoyuan::optimum {
Errors wrong_data(const JointProblem& problem) { return wrong_data(problem.home); }
Errors no_way(const JointProblem&) {
  return {{Fault::impossible, {"no way", "x"}, {}}};
}
}  // namespace xiaoyuan::optimum
