// Variants of a village: what they change, and only that.
#include "plan/scenarios.hpp"

#include <gtest/gtest.h>

#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

test::Folder with(const std::string& scenario) {
  auto folder = test::shipped_without_wires("example");
  folder["village.toml"] +=
      "\n[[scenario]]\nid = \"other\"\nname = { en = \"Other\", zh = \"另案\" }\n" + scenario;
  return folder;
}

Inputs read(const test::Folder& folder, const std::string& scenario) {
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share(), scenario);
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

ScenarioFigures figures(const Inputs& inputs) {
  const auto result = study(inputs);
  EXPECT_TRUE(result.has_value());
  return figures_of(inputs, *result);
}

TEST(Scenario, WithoutPvBuysAllThatIsUsed) {
  const auto folder = with("households = { pv = \"none\" }\n");
  const ScenarioFigures none = figures(read(folder, "other"));
  const ScenarioFigures plan = figures(read(folder, ""));
  EXPECT_EQ(none.energy.pv_kwh, 0.0);
  EXPECT_EQ(none.battery_kwh, 0.0);
  EXPECT_NEAR(none.energy.import_kwh, none.energy.load_kwh, 1e-9);
  EXPECT_NEAR(none.energy.load_kwh, plan.energy.load_kwh, 1e-9);
  EXPECT_NEAR(none.bill_yuan, plan.bill_without_pv_yuan, 1e-9);
  EXPECT_FALSE(explained(plan, none).empty());
}

TEST(Scenario, LeasedSellsEveryKwhAndHasNoBattery) {
  const ScenarioFigures leased =
      figures(read(with("households = { owner = \"company\" }\n"), "other"));
  EXPECT_NEAR(leased.energy.export_kwh, leased.energy.pv_kwh, 1e-6);
  EXPECT_EQ(leased.battery_kwh, 0.0);
}

TEST(Scenario, SetsKeysOfTheVillageAndKeepsTheOthers) {
  const auto folder = with("set.assumptions.money.discount_rate = 0.08\n");
  const Inputs other = read(folder, "other");
  const Inputs plan = read(folder, "");
  EXPECT_EQ(other.village.assumptions.value("money.discount_rate"), 0.08);
  EXPECT_EQ(plan.village.assumptions.value("money.discount_rate"), 0.05);
  EXPECT_EQ(other.village.place, plan.village.place);
}

TEST(Scenario, ReplacesATariffWhole) {
  const auto folder = with(
      "set.tariff.import = \"shandong-residential\"\nset.tariff.export = \"shandong-feed-in\"\n"
      "set.tariff.tier_limits_kwh = [2520, 4800]\nset.tariff.tier_limits_source = \"a bill\"\n");
  EXPECT_EQ(read(folder, "other").buying.tariff.id, "shandong-residential");
  EXPECT_EQ(read(folder, "").buying.tariff.id, "beijing-residential");
}

TEST(Scenario, EditsOnlyTheHouseholdsItNames) {
  const Inputs other = read(with("households = { only = [\"H001\"], battery_kwh = 8 }\n"), "other");
  EXPECT_EQ(other.village.households[0].battery.energy_kwh, 8.0);
  EXPECT_EQ(other.village.households[0].battery.power_kw, 4.0);
  EXPECT_EQ(other.village.households[1].battery.energy_kwh, 10.0);
}

TEST(Scenario, ThatChangesNothingSaysSo) {
  const auto folder = with("");
  const ScenarioFigures plan = figures(read(folder, ""));
  const ScenarioFigures same = figures(read(folder, "other"));
  ASSERT_EQ(explained(plan, same).size(), 1U);
  EXPECT_EQ(same.finance.npv_yuan, plan.finance.npv_yuan);
}

}  // namespace
}  // namespace xiaoyuan::plan
