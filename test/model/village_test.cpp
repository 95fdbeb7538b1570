// Villages: the shipped ones, years of every length and start, roofs by area, own assumptions.
#include "model/village.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support/cases.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::model {
namespace {

Assumptions shipped_assumptions() {
  return *read_assumptions(test::project_bytes("share/assumptions.toml"), "assumptions.toml");
}

Result<Village> read_files(const test::Folder& folder) {
  return read_village(
      {.toml = folder.at("village.toml"), .households = folder.at("households.csv")},
      shipped_assumptions());
}

Village good(const test::Folder& folder) {
  auto village = read_files(folder);
  if (!village) {
    ADD_FAILURE() << message(village.error()[0], Language::english);
    return {};
  }
  return *village;
}

test::Folder example(const std::string& from = "", const std::string& to = "") {
  return test::replaced(test::shipped_folder("example"), "village.toml", from, to);
}

/// The example with the year of its plan changed.
TimeAxis axis_of(const std::string& first_day, const std::string& more = "",
                 const std::string& zone = "Asia/Shanghai") {
  auto folder = example("first_day = 2026-01-01", "first_day = " + first_day + "\n" + more);
  return good(test::replaced(folder, "village.toml", "Asia/Shanghai", zone)).axis;
}

TEST(Village, EveryShippedOneReads) {
  const std::pair<const char*, std::size_t> villages[] = {{"villages/qiantuan", 170},
                                                          {"villages/xiaodonggezhuang", 96},
                                                          {"villages/xinggezhuang", 72},
                                                          {"example", 5}};
  for (const auto& [name, homes] : villages) {
    const Village village = good(test::shipped_folder(name));
    EXPECT_EQ(village.households.size(), homes) << name;
    EXPECT_TRUE(village.illustrative) << name;
    EXPECT_EQ(village.axis.size, 8760U);
    EXPECT_EQ(text_of(village.axis.start), "2025-12-31T16:00:00Z");
    std::set<std::string> ids;
    double sum_kwp = 0.0;
    for (const Household& home : village.households) {
      EXPECT_TRUE(ids.insert(home.id).second) << home.id;
      EXPECT_LT(home.transformer, village.transformers.size());
      EXPECT_EQ(home.makes_energy(), !home.roofs.empty()) << home.id;
      sum_kwp += home.capacity_kwp();
    }
    EXPECT_DOUBLE_EQ(village.capacity_kwp(), sum_kwp);
  }
}

TEST(Village, AYearIsAsLongAsItsCalendar) {
  using namespace std::chrono_literals;
  EXPECT_EQ(axis_of("2026-01-01").size, 8760U);
  EXPECT_EQ(axis_of("2028-01-01").size, 8784U);
  EXPECT_EQ(axis_of("2011-07-01").size, 8784U);  // holds 29 February 2012
  EXPECT_EQ(axis_of("2012-07-01").size, 8760U);
  EXPECT_EQ(axis_of("2028-02-29").size, 8784U);  // to 1 March 2029
  EXPECT_EQ(axis_of("2026-01-01", "").step, 1h);
}

TEST(Village, AYearMayStartInTheLastHourOfJuly) {
  const TimeAxis axis = axis_of("2021-07-31", "first_hour = 23", "America/Los_Angeles");
  EXPECT_EQ(axis.size, 8760U);
  EXPECT_EQ(text_of(axis.start), "2021-08-01T06:00:00Z");
  EXPECT_EQ(text_of(axis.end()), "2022-08-01T06:00:00Z");
}

TEST(Village, AQuarterHourYearHas35040Steps) {
  const auto folder = example("step = \"60min\"", "step = \"15min\"");
  EXPECT_EQ(good(folder).axis.size, 35040U);
  EXPECT_EQ(good(example("step = \"60min\"", "step = \"30min\"")).axis.size, 17520U);
}

TEST(Village, RoofsByAreaTakeTheAssumedCapacityOfASquareMetre) {
  const Village village = good(test::shipped_folder("example"));
  const auto li = std::ranges::find(village.households, "H003", &Household::id);
  ASSERT_EQ(li->roofs.size(), 1U);
  EXPECT_DOUBLE_EQ(li->roofs[0].capacity_kwp, 100.0 * 0.1875);
  const Village dense = good(example("pv.soiling = 0.05", "pv.kwp_per_m2 = 0.2"));
  EXPECT_DOUBLE_EQ(dense.households[2].roofs[0].capacity_kwp, 20.0);
  const auto wang = std::ranges::find(village.households, "H002", &Household::id);
  ASSERT_EQ(wang->roofs.size(), 2U);
  EXPECT_EQ(wang->roofs[1].azimuth_deg, 270.0);
  EXPECT_EQ(wang->battery.energy_kwh, 10.0);
}

TEST(Village, OwnAssumptionsReplaceTheShippedAndAreMarked) {
  const Village village = good(test::shipped_folder("example"));
  const Assumptions shipped = shipped_assumptions();
  ASSERT_EQ(village.assumptions.all.size(), shipped.all.size());
  for (std::size_t i = 0; i < shipped.all.size(); ++i) {
    const Assumption& own = village.assumptions.all[i];
    const bool replaced = own.key == "pv.soiling";
    EXPECT_EQ(own.from_village, replaced) << own.key;
    EXPECT_EQ(own.source == "village.toml", replaced) << own.key;
    EXPECT_EQ(own.value, replaced ? 0.05 : shipped.all[i].value) << own.key;
  }
}

TEST(Village, ShippedAssumptionsLieInTheirRangesAndSayWhy) {
  for (const Assumption& one : shipped_assumptions().all) {
    EXPECT_TRUE(one.range.holds(one.value)) << one.key;
    EXPECT_FALSE(one.meaning.en.empty() || one.meaning.zh.empty() || one.source.empty()) << one.key;
    EXPECT_FALSE(one.from_village);
  }
}

TEST(Village, MuchPvOnOnePhaseIsAllowedWithAWarning) {
  const auto folder =
      test::replaced(test::shipped_folder("example"), "households.csv", "T1,ABC,2400", "T1,A,2400");
  const Village village = good(folder);
  ASSERT_EQ(village.warnings.size(), 1U);
  EXPECT_TRUE(village.warnings[0].en.starts_with("H001: 10.0 kWp on a single phase"));
}

TEST(Village, AnEmptyTimeZoneIsAMissingOne) {
  const auto village = read_files(example("\"Asia/Shanghai\"", "\"\""));
  ASSERT_FALSE(village.has_value());
  ASSERT_EQ(village.error().size(), 1U);
  EXPECT_EQ(message(village.error()[0], Language::english),
            "village.toml:19: site.time_zone: is missing; it is required");
}

TEST(Village, ErrorsOfBothFilesComeTogether) {
  auto folder = example("latitude_deg = 39.90", "latitude_deg = 399");
  folder = test::replaced(folder, "households.csv", ",10,,20,180", ",10,,20,400");
  const auto village = read_files(folder);
  ASSERT_FALSE(village.has_value());
  ASSERT_EQ(village.error().size(), 2U);
  EXPECT_EQ(village.error()[0].where.file, "village.toml");
  EXPECT_EQ(village.error()[1].where.file, "households.csv");
}

TEST(Names, StandInTheOrderOfTheirEnum) {
  EXPECT_EQ(name_of(Owner::cooperative), "cooperative");
  EXPECT_EQ(name_of(Mode::none), "none");
  EXPECT_EQ(name_of(Mode::self_use_surplus), "self_use_surplus");
  EXPECT_EQ(name_of(Phase::three), "ABC");
  EXPECT_EQ(name_of(Dispatch::optimal), "optimal");
}

}  // namespace
}  // namespace xiaoyuan::model
