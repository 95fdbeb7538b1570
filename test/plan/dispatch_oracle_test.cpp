// The exact dispatch against CLP, on thousands of small problems of every mixture of features.
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "plan/dispatch.hpp"
#include "support/dispatch_check.hpp"
#include "support/dispatch_lp.hpp"

namespace xiaoyuan::plan {
namespace {

/// A random problem that owns its series.
struct Drawn {
  std::vector<double> load, pv, buy, sell;
  DispatchProblem problem;

  explicit Drawn(std::uint64_t seed) : random_(seed) {
    const auto size = static_cast<std::size_t>(4 + draw(60));
    const bool has_negative_sell = draw(4) < 1.0;
    const bool is_flat = draw(3) < 1.0;
    for (std::size_t t = 0; t < size; ++t) {
      load.push_back(draw(3) < 0.3 ? 0.0 : draw(2));
      pv.push_back(draw(2) < 1.0 ? 0.0 : draw(4));
      buy.push_back(is_flat ? 0.5 : std::round(draw(10)) / 10.0);
      const double sold = std::round((draw(12) - (has_negative_sell ? 4.0 : 0.0))) / 10.0;
      sell.push_back(std::min(buy.back(), has_negative_sell ? sold : std::abs(sold)));
    }
    set_battery();
    problem.year.load_kwh = load;
    problem.year.pv_kwh = pv;
    problem.year.buy = buy;
    problem.year.sell = sell;
    problem.year.step_hours = draw(2) < 1.0 ? 1.0 : 0.25;
    problem.year.export_limit_kwh = draw(2) < 1.0 ? 1e6 : draw(1.5);
    problem.year.import_limit_kwh = draw(3) < 2.0 ? 1e6 : 2.0 + draw(2);
    set_tiers();
    problem.end = YearEnd(static_cast<int>(draw(3)));
    const battery::Spec& spec = problem.year.battery;
    problem.start_kwh = spec.floor_kwh + draw(1) * (spec.ceiling_kwh - spec.floor_kwh);
  }

 private:
  double draw(double below) { return below * random_.uniform(); }
  void set_battery() {
    battery::Spec& spec = problem.year.battery;
    spec.floor_kwh = draw(2) < 1.0 ? 0.0 : draw(1);
    spec.ceiling_kwh = spec.floor_kwh + 0.1 + draw(5);
    spec.charge_kw = 0.1 + draw(2);
    spec.discharge_kw = 0.1 + draw(2);
    spec.charge_efficiency = draw(3) < 1.0 ? 1.0 : 0.7 + draw(0.3);
    spec.discharge_efficiency = draw(3) < 1.0 ? 1.0 : 0.7 + draw(0.3);
    spec.standing_loss_per_hour = draw(2) < 1.0 ? 0.0 : draw(0.05);
    spec.wear_yuan_per_kwh = draw(2) < 1.0 ? 0.0 : draw(0.1);
  }
  void set_tiers() {
    if (draw(2) < 1.0) {
      return;
    }
    problem.tier_additions_yuan = {0.0};
    double limit = 0.0;
    for (int k = 0; k < 1 + static_cast<int>(draw(3)); ++k) {
      limit += 0.5 + draw(20);
      problem.tier_limits_kwh.push_back(limit);
      problem.tier_additions_yuan.push_back(problem.tier_additions_yuan.back() + 0.05 + draw(0.4));
    }
  }
  Random random_;
};

TEST(Dispatch, EqualsClpOnThreeThousandProblems) {
  int feasible = 0;
  int with_tiers = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const Drawn drawn(seed);
    const auto oracle = test::clp_cost(drawn.problem);
    const auto ours = optimal_dispatch(drawn.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
    if (!ours) {
      continue;
    }
    ++feasible;
    with_tiers += drawn.problem.tier_limits_kwh.empty() ? 0 : 1;
    const auto check = test::checked(drawn.problem, ours->path);
    EXPECT_EQ(check.wrong, "") << "seed " << seed;
    EXPECT_NEAR(check.cost_yuan, ours->cost_yuan, 1e-8) << "seed " << seed;
    EXPECT_NEAR(ours->cost_yuan, *oracle, 1e-6) << "seed " << seed;
    EXPECT_LE(ours->bound_yuan, ours->cost_yuan + 1e-8) << "seed " << seed;
    EXPECT_NEAR(ours->bound_yuan, *oracle, 1e-6) << "seed " << seed;
  }
  EXPECT_GT(feasible, 2000);
  EXPECT_GT(with_tiers, 700);
}

TEST(Dispatch, NamesTheStepWhereBuyingEarns) {
  Drawn drawn(7);
  drawn.buy[3] = -0.1;
  drawn.problem.year.buy = drawn.buy;
  const auto refused = optimal_dispatch(drawn.problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error()[0].fault, Fault::impossible);
  EXPECT_NE(refused.error()[0].what.en.find("step 3"), std::string::npos);
}

/// The least cost over every schedule of half-kWh steps: knows no convexity.
double brute_force(const DispatchProblem& problem) {
  double best = 1e9;
  for (int code = 0; code < 390625; ++code) {  // 5^8
    StorePath path;
    path.start_kwh = problem.start_kwh;
    int rest = code;
    for (int t = 0; t < 8; ++t) {
      path.change_kwh.push_back(0.5 * (rest % 5 - 2));
      rest /= 5;
    }
    const auto check = test::checked(problem, path);
    if (check.wrong.empty()) {
      best = std::min(best, check.cost_yuan);
    }
  }
  return best;
}

/// Eight steps whose data are all multiples of half a kWh.
struct Toy {
  std::vector<double> load{1, 0.5, 1.5, 2, 1, 0.5, 1, 2};
  std::vector<double> pv{0, 2, 3, 1, 0, 0, 0, 0};
  std::vector<double> buy;
  std::vector<double> sell;
  DispatchProblem problem;
  Toy(std::vector<double> buying, double selling) : buy(std::move(buying)), sell(8, selling) {
    problem.year = {load, pv, buy, sell, 1.0, 1e6, 1e6, {0, 2, 1, 1, 1.0, 1.0, 0, 0}};
    problem.end = YearEnd::free;
    problem.start_kwh = 1.0;
  }
};

TEST(Dispatch, MeetsBruteForceWithTiers) {
  Toy toy(std::vector<double>(8, 0.5), 0.3);
  toy.problem.tier_limits_kwh = {1.5, 3.0};
  toy.problem.tier_additions_yuan = {0.0, 0.1, 0.5};
  const auto ours = optimal_dispatch(toy.problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_NEAR(ours->cost_yuan, brute_force(toy.problem), 1e-9);
}

/// Shandong's winter valley (0.3469) lies below its feed-in price (0.3949).
TEST(Dispatch, BoundsTheOptimumWhereTheGridPaysMoreThanItAsks) {
  const Toy toy({0.3469, 0.3469, 0.5769, 0.5769, 0.5769, 0.5769, 0.3469, 0.3469}, 0.3949);
  const auto ours = optimal_dispatch(toy.problem);
  ASSERT_TRUE(ours.has_value());
  const double best = brute_force(toy.problem);
  EXPECT_EQ(ours->bounded_steps, 4U);
  EXPECT_LE(ours->bound_yuan, best + 1e-9);
  EXPECT_GE(ours->cost_yuan, best - 1e-9);
  EXPECT_EQ(test::checked(toy.problem, ours->path).wrong, "");
}

}  // namespace
}  // namespace xiaoyuan::plan
