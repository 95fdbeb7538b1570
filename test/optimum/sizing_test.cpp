// Sizing against the optima that other solvers found, and what must hold of any sizing.
#include "optimum/sizing.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optimum/sizing_life.hpp"
#include "optimum/sizing_year.hpp"
#include "support/cases.hpp"
#include "support/sizing_draw.hpp"

namespace xiaoyuan::optimum {
namespace {

struct SizingReference {
  const char* file;
  double hours;
  double yuan, kwp, kwh;
};
class ReferenceSizing : public ::testing::TestWithParam<SizingReference> {};

TEST_P(ReferenceSizing, HasTheSizesThatFourSolversFound) {
  CASE_OR_SKIP(bytes, GetParam().file);
  const test::SizingHousehold home(bytes, GetParam().hours);
  SizingProblem problem = home.problem();
  problem.gap = 1e-10;
  auto result = best_sizes(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->total_yuan, GetParam().yuan, 1e-6);
  EXPECT_NEAR(result->bound_yuan, GetParam().yuan, 1e-6);
  EXPECT_NEAR(result->roofs[0].size, GetParam().kwp, 1e-4);
  EXPECT_NEAR(result->battery.size, GetParam().kwh, 1e-4);
  EXPECT_NEAR(result->power.size, 0.5 * GetParam().kwh, 1e-4);
  RecordProperty("dispatches", result->dispatches);
  problem.gap = 1e-4;
  result = best_sizes(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_LE(result->gap(), 1e-4);
  EXPECT_LE(result->dispatches, 30);
  EXPECT_GE(result->total_yuan, GetParam().yuan - 1e-6);
  EXPECT_LE(result->bound_yuan, GetParam().yuan + 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Sizing, ReferenceSizing,
                         ::testing::Values(SizingReference{"household/household_8760.csv", 1.0,
                                                           3237.903056, 13.040421, 18.605526},
                                           SizingReference{"household/household_35040.csv", 0.25,
                                                           3243.249694, 12.952568, 18.605461}));

TEST(SizingCorners, NoBatteryAndNoPvTurnAtThePricesThatAreTold) {
  CASE_OR_SKIP(bytes, "household/household_8760.csv");
  const test::SizingHousehold home(bytes, 1.0);
  SizingProblem problem = home.problem();
  problem.gap = 1e-8;
  problem.battery.energy = priced(400.0);
  problem.battery.power = priced(10.0);
  problem.battery.most_kw_per_kwh = 1.0;
  auto none = best_sizes(problem);
  ASSERT_TRUE(none.has_value());
  ASSERT_EQ(none->battery.size, 0.0);
  const double turn = none->battery.changes_at_yuan.value();
  problem.battery.energy = priced(1.002 * turn);
  EXPECT_EQ(best_sizes(problem)->battery.size, 0.0);
  problem.battery.energy = priced(0.99 * turn);
  EXPECT_GT(best_sizes(problem)->battery.size, 0.01);

  problem.battery.energy = priced(400.0);
  problem.roofs[0].purchase = priced(2000.0);
  none = best_sizes(problem);
  ASSERT_EQ(none->roofs[0].size, 0.0);
  const double pv_turn = none->roofs[0].changes_at_yuan.value();
  problem.roofs[0].purchase = priced(1.0001 * pv_turn);
  EXPECT_EQ(best_sizes(problem)->roofs[0].size, 0.0);
  problem.roofs[0].purchase = priced(0.9999 * pv_turn);
  EXPECT_GT(best_sizes(problem)->roofs[0].size, 0.0);

  problem.roofs[0].purchase = priced(100.0);
  const auto full = best_sizes(problem);
  ASSERT_EQ(full->roofs[0].size, 20.0);
  problem.roofs[0].purchase = priced(1.001 * full->roofs[0].changes_at_yuan.value());
  EXPECT_LT(best_sizes(problem)->roofs[0].size, 20.0);
  problem.roofs[0].purchase = priced(0.999 * full->roofs[0].changes_at_yuan.value());
  EXPECT_EQ(best_sizes(problem)->roofs[0].size, 20.0);
}

/// The first kWh's worth by the difference of two costs, with the best of many powers.
double worth_by_difference(const SizingProblem& problem, SizedYears& years, const Sizes& sizes) {
  constexpr double kwh = 2e-3;
  const std::size_t energy = problem.roofs.size();
  const double without = years.without_store(sizes).cost_yuan;
  double best = 0.0;
  for (int i = 1; i <= 200; ++i) {
    Sizes with = sizes;
    with[energy] = kwh;
    with[energy + 1] = kwh * years.useful_kw_per_kwh() * i / 200.0;
    Cut cut;
    const double cost = years.dispatch(with, {}, cut).cost_yuan;
    best =
        std::max(best, (without - cost - outlay_of(problem.battery.power, with[energy + 1])) / kwh);
  }
  return best;
}

TEST(SizingCorners, WorthOfTheFirstKwhEqualsTheDifferenceOfCosts) {
  int none = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    test::DrawnSizing drawn(seed);
    drawn.problem.battery.energy.pieces = {{no_limit, 50.0}};
    drawn.problem.battery.standing_loss_per_hour = 0.0;
    const auto result = best_sizes(drawn.problem);
    ASSERT_TRUE(result.has_value());
    ASSERT_EQ(result->battery.size, 0.0) << "seed " << seed;
    Sizes sizes;
    for (const SizeWorth& roof : result->roofs) {
      sizes.push_back(roof.size);
    }
    sizes.insert(sizes.end(), {0.0, 0.0});
    SizedYears years(drawn.problem, Quantity::none);
    const double worth = worth_by_difference(drawn.problem, years, sizes);
    EXPECT_NEAR(result->battery.worth_yuan, worth, 0.02 * std::max(0.1, worth)) << "seed " << seed;
    none += worth > 0.0 ? 1 : 0;
  }
  EXPECT_GT(none, 20);
}

TEST(Sizing, WorthOfASizeLiesBetweenTheDifferencesOnEitherSide) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    test::DrawnSizing drawn(seed);
    SizedYears years(drawn.problem, Quantity::none);
    Sizes sizes;
    for (const RoofPlane& roof : drawn.problem.roofs) {
      sizes.push_back((0.2 + drawn.draw(0.6)) * roof.room_kwp);
    }
    sizes.push_back((0.2 + drawn.draw(0.6)) * drawn.problem.battery.most_kwh);
    sizes.push_back(0.3 + drawn.draw(1.0));
    Cut cut;
    Cut unused;
    const double here = years.dispatch(sizes, {}, cut).cost_yuan;
    for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
      constexpr double more = 1e-5;
      Sizes other = sizes;
      other[axis] += more;
      const double right = (years.dispatch(other, {}, unused).cost_yuan - here) / more;
      other[axis] -= 2.0 * more;
      const double left = (here - years.dispatch(other, {}, unused).cost_yuan) / more;
      EXPECT_LE(cut.slopes[axis], right + 1e-3) << "seed " << seed << " axis " << axis;
      EXPECT_GE(cut.slopes[axis], left - 1e-3) << "seed " << seed << " axis " << axis;
    }
  }
}

TEST(Sizing, ADearerBatteryIsNotLarger) {
  CASE_OR_SKIP(bytes, "household/household_8760.csv");
  const test::SizingHousehold home(bytes, 1.0);
  SizingProblem problem = home.problem();
  problem.gap = 1e-8;
  double last = no_limit;
  for (const double yuan : {20.0, 40.0, 60.0, 80.0, 100.0, 150.0, 250.0}) {
    problem.battery.energy = priced(yuan);
    const auto result = best_sizes(problem);
    ASSERT_TRUE(result.has_value());
    EXPECT_LE(result->battery.size, last + 1e-2) << yuan;
    last = result->battery.size;
  }
  EXPECT_LT(last, 1.0);
}

TEST(SizingFront, RisesInCostAsImportFalls) {
  CASE_OR_SKIP(bytes, "household/household_8760.csv");
  const test::SizingHousehold home(bytes, 1.0);
  SizingProblem problem = home.problem();
  problem.budget_yuan = 6000.0;
  const auto front = sizing_front(problem, 6);
  ASSERT_TRUE(front.has_value());
  ASSERT_EQ(front->size(), 6U);
  for (std::size_t i = 0; i < front->size(); ++i) {
    const SizingResult& one = (*front)[i];
    EXPECT_LE(one.gap(), 1.01e-4);
    EXPECT_LE(one.capex_yuan, 6000.01);
    if (i > 0) {
      EXPECT_LT(one.quantity, (*front)[i - 1].quantity);
      EXPECT_GE(one.total_yuan, (*front)[i - 1].bound_yuan);
      EXPECT_GT(one.self_sufficiency(), (*front)[i - 1].self_sufficiency());
    }
  }
}

TEST(SizingLife, TwoYearsCarryTheDiscountedOutputAndCapacityOfAll) {
  const Life life{.years = 25,
                  .rate = 0.05,
                  .pv_first_year_loss = 0.01,
                  .pv_yearly_loss = 0.004,
                  .battery_years = 10,
                  .battery_yearly_loss = 0.02,
                  .replacement_share = 0.7};
  const CountedLife counted = life_cost(life);
  double weight = 0.0;
  double output = 0.0;
  double capacity = 0.0;
  for (int year = 1; year <= 25; ++year) {
    const double discount = std::pow(1.05, -year);
    weight += discount;
    output += discount * (year == 1 ? 1.0 : 0.99 * std::pow(0.996, year - 2));
    capacity += discount * std::pow(0.98, (year - 1) % 10);
  }
  ASSERT_EQ(counted.years.size(), 2U);
  double weights = 0.0;
  double outputs = 0.0;
  double capacities = 0.0;
  for (const YearShare& year : counted.years) {
    weights += year.weight;
    outputs += year.weight * year.pv_share;
    capacities += year.weight * year.capacity_share;
  }
  EXPECT_NEAR(weights, weight, 1e-12);
  EXPECT_NEAR(outputs, output, 1e-12);
  EXPECT_NEAR(capacities, capacity, 1e-12);
  EXPECT_NEAR(counted.battery_counted, 1.0 + 0.7 * (std::pow(1.05, -10) + std::pow(1.05, -20)),
              1e-12);
  EXPECT_NEAR(counted.upkeep_counted, weight, 1e-12);
  EXPECT_NEAR(annual_cost(life).pv_counted, 1.0 / weight, 1e-12);  // the annuity is its inverse
}

TEST(SizingRefusals, NameTheReasonAndTheNearestFigure) {
  test::DrawnSizing drawn(1);
  SizingProblem problem = drawn.problem;
  problem.battery.charge_efficiency = 1.2;
  auto refused = best_sizes(problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error()[0].where.field, "battery.charge_efficiency");
  EXPECT_NE(refused.error()[0].what.en.find("the nearest is 1"), std::string::npos);

  // Where a step is not convex the cheapest sizes are bounded, but no quantity can be limited.
  const double sold = drawn.sell[3];
  drawn.sell[3] = drawn.buy[3] + 0.2;
  EXPECT_EQ(best_sizes(drawn.problem)->proof, SizingProof::bounded);
  problem = drawn.problem;
  problem.aim = SizingAim::least_import;
  refused = best_sizes(problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error()[0].what.en.find("step 3"), std::string::npos);
  EXPECT_FALSE(sizing_front(drawn.problem, 3).has_value());
  drawn.sell[3] = sold;

  problem = drawn.problem;
  problem.reserve_kwh = 1e3;
  refused = best_sizes(problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error()[0].where.field, "reserve_kwh");

  problem = drawn.problem;
  problem.most_quantity = 1e-3;
  refused = best_sizes(problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error()[0].fault, Fault::impossible);
  EXPECT_NE(refused.error()[0].what.en.find("the least is"), std::string::npos);
}

}  // namespace
}  // namespace xiaoyuan::optimum
