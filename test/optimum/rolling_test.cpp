// The rolling horizon on real homes: by rule, on forecasts, and with perfect foresight, side by
// side.
#include "optimum/rolling.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "support/cases.hpp"

namespace xiaoyuan::optimum {
namespace {

/// A real home with a battery of 10 kWh and 5 kW, at the prices of the cases' reference household.
struct Home {
  std::string name;
  std::vector<double> load, pv, buy, sell;
  StoreYear year;

  Home(std::string called, std::vector<double> load_kwh, std::vector<double> pv_kwh, double hours,
       std::size_t first_hour_of_year)
      : name(std::move(called)), load(std::move(load_kwh)), pv(std::move(pv_kwh)) {
    const test::Columns prices(test::case_bytes("household/household_8760.csv").value());
    const auto hourly_buy = prices.numbers("buy");
    const auto hourly_sell = prices.numbers("sell");
    for (std::size_t t = 0; t < load.size(); ++t) {
      const auto later = static_cast<std::size_t>(hours * static_cast<double>(t));
      buy.push_back(hourly_buy[(first_hour_of_year + later) % hourly_buy.size()]);
      sell.push_back(hourly_sell[(first_hour_of_year + later) % hourly_sell.size()]);
    }
    year = {load, pv, buy, sell, hours, 1e6, 1e6, {0.5, 10.0, 5, 5, 0.95, 0.95, 0, 0}};
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
};

constexpr std::size_t last_hour_of_31_july = 211 * 24 + 23;
constexpr std::size_t first_hour_of_july = 181 * 24;

double cost_along(const StoreYear& year, const std::vector<double>& changes) {
  double cost = 0.0;
  for (std::size_t t = 0; t < changes.size(); ++t) {
    cost += step_cost(year, t, changes[t]);
  }
  return cost;
}

double rolling_cost(const Home& home, double start, Forecast forecast,
                    WindowEnd end = WindowEnd::valued) {
  RollingPlan plan;
  plan.forecast = forecast;
  plan.end = end;
  const auto result = rolling_dispatch(home.year, start, plan);
  EXPECT_TRUE(result.has_value());
  // By arithmetic of its own: what flowed costs what is said, and the store stays within bounds.
  double stored = start;
  for (const double u : result->path.change_kwh) {
    stored += u;
    EXPECT_GE(stored, home.year.battery.floor_kwh - 1e-9);
    EXPECT_LE(stored, home.year.battery.ceiling_kwh + 1e-9);
  }
  EXPECT_NEAR(cost_along(home.year, result->path.change_kwh) - result->kept_yuan, result->cost_yuan,
              1e-6);
  // No way from this start to this end costs less than the optimum.
  DispatchProblem same_ends;
  same_ends.year = home.year;
  same_ends.end = YearEnd::equal;
  same_ends.start_kwh = start;
  same_ends.end_kwh = result->path.end_kwh;
  const auto optimum = optimal_dispatch(same_ends);
  EXPECT_TRUE(optimum.has_value());
  EXPECT_GE(result->cost_yuan + result->kept_yuan, optimum->cost_yuan - 1e-6) << home.name;
  return result->cost_yuan;
}

/// Costs by every way of running the store. Only the optimum's place is sure, and perfect forecasts
/// of two days come near it; a forecast from yesterday may well lose to the plain rule.
void compare(const Home& home) {
  const StoreYear& year = home.year;
  std::vector<double> surplus(year.size());
  for (std::size_t t = 0; t < year.size(); ++t) {
    surplus[t] = home.pv[t] - home.load[t];
  }
  const double start = battery::cyclic_start_kwh(year.battery, surplus, year.step_hours);
  DispatchProblem problem;
  problem.year = year;
  const auto optimum = optimal_dispatch(problem);
  ASSERT_TRUE(optimum.has_value());
  const double rule =
      cost_along(year, battery::self_consumption(year.battery, surplus, year.step_hours, start));
  const double perfect = rolling_cost(home, start, Forecast::perfect);
  const double noisy = rolling_cost(home, start, Forecast::noisy);
  const double persistence = rolling_cost(home, start, Forecast::persistence);
  const double as_begun = rolling_cost(home, start, Forecast::persistence, WindowEnd::as_begun);
  fmt::print(
      "{:12} without {:8.2f}  rule {:8.2f}  persistence {:8.2f} (ending as begun {:8.2f})  noisy "
      "{:8.2f}  perfect {:8.2f}  optimum {:8.2f}\n",
      home.name, optimum->without_yuan, rule, persistence, as_begun, noisy, perfect,
      optimum->cost_yuan);
  EXPECT_GE(rule, optimum->cost_yuan - 1e-6) << home.name;
  EXPECT_NEAR(perfect, optimum->cost_yuan, 0.002 * optimum->without_yuan) << home.name;
  EXPECT_LE(perfect, persistence) << home.name;
  EXPECT_LT(optimum->cost_yuan, optimum->without_yuan) << home.name;
}

TEST(Rolling, OnTheHomesOfCityLearnStandsBetweenRuleAndOptimum) {
  const double pv_kw[] = {4, 4, 4, 5, 4};
  for (int number = 1; number <= 5; ++number) {
    CASE_OR_SKIP(bytes, fmt::format("homes/citylearn/Building_{}.csv", number));
    const test::Columns columns(bytes);
    auto pv = columns.numbers("solar_generation");
    for (double& kwh : pv) {
      kwh *= pv_kw[number - 1] / 1000.0;
    }
    compare(Home(fmt::format("CityLearn {}", number), columns.numbers("non_shiftable_load"), pv,
                 1.0, last_hour_of_31_july));
  }
}

TEST(Rolling, OnTheHomeOfAusgridStandsBetweenRuleAndOptimum) {
  CASE_OR_SKIP(bytes, "homes/ausgrid/data_2011-2012.csv");
  const test::Columns columns(bytes);
  auto load = columns.numbers("GC");
  auto pv = columns.numbers("GG");
  for (std::size_t t = 0; t < load.size(); ++t) {
    load[t] *= 0.5;
    pv[t] *= 0.5;
  }
  compare(Home("Ausgrid 12", load, pv, 0.5, first_hour_of_july));
}

TEST(Rolling, WithTheWholeYearInSightIsTheOptimum) {
  std::vector<double> load(240), pv(240), buy(240), sell(240, 0.2);
  for (std::size_t t = 0; t < load.size(); ++t) {
    load[t] = 0.5 + 0.1 * static_cast<double>(t * 7 % 11);
    pv[t] = t % 24 > 7 && t % 24 < 17 ? 0.3 * static_cast<double>(t * 5 % 13) : 0.0;
    buy[t] = t % 24 > 16 ? 0.9 : 0.4;
  }
  const StoreYear year{load, pv, buy, sell, 1.0, 1e6, 1e6, {0.5, 8.0, 3, 3, 0.95, 0.9, 0, 0.02}};
  RollingPlan plan;
  plan.forecast = Forecast::perfect;
  plan.end = WindowEnd::as_begun;
  plan.horizon_hours = 240;
  plan.hours_between_plans = 240;
  DispatchProblem problem;
  problem.year = year;
  problem.start_kwh = 2.0;
  problem.end = YearEnd::not_below;
  const auto optimum = optimal_dispatch(problem);
  const auto rolling = rolling_dispatch(year, 2.0, plan);
  ASSERT_TRUE(optimum.has_value() && rolling.has_value());
  EXPECT_EQ(rolling->plans, 1U);
  EXPECT_NEAR(rolling->cost_yuan + rolling->kept_yuan, optimum->cost_yuan, 1e-9);
}

/// Two months of evenings that are dear once the month's first tier is used up, and noons to sell.
struct TieredMonths {
  std::vector<double> load = std::vector<double>(1440);
  std::vector<double> pv = std::vector<double>(1440);
  std::vector<double> buy = std::vector<double>(1440, 0.45);
  std::vector<double> sell = std::vector<double>(1440, 0.42);
  DispatchProblem problem;
  TieredMonths() {
    for (std::size_t t = 0; t < load.size(); ++t) {
      load[t] = t % 24 > 16 ? 1.5 : 0.4;
      pv[t] = t % 24 > 7 && t % 24 < 17 ? 0.3 * static_cast<double>(t * 5 % 13) : 0.0;
      problem.tier_period_of_step.push_back(static_cast<std::uint16_t>(t / 720));
    }
    problem.year = {load, pv, buy, sell, 1.0, 1e6, 1e6, {0.5, 8.0, 3, 3, 0.95, 0.95, 0, 0}};
    problem.end = YearEnd::free;
    problem.start_kwh = 2.0;
    problem.tier_limits_kwh = {80.0, 160.0};
    problem.tier_additions_yuan = {0.0, 0.05, 0.3};
  }
};

TEST(Rolling, WithTiersCostsTheTrueBillAndUsesTheStoreOnceATierIsReached) {
  const TieredMonths home;
  RollingPlan plan;
  plan.forecast = Forecast::perfect;
  const auto told = rolling_dispatch(home.problem, plan);
  const auto untold = rolling_dispatch(home.problem.year, 2.0, plan);
  ASSERT_TRUE(told.has_value() && untold.has_value());
  // The bill by arithmetic of its own.
  const auto billed = [&](const RollingResult& one) {
    double cost = -one.kept_yuan;
    double bought[2] = {0.0, 0.0};
    for (std::size_t t = 0; t < one.path.change_kwh.size(); ++t) {
      const double change = one.path.change_kwh[t];
      const double net = home.load[t] - home.pv[t] + (change > 0.0 ? change / 0.95 : change * 0.95);
      cost += net > 0.0 ? 0.45 * net : 0.42 * net;
      bought[t / 720] += std::max(0.0, net);
    }
    for (const double kwh : bought) {
      cost += 0.05 * std::max(0.0, kwh - 80.0) + 0.25 * std::max(0.0, kwh - 160.0);
    }
    return cost;
  };
  EXPECT_NEAR(told->cost_yuan, billed(*told), 1e-9);
  EXPECT_LT(told->cost_yuan, billed(*untold) - 1.0);
  DispatchProblem same_ends = home.problem;
  same_ends.end = YearEnd::equal;
  same_ends.end_kwh = told->path.end_kwh;
  const auto optimum = optimal_dispatch(same_ends);
  ASSERT_TRUE(optimum.has_value());
  EXPECT_GE(told->cost_yuan + told->kept_yuan, optimum->cost_yuan - 1e-9);
}

TEST(Rolling, BeyondACapOnWhatIsSoldCostsTheTrueBill) {
  TieredMonths home;
  home.problem.tier_limits_kwh.clear();
  home.problem.tier_additions_yuan.clear();
  home.problem.tier_period_of_step.clear();
  home.problem.export_cap_kwh = 200.0;
  home.problem.export_beyond_yuan = -0.2;
  RollingPlan plan;
  plan.forecast = Forecast::perfect;
  const auto capped = rolling_dispatch(home.problem, plan);
  ASSERT_TRUE(capped.has_value());
  double cost = -capped->kept_yuan;
  double sold = 0.0;
  for (std::size_t t = 0; t < capped->path.change_kwh.size(); ++t) {
    cost += step_cost(home.problem.year, t, capped->path.change_kwh[t]);
    sold += flow_of(home.problem.year, t, capped->path.change_kwh[t]).export_kwh;
  }
  EXPECT_GT(sold, 200.0);
  EXPECT_NEAR(capped->cost_yuan, cost + 0.2 * (sold - 200.0), 1e-9);
}

TEST(Rolling, RefusesAHorizonShorterThanTheTimeBetweenPlans) {
  const std::vector<double> one(48, 1.0);
  const StoreYear year{one, one, one, one, 1.0, 1e6, 1e6, {0, 5, 2, 2, 0.9, 0.9, 0, 0}};
  RollingPlan plan;
  plan.horizon_hours = 1.0;
  plan.hours_between_plans = 2.0;
  const auto refused = rolling_dispatch(year, 0.0, plan);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().where.field, "horizon_hours");
}

}  // namespace
}  // namespace xiaoyuan::optimum
