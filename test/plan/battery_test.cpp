// A household's battery: its ways of running held against each other, what the plan says one unit
// more is worth, and the sentences that say why.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "plan/study.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

/// Bills round each line of each month to the fen.
constexpr double rounding_of_sums_yuan = 0.25;

constexpr const char* households =
    "id,mode,connected,load_kwh,heat_pump_kwh,battery_kwh,battery_kw,roof1_kwp,roof1_tilt_deg,"
    "roof1_azimuth_deg\n"
    "A,self_use_surplus,2024-06-10,2900,2000,8,0.8,6,20,180\n"
    "B,self_use,2024-05-05,2100,,5,0.4,4,25,180\n";

/// The example with two batteries, one of which may sell nothing, at Zhejiang's prices: times of
/// use and three tiers, and a feed-in price below them all.
test::Folder two_batteries(const std::string& dispatch = "self_consumption") {
  auto folder = test::shipped_without_wires("example");
  folder["households.csv"] = households;
  folder = test::replaced(folder, "village.toml", "\"beijing-residential\"",
                          "\"zhejiang-residential-tou\"");
  folder = test::replaced(folder, "village.toml", "export = \"beijing-feed-in\"",
                          "export_price_yuan_per_kwh = 0.20\nexport_price_source = \"test\"");
  return test::replaced(folder, "village.toml", "\"self_consumption\"", '"' + dispatch + '"');
}

Inputs read(const test::Folder& folder) {
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

Study planned_with(const Inputs& inputs, unsigned threads, Depth depth = Depth::full) {
  StudyOptions options;
  options.workers.threads = threads;
  options.depth = depth;
  auto done = study(inputs, options);
  EXPECT_TRUE(done.has_value());
  return std::move(*done);
}

TEST(Battery, CostsLeastByTheOptimumAndIsNamedByEveryWay) {
  const Study done = planned_with(read(two_batteries()), 2);
  for (const HouseholdPlan& home : done.households) {
    const auto ways = home.battery->ways();
    ASSERT_EQ(ways.size(), 6U);
    EXPECT_EQ(ways.front().saving_yuan, 0.0);
    EXPECT_NEAR(*ways.back().share_of_best, 1.0, 1e-12);
    for (const WayCost& one : ways) {
      EXPECT_GE(one.cost_yuan, ways.back().cost_yuan - rounding_of_sums_yuan) << home.id;
    }
    EXPECT_GT(*ways[4].share_of_best, 0.98) << home.id;  // two days ahead without error
    EXPECT_LE(home.battery->gap, 1e-6);
  }
}

TEST(Battery, HasTheSameBitsOnAnyNumberOfThreads) {
  const Inputs inputs = read(two_batteries("rolling"));
  const Study one = planned_with(inputs, 1);
  const Study two = planned_with(inputs, 2);
  for (std::size_t i = 0; i < one.households.size(); ++i) {
    const BatteryVerdict& first = *one.households[i].battery;
    const BatteryVerdict& second = *two.households[i].battery;
    for (std::size_t way = 0; way < first.ways().size(); ++way) {
      EXPECT_EQ(first.ways()[way].cost_yuan, second.ways()[way].cost_yuan);
    }
    EXPECT_EQ(first.reasons->summer.stored_value_yuan, second.reasons->summer.stored_value_yuan);
    EXPECT_EQ(first.reasons->winter.reasons.front().zh, second.reasons->winter.reasons.front().zh);
    EXPECT_EQ(first.saving_yuan, second.saving_yuan);
  }
}

// Without wear the plan's own year by "rolling" is the very run that the comparison shows.
TEST(Battery, RunByRollingBeginsTheYearAsItEndsIt) {
  auto folder = test::replaced(two_batteries("rolling"), "village.toml", "pv.soiling = 0.05",
                               "battery.wear_yuan_per_kwh = 0");
  StudyOptions options;
  options.on_household = [](const model::Household& home, const HouseholdYear& year) {
    EXPECT_NEAR(year.flows.battery_start_kwh, year.flows.battery_end_kwh, 1e-9) << home.id;
    EXPECT_NEAR(year.plan.battery->saving_yuan, year.plan.battery->ways()[2].saving_yuan, 1e-6);
  };
  ASSERT_TRUE(study(read(folder), options).has_value());
}

TEST(Battery, IsNotRunOnForecastsWhereNobodyAsksForIt) {
  const auto folder = test::replaced(two_batteries(), "village.toml", "life_years = 25",
                                     "life_years = 25\nrolling = false");
  const Study quick = planned_with(read(folder), 1);
  EXPECT_EQ(quick.households[0].battery->ways().size(), 3U);
  EXPECT_TRUE(quick.households[0].battery->reasons.has_value());
  const Study money = planned_with(read(two_batteries()), 1, Depth::money);
  EXPECT_EQ(money.households[0].battery->ways().size(), 3U);
  EXPECT_FALSE(money.households[0].battery->reasons.has_value());
  EXPECT_EQ(money.finance.npv_yuan, quick.finance.npv_yuan);
}

/// The optimum's cost of a household's year after a change, yuan, exact to the solver.
class Changed {
 public:
  explicit Changed(const Inputs& inputs, std::size_t index)
      : shared_(share(inputs)), home_(inputs.village.households[index]) {
    site_ = *site_of(shared_, home_);
  }
  double battery(double more_kwh, double more_kw) const {
    model::Household home = home_;
    home.battery.energy_kwh += more_kwh;
    home.battery.power_kw += more_kw;
    return cost(store_year(shared_.inputs, home, site_, site_.pv_kwh));
  }
  double roofs(double more_kwp) const {
    std::vector<double> pv = site_.pv_kwh;
    for (double& kwh : pv) {
      kwh *= 1.0 + more_kwp / home_.capacity_kwp();
    }
    return cost(store_year(shared_.inputs, home_, site_, pv));
  }
  double export_limit(double kwh_a_step) const {
    auto year = store_year(shared_.inputs, home_, site_, site_.pv_kwh);
    year.export_limit_kwh = kwh_a_step;
    return cost(year);
  }

 private:
  double cost(optimum::StoreYear year) const {
    year.battery.wear_yuan_per_kwh = 0.0;
    const auto best =
        optimum::optimal_dispatch(dispatch_problem(shared_.inputs, shared_.months, year));
    EXPECT_TRUE(best.has_value());
    return best->cost_yuan;
  }

  Shared shared_;
  const model::Household& home_;
  Site site_;
};

/// The saving is concave in every size: what is said lies between the differences of both sides.
void expect_between(double before, double here, double after, double step, double said,
                    const std::string& what) {
  const double left = (before - here) / step;
  const double right = (here - after) / step;
  EXPECT_LE(right, said + 2e-5 * std::max(1.0, std::abs(said))) << what;
  EXPECT_GE(left, said - 2e-5 * std::max(1.0, std::abs(said))) << what;
  EXPECT_NEAR(right, said, 0.02 * std::max(1.0, std::abs(said))) << what;
}

TEST(Battery, WorthOfOneUnitMoreIsTheDifferenceOnBothSides) {
  const Inputs inputs = read(two_batteries());
  const Study done = planned_with(inputs, 2);
  constexpr double step = 1e-3;
  for (std::size_t i = 0; i < 2; ++i) {
    const Changed changed(inputs, i);
    const BatteryWorth& worth = done.households[i].battery->reasons->worth;
    const double here = changed.battery(0.0, 0.0);
    expect_between(changed.battery(-step, 0.0), here, changed.battery(step, 0.0), step,
                   worth.battery_kwh.saves_yuan, "kWh");
    expect_between(changed.battery(0.0, -step), here, changed.battery(0.0, step), step,
                   worth.battery_kw.saves_yuan, "kW");
    expect_between(changed.roofs(-step), here, changed.roofs(step), step, worth.pv_kwp->saves_yuan,
                   "kWp");
    EXPECT_GT(worth.battery_kw.saves_yuan, 0.1);
    EXPECT_EQ(worth.export_kw.has_value(), i == 1);  // B may sell nothing: a limit of 0
  }
  const Changed closed(inputs, 1);
  const double said = done.households[1].battery->reasons->worth.export_kw->saves_yuan;
  EXPECT_NEAR((closed.export_limit(0.0) - closed.export_limit(step)) / step, said, 0.02 * said);
}

TEST(Battery, IsChargedForLessThanItsEnergyIsWorthLater) {
  const std::regex charged(R"(worth (\d+\.\d+) yuan at \d\d:\d\d.* costs (\d+\.\d+) yuan now)");
  for (const char* name : {"", "beijing-residential"}) {
    auto folder = two_batteries();
    if (*name != '\0') {
      folder = test::replaced(folder, "village.toml", "zhejiang-residential-tou", name);
    }
    int sentences = 0;
    for (const HouseholdPlan& home : planned_with(read(folder), 2).households) {
      for (const BatteryDay* day :
           {&home.battery->reasons->summer, &home.battery->reasons->winter}) {
        ASSERT_EQ(day->stored_kwh.size(), 24U);
        ASSERT_FALSE(day->reasons.empty());
        std::smatch found;
        if (std::regex_search(day->reasons.front().en, found, charged)) {
          ++sentences;
          EXPECT_GE(std::stod(found[1]), std::stod(found[2])) << day->reasons.front().en;
        }
        for (const Text& reason : day->reasons) {
          EXPECT_TRUE(reason.zh.ends_with("。")) << reason.zh;
        }
      }
    }
    EXPECT_GE(sentences, 3);
  }
}

TEST(Battery, OfTheSouthHasItsSummerInJanuary) {
  Inputs inputs = read(two_batteries());
  inputs.village.place.latitude_deg = -34.0;
  const BatteryReasons reasons = *planned_with(inputs, 2).households[0].battery->reasons;
  EXPECT_LE(static_cast<unsigned>(reasons.summer.date.month()) % 12, 2U);
  EXPECT_GE(static_cast<unsigned>(reasons.winter.date.month()), 6U);
}

}  // namespace
}  // namespace xiaoyuan::plan
