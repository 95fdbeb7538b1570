// Real homes of the cases with a battery, planned as villages: what a year costs by the plain rule,
// on forecasts and by the optimum, at the prices of the cases' reference household. The table that
// this prints stands in docs/benchmarks.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "plan/study.hpp"
#include "support/cases.hpp"
#include "support/dispatch_lp.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

/// Four prices of the day: night, day, noon, evening.
struct Prices {
  double night, day, noon, evening;
};

std::string season(const char* from, const char* to, const Prices& prices) {
  std::string text = fmt::format("[[version.season]]\nfrom = \"{}\"\nto = \"{}\"\n", from, to);
  const auto add = [&](const char* name, const char* windows, double price) {
    text += fmt::format(
        "[[version.season.period]]\nname = \"{0}\"\nlabel = {{ en = \"{0}\", zh = \"{0}\" }}\n"
        "yuan_per_kwh = {1}\nwindows = [{2}]\n",
        name, price, windows);
  };
  add("valley", R"("23:00-07:00")", prices.night);
  add("flat", R"("07:00-10:00", "14:00-17:00", "22:00-23:00")", prices.day);
  add("deep_valley", R"("10:00-14:00")", prices.noon);
  add("peak", R"("17:00-22:00")", prices.evening);
  return text;
}

/// The prices of household_8760.csv as a tariff; its evenings are dearer in the cold months.
std::string tariff(const char* id, const char* direction, Prices prices, double winter_evening) {
  std::string text = fmt::format(
      "id = \"{0}\"\nname = {{ en = \"{0}\", zh = \"{0}\" }}\nregion = \"test\"\n"
      "customer = \"test\"\ndirection = \"{1}\"\n[[version]]\nvalid_from = 2000-01-01\n"
      "document = \"cases/household\"\nsource = \"cases/household\"\nconfidence = \"low\"\n",
      id, direction);
  text += season("03-02", "11-26", prices);
  prices.evening = winter_evening;
  return text + season("11-27", "03-01", prices);
}

struct Home {
  std::string id;
  std::string csv;  ///< of its load file
  double inverter_kw;
};

test::Folder village(const std::string& plan, const std::string& zone, const char* battery,
                     const std::string& assumptions, const std::vector<Home>& homes) {
  test::Folder folder;
  folder["village.toml"] = fmt::format(R"(
[village]
id = "homes"
name = {{ en = "Homes", zh = "住户" }}
[site]
region = "test"
latitude_deg = 34
longitude_deg = 117
elevation_m = 300
time_zone = "{}"
[plan]
{}
[weather]
climate = "beijing"
[tariff]
import = "buying"
export = "selling"
[carbon]
factor = "mee-2022-national"
[[transformer]]
id = "T1"
rating_kva = 100
[assumptions]
battery.standing_loss_per_month = 0
battery.round_trip_efficiency = 0.9025
{}
)",
                                       zone, plan, assumptions);
  folder["tariffs/buying.toml"] =
      tariff("buying", "import", {0.4110, 0.5610, 0.3610, 0.8860}, 0.9060);
  folder["tariffs/selling.toml"] =
      tariff("selling", "export", {0.3300, 0.2800, 0.1500, 0.3949}, 0.3949);
  folder["households.csv"] = "id,mode,load_file,inverter_kw,battery_kwh,battery_kw\n";
  for (const Home& home : homes) {
    folder["loads/" + home.id + ".csv"] = home.csv;
    folder["households.csv"] += fmt::format("{0},self_use_surplus,loads/{0}.csv,{1},{2}\n", home.id,
                                            home.inverter_kw, battery);
  }
  return folder;
}

/// The optimum of every household by CLP, without wear.
std::vector<double> clp_optima(const Inputs& inputs) {
  std::vector<double> all;
  const Shared shared = share(inputs);
  for (const model::Household& home : inputs.village.households) {
    const Site site = *site_of(shared, home);
    optimum::StoreYear year = store_year(inputs, home, site, site.pv_kwh);
    year.battery.wear_yuan_per_kwh = 0.0;
    all.push_back(*test::clp_cost(dispatch_problem(shared.inputs, shared.months, year)));
  }
  return all;
}

/// Bills round each line of each month to the fen, and energy to the Wh.
constexpr double rounding_yuan = 0.4;

enum class Oracle { clp, none };

void compare(const test::Folder& folder, Oracle oracle) {
  const auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  ASSERT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  const auto done = study(*inputs);
  ASSERT_TRUE(done.has_value());
  const std::vector<double> by_clp =
      oracle == Oracle::clp ? clp_optima(*inputs) : std::vector<double>{};
  for (std::size_t i = 0; i < done->households.size(); ++i) {
    const HouseholdPlan& home = done->households[i];
    const auto ways = home.battery->ways();
    ASSERT_EQ(ways.size(), 6U);
    std::string row = home.id;
    for (const WayCost& one : ways) {
      row += fmt::format(" | {:.2f}", one.cost_yuan);
      EXPECT_GE(one.cost_yuan, ways[5].cost_yuan - rounding_yuan) << home.id;
    }
    fmt::print("{} | persistence {:.0f} % of what can be saved\n", row,
               100.0 * *ways[2].share_of_best);
    EXPECT_NEAR(ways[4].cost_yuan, ways[5].cost_yuan, 0.002 * std::abs(ways[0].cost_yuan));
    EXPECT_LE(ways[4].cost_yuan, ways[2].cost_yuan);
    EXPECT_LT(ways[2].cost_yuan, ways[0].cost_yuan);
    EXPECT_LE(home.battery->gap, 1e-9);
    if (oracle == Oracle::clp) {
      EXPECT_NEAR(ways[5].cost_yuan, by_clp[i], rounding_yuan) << home.id;
    }
  }
}

constexpr const char* ten_kwh = "battery.least_charge = 0.05\nbattery.most_charge = 1.0";

TEST(BatteryHomes, OfCityLearnCostLeastByTheOptimumOfClp) {
  const double pv_kw[] = {4, 4, 4, 5, 4};
  std::vector<Home> homes;
  for (int number = 1; number <= 5; ++number) {
    CASE_OR_SKIP(bytes, fmt::format("homes/citylearn/Building_{}.csv", number));
    const test::Columns columns(bytes);
    const auto load = columns.numbers("non_shiftable_load");
    const auto pv = columns.numbers("solar_generation");
    std::string csv = "load_kwh,pv_kwh\n";
    for (std::size_t t = 0; t < load.size(); ++t) {
      csv += fmt::format("{},{}\n", load[t], pv[t] / 1000.0 * pv_kw[number - 1]);
    }
    homes.push_back({fmt::format("B{}", number), csv, pv_kw[number - 1]});
  }
  compare(village("first_day = 2021-07-31\nfirst_hour = 23\nstep = \"60min\"", "UTC-8", "10,5",
                  ten_kwh, homes),
          Oracle::clp);
}

TEST(BatteryHomes, OfAusgridCostLeastByTheOptimum) {
  CASE_OR_SKIP(bytes, "homes/ausgrid/data_2011-2012.csv");
  const test::Columns columns(bytes);
  const auto load = columns.numbers("GC");
  const auto pv = columns.numbers("GG");
  std::string csv = "load_kw,pv_kw\n";
  for (std::size_t t = 0; t < load.size(); ++t) {
    csv += fmt::format("{},{}\n", load[t], pv[t]);
  }
  compare(village("first_day = 2011-07-01\nstep = \"30min\"", "Australia/Brisbane", "10,5", ten_kwh,
                  {{"C12", csv, 1.2}}),
          Oracle::none);
}

// cases/household/README.md: −738.967697 by HiGHS, CLP and CBC.
TEST(BatteryHomes, ReferenceHouseholdCostsWhatItsCaseSays) {
  CASE_OR_SKIP(bytes, "household/household_8760.csv");
  const test::Columns columns(bytes);
  const auto load = columns.numbers("load_kw");
  const auto pv = columns.numbers("pv_kw");
  std::string csv = "load_kw,pv_kw\n";
  for (std::size_t t = 0; t < load.size(); ++t) {
    csv += fmt::format("{},{}\n", load[t], pv[t]);
  }
  const auto folder =
      village("first_day = 2026-01-01\nstep = \"60min\"", "UTC+8", "15,5",
              "battery.least_charge = 0.1\nbattery.most_charge = 0.9", {{"R", csv, 10}});
  const auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  ASSERT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  const auto done = study(*inputs);
  ASSERT_TRUE(done.has_value());
  EXPECT_NEAR(done->households[0].battery->optimum_cost_yuan, -738.967697, rounding_yuan);
}

}  // namespace
}  // namespace xiaoyuan::plan
