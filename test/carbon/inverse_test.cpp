// "1,130 t": the table of the project's facts on China, row by row.
#include "carbon/inverse.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "carbon/shipped.hpp"

namespace xiaoyuan::carbon {
namespace {

/// A row of the facts: a factor, and what 1,130 t mean under it.
struct Row {
  const char* id;
  double kg_per_kwh;
  double kwh;
  double kwp_at_1150, kwp_at_1184, kwp_at_1250;
};

// implied_1130t of the facts' machine-readable twin.
constexpr Row implied_1130t[] = {
    {"press-heat-value", 0.3195, 3536776, 3075, 2987, 2829},
    {"mee-2023-national", 0.5306, 2129665, 1852, 1799, 1704},
    {"mee-2022-national", 0.5366, 2105852, 1831, 1779, 1685},
    {"mee-2021-national", 0.5568, 2029454, 1765, 1714, 1624},
    {"mee-2022-beijing", 0.558, 2025090, 1761, 1710, 1620},
    {"mee-2021-beijing", 0.5688, 1986639, 1728, 1678, 1589},
    {"beijing-reporting", 0.604, 1870861, 1627, 1580, 1497},
    {"mee-2023-north", 0.6361, 1776450, 1545, 1500, 1421},
    {"mee-2022-north", 0.6776, 1667651, 1450, 1408, 1334},
    {"mee-2021-north", 0.712, 1587079, 1380, 1340, 1270},
    {"north-marginal-half", 0.7119, 1587302, 1380, 1341, 1270},
    {"north-marginal-pv", 0.8269, 1366550, 1188, 1154, 1093},
    {"mee-2023-fossil", 0.8273, 1365889, 1188, 1154, 1093},
    {"press-legacy", 0.997, 1133400, 986, 957, 907},
};

const Explanation& of(const std::vector<Explanation>& all, const std::string& id) {
  return *std::ranges::find(all, id, [](const Explanation& one) { return one.factor->id; });
}

TEST(Inverse, TheNewspapers1130TonnesAreTheTableOfTheFacts) {
  const auto by_id = test::shipped_by_id();
  for (const Row& row : implied_1130t) {
    ASSERT_TRUE(by_id.contains(row.id)) << row.id;
    EXPECT_EQ(by_id.at(row.id).kg_per_kwh, row.kg_per_kwh) << row.id;
    for (const auto& [yield, kwp] : {std::pair{1150.0, row.kwp_at_1150},
                                     {1184.0, row.kwp_at_1184},
                                     {1250.0, row.kwp_at_1250}}) {
      const Meaning meaning = meaning_of(
          {.tonnes = 1130.0, .yield_kwh_per_kwp = yield, .known_kwh = {}, .kwp_per_home = {}},
          row.kg_per_kwh);
      EXPECT_EQ(std::round(meaning.kwh), row.kwh) << row.id;
      EXPECT_EQ(std::round(meaning.kwp), kwp) << row.id << " at " << yield;
      EXPECT_NEAR(avoided_t(meaning.kwh, by_id.at(row.id)), 1130.0, 1e-9) << row.id;
    }
  }
}

TEST(Inverse, TheEightRowsOfTheReadableTableAreThoseGigawattHours) {
  const std::pair<const char*, double> table[] = {
      {"press-heat-value", 3.537},  {"mee-2023-national", 2.130}, {"mee-2022-beijing", 2.025},
      {"beijing-reporting", 1.871}, {"mee-2023-north", 1.776},    {"mee-2021-north", 1.587},
      {"north-marginal-pv", 1.367}, {"press-legacy", 1.133}};
  const FactorFile file = test::shipped_factors();
  const auto all = explanations(
      {.tonnes = 1130.0, .yield_kwh_per_kwp = 1184.0, .known_kwh = {}, .kwp_per_home = {}},
      file.factors);
  EXPECT_EQ(all.size(), file.factors.size());
  for (const auto& [id, gwh] : table) {
    EXPECT_EQ(std::round(of(all, id).meaning.kwh / 1000.0), std::round(gwh * 1000.0)) << id;
    EXPECT_FALSE(of(all, id).meaning.misfit || of(all, id).meaning.homes);
  }
}

TEST(Inverse, RowsAreGroupedByKindAndRiseWithTheFactor) {
  const FactorFile file = test::shipped_factors();
  const auto all = explanations(
      {.tonnes = 1.0, .yield_kwh_per_kwp = 1000.0, .known_kwh = {}, .kwp_per_home = {}},
      file.factors);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Factor& before = *all[i - 1].factor;
    const Factor& now = *all[i].factor;
    EXPECT_TRUE(before.kind < now.kind ||
                (before.kind == now.kind && before.kg_per_kwh <= now.kg_per_kwh))
        << now.id;
  }
}

TEST(Inverse, AKnownCapacitySaysWhichFactorWasUsed) {
  const FactorFile file = test::shipped_factors();
  const auto all = explanations({.tonnes = 1130.0,
                                 .yield_kwh_per_kwp = 1184.0,
                                 .known_kwh = 1500.0 * 1184.0,
                                 .kwp_per_home = 10.0},
                                file.factors);
  const auto fits = best_fits(all);
  ASSERT_EQ(fits.size(), all.size());
  EXPECT_EQ(fits.front().factor->id, "mee-2023-north");
  EXPECT_NEAR(*of(all, "mee-2023-north").meaning.homes, 150.0, 0.05);
  // "press A would need about 300 houses of 10 kWp" (facts 4.5)
  EXPECT_NEAR(*of(all, "press-heat-value").meaning.homes, 300.0, 3.0);
  for (std::size_t i = 1; i < fits.size(); ++i) {
    EXPECT_LE(std::abs(*fits[i - 1].meaning.misfit), std::abs(*fits[i].meaning.misfit));
  }
  EXPECT_EQ(sentence_of(fits.front()).en,
            "the claim fits mee-2023-north (North China grid average 2023, 0.6361 kg/kWh) within "
            "0.1 %");
}

TEST(Inverse, AClaimMadeWithAFactorFitsThatFactorExactly) {
  const FactorFile file = test::shipped_factors();
  for (const Factor& factor : file.factors) {
    const PublishedClaim claim{.tonnes = avoided_t(2.0e6, factor),
                               .yield_kwh_per_kwp = 1184.0,
                               .known_kwh = 2.0e6,
                               .kwp_per_home = {}};
    const auto fits = best_fits(explanations(claim, file.factors));
    EXPECT_NEAR(*fits.front().meaning.misfit, 0.0, 1e-12) << factor.id;
    EXPECT_EQ(fits.front().factor->kg_per_kwh, factor.kg_per_kwh) << factor.id;
  }
}

}  // namespace
}  // namespace xiaoyuan::carbon
