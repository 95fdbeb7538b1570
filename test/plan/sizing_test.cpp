// The proved sizes of a village: those of the kernel, worth what the plan's own cash flow says, and
// changing at the prices that they name.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "optimum/sizing.hpp"
#include "plan/study.hpp"
#include "plan/village_sizing.hpp"
#include "report/hourly.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

constexpr const char* two_homes =
    "id,mode,connected,load_kwh,heat_pump_kwh,roof1_kwp,roof1_tilt_deg,roof1_azimuth_deg\n"
    "A,,2024-01-01,2600,,8,20,180\nB,,2024-01-01,2400,9000,6,20,200\n";

/// The example with two houses, [sizing] words and replaced assumptions.
test::Folder village(const std::string& words, const std::string& assumptions = "",
                     const std::string& homes = two_homes) {
  auto folder = test::shipped_without_wires("example");
  folder["households.csv"] = homes;
  const bool has_points = words.find("front_points") != std::string::npos;
  folder["village.toml"] += "\n[sizing]\n" + words + (has_points ? "\n" : "\nfront_points = 0\n");
  return test::replaced(folder, "village.toml", "pv.soiling = 0.05",
                        "pv.soiling = 0.05\n" + assumptions);
}

Inputs inputs_of(const test::Folder& folder) {
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

VillageSizing sizing_of(const test::Folder& folder, unsigned threads = 2) {
  const Inputs inputs = inputs_of(folder);
  auto sizing = size_village(inputs, {threads, {}});
  EXPECT_TRUE(sizing.has_value()) << message(sizing.error().front(), Language::english);
  return std::move(*sizing);
}

std::string battery_price(double yuan) {
  return fmt::format("money.battery_yuan_per_kwh = {:.9g}", yuan);
}
std::string pv_price(double yuan) { return fmt::format("money.pv_yuan_per_kwp = {:.9g}", yuan); }

/// Column `name` of a CSV.
std::vector<double> column(const std::string& csv, const std::string& name) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  std::istringstream head(line);
  std::size_t place = 0;
  std::string cell;
  while (std::getline(head, cell, ',') && cell != name) {
    ++place;
  }
  std::vector<double> values;
  while (std::getline(lines, line)) {
    std::istringstream row(line);
    for (std::size_t i = 0; i <= place; ++i) {
      std::getline(row, cell, ',');
    }
    values.push_back(std::stod(cell));
  }
  return values;
}

double annuity_by_hand(double rate, int years) {
  double sum = 0.0;
  for (int year = 1; year <= years; ++year) {
    sum += std::pow(1.0 + rate, -year);
  }
  return 1.0 / sum;
}

TEST(Sizing, FindsWhatTheKernelFindsOnTheExportedSeries) {
  const Inputs inputs = inputs_of(village("objective = \"annual\"\nmost_kwh = 20"));
  std::string csv;
  StudyOptions options;
  options.on_household = [&](const model::Household& home, const HouseholdYear& year) {
    if (home.id == "B") {
      csv = report::hourly_csv(inputs, year);
    }
  };
  ASSERT_TRUE(study(inputs, options).has_value());
  const auto load = column(csv, "load_kw");
  auto shape = column(csv, "pv_kw");
  for (double& kw : shape) {
    kw /= 6.0;
  }
  const auto& value = [&](const char* key) { return inputs.village.assumptions.value(key); };
  const double plant = annuity_by_hand(0.05, 25);
  const double inverters = std::pow(1.05, -12) + std::pow(1.05, -24);  // a new one twice
  const double upkeep =
      value("money.operation_yuan_per_kwp") +
      plant * inverters * value("money.inverter_yuan_per_kw") / value("pv.dc_ac_ratio");
  optimum::SizingProblem problem;
  problem.load_kwh = load;
  problem.buy = inputs.buying.yuan_per_kwh;
  problem.sell = inputs.selling.yuan_per_kwh;
  problem.tier_limits_kwh = {2880, 4800};  // Beijing, 试行居民阶梯电价
  problem.tier_additions_yuan = {0.0, 0.05, 0.3};
  problem.roofs = {{"1", shape, 6.0, 0.0, optimum::priced(2970.0, plant, upkeep)}};
  problem.battery.most_kwh = 20.0;
  problem.battery.most_kw_per_kwh = 0.5;
  problem.battery.floor_share = 0.05;
  problem.battery.ceiling_share = 0.95;
  problem.battery.charge_efficiency = std::sqrt(0.9);
  problem.battery.discharge_efficiency = std::sqrt(0.9);
  problem.battery.standing_loss_per_hour = 0.02 / 730.0;
  problem.battery.energy = optimum::priced(900.0, annuity_by_hand(0.05, 15));
  const auto direct = optimum::best_sizes(problem);
  ASSERT_TRUE(direct.has_value());
  const auto planned = size_village(inputs, {2, {}});
  ASSERT_TRUE(planned.has_value());
  const HouseholdSizing& home = planned->households[1];
  ASSERT_TRUE(home.is_sized()) << home.refusal.en;
  EXPECT_GT(direct->battery.size, 0.5);  // the third tier makes one pay
  EXPECT_NEAR(home.proved.total_yuan, direct->total_yuan, 0.2);
  EXPECT_NEAR(home.proved.sizes.battery_kwh, direct->battery.size, 0.02 * direct->battery.size);
  EXPECT_NEAR(home.proved.sizes.kwp(), direct->roofs[0].size, 0.01);
  EXPECT_LE(home.gap, 1e-4);
  EXPECT_LE(home.bound_yuan, home.proved.total_yuan);
}

/// What the sizing saves against nothing is the net present value of the plan that is made with it.
TEST(Sizing, IsWorthTheNetPresentValueOfThePlanThatIsMadeWithIt) {
  for (const char* money :
       {"",
        "money.price_escalation = 0.02\nmoney.operation_escalation = 0.03\n"
        "money.subsidy_yuan_per_kwp = 150\nmoney.subsidy_yuan_per_kwh = 0.02"}) {
    auto folder =
        village("apply = true\ngap = 1e-6", std::string(money) + "\nbattery.wear_yuan_per_kwh = 0");
    folder = test::replaced(folder, "village.toml", "\"self_consumption\"", "\"optimal\"");
    Inputs inputs = inputs_of(folder);
    const auto sizing = sized(inputs, {2, {}});
    ASSERT_TRUE(sizing.has_value() && sizing->has_value());
    const auto plan = study(inputs);
    ASSERT_TRUE(plan.has_value());
    for (std::size_t i = 0; i < 2; ++i) {
      const HouseholdSizing& home = (*sizing)->households[i];
      ASSERT_TRUE(plan->households[i].finance.has_value());
      const double bill = plan->households[i].bill_without_pv.yuan();
      double worth = 0.0;
      for (int year = 1; year <= 25; ++year) {
        const double dearer = *money == '\0' ? 1.0 : std::pow(1.02, year - 1);
        worth += bill * dearer * std::pow(1.05, -year);
      }
      EXPECT_NEAR(worth - home.proved.total_yuan, plan->households[i].finance->npv_yuan, 2.0);
      EXPECT_EQ(inputs.village.households[i].battery.energy_kwh, home.proved.sizes.battery_kwh);
    }
  }
}

/// House A buys no battery, house B a small one: just below the price that it names each buys one,
/// just above it neither does.
TEST(Sizing, NamesThePriceAtWhichTheFirstBatteryPays) {
  for (const char* id : {"A", "B"}) {
    const std::string words =
        fmt::format("objective = \"annual\"\ngap = 1e-5\nhouseholds = [\"{}\"]", id);
    const auto at = [&](const std::string& price) {
      return sizing_of(village(words, price)).households[0];
    };
    const HouseholdSizing planned = at("");
    EXPECT_EQ(planned.proved.sizes.battery_kwh > 0.0, *id == 'B');
    ASSERT_TRUE(planned.battery_changes_at_yuan.has_value());
    const double price = *planned.battery_changes_at_yuan;
    EXPECT_EQ(price > planned.battery_price_yuan, *id == 'B');
    EXPECT_GT(at(battery_price(0.96 * price)).proved.sizes.battery_kwh, 1e-3);
    EXPECT_LT(at(battery_price(1.01 * price)).proved.sizes.battery_kwh, 1e-6);
  }
}

TEST(Sizing, NamesThePriceUpToWhichTheRoofStaysFullAndTheOneBelowWhichPvPays) {
  const std::string words =
      "battery = false\nobjective = \"annual\"\ngap = 1e-6\nhouseholds = [\"A\"]";
  const SizedRoof full = sizing_of(village(words)).households[0].roofs.at(0);
  EXPECT_EQ(full.kwp, 8.0);
  ASSERT_TRUE(full.changes_at_yuan.has_value());
  const auto roof_at = [&](double price) {
    return sizing_of(village(words, pv_price(price))).households[0].roofs.at(0);
  };
  EXPECT_NEAR(roof_at(0.999 * *full.changes_at_yuan).kwp, 8.0, 1e-3);
  EXPECT_LT(roof_at(1.02 * *full.changes_at_yuan).kwp, 7.9);
  const SizedRoof none = roof_at(20000.0);
  EXPECT_EQ(none.kwp, 0.0);
  ASSERT_TRUE(none.changes_at_yuan.has_value());
  EXPECT_GT(roof_at(0.99 * *none.changes_at_yuan).kwp, 1e-3);
  EXPECT_LT(roof_at(1.01 * *none.changes_at_yuan).kwp, 1e-6);
}

TEST(Sizing, NamesEveryWrongWordAtOnce) {
  const auto folder = village(
      "objective = \"npw\"\naim = \"cheap\"\nbudget_yuan = -1\ngap = 2\nmost_kwh = 0\n"
      "households = [\"A\", \"C\"]\nfront = \"B2\"\napplied = true\n"
      "catalogue = [{ kw = 5 }, { kwh = 10, yen = 3 }]");
  const auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  ASSERT_FALSE(inputs.has_value());
  std::string all;
  for (const Error& error : inputs.error()) {
    all += message(error, Language::english) + "\n";
  }
  for (const char* told :
       {"sizing.objective", "\"npv\"", "sizing.aim", "cheapest", "sizing.budget_yuan", "sizing.gap",
        "sizing.most_kwh", "sizing.households", "sizing.front", "sizing.applied", "apply",
        "sizing.catalogue[1].kwh", "sizing.catalogue[2].yen"}) {
    EXPECT_NE(all.find(told), std::string::npos) << told << " in\n" << all;
  }
}

TEST(Sizing, HasTheSameBitsOnAnyNumberOfThreadsAndSumsThatAreThoseOfItsHouseholds) {
  const auto folder = village("");
  const VillageSizing one = sizing_of(folder, 1);
  const VillageSizing two = sizing_of(folder, 2);
  double saved = 0.0;
  double kwh = 0.0;
  for (std::size_t i = 0; i < one.households.size(); ++i) {
    EXPECT_EQ(one.households[i].proved.total_yuan, two.households[i].proved.total_yuan);
    EXPECT_EQ(one.households[i].proved.sizes.battery_kwh,
              two.households[i].proved.sizes.battery_kwh);
    EXPECT_EQ(one.households[i].battery_changes_at_yuan, two.households[i].battery_changes_at_yuan);
    saved += one.households[i].saved_yuan;
    kwh += one.households[i].proved.sizes.battery_kwh;
  }
  EXPECT_EQ(one.sums.saved_yuan, saved);
  EXPECT_EQ(one.sums.battery_kwh, kwh);
  EXPECT_NEAR(one.sums.planned_yuan - one.sums.total_yuan, saved, 1e-6);
}

TEST(Sizing, DrawsAFrontThatRisesInCostAndInSelfSufficiency) {
  const VillageSizing sizing = sizing_of(village("front = \"B\"\nfront_points = 5\nmost_kwh = 15"));
  ASSERT_TRUE(sizing.front.has_value());
  const auto& points = sizing.front->points;
  EXPECT_EQ(sizing.front->household, "B");
  ASSERT_EQ(points.size(), 5U);
  EXPECT_NEAR(points.front().total_yuan, sizing.households[1].proved.total_yuan, 10.0);
  for (std::size_t i = 1; i < points.size(); ++i) {
    EXPECT_GT(points[i].self_sufficiency, points[i - 1].self_sufficiency);
    EXPECT_GT(points[i].total_yuan, points[i - 1].total_yuan - 1.0);
  }
}

TEST(Sizing, SaysWhyAHouseholdIsNotSizedAndPlansAllTheSame) {
  auto folder =
      village("aim = \"least_import\"", "",
              "id,owner,registered_by,mode,connected,load_kwh,roof1_kwp,roof1_tilt_deg,"
              "roof1_azimuth_deg\nA,company,company,full_export,2024-01-01,2600,8,20,180\n"
              "B,,,,2024-01-01,2600,8,20,180\n");
  folder = test::replaced(folder, "village.toml", "export = \"beijing-feed-in\"",
                          "export_price_yuan_per_kwh = 0.6\nexport_price_source = \"a test\"");
  const VillageSizing sizing = sizing_of(folder);
  EXPECT_NE(sizing.households[0].refusal.en.find("leased"), std::string::npos);
  EXPECT_NE(sizing.households[1].refusal.en.find("sell"), std::string::npos);
  EXPECT_FALSE(sizing.households[1].refusal.zh.empty());
  EXPECT_FALSE(sizing.front.has_value());
  EXPECT_EQ(sizing.sums.households, 0U);
}

TEST(Sizing, LeavesWhatItDoesNotSizeAsPlanned) {
  const std::string homes =
      "id,mode,connected,load_kwh,battery_kwh,roof1_kwp,roof1_tilt_deg,roof1_azimuth_deg\n"
      "A,,2024-01-01,2600,10,8,20,180\n";
  const auto battery = sizing_of(village("pv = false", battery_price(200), homes)).households[0];
  ASSERT_TRUE(battery.is_sized()) << battery.refusal.en;
  EXPECT_EQ(battery.proved.sizes.kwp(), 8.0);
  EXPECT_TRUE(battery.roofs.empty());
  EXPECT_GT(battery.proved.sizes.battery_kwh, 0.1);
  EXPECT_LE(battery.gap, 1e-4);
  const auto pv = sizing_of(village("battery = false", "", homes)).households[0];
  ASSERT_TRUE(pv.is_sized()) << pv.refusal.en;
  EXPECT_EQ(pv.proved.sizes.battery_kwh, 10.0);
  EXPECT_NEAR(pv.saved_yuan, 0.0, 1e-6);
  EXPECT_LE(pv.gap, 1e-4);
}

TEST(Sizing, TakesFromTheCatalogueWithinTheBudget) {
  const auto home =
      sizing_of(village("aim = \"least_import\"\nbudget_yuan = 12000\n"
                        "module_kwp = 0.5\nhouseholds = [\"B\"]\n"
                        "catalogue = [{ kwh = 4, kw = 2 }, { kwh = 9, yuan = 7000 }]"))
          .households[0];
  ASSERT_TRUE(home.is_sized()) << home.refusal.en;
  EXPECT_LE(home.proved.capex_yuan, 12000.0 + 1e-6);
  EXPECT_GT(home.proved.self_sufficiency, 0.05);
  const double kwh = home.proved.sizes.battery_kwh;
  EXPECT_TRUE(kwh == 0.0 || kwh == 4.0 || kwh == 9.0) << kwh;
  const double modules = home.proved.sizes.kwp() / 0.5;
  EXPECT_NEAR(modules, std::round(modules), 1e-6);
  EXPECT_TRUE(home.quantity_gap.has_value());
  EXPECT_FALSE(home.battery_changes_at_yuan.has_value());
}

}  // namespace
}  // namespace xiaoyuan::plan
