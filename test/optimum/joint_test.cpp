// Battery and further stores: values against finite differences from both sides, refusals with the
// nearest figure that would do, and a checker that finds every kind of wrong.
#include "optimum/joint.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "optimum/joint_certificate.hpp"
#include "optimum/joint_marginal.hpp"
#include "support/cases.hpp"
#include "support/joint_draw.hpp"
#include "support/tank_year.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;
constexpr double little = 1e-4;

class JointMarginal : public ::testing::Test {
 protected:
  /// `saved` is minus a subgradient: the cost's slope lies between its two sides.
  void look(test::DrawnJoint& drawn, double cost, double saved, const char* what,
            const std::function<void(test::DrawnJoint&, double)>& move) {
    const auto cost_after = [&](double by) -> std::optional<double> {
      move(drawn, by);
      drawn.join();
      const auto solved = joint_dispatch(drawn.problem);
      move(drawn, -by);
      drawn.join();
      return solved ? std::optional(solved->cost_yuan) : std::nullopt;
    };
    const auto less = cost_after(-little);
    const auto more = cost_after(little);
    const double near = 1e-3 * std::max(1.0, std::abs(saved));
    EXPECT_GE(-saved, less ? (cost - *less) / little - near : -1e9) << what;
    EXPECT_LE(-saved, more ? (*more - cost) / little + near : 1e9) << what;
    checked_ += less && more ? 1 : 0;
    moved_ += std::abs(saved) > 1e-4 ? 1 : 0;
  }
  std::size_t checked_ = 0;
  std::size_t moved_ = 0;
};

TEST_F(JointMarginal, ValuesLieBetweenTheDerivativesFromBothSides) {
  for (std::uint64_t seed = 20001; seed <= 20300; seed += seed_step) {
    SCOPED_TRACE(seed);
    test::DrawnJoint drawn(seed);
    drawn.problem.gap = 1e-9;
    drawn.series[0].use.resize(drawn.home.load.size(), 0.0);
    drawn.join();
    const auto best = joint_dispatch(drawn.problem);
    if (!best) {
      continue;
    }
    const JointMarginals values = marginal_values(drawn.problem, *best);
    const auto at = [&](double saved, const char* what, auto&& move) {
      look(drawn, best->cost_yuan, saved, what, move);
    };
    at(values.stores[0].ceiling_kwh, "tank",
       [](auto& d, double by) { d.problem.stores[0].ceiling_kwh += by; });
    at(values.stores[0].heater_kw, "heater",
       [](auto& d, double by) { d.problem.stores[0].heater_kw += by; });
    at(values.home.ceiling_kwh, "battery",
       [](auto& d, double by) { d.home.problem.year.battery.ceiling_kwh += by; });
    at(values.home.charge_kw, "charge power",
       [](auto& d, double by) { d.home.problem.year.battery.charge_kw += by; });
    at(values.home.discharge_kw, "discharge power",
       [](auto& d, double by) { d.home.problem.year.battery.discharge_kw += by; });
    at(values.home.import_limit_kwh, "import limit",
       [](auto& d, double by) { d.home.problem.year.import_limit_kwh += by; });
    at(values.home.export_limit_kwh, "export limit",
       [](auto& d, double by) { d.home.problem.year.export_limit_kwh += by; });
    for (std::size_t t = 0; t < drawn.home.load.size(); t += 7) {
      at(best->values.stores[0][t], "stored heat",
         [t](auto& d, double by) { d.series[0].use[t] -= by; });
      at(-best->values.house_price[t], "load", [t](auto& d, double by) { d.home.load[t] += by; });
    }
  }
  EXPECT_GT(checked_ * seed_step, 2000U);
  EXPECT_GT(moved_ * seed_step, 1000U);
}

/// Forty hours of one kWh of heat each from a tank of 5 kWh.
struct SmallTank {
  std::vector<double> load = std::vector<double>(40, 1.0);
  std::vector<double> none = std::vector<double>(40, 0.0);
  std::vector<double> buy = std::vector<double>(40, 0.5);
  std::vector<double> use = std::vector<double>(40, 1.0);
  std::vector<double> cop = std::vector<double>(40, 2.0);
  JointProblem problem;
  SmallTank() {
    problem.home.year = {load, none, buy, none, 1.0, 100.0, 100.0, {}};
    problem.stores.push_back({.ceiling_kwh = 5.0, .heater_kw = 1.0, .cop = cop, .use_kwh = use});
  }
  std::string refusal() const {
    const auto result = joint_dispatch(problem);
    if (result) {
      return "solved";
    }
    EXPECT_FALSE(result.error().front().what.zh.empty());
    return result.error().front().where.field + ": " + result.error().front().what.en;
  }
};

TEST(JointRefusal, NamesTheHeaterAndTheTankThatWouldDo) {
  SmallTank small;
  EXPECT_EQ(small.refusal(), "solved");
  small.problem.stores[0].heater_kw = 0.4;
  EXPECT_EQ(small.refusal(),
            "stores[0]: the store needs 0.000 kWh by the end of step 25 but heated at 0.4 kW all "
            "the time it holds at most -0.200 kWh; raise the heater to 0.500 kW");
  small.problem.stores[0].heater_kw = 0.5;
  EXPECT_EQ(small.refusal(), "solved");
  small.problem.stores[0].heater_kw = 0.6;
  small.use[20] = 8.0;  // more than the tank holds and the heater gives in an hour
  EXPECT_EQ(small.refusal(),
            "stores[0]: the store needs 0.000 kWh by the end of step 20 but heated at 0.6 kW all "
            "the time it holds at most -1.800 kWh; raise the heater to 1.500 kW, or the store to "
            "6.800 kWh");
  small.problem.stores[0].ceiling_kwh = 6.8;
  EXPECT_EQ(small.refusal(), "solved");
}

TEST(JointRefusal, NamesTheImportLimitThatWouldDo) {
  SmallTank small;
  small.problem.home.year.import_limit_kwh = 1.25;
  EXPECT_EQ(small.refusal(),
            "import_limit_kwh: house and stores together cannot keep the limit of import; raise it "
            "by 0.250 kWh a step, to 1.500 kW");
  small.problem.home.year.import_limit_kwh = 1.5;
  EXPECT_EQ(small.refusal(), "solved");
}

TEST(JointRefusal, NamesDataThatMakeNoProblemAllAtOnce) {
  SmallTank small;
  small.cop[3] = 0.0;
  small.use[4] = std::nan("");
  small.problem.stores[0].ceiling_kwh = -1.0;
  small.problem.stores[0].standing_loss_per_hour = 0.7;
  const auto result = joint_dispatch(small.problem);
  ASSERT_FALSE(result.has_value());
  std::vector<std::string> fields;
  for (const Error& error : result.error()) {
    fields.push_back(error.where.field);
  }
  EXPECT_EQ(fields, (std::vector<std::string>{
                        "stores[0].ceiling_kwh", "stores[0].standing_loss_per_hour",
                        "stores[0].ceiling_kwh", "stores[0].cop", "stores[0].use_kwh"}));
}

TEST(JointRefusal, NamesThePowerThatAWindowWouldNeed) {
  const std::vector<LoadWindow> windows{{0, 4, 6.0}, {6, 8, 5.0}};
  const auto load = ShiftableLoad::of(windows, 2.0, 1.0, 24);
  ASSERT_FALSE(load.has_value());
  EXPECT_EQ(load.error().front().what.en,
            "window 1: 5.000 kWh cannot be taken in 2 h at 2 kW; at most 4.000 kWh can; raise the "
            "power to 2.500 kW or lower the need");
  EXPECT_TRUE(ShiftableLoad::of(windows, 2.5, 1.0, 24).has_value());
  const std::vector<LoadWindow> over{{0, 4, 1.0}, {3, 8, 1.0}};
  EXPECT_FALSE(ShiftableLoad::of(over, 2.0, 1.0, 24).has_value());
}

/// A load that may wait takes the cheap hours of its window, and no other.
TEST(Joint, AShiftableLoadTakesTheCheapestHoursOfItsWindow) {
  SmallTank small;
  small.problem.stores.clear();
  for (std::size_t t = 0; t < 40; ++t) {
    small.buy[t] = 0.3 + 0.01 * static_cast<double>((t * 7) % 13);
  }
  const auto load = ShiftableLoad::of(std::vector<LoadWindow>{{10, 20, 4.0}}, 2.0, 1.0, 40);
  ASSERT_TRUE(load.has_value());
  small.problem.stores.push_back(load->store());
  const auto ours = joint_dispatch(small.problem);
  ASSERT_TRUE(ours.has_value());
  std::vector<double> prices(small.buy.begin() + 10, small.buy.begin() + 20);
  std::ranges::sort(prices);
  double base = 0.0;
  for (const double price : small.buy) {
    base += price;
  }
  EXPECT_NEAR(ours->cost_yuan - base, 2.0 * (prices[0] + prices[1]), 1e-6);
  EXPECT_NEAR(ours->without_yuan - base, 2.0 * (small.buy[10] + small.buy[11]), 1e-9);
}

TEST(Joint, ACheckerThatIsWorthItsNameFindsEveryKindOfWrong) {
  SmallTank small;
  const auto ours = *joint_dispatch(small.problem);
  EXPECT_TRUE(certified(small.problem, ours).is_feasible());
  auto wrong = ours;
  wrong.stores[0].heater_kwh[5] += 0.1;
  EXPECT_FALSE(certified(small.problem, wrong).is_feasible());
  wrong = ours;
  wrong.stores[0].start_kwh += 0.1;
  EXPECT_FALSE(certified(small.problem, wrong).is_feasible());
  wrong = ours;
  wrong.values.stores[0][7] += 0.1;  // a value that is off proves less, never more
  EXPECT_LT(certified(small.problem, wrong).proved_yuan, ours.bound_yuan);
  small.problem.home.year.import_limit_kwh = 1.4;
  EXPECT_FALSE(certified(small.problem, ours).is_feasible());
}

/// The reference household with a heat pump's tank
/// the cost is CLP's on the same program (test/bench/joint_bench).
TEST(Joint, MeetsClpOnTheReferenceHouseholdWithATank) {
  const test::TankYear year(1.0);
  if (!year.exists()) {
    if (test::cases_required()) {
      FAIL() << "missing case household/household_8760.csv";
    }
    GTEST_SKIP() << "no case household/household_8760.csv beside this checkout";
  }
  const auto ours = joint_dispatch(year.problem);
  ASSERT_TRUE(ours.has_value());
  EXPECT_LE(ours->gap(), 1e-6);
  EXPECT_NEAR(ours->cost_yuan, 760.698, 1e-3);
  const Certificate check = certified(year.problem, *ours);
  EXPECT_EQ(check.wrong.en, "");
  EXPECT_NEAR(check.proved_yuan, ours->cost_yuan, 1e-3);
}

}  // namespace
}  // namespace xiaoyuan::optimum
