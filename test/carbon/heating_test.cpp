// Coal stoves that heat pumps replaced: by the heat, and by the method of Hebei.
#include "carbon/heating.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan::carbon {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

Date on(int y, unsigned m, unsigned d) { return {year{y}, month{m}, day{d}}; }

TEST(DisplacedCoal, ATonneOfCoalIs2065KilogramsOfCo2) {
  EXPECT_NEAR(CoalStove{}.t_per_t(), 2.065, 0.0005);  // facts 4.3: 23.2 GJ/t × 89.0 tCO2/TJ
}

TEST(DisplacedCoal, IsTheStovesCoalLessTheHeatPumpsElectricity) {
  // 23.2 GJ of coal through a stove of 0.5 are 11.6 GJ = 3222.2 kWh of heat: one tonne.
  const HeatingAvoided avoided = displaced_coal(
      {.heat_kwh = 11.6 / 0.0036, .electricity_kwh = 1000.0}, {.efficiency = 0.5}, 0.6361);
  EXPECT_NEAR(avoided.coal_t, 1.0, 1e-12);
  EXPECT_NEAR(avoided.baseline_t, 2.0648, 1e-12);
  EXPECT_NEAR(avoided.electricity_t, 0.6361, 1e-12);
  EXPECT_NEAR(avoided.avoided_t(), 1.4287, 1e-12);
}

TEST(DisplacedCoal, TheFactsRangesHoldTheMeasuredFiftyFourPercent) {
  // Suburbs of Beijing: 54 % less CO2 than coal (doi 10.1080/23744731.2020.1746152); stoves 0.4 to
  // 0.6, COP 2.3 to 2.9, and a factor between North China's of 2023 and fossil power's.
  const auto saving = [](double stove, double cop, double factor) {
    const HeatingAvoided avoided = displaced_coal(
        {.heat_kwh = 10000.0, .electricity_kwh = 10000.0 / cop}, {.efficiency = stove}, factor);
    return avoided.avoided_t() / avoided.baseline_t;
  };
  EXPECT_LT(saving(0.6, 2.3, 0.8273), 0.54);
  EXPECT_GT(saving(0.4, 2.9, 0.6361), 0.54);
  EXPECT_NEAR(saving(0.6, 2.6, 0.6361), 0.54, 0.005);
}

TEST(DisplacedCoal, ADirtyGridMayEmitMoreThanTheStove) {
  const HeatingAvoided avoided =
      displaced_coal({.heat_kwh = 1000.0, .electricity_kwh = 1000.0}, {.efficiency = 1.0}, 0.9);
  EXPECT_LT(avoided.avoided_t(), 0.0);
}

HebeiUser user() {
  return {.baseline_kg_per_m2 = 50.0,
          .area_m2 = 100.0,
          .electricity_kwh = 4000.0,
          .credited_from = on(2026, 1, 1),
          .season_from = on(2026, 11, 15)};
}

TEST(HebeiMethod, IsBaselineLessElectricityAtTheCombinedMargin) {
  const auto avoided = hebei_heating(user(), 0.7119);
  ASSERT_TRUE(avoided.has_value());
  EXPECT_NEAR(avoided->baseline_t, 5.0, 1e-12);        // 50·100/1000
  EXPECT_NEAR(avoided->electricity_t, 2.8476, 1e-12);  // 4 MWh · 0.7119
  EXPECT_NEAR(avoided->avoided_t(), 5.0 - 2.8476, 1e-12);
  EXPECT_NE(avoided->method.en.find("Hebei"), std::string::npos);
}

TEST(HebeiMethod, TakesSixtySquareMetresWhereTheAreaIsNotKnown) {
  HebeiUser unknown = user();
  unknown.area_m2.reset();
  EXPECT_NEAR(hebei_heating(unknown, 0.7119)->baseline_t, 3.0, 1e-12);
}

TEST(HebeiMethod, CreditsNothingOutsideItsLimitsAndSaysWhy) {
  const auto reason = [](auto change) {
    HebeiUser one = user();
    change(one);
    const auto avoided = hebei_heating(one, 0.7119);
    EXPECT_EQ(avoided->avoided_t(),
              avoided->not_credited ? 0.0 : avoided->baseline_t - avoided->electricity_t);
    return avoided->not_credited ? avoided->not_credited->en : std::string("credited");
  };
  EXPECT_EQ(reason([](HebeiUser& one) { one.electricity_kwh = 500.0; }),
            "the method counts a user above 500 kWh a season");
  EXPECT_EQ(reason([](HebeiUser& one) { one.electricity_kwh = 500.1; }), "credited");
  EXPECT_EQ(reason([](HebeiUser& one) { one.credited_from = on(2015, 12, 31); }),
            "the crediting period may not begin before 2016-01-01");
  EXPECT_EQ(reason([](HebeiUser& one) { one.season_from = on(2025, 11, 15); }),
            "the season lies before the crediting period");
  EXPECT_EQ(reason([](HebeiUser& one) { one.season_from = on(2035, 12, 31); }), "credited");
  EXPECT_EQ(reason([](HebeiUser& one) { one.season_from = on(2036, 1, 1); }),
            "the crediting period of ten years is over");
}

TEST(HebeiMethod, AsksForTheBaselineThatNobodyFound) {
  HebeiUser without = user();
  without.baseline_kg_per_m2.reset();
  const auto avoided = hebei_heating(without, 0.7119);
  ASSERT_FALSE(avoided.has_value());
  EXPECT_NE(message(avoided.error()[0], Language::english).find("needs DE (kgCO2e/m²)"),
            std::string::npos);
}

}  // namespace
}  // namespace xiaoyuan::carbon
