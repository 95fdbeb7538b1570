// The studio: a trial is exactly what the whole plan says of the house.
#include "desk/studio.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/villages.hpp"

namespace xiaoyuan::desk {
namespace {

using Json = nlohmann::ordered_json;

VillageView view_of(test::Folder folder) {
  VillageView view;
  view.name = "example";
  view.version = "1";
  auto read = plan::read_inputs(test::files_of(std::move(folder)), test::shipped_share());
  EXPECT_TRUE(read.has_value());
  view.plan = std::make_shared<const plan::Inputs>(std::move(*read));
  return view;
}

const VillageView& example() {
  static const VillageView view = view_of(test::shipped_without_wires("example"));
  return view;
}

Trial tried(const std::string& household, const std::string& changes) {
  static Studio studio;
  auto read = read_changes(changes);
  EXPECT_TRUE(read.has_value());
  auto trial = studio.run(example(), test::shipped_share(), {household, std::move(*read)});
  EXPECT_TRUE(trial.has_value()) << message(trial.error().front(), Language::english);
  return std::move(*trial);
}

/// The household in a plan of the whole village with the same changes.
plan::HouseholdPlan planned(const std::string& household, const std::string& changes) {
  const auto changed = lay_changes(test::files_of(test::shipped_without_wires("example")),
                                   *read_changes(changes), "x");
  EXPECT_TRUE(changed.has_value());
  const auto inputs = plan::read_inputs(changed->files, test::shipped_share(), changed->scenario);
  EXPECT_TRUE(inputs.has_value());
  const auto shared = plan::share(*inputs);
  optimum::Optimiser optimiser;
  for (const model::Household& home : inputs->village.households) {
    if (home.id == household) {
      return plan::plan_household(shared, home, optimiser, plan::Depth::money)->plan;
    }
  }
  return {};
}

void expect_same(const plan::HouseholdPlan& a, const plan::HouseholdPlan& b) {
  EXPECT_EQ(a.bill_with_pv, b.bill_with_pv);
  EXPECT_EQ(a.bill_without_pv, b.bill_without_pv);
  EXPECT_EQ(a.export_income, b.export_income);
  EXPECT_EQ(a.sums.pv_kwh, b.sums.pv_kwh);
  EXPECT_EQ(a.sums.import_kwh, b.sums.import_kwh);
  ASSERT_EQ(a.finance.has_value(), b.finance.has_value());
  if (a.finance) {
    EXPECT_EQ(a.finance->npv_yuan, b.finance->npv_yuan);
  }
  ASSERT_EQ(a.battery.has_value(), b.battery.has_value());
  if (a.battery) {
    EXPECT_EQ(a.battery->optimum_cost_yuan, b.battery->optimum_cost_yuan);
    EXPECT_EQ(a.battery->gap, b.battery->gap);
  }
}

class TrialsOf : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(TrialsOf, SayWhatTheWholePlanSays) {
  const auto& [household, changes] = GetParam();
  expect_same(tried(household, changes).after.plan, planned(household, changes));
}

INSTANTIATE_TEST_SUITE_P(
    Studio, TrialsOf,
    ::testing::Values(
        std::pair{"H001", "{}"},
        std::pair{"H001", R"({"households":[{"household":"H001","columns":{"battery_kwh":8}}]})"},
        std::pair{"H004", R"({"households":[{"household":"*","columns":{"roof1_tilt_deg":15}}]})"},
        std::pair{"H001", R"({"set":{"assumptions.money.pv_yuan_per_kwp":2000}})"},
        std::pair{"H002",
                  R"({"set":{"plan.battery_dispatch":"optimal"},"everyone":{"battery_kwh":4}})"},
        std::pair{"H002", R"({"everyone":{"pv":"none","only":["H001"]}})"},
        std::pair{"H001", R"({"everyone":{"pv":"none","only":["H001"]}})"},
        std::pair{"H001", R"({"set":{"tariff.import":"beijing-electric-heating",
                                     "tariff.export":"beijing-feed-in"}})"}));

TEST(Studio, ChangesNothingWhereNothingIsChanged) {
  const Trial trial = tried("H002", "{}");
  expect_same(trial.before.plan, trial.after.plan);
  EXPECT_EQ(trial.typical_days[0].load_kw.size(), 24U);
  const Json json = Json::parse(trial_json(trial));
  EXPECT_EQ(json["difference"]["npv_yuan"], 0.0);
  EXPECT_GE(json["after"]["battery"]["gap"], 0.0);
}

TEST(Studio, TellsWhatAMoreBatteryBrings) {
  const Json json = Json::parse(trial_json(
      tried("H001", R"({"households":[{"household":"H001","columns":{"battery_kwh":8}}]})")));
  EXPECT_EQ(json["difference"]["battery_kwh"], 8.0);
  EXPECT_LT(json["difference"]["export_kwh"], 0.0);
  EXPECT_LT(json["difference"]["bill_yuan"], 0.0);
  EXPECT_LT(json["difference"]["npv_yuan"], 0.0);  // in Beijing a battery does not pay
  EXPECT_EQ(json["after"]["battery"]["pays"], false);
}

std::string refusal(const std::string& household, const std::string& changes) {
  Studio studio;
  const auto trial =
      studio.run(example(), test::shipped_share(), {household, *read_changes(changes)});
  return trial ? "" : message(trial.error().front(), Language::english);
}

TEST(Studio, NamesWhatIsWrongAsThePlannerDoes) {
  EXPECT_NE(refusal("H009", "{}").find("household: "), std::string::npos);
  EXPECT_EQ(
      refusal("H003", R"({"households":[{"household":"H003","columns":{"roof1_tilt_deg":120}}]})"),
      "households.csv:4: roof1_tilt_deg: expected a number from 0 to 90, found \"120\"");
  EXPECT_NE(refusal("H001", R"({"set":{"tariff.import":"beijing-residentia",
                                       "tariff.export":"beijing-feed-in"}})")
                .find("did you mean \"beijing-residential\""),
            std::string::npos);
}

TEST(Studio, SaysWhereAHouseAloneIsNotTheWholeTruth) {
  test::Folder folder = test::shipped_without_wires("example");
  folder = test::replaced(folder, "village.toml", "registered_kw = 0 ",
                          "curtailment = \"pro_rata\"\nregistered_kw = 0 ");
  Studio studio;
  const auto trial = studio.run(view_of(folder), test::shipped_share(), {"H001", {}});
  ASSERT_TRUE(trial.has_value());
  ASSERT_FALSE(trial->notes.empty());
  EXPECT_NE(trial->notes.back().en.find("T1"), std::string::npos);
}

TEST(Studio, ShowsAVillagerHisOwnHouseAlone) {
  const auto json = studio_json(
      {.view = example(), .share = test::shipped_share(), .only = {"H002"}, .shows_all = false});
  ASSERT_TRUE(json.has_value());
  const Json studio = Json::parse(*json);
  ASSERT_EQ(studio["households"].size(), 1U);
  EXPECT_EQ(studio["households"][0]["id"], "H002");
  EXPECT_EQ(studio["households"][0]["columns"]["battery_kwh"], "10");
  EXPECT_EQ(json->find("Zhang"), std::string::npos);
}

TEST(Studio, OffersWhatTheReaderAllows) {
  const auto json = studio_json({.view = example(), .share = test::shipped_share(), .only = {}});
  ASSERT_TRUE(json.has_value());
  const auto is_allowed = [](const Json& column, double value) {
    const Json changes{
        {"households", {{{"household", "H001"}, {"columns", {{column["column"], value}}}}}}};
    const std::string said = refusal("H001", changes.dump());
    return said.find("expected a number") == std::string::npos;
  };
  for (const Json& column : Json::parse(*json)["columns"]) {
    if (column["low"].is_number()) {
      EXPECT_TRUE(is_allowed(column, column["low"])) << column;
      EXPECT_FALSE(is_allowed(column, column["low"].get<double>() - 1.0)) << column;
      EXPECT_FALSE(is_allowed(column, column["high"].get<double>() * 1.01)) << column;
    }
  }
}

}  // namespace
}  // namespace xiaoyuan::desk
