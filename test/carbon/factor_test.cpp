// Emission factors: the shipped files, what stands in them and what does not.
#include "carbon/factor.hpp"

#include <gtest/gtest.h>

#include "carbon/shipped.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::carbon {
namespace {

TEST(Factors, EveryShippedOneSaysWhereItComesFrom) {
  const FactorFile all = test::shipped_factors();
  EXPECT_GT(all.factors.size(), 55U);
  EXPECT_EQ(all.footprints.size(), 3U);
  for (const auto* list : {&all.factors, &all.footprints}) {
    for (const Factor& factor : *list) {
      const std::string& id = factor.id;
      EXPECT_GT(factor.kg_per_kwh, 0.03) << id;
      EXPECT_LT(factor.kg_per_kwh, 1.1) << id;
      EXPECT_FALSE(factor.document.empty() || factor.source.empty() || factor.region.empty()) << id;
      EXPECT_FALSE(factor.name.en.empty() || factor.name.zh.empty()) << id;
      EXPECT_TRUE(factor.valid_from.ok()) << id;
      EXPECT_TRUE(!factor.valid_to || *factor.valid_to > factor.valid_from) << id;
      if (id.starts_with("mee-")) {
        EXPECT_EQ(id.substr(4, 4), std::to_string(factor.year));
      }
    }
  }
}

TEST(Factors, ThePublishedAveragesStandInThemByRegionAndYear) {
  // Table 4.1 of the project's facts on China: 2021, 2022, 2023; 0 where nothing was published.
  const std::pair<const char*, std::array<double, 3>> table[] = {
      {"national", {0.5568, 0.5366, 0.5306}},  {"national-without-traded", {0, 0.5856, 0.6096}},
      {"fossil", {0.8426, 0.8325, 0.8273}},    {"north", {0.7120, 0.6776, 0.6361}},
      {"northeast", {0.6012, 0.5564, 0.5122}}, {"east", {0.5992, 0.5617, 0.5500}},
      {"central", {0.5354, 0.5395, 0.5271}},   {"northwest", {0.5951, 0.5857, 0.5543}},
      {"south", {0.4326, 0.3869, 0.4042}},     {"southwest", {0.2113, 0.2268, 0.2472}},
      {"beijing", {0.5688, 0.5580, 0}},        {"hebei", {0.7901, 0.7252, 0}},
      {"shandong", {0.6838, 0.6410, 0}},       {"zhejiang", {0.5422, 0.5153, 0}}};
  const auto all = test::shipped_by_id();
  for (const auto& [region, values] : table) {
    for (int i = 0; i < 3; ++i) {
      const std::string id = "mee-" + std::to_string(2021 + i) + "-" + region;
      if (values[i] == 0.0) {
        EXPECT_FALSE(all.contains(id)) << id << " was not published, or its value not found";
      } else {
        ASSERT_TRUE(all.contains(id)) << id;
        EXPECT_EQ(all.at(id).kg_per_kwh, values[i]) << id;
      }
    }
  }
}

TEST(Factors, CombinedMarginsAreThoseOfTheirParts) {
  const auto all = test::shipped_by_id();
  const double om = all.at("north-om-2019").kg_per_kwh;
  const double bm = all.at("north-bm-2019").kg_per_kwh;
  EXPECT_NEAR(combined_margin_kg_per_kwh(om, bm, 0.75), all.at("north-marginal-pv").kg_per_kwh,
              1e-12);
  EXPECT_NEAR(combined_margin_kg_per_kwh(om, bm, 0.5), all.at("north-marginal-half").kg_per_kwh,
              1e-12);
}

TEST(Factors, ThePressNoticesOnTongzhouAndDaxingAreReproduced) {
  const auto all = test::shipped_by_id();
  // 153 public roofs, 63.24 GWh a year: 20,208 t (press notice of 2024-08-05).
  EXPECT_NEAR(avoided_t(63.24e6, all.at("press-heat-value")), 20208.0, 5.0);
  // Yufa: 6,437.26 t over 7.2 to 7.5 GWh.
  EXPECT_NEAR(avoided_t(7.5e6, all.at("press-power-coal-low")), 6437.26, 20.0);
  EXPECT_NEAR(avoided_t(7.2e6, all.at("press-power-coal-high")), 6437.26, 40.0);
}

TEST(Factors, AFootprintIsNoFactorOfTheGrid) {
  const auto grid = read_factors(test::project_bytes("share/factors/lifecycle-2023.toml"), "f");
  ASSERT_TRUE(grid.has_value());
  ASSERT_EQ(grid->size(), 1U);
  EXPECT_EQ(grid->front().kg_per_kwh, 0.6205);
}

TEST(WrongValues, NameWhatWasPublishedAndAreNoFactors) {
  const FactorFile all = test::shipped_factors();
  ASSERT_EQ(all.wrong_values.size(), 6U);
  const auto by_id = test::shipped_by_id();
  for (const WrongValue& wrong : all.wrong_values) {
    EXPECT_TRUE(wrong.published.empty() || by_id.contains(wrong.published)) << wrong.id;
    EXPECT_TRUE(wrong.truth || !wrong.published.empty()) << wrong.id << " says nothing";
    EXPECT_FALSE(by_id.contains(wrong.id)) << wrong.id;
  }
  EXPECT_EQ(sentence_of(all.wrong_values[1], all.factors).en,
            "0.7204 circulates as North China 2023; the published value is 0.6361 "
            "(mee-2023-north)");
  EXPECT_EQ(sentence_of(all.wrong_values[0], all.factors).zh,
            "0.5703 被当作“2023 年全国平均”流传;实为全国碳市场 2022—2023 年度报告因子;"
            "公布值为 0.5306(mee-2023-national)");
}

constexpr const char* good_factor =
    "[[factor]]\nid = \"a\"\nname = { en = \"a\", zh = \"甲\" }\nregion = \"x\"\nyear = 2023\n"
    "kind = \"average\"\nkg_per_kwh = 0.5\nvalid_from = 2023-01-01\ndocument = \"d\"\n"
    "source = \"s\"\nconfidence = \"high\"\n";

std::string complaints(const std::string& bytes) {
  const auto read = read_factor_file(bytes, "f.toml");
  std::string all;
  for (const Error& error : read ? Errors{} : read.error()) {
    all += message(error, Language::english) + "\n";
  }
  return all;
}

TEST(Factors, WrongOnesAreNamedAllAtOnce) {
  const std::string good = good_factor;
  std::string bad = good;
  bad.replace(bad.find("0.5"), 3, "530");
  bad.replace(bad.find("\"average\""), 9, "\"averge\"");
  EXPECT_EQ(complaints(good + bad),
            "f.toml:17: factor[2].kind: expected one of average, average_without_traded, fossil, "
            "marginal, reporting, press, lifecycle; found \"averge\"; did you mean \"average\"?\n"
            "f.toml:18: factor[2].kg_per_kwh: expected a number from 0 to 3, found 530\n"
            "f.toml:13: factor[2].id: \"a\" stands twice\n");
}

TEST(WrongValues, WrongOnesAreNamedAllAtOnce) {
  EXPECT_EQ(
      complaints(std::string(good_factor) +
                 "[[wrong_value]]\nid = \"a\"\nkg_per_kwh = -1\nclaimed = { en = \"North\" }\n"
                 "publshed = \"x\"\nsource = \"s\"\nconfidence = \"sure\"\n"),
      "f.toml:14: wrong_value[1].kg_per_kwh: expected a number from 0 to 3, found -1\n"
      "f.toml:15: wrong_value[1].claimed.zh: is missing; it is required\n"
      "f.toml:18: wrong_value[1].confidence: expected one of high, med, low; found \"sure\"\n"
      "f.toml:16: wrong_value[1].publshed: unknown name \"publshed\"; did you mean \"published\"?\n"
      "f.toml:13: wrong_value[1].id: \"a\" stands twice\n");
}

}  // namespace
}  // namespace xiaoyuan::carbon
