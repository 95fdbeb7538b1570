// A battery and further stores against CLP, on thousands of small problems of every mixture, and
// against brute force on toys.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/joint_certificate.hpp"
#include "support/dispatch_lp.hpp"
#include "support/joint_draw.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;

/// bound ≤ oracle ≤ cost, their difference is the gap that is stated, and other code agrees.
void expect_enclosed(const JointProblem& problem, const JointResult& ours, double oracle,
                     std::uint64_t seed) {
  const double near = 1e-8 * std::max(1.0, std::abs(oracle));
  EXPECT_LE(ours.bound_yuan, oracle + near) << "seed " << seed;
  EXPECT_GE(ours.cost_yuan, oracle - near) << "seed " << seed;
  const Certificate check = certified(problem, ours);
  EXPECT_EQ(check.wrong.en, "") << "seed " << seed;
  EXPECT_NEAR(check.cost_yuan, ours.cost_yuan, 1e-7) << "seed " << seed;
  EXPECT_LE(check.proved_yuan, oracle + 1e-7) << "seed " << seed;
  EXPECT_GE(check.proved_yuan, ours.bound_yuan - 1e-5 * std::max(1.0, std::abs(oracle)))
      << "seed " << seed;
}

TEST(Joint, EnclosesClpWithinItsGapOnFourThousandProblems) {
  std::size_t feasible = 0;
  std::size_t with_tiers = 0;
  std::size_t three_stores = 0;
  std::size_t with_load = 0;
  for (std::uint64_t seed = 1; seed <= 4000; seed += seed_step) {
    const test::DrawnJoint drawn(seed);
    const auto oracle = test::clp_cost(drawn.problem);
    const auto ours = joint_dispatch(drawn.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
    if (!ours) {
      continue;
    }
    ++feasible;
    with_tiers += drawn.home.problem.tier_limits_kwh.empty() ? 0 : 1;
    three_stores += drawn.problem.stores.size() > 1 ? 1 : 0;
    with_load += drawn.load ? 1 : 0;
    expect_enclosed(drawn.problem, *ours, *oracle, seed);
    EXPECT_LE(ours->gap(), 1e-6) << "seed " << seed;
  }
  EXPECT_GT(feasible * seed_step, 2500U);
  EXPECT_GT(with_tiers * seed_step, 1000U);
  EXPECT_GT(three_stores * seed_step, 1000U);
  EXPECT_GT(with_load * seed_step, 500U);
}

/// Without further stores it is the dispatch of one.
TEST(Joint, EqualsTheExactKernelWhereTheBatteryIsAlone) {
  for (std::uint64_t seed = 50001; seed <= 50400; seed += seed_step) {
    const test::Drawn drawn(seed);
    const auto exact = optimal_dispatch(drawn.problem);
    const auto ours = joint_dispatch({.home = drawn.problem, .stores = {}});
    ASSERT_EQ(ours.has_value(), exact.has_value()) << "seed " << seed;
    if (ours) {
      const double near = 1e-6 * std::max(1.0, std::abs(exact->cost_yuan));
      EXPECT_NEAR(ours->cost_yuan, exact->cost_yuan, near) << "seed " << seed;
      EXPECT_NEAR(ours->bound_yuan, exact->cost_yuan, near) << "seed " << seed;
    }
  }
}

/// Where buying earns or the grid pays more than it asks the bound still holds and the steps are
/// named.
TEST(Joint, BoundsTheOptimumWhereStepsAreNotConvex) {
  std::size_t feasible = 0;
  for (std::uint64_t seed = 1; seed <= 600; seed += seed_step) {
    const test::DrawnJoint drawn(seed, test::Drawn::Prices::some_bent);
    const auto ours = joint_dispatch(drawn.problem);
    if (!ours) {
      continue;
    }
    ++feasible;
    std::size_t bent = 0;
    for (std::size_t t = 0; t < drawn.home.buy.size(); ++t) {
      bent += is_convex(drawn.problem.home.year, t) ? 0 : 1;
    }
    EXPECT_EQ(ours->bent_steps.size(), bent) << "seed " << seed;
    const Certificate check = certified(drawn.problem, *ours);
    EXPECT_EQ(check.wrong.en, "") << "seed " << seed;
    EXPECT_NEAR(check.cost_yuan, ours->cost_yuan, 1e-7) << "seed " << seed;
    EXPECT_LE(ours->bound_yuan, ours->cost_yuan) << "seed " << seed;
    const auto relaxed = test::clp_cost(drawn.problem);
    if (relaxed) {  // CLP may charge and discharge at once: another bound, no schedule
      EXPECT_GE(ours->cost_yuan, *relaxed - 1e-7) << "seed " << seed;
    }
  }
  EXPECT_GT(feasible * seed_step, 300U);
}

/// Five steps, half-kWh data: every battery schedule beside every heater schedule.
TEST(Joint, MeetsBruteForceOnAToy) {
  const std::vector<double> load{1, 0.5, 1.5, 2, 1};
  const std::vector<double> pv{0, 3, 2, 0, 0};
  const std::vector<double> buy{0.5, 0.5, 0.9, 0.9, 0.3};
  const std::vector<double> sell(5, 0.25);
  const std::vector<double> use{0.5, 0, 1.5, 1, 0};
  JointProblem problem;
  problem.home.year = {load, pv,  buy, sell,
                       1.0,  1.0, 2.0, {.ceiling_kwh = 2, .charge_kw = 1, .discharge_kw = 1}};
  problem.home.end = YearEnd::free;
  problem.home.start_kwh = 1.0;
  problem.stores.push_back({.ceiling_kwh = 2.0,
                            .heater_kw = 1.0,
                            .use_kwh = use,
                            .end = YearEnd::not_below,
                            .start_kwh = 1.0});
  double best = 1e9;
  JointResult result;
  result.values = {std::vector<double>(5), std::vector<double>(5), {std::vector<double>(5)}, {}};
  result.battery.start_kwh = 1.0;
  result.battery.change_kwh.resize(5);
  result.stores.resize(1);
  HeaterPath& tank = result.stores.front();
  tank = {1.0, std::vector<double>(5), std::vector<double>(5)};
  for (int code = 0; code < 3125 * 243; ++code) {  // 5^5 · 3^5
    int rest = code;
    double stored = 1.0;
    bool is_within = true;
    for (std::size_t t = 0; t < 5; ++t, rest /= 5) {
      result.battery.change_kwh[t] = 0.5 * (rest % 5 - 2);
    }
    for (std::size_t t = 0; t < 5; ++t, rest /= 3) {
      tank.heater_kwh[t] = 0.5 * (rest % 3);
      tank.stored_kwh[t] = stored = stored + tank.heater_kwh[t] - use[t];
      is_within = is_within && stored >= 0.0 && stored <= 2.0;
    }
    if (is_within && stored >= 1.0) {
      const auto check = certified(problem, result);
      best = check.is_feasible() ? std::min(best, check.cost_yuan) : best;
    }
  }
  const auto ours = joint_dispatch(problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_NEAR(ours->cost_yuan, best, 1e-6);
  EXPECT_NEAR(ours->bound_yuan, best, 1e-6);
}

}  // namespace
}  // namespace xiaoyuan::optimum
