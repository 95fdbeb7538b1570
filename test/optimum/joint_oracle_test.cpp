// Battery and further stores against CLP, on thousands of small problems of every mixture.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "optimum/joint.hpp"
#include "support/dispatch_lp.hpp"
#include "support/joint_draw.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;

TEST(Joint, EqualsClp) {
  int feasible = 0, refused = 0, bad=0;
  double worst = 0;
  int rounds = 0;
  for (std::uint64_t seed = 1; seed <= 4000; seed += seed_step) {
    const test::DrawnJoint drawn(seed);
    const auto oracle = test::clp_cost(drawn.problem);
    const auto ours = joint_dispatch(drawn.problem);
    if (ours.has_value() != oracle.has_value()) { ++bad; std::printf("seed %d ours %d clp %d\n", int(seed), ours.has_value(), oracle.has_value()); continue; }
    if (!ours) { ++refused; continue; }
    ++feasible;
    rounds = std::max(rounds, ours->rounds);
    worst = std::max(worst, ours->gap());
    const double near = 1e-6 * std::max(1.0, std::abs(*oracle));
    if (ours->rounds > 35 || ours->gap() > 1e-6 || ours->bound_yuan > *oracle + near || ours->cost_yuan < *oracle - near)
      std::printf("seed %d rounds %d gap %g cost %g clp %g bound %g\n", int(seed), ours->rounds, ours->gap(), ours->cost_yuan, *oracle, ours->bound_yuan);
  }
  std::printf("feasible %d refused %d bad %d worst %g rounds %d\n", feasible, refused, bad, worst, rounds);
}

}  // namespace
}  // namespace xiaoyuan::optimum
