// The exact dispatch against CLP, on thousands of small problems of every mixture of features.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/certificate.hpp"
#include "support/dispatch_draw.hpp"
#include "support/dispatch_lp.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;

void expect_optimal(const DispatchProblem& problem, const DispatchResult& ours, double oracle,
                    std::uint64_t seed) {
  const double near = 1e-6 * std::max(1.0, std::abs(oracle));
  const Certificate check = certified(problem, ours);
  EXPECT_EQ(check.wrong.en, "") << "seed " << seed;
  EXPECT_NEAR(check.cost_yuan, ours.cost_yuan, 1e-7) << "seed " << seed;
  EXPECT_NEAR(ours.cost_yuan, oracle, near) << "seed " << seed;
  EXPECT_NEAR(ours.bound_yuan, oracle, near) << "seed " << seed;
  EXPECT_LE(ours.bound_yuan, ours.cost_yuan + 1e-8) << "seed " << seed;
  EXPECT_LE(check.proved_yuan, ours.cost_yuan + 1e-7) << "seed " << seed;
}

TEST(Dispatch, EqualsClpOnTenThousandProblems) {
  int feasible = 0;
  int with_tiers = 0;
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 12000; seed += seed_step) {
    const test::Drawn drawn(seed);
    const auto oracle = test::clp_cost(drawn.problem);
    const auto ours = optimal_dispatch(drawn.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
    if (!ours) {
      ++refused;
      continue;
    }
    ++feasible;
    with_tiers += drawn.problem.tier_limits_kwh.empty() ? 0 : 1;
    expect_optimal(drawn.problem, *ours, *oracle, seed);
    EXPECT_EQ(ours->proof, Proof::exact) << "seed " << seed;
    // The values alone prove the optimum, by code that the solver does not share.
    EXPECT_NEAR(certified(drawn.problem, *ours).proved_yuan, *oracle,
                1e-6 * std::max(1.0, std::abs(*oracle)))
        << "seed " << seed;
  }
  EXPECT_GT(feasible * seed_step, 5000U);
  EXPECT_GT(with_tiers * seed_step, 2000U);
  RecordProperty("feasible", feasible);
  RecordProperty("refused", refused);
}

TEST(Dispatch, EqualsClpForEveryChoiceOfSidesWhereStepsAreNotConvex) {
  int feasible = 0;
  for (std::uint64_t seed = 1; seed <= 1500; seed += seed_step) {
    const test::Drawn drawn(seed, test::Drawn::Prices::some_bent);
    std::vector<std::size_t> bent;
    for (std::size_t t = 0; t < drawn.buy.size(); ++t) {
      if (!is_convex(drawn.problem.year, t)) {
        bent.push_back(t);
      }
    }
    const auto oracle = test::clp_cost_by_sides(drawn.problem, bent);
    const auto ours = optimal_dispatch(drawn.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
    if (!ours) {
      continue;
    }
    ++feasible;
    EXPECT_EQ(ours->bent_steps, bent) << "seed " << seed;
    EXPECT_EQ(ours->proof, Proof::branched) << "seed " << seed;
    expect_optimal(drawn.problem, *ours, *oracle, seed);
  }
  EXPECT_GT(feasible * seed_step, 700U);
}

TEST(Dispatch, EqualsClpForEveryChoiceOfSidesWhereTiersMeetStepsThatAreNotConvex) {
  int feasible = 0;
  int with_tiers = 0;
  for (std::uint64_t seed = 1; seed <= 1500; seed += seed_step) {
    const test::Drawn drawn(seed, test::Drawn::Prices::bent_with_tiers);
    std::vector<std::size_t> bent;
    for (std::size_t t = 0; t < drawn.buy.size(); ++t) {
      if (!is_convex(drawn.problem.year, t)) {
        bent.push_back(t);
      }
    }
    const auto oracle = test::clp_cost_by_sides(drawn.problem, bent);
    const auto ours = optimal_dispatch(drawn.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
    if (!ours) {
      continue;
    }
    ++feasible;
    with_tiers += drawn.problem.tier_limits_kwh.empty() ? 0 : 1;
    EXPECT_EQ(ours->bent_steps, bent) << "seed " << seed;
    EXPECT_EQ(ours->proof, Proof::branched) << "seed " << seed;
    expect_optimal(drawn.problem, *ours, *oracle, seed);
  }
  EXPECT_GT(feasible * seed_step, 700U);
  EXPECT_GT(with_tiers * seed_step, 300U);
}

}  // namespace
}  // namespace xiaoyuan::optimum
