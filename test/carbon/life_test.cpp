// Avoided tonnes over the life of a plant.
#include "carbon/life.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "carbon/shipped.hpp"
#include "model/assumption.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::carbon {
namespace {

Factor north() { return test::shipped_by_id().at("mee-2023-north"); }

TEST(Life, TheShippedDeclineIsThatOfThePublishedNationalFactors) {
  const auto by_id = test::shipped_by_id();
  const auto decline = [&](const std::string& region) {
    return decline_per_year(by_id.at("mee-2021-" + region).kg_per_kwh,
                            by_id.at("mee-2023-" + region).kg_per_kwh, 2);
  };
  const auto assumptions =
      model::read_assumptions(test::project_bytes("share/assumptions.toml"), "assumptions.toml");
  ASSERT_TRUE(assumptions.has_value());
  EXPECT_NEAR(assumptions->value("carbon.factor_decline_per_year"), decline("national"), 5e-5);
  EXPECT_NEAR(decline("north"), 0.0548, 5e-5);  // the comparison that its source names
  EXPECT_NEAR(0.5568 * std::pow(1.0 - decline("national"), 2), 0.5306, 1e-12);
}

TEST(Life, TheFirstYearIsThePlansOwnFigureAndLaterOnesFall) {
  const Life life{.years = 25,
                  .factor_decline_per_year = 0.0238,
                  .first_year_loss = 0.01,
                  .yearly_loss = 0.004};
  const auto years = avoided_over_life(1.0e6, north(), life);
  ASSERT_EQ(years.size(), 25U);
  EXPECT_EQ(years[0].avoided_t, avoided_t(1.0e6, north()));
  EXPECT_NEAR(years[1].kwh, 990000.0, 1e-6);
  EXPECT_NEAR(years[2].kwh, 990000.0 * 0.996, 1e-6);
  EXPECT_NEAR(years[1].kg_per_kwh, 0.6361 * 0.9762, 1e-12);
  for (std::size_t i = 1; i < years.size(); ++i) {
    EXPECT_EQ(years[i].year, years[i - 1].year + 1);
    EXPECT_LT(years[i].avoided_t, years[i - 1].avoided_t);
  }
  // By hand: 636.1 + 636.1·0.99·0.9762·Σ_{k=0..23} (0.996·0.9762)^k, a geometric series.
  const double ratio = 0.996 * 0.9762;
  const double by_hand =
      636.1 * (1.0 + 0.99 * 0.9762 * (1.0 - std::pow(ratio, 24)) / (1.0 - ratio));
  EXPECT_NEAR(total_t(years), by_hand, 1e-8);
}

TEST(Life, WithoutDeclineAndAgeingEveryYearIsTheFirst) {
  const auto years = avoided_over_life(2000.0, north(), {.years = 3});
  EXPECT_NEAR(total_t(years), 3.0 * avoided_t(2000.0, north()), 1e-12);
  EXPECT_TRUE(avoided_over_life(2000.0, north(), {.years = 0}).empty());
}

}  // namespace
}  // namespace xiaoyuan::carbon
