// Toy problems against every schedule there is: knows no convexity and no multiplier.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/certificate.hpp"

namespace xiaoyuan::optimum {
namespace {

/// The least cost over every schedule of half-kWh steps.
double brute_force(const DispatchProblem& problem) {
  double best = 1e9;
  DispatchResult result;
  result.stored_value.assign(8, 0.0);
  for (int code = 0; code < 390625; ++code) {  // 5^8
    result.path.start_kwh = problem.start_kwh;
    result.path.change_kwh.clear();
    double stored = problem.start_kwh;
    bool is_within = true;
    int rest = code;
    for (int t = 0; t < 8; ++t) {
      result.path.change_kwh.push_back(0.5 * (rest % 5 - 2));
      stored += result.path.change_kwh.back();
      is_within = is_within && stored >= 0.0 && stored <= problem.year.battery.ceiling_kwh;
      rest /= 5;
    }
    if (is_within) {
      const auto check = certified(problem, result);
      best = check.is_feasible() ? std::min(best, check.cost_yuan) : best;
    }
  }
  return best;
}

/// Eight steps whose data are all multiples of half a kWh: the optimum lies on the grid wherever no
/// tier edge cuts a step.
struct Toy {
  std::vector<double> load{1, 0.5, 1.5, 2, 1, 0.5, 1, 2};
  std::vector<double> pv{0, 2, 3, 1, 0, 0, 0, 0};
  std::vector<double> buy;
  std::vector<double> sell;
  DispatchProblem problem;
  Toy(std::vector<double> buying, double selling) : buy(std::move(buying)), sell(8, selling) {
    problem.year.load_kwh = load;
    problem.year.pv_kwh = pv;
    problem.year.buy = buy;
    problem.year.sell = sell;
    problem.year.import_limit_kwh = problem.year.export_limit_kwh = 1e6;
    problem.year.battery = {.ceiling_kwh = 2, .charge_kw = 1, .discharge_kw = 1};
    problem.end = YearEnd::free;
    problem.start_kwh = 1.0;
  }
};

TEST(Toy, YearlyTiersMeetBruteForce) {
  Toy toy(std::vector<double>(8, 0.5), 0.3);
  toy.problem.tier_limits_kwh = {1.5, 3.0};
  toy.problem.tier_additions_yuan = {0.0, 0.1, 0.5};
  const auto ours = optimal_dispatch(toy.problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_NEAR(ours->cost_yuan, brute_force(toy.problem), 1e-9);
}

TEST(Toy, TiersOfTwoMonthsMeetBruteForce) {
  Toy toy(std::vector<double>(8, 0.5), 0.3);
  toy.problem.tier_limits_kwh = {1.0, 2.0};
  toy.problem.tier_additions_yuan = {0.0, 0.1, 0.5};
  toy.problem.tier_period_of_step = {0, 0, 0, 0, 1, 1, 1, 1};
  const auto ours = optimal_dispatch(toy.problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_NEAR(ours->cost_yuan, brute_force(toy.problem), 1e-9);
  EXPECT_EQ(ours->tier_additions.size(), 2U);
}

/// Shandong's winter valley (0.3469) lies below its feed-in price (0.3949).
TEST(Toy, TheGridPaysMoreThanItAsksAndTheOptimumIsMet) {
  const Toy toy({0.3469, 0.3469, 0.5769, 0.5769, 0.5769, 0.5769, 0.3469, 0.3469}, 0.3949);
  const auto ours = optimal_dispatch(toy.problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->proof, Proof::branched);
  EXPECT_EQ(ours->bent_steps, (std::vector<std::size_t>{0, 1, 6, 7}));
  EXPECT_NEAR(ours->cost_yuan, brute_force(toy.problem), 1e-9);
  EXPECT_NEAR(ours->bound_yuan, ours->cost_yuan, 1e-8);
}

/// Ten valley hours of every night of a year pay more for export than they ask: too many to branch.
TEST(Toy, AYearOfShandongsValleysIsBoundedWithinThreePercent) {
  std::vector<double> load(8760), pv(8760), buy(8760);
  const std::vector<double> sell(8760, 0.3949);
  for (std::size_t t = 0; t < load.size(); ++t) {
    const double hour = static_cast<double>(t % 24);
    load[t] = 0.4 + 0.1 * static_cast<double>(t * 7 % 11);
    pv[t] =
        0.7 * static_cast<double>(t / 24 * 5 % 9) * std::max(0.0, std::sin((hour - 6.0) * 0.26));
    buy[t] = hour >= 22 || hour < 8 ? 0.3469 : 0.5769;
  }
  DispatchProblem problem;
  problem.year = {load, pv, buy, sell, 1.0, 1e6, 1e6, {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
  const auto ours = optimal_dispatch(problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->proof, Proof::bounded);
  EXPECT_EQ(ours->bent_steps.size(), 3650U);
  EXPECT_GT(ours->gap(), 0.0);
  EXPECT_LT(ours->gap(), 0.03);
  const auto check = certified(problem, *ours);
  EXPECT_TRUE(check.is_feasible()) << check.wrong.en;
  EXPECT_NEAR(check.cost_yuan, ours->cost_yuan, 1e-7);
  EXPECT_LT(ours->cost_yuan, ours->without_yuan);
}

TEST(Toy, BuyingEarnsForAnHourAndTheOptimumIsMet) {
  Toy toy({0.5, -0.2, -0.1, 0.5, 0.9, 0.9, 0.5, 0.5}, 0.0);
  toy.problem.year.battery.wear_yuan_per_kwh = 0.05;
  const auto ours = optimal_dispatch(toy.problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->bent_steps, (std::vector<std::size_t>{1, 2}));
  EXPECT_NEAR(ours->cost_yuan, brute_force(toy.problem), 1e-9);
}

TEST(Toy, ACheckerThatIsWorthItsNameFindsEveryKindOfWrong) {
  Toy toy(std::vector<double>(8, 0.5), 0.3);
  auto ours = *optimal_dispatch(toy.problem);
  EXPECT_TRUE(certified(toy.problem, ours).is_feasible());
  auto wrong = ours;
  wrong.path.change_kwh[2] += 1.5;
  EXPECT_FALSE(certified(toy.problem, wrong).is_feasible());
  wrong = ours;
  wrong.path.start_kwh += 0.5;
  EXPECT_FALSE(certified(toy.problem, wrong).is_feasible());
  toy.problem.year.import_limit_kwh = 0.4;
  EXPECT_FALSE(certified(toy.problem, ours).is_feasible());
  // And a value of stored energy that is off proves less, never more.
  toy.problem.year.import_limit_kwh = 1e6;
  wrong = ours;
  wrong.stored_value[3] += 0.1;
  EXPECT_LT(certified(toy.problem, wrong).proved_yuan, ours.cost_yuan);
}

}  // namespace
}  // namespace xiaoyuan::optimum
