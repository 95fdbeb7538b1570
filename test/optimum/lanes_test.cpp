// The fast way through a plain year, on many random years of few prices.
#include "optimum/lanes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/random.hpp"
#include "optimum/certificate.hpp"
#include "support/cases.hpp"
#include "support/dispatch_draw.hpp"
#include "support/dispatch_lp.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;

/// One to four weeks of hours with a few prices by the hour of the day.
struct Weeks {
  std::vector<double> load, pv, buy, sell;
  DispatchProblem problem;

  explicit Weeks(std::uint64_t seed) : random_(seed) {
    const auto days = 7 + static_cast<std::size_t>(draw(21));
    const auto levels = 1 + static_cast<std::size_t>(draw(4));
    std::vector<std::pair<double, double>> prices;
    for (std::size_t i = 0; i < levels; ++i) {
      const double price = 0.2 + std::round(draw(16)) / 20.0;
      prices.emplace_back(price, std::min(price, 0.05 + std::round(draw(12)) / 20.0));
    }
    std::vector<std::size_t> level_of_hour;
    for (int hour = 0; hour < 24; ++hour) {
      level_of_hour.push_back(static_cast<std::size_t>(draw(static_cast<double>(levels))));
    }
    const double kwp = draw(3) < 0.5 ? 0.0 : draw(8);
    for (std::size_t t = 0; t < 24 * days + static_cast<std::size_t>(draw(5)); ++t) {
      const double hour = static_cast<double>(t % 24);
      load.push_back(0.1 + draw(1.5));
      pv.push_back(kwp * std::max(0.0, std::sin((hour - 6.0) * 0.26)) * random_.uniform());
      buy.push_back(prices[level_of_hour[t % 24]].first);
      sell.push_back(prices[level_of_hour[t % 24]].second);
    }
    battery::Spec& spec = problem.year.battery;
    spec = {.floor_kwh = draw(2), .charge_kw = 0.3 + draw(4), .discharge_kw = 0.3 + draw(4)};
    spec.ceiling_kwh = spec.floor_kwh + 0.5 + draw(12);
    spec.charge_efficiency = draw(4) < 1.0 ? 1.0 : 0.8 + draw(0.2);
    spec.discharge_efficiency = draw(4) < 1.0 ? 1.0 : 0.8 + draw(0.2);
    spec.wear_yuan_per_kwh = draw(2) < 1.0 ? 0.0 : draw(0.1);
    problem.year.load_kwh = load;
    problem.year.pv_kwh = pv;
    problem.year.buy = buy;
    problem.year.sell = sell;
    problem.year.import_limit_kwh = problem.year.export_limit_kwh = 1e6;
    problem.end = draw(2) < 1.0 ? YearEnd::cyclic : YearEnd(static_cast<int>(draw(4)));
    problem.start_kwh = spec.floor_kwh + draw(1) * (spec.ceiling_kwh - spec.floor_kwh);
  }

 private:
  double draw(double below) { return below * random_.uniform(); }
  Random random_;
};

Ends ends_of(const DispatchProblem& problem) {
  const battery::Spec& spec = problem.year.battery;
  Ends ends{.is_cyclic = problem.end == YearEnd::cyclic,
            .start_kwh = problem.start_kwh,
            .least_kwh = spec.floor_kwh,
            .most_kwh = spec.ceiling_kwh};
  if (problem.end == YearEnd::not_below || problem.end == YearEnd::equal) {
    ends.least_kwh = problem.start_kwh;
  }
  if (problem.end == YearEnd::equal) {
    ends.most_kwh = problem.start_kwh;
  }
  return ends;
}

TEST(Lanes, MostPlainYearsAreSolvedAndProvedByTheLanesAlone) {
  int solved = 0;
  int years = 0;
  for (std::uint64_t seed = 1; seed <= 2000; seed += seed_step) {
    const Weeks weeks(seed);
    Lanes lanes;
    PlainYear sums;
    DispatchResult result;
    ++years;
    if (!lanes.solve(weeks.problem.year, ends_of(weeks.problem), 0.0,
                     {result.path, result.stored_value, sums})) {
      continue;
    }
    ++solved;
    const Certificate check = certified(weeks.problem, result);
    const double near = 1e-8 * std::max(1.0, std::abs(sums.cost_yuan));
    EXPECT_EQ(check.wrong.en, "") << "seed " << seed;
    EXPECT_NEAR(check.cost_yuan, sums.cost_yuan, near) << "seed " << seed;
    EXPECT_NEAR(check.proved_yuan, sums.cost_yuan, near) << "seed " << seed;
    EXPECT_NEAR(check.proved_yuan, sums.bound_yuan, near) << "seed " << seed;
  }
  EXPECT_GT(solved, years / 2);
  RecordProperty("solved", solved);
}

TEST(Lanes, TheDispatchEqualsClpWhicheverWayItTakes) {
  for (std::uint64_t seed = 5001; seed <= 5100; seed += seed_step) {
    const Weeks weeks(seed);
    const auto oracle = test::clp_cost(weeks.problem);
    const auto ours = optimal_dispatch(weeks.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
    if (ours) {
      const double near = 1e-6 * std::max(1.0, std::abs(*oracle));
      EXPECT_NEAR(ours->cost_yuan, *oracle, near) << "seed " << seed;
      EXPECT_NEAR(ours->bound_yuan, *oracle, near) << "seed " << seed;
    }
  }
}

/// Each by the lanes, checked by code of its own; how many they did not take.
int refused_by_lanes(const DispatchProblem& problem, std::uint64_t seed) {
  Lanes lanes;
  PlainYear sums;
  DispatchResult result;
  if (!lanes.solve(problem.year, ends_of(problem), 0.0, {result.path, result.stored_value, sums})) {
    return 1;
  }
  const Certificate check = certified(problem, result);
  const double near = 1e-8 * std::max(1.0, std::abs(sums.cost_yuan));
  EXPECT_EQ(check.wrong.en, "") << "seed " << seed;
  EXPECT_NEAR(check.cost_yuan, sums.cost_yuan, near) << "seed " << seed;
  EXPECT_NEAR(check.proved_yuan, sums.cost_yuan, near) << "seed " << seed;
  return 0;
}

TEST(Lanes, TakeYearsInWhichNothingIsPaidForExport) {
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 300; seed += seed_step) {
    Weeks weeks(seed);
    std::ranges::fill(weeks.sell, 0.0);
    refused += refused_by_lanes(weeks.problem, seed);
  }
  EXPECT_LT(refused * static_cast<int>(seed_step), 200);
  RecordProperty("refused", refused);
}

/// One price all day, as Beijing's households have, with little sun: the store is neither emptied
/// nor filled for weeks.
TEST(Lanes, TakeYearsOfOnePriceHoweverLittleTheSun) {
  for (const double share : {1.0, 0.5, 0.3}) {
    for (const double sold : {0.3598, 0.4883}) {
      std::vector<double> load(8760), pv(8760);
      const std::vector<double> buy(8760, 0.4883), sell(8760, sold);
      for (std::size_t t = 0; t < load.size(); ++t) {
        const double hour = static_cast<double>(t % 24);
        load[t] = 0.4 + 0.1 * static_cast<double>(t * 7 % 11);
        pv[t] = share * 0.7 * static_cast<double>(t / 24 * 5 % 9) *
                std::max(0.0, std::sin((hour - 6.0) * 0.26));
      }
      DispatchProblem problem;
      problem.year = {load, pv, buy, sell, 1.0, 1e6, 1e6, {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
      EXPECT_EQ(refused_by_lanes(problem, 0), 0) << share << " " << sold;
    }
  }
}

/// Half a year from a winter's night to a summer's noon, when the store is full: at its turn a kWh
/// is worth less before than after.
TEST(Lanes, TakeAYearThatTurnsWithAFullStore) {
  CASE_OR_SKIP(bytes, "household/household_35040.csv");
  const test::Columns columns(bytes);
  auto load = columns.numbers("load_kw");
  auto pv = columns.numbers("pv_kw");
  auto buy = columns.numbers("buy");
  auto sell = columns.numbers("sell");
  for (auto* series : {&load, &pv, &buy, &sell}) {
    series->resize(17520);
  }
  for (std::size_t t = 0; t < load.size(); ++t) {
    load[t] *= 0.25;
    pv[t] *= 0.25;
  }
  DispatchProblem problem;
  problem.year = {load, pv, buy, sell, 0.25, 1e6, 1e6, {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
  EXPECT_EQ(refused_by_lanes(problem, 0), 0);
  EXPECT_NEAR(optimal_dispatch(problem)->path.start_kwh, 13.5, 1e-9);
}

/// Memory that held another year, and memory that is new, give the same bits.
TEST(Lanes, TheSameInputGivesTheSameBits) {
  const Weeks first(1);
  const Weeks second(2);
  Optimiser used;
  DispatchResult again;
  DispatchResult fresh;
  ASSERT_TRUE(used.solve(first.problem, again).has_value());
  ASSERT_TRUE(used.solve(second.problem, again).has_value());
  ASSERT_TRUE(used.solve(first.problem, again).has_value());
  ASSERT_TRUE(Optimiser().solve(first.problem, fresh).has_value());
  ASSERT_EQ(again.path.change_kwh.size(), fresh.path.change_kwh.size());
  EXPECT_EQ(std::memcmp(again.path.change_kwh.data(), fresh.path.change_kwh.data(),
                        fresh.path.change_kwh.size() * sizeof(double)),
            0);
  EXPECT_EQ(std::memcmp(again.stored_value.data(), fresh.stored_value.data(),
                        fresh.stored_value.size() * sizeof(double)),
            0);
  EXPECT_EQ(std::memcmp(&again.cost_yuan, &fresh.cost_yuan, sizeof(double)), 0);
  EXPECT_EQ(std::memcmp(&again.bound_yuan, &fresh.bound_yuan, sizeof(double)), 0);
}

}  // namespace
}  // namespace xiaoyuan::optimum
