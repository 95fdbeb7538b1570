// Villages side by side, goals, and claims of tonnes, held against the published facts.
#include "desk/town.hpp"

#include "desk/carbon.hpp"
#include "desk/town_claims.hpp"
#include "support/cases.hpp"
#include "support/office_village.hpp"
#include "support/seven_homes.hpp"

namespace xiaoyuan::desk {
namespace {

using office::test::got;

const ShippedFactors& shipped() {
  static const ShippedFactors read = got(read_shipped_factors(xiaoyuan::test::shipped_share()));
  return read;
}

TEST(Claims, Of1130TonnesMean1To3GigawattHours) {
  // Facts, china.md §4.5: press A 3.537 GWh, the legacy 0.997 1.133 GWh.
  const ClaimedEnergy energy =
      claimed_energy(1130.0, shipped().factors, {"beijing", "north", "china"});
  EXPECT_NEAR(energy.least_kwh, 1.133e6, 0.01e6);
  EXPECT_NEAR(energy.most_kwh, 3.537e6, 0.01e6);
}

TEST(Claims, TakeTwoOfYieldCapacityAndEnergy) {
  const auto asked = got(asked_claim({.tonnes = 1130.0, .kwh = 2.025e6}, shipped().yield));
  EXPECT_EQ(asked.claim.known_kwh, 2.025e6);
  EXPECT_EQ(asked.claim.yield_kwh_per_kwp, 1184.0);
  // The energy of the Beijing factor of 2022 leads back to it.
  const std::string json = claim_json(asked, shipped().factors);
  EXPECT_NE(json.find("\"best_fit\": \"mee-2022-beijing\""), std::string::npos);
  EXPECT_FALSE(asked_claim({.tonnes = 1130.0, .kwh = 1.0, .kwp = 1.0, .yield_kwh_per_kwp = 1.0},
                           shipped().yield));
  EXPECT_FALSE(asked_claim({.tonnes = -1.0}, shipped().yield));
}

TEST(TownFile, AsShippedHasNoGoalOfOursAndAsksAboutTheClaim) {
  const TownFile town =
      got(read_town(xiaoyuan::test::project_bytes("share/town.toml"), "share/town.toml"));
  EXPECT_TRUE(town.goals.empty());
  ASSERT_EQ(town.published.size(), 1U);
  EXPECT_EQ(town.published[0].tonnes, 1130.0);
}

TEST(TownFile, RefusesTonnesWithoutFactorAndUnknownKeysAllAtOnce) {
  const auto town = read_town(R"(name = { en = "T", zh = "镇" }
[[goal]]
id = "t"
name = { en = "tonnes", zh = "减排" }
measure = "avoided_t"
value = 100
year = 2026
document = "plan"
source = "plan"
confidence = "high"
goal = 3
)",
                              "town.toml");
  ASSERT_FALSE(town);
  EXPECT_EQ(town.error().size(), 2U);
}

std::vector<TownVillage> two_villages() {
  carbon::Factor north;
  north.id = "north";
  north.kg_per_kwh = 0.6361;
  carbon::Factor beijing;
  beijing.id = "beijing";
  beijing.kg_per_kwh = 0.558;
  std::vector<TownVillage> villages;
  for (const carbon::Factor& factor : {north, beijing}) {
    villages.push_back({.name = factor.id,
                        .title = {},
                        .homes = 10,
                        .homes_with_pv = 4,
                        .capacity_kwp = 40.0,
                        .year = PeriodTotals{.from = "2026-01",
                                             .to = "2026-01",
                                             .months = 1,
                                             .energy = {.made = MeteredEnergy::of(1000.0)},
                                             .money = {},
                                             .gco2e = 500'000},
                        .factor = factor});
  }
  return villages;
}

TEST(Town, NeverAddsTonnesOfDifferentFactors) {
  const auto villages = two_villages();
  EXPECT_FALSE(totals_of(villages).gco2e);
  EXPECT_EQ(totals_of(std::span(villages).first(1)).gco2e, 500'000);
  EXPECT_EQ(totals_of(villages).energy.made, MeteredEnergy::of(2000.0));
  Goal goal{.id = "t",
            .name = {},
            .measure = GoalMeasure::avoided_t,
            .value = 1.0,
            .year = 2026,
            .factor = "beijing",
            .document = {},
            .source = {},
            .confidence = {}};
  const GoalProgress tonnes = progress_of(goal, villages);
  EXPECT_EQ(tonnes.reached, 0.5);
  EXPECT_FALSE(tonnes.note.en.empty());
  goal.measure = GoalMeasure::homes_with_pv;
  EXPECT_EQ(progress_of(goal, villages).reached, 8.0);
  goal.villages = {"north"};
  EXPECT_EQ(progress_of(goal, villages).reached, 4.0);
}

TEST(Carbon, OfAVillageIsThatOfItsStatementsAndStandsInOneAccount) {
  const auto homes = xiaoyuan::test::seven_homes();
  const auto view = homes->desk()->view();
  const VillageCarbon carbon = carbon_of(*view, 2026);
  EXPECT_EQ(carbon.factor.id, "mee-2022-beijing");
  ASSERT_TRUE(carbon.settled);
  MeteredEnergy made;
  std::int64_t avoided_g = 0;
  for (const StatementView& statement : view->months[0].statements) {
    if (statement.holder == settle::Holder::household) {
      made += statement.energy.made.value_or(MeteredEnergy{});
      avoided_g += statement.gco2e.value_or(0);
    }
  }
  EXPECT_EQ(carbon.settled->gco2e, avoided_g);
  EXPECT_NEAR(static_cast<double>(avoided_g), made.kwh() * 558.0, 10.0);
  MeteredEnergy accounted;
  for (const carbon::StateRow& row : carbon.settled->states) {
    accounted += row.energy;
  }
  EXPECT_EQ(accounted, made);
  EXPECT_FALSE(carbon_of(*view, 2025).settled);

  EnergyShelf shelf;
  const TownVillage row = town_village(*got(shelf.figures(*homes->desk())), 2026);
  EXPECT_EQ(row.homes, xiaoyuan::test::seven);
  EXPECT_EQ(row.statements_share, 1.0);
  ASSERT_TRUE(row.hours_share);
  EXPECT_LT(*row.hours_share, 1.0);
  EXPECT_GT(*row.hours_share, 0.999);
}

}  // namespace
}  // namespace xiaoyuan::desk
