// Emission factors: the shipped files, and the published claims that they explain.
#include "carbon/factor.hpp"

#include <gtest/gtest.h>

#include <map>

#include "support/cases.hpp"

namespace xiaoyuan::carbon {
namespace {

std::map<std::string, Factor> shipped() {
  std::map<std::string, Factor> all;
  for (const char* name : {"mee-2021", "mee-2022", "mee-2023", "other"}) {
    const std::string file = std::string("share/factors/") + name + ".toml";
    const auto factors = read_factors(test::project_bytes(file), file);
    EXPECT_TRUE(factors.has_value()) << message(factors.error()[0], Language::english);
    for (const Factor& factor : factors.value_or(std::vector<Factor>{})) {
      EXPECT_TRUE(all.emplace(factor.id, factor).second) << factor.id << " stands twice";
    }
  }
  return all;
}

TEST(Factors, EveryShippedOneSaysWhereItComesFrom) {
  const auto all = shipped();
  EXPECT_GT(all.size(), 40U);
  for (const auto& [id, factor] : all) {
    EXPECT_GT(factor.kg_per_kwh, 0.05) << id;
    EXPECT_LT(factor.kg_per_kwh, 1.1) << id;
    EXPECT_FALSE(factor.document.empty() || factor.source.empty() || factor.region.empty()) << id;
    EXPECT_FALSE(factor.name.en.empty() || factor.name.zh.empty()) << id;
    EXPECT_TRUE(factor.valid_from.ok()) << id;
    if (id.starts_with("mee-")) {
      EXPECT_EQ(id.substr(4, 4), std::to_string(factor.year));
    }
  }
}

TEST(Factors, TheNewspapers1130TonnesAreEightDifferentVillages) {
  const auto all = shipped();
  // 1,130 t a year in GWh: table 4.5 of the project's facts on China.
  const std::pair<const char*, double> table[] = {
      {"press-heat-value", 3.537},  {"mee-2023-national", 2.130}, {"mee-2022-beijing", 2.025},
      {"beijing-reporting", 1.871}, {"mee-2023-north", 1.776},    {"mee-2021-north", 1.587},
      {"north-marginal-pv", 1.367}, {"press-legacy", 1.133}};
  for (const auto& [id, gwh] : table) {
    ASSERT_TRUE(all.contains(id)) << id;
    EXPECT_NEAR(1130.0 / all.at(id).kg_per_kwh / 1000.0, gwh, 0.0005) << id;
    EXPECT_NEAR(avoided_t(gwh * 1e6, all.at(id)), 1130.0, 0.5) << id;
  }
}

TEST(Factors, ThePressNoticeOnTongzhousRoofsIsReproduced) {
  // 153 public roofs, 63.24 GWh a year: 20,208 t (press notice of 2024-08-05).
  EXPECT_NEAR(avoided_t(63.24e6, shipped().at("press-heat-value")), 20208.0, 5.0);
}

TEST(Factors, WrongOnesAreNamedAllAtOnce) {
  const std::string good =
      "[[factor]]\nid = \"a\"\nname = { en = \"a\", zh = \"甲\" }\nregion = \"x\"\nyear = 2023\n"
      "kind = \"average\"\nkg_per_kwh = 0.5\nvalid_from = 2023-01-01\ndocument = \"d\"\n"
      "source = \"s\"\nconfidence = \"high\"\n";
  std::string bad = good;
  bad.replace(bad.find("0.5"), 3, "530");
  bad.replace(bad.find("\"average\""), 9, "\"averge\"");
  const auto read = read_factors(good + bad, "f.toml");
  ASSERT_FALSE(read.has_value());
  std::string all;
  for (const Error& error : read.error()) {
    all += message(error, Language::english) + "\n";
  }
  EXPECT_EQ(all,
            "f.toml:17: factor[2].kind: expected one of average, average_without_traded, fossil, "
            "marginal, reporting, press; found \"averge\"; did you mean \"average\"?\n"
            "f.toml:18: factor[2].kg_per_kwh: expected a number from 0 to 3, found 530\n"
            "f.toml:13: factor[2].id: \"a\" stands twice\n");
}

}  // namespace
}  // namespace xiaoyuan::carbon
