// How sure a plan is: quantiles, draws that repeat, and swings that hold still where nothing moves.
#include "plan/uncertainty.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "plan/variation.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

Inputs drawn_inputs(test::Folder folder, const std::string& assumptions = "") {
  folder["village.toml"] += assumptions;
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

const Swing& swing_of(const Uncertainty& found, const std::string& factor) {
  return *std::ranges::find(found.tornado, factor, &Swing::factor);
}

const char* const certain =
    "\nuncertainty.yearly_light_spread = 0\nuncertainty.performance_least = 1\n"
    "uncertainty.performance_most = 1\nuncertainty.load_spread = 0\nuncertainty.price_spread = 0\n";

TEST(Quantile, LiesOnALineBetweenNeighbours) {
  EXPECT_EQ(quantile({1, 2, 3, 4, 5}, 0.5), 3.0);
  EXPECT_NEAR(quantile({0, 10}, 0.1), 1.0, 1e-12);
  EXPECT_EQ(quantile({7}, 0.9), 7.0);
}

TEST(Uncertainty, OfACertainPlanMovesNoPriceAndNoLoad) {
  const Inputs inputs = drawn_inputs(test::shipped_without_wires("example"), certain);
  const auto plan = study(inputs);
  ASSERT_TRUE(plan.has_value());
  const auto found = uncertainty(inputs, *plan, 2, {});
  ASSERT_TRUE(found.has_value());
  for (const char* factor : {"performance", "weather", "load", "buy_price", "sell_price"}) {
    EXPECT_NEAR(swing_of(*found, factor).low_npv_yuan, plan->finance.npv_yuan, 1e-6) << factor;
    EXPECT_NEAR(swing_of(*found, factor).high_npv_yuan, plan->finance.npv_yuan, 1e-6) << factor;
  }
}

TEST(Uncertainty, RepeatsItselfAndPutsTheWidestFirst) {
  const Inputs inputs = drawn_inputs(test::shipped_without_wires("example"));
  const auto plan = study(inputs);
  ASSERT_TRUE(plan.has_value());
  const auto first = uncertainty(inputs, *plan, 4, {.threads = 1, .on_progress = {}});
  const auto again = uncertainty(inputs, *plan, 4, {.threads = 2, .on_progress = {}});
  ASSERT_TRUE(first.has_value() && again.has_value());
  ASSERT_EQ(first->measures.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(first->measures[i].values, again->measures[i].values);
    EXPECT_EQ(first->measures[i].values.size(), 4U);
  }
  const Spread& yield = first->measures[0];
  EXPECT_LT(*yield.p90, *yield.p50);
  EXPECT_LT(*yield.p50, *yield.p10);
  const Spread& payback = first->measures[4];
  EXPECT_GT(*payback.p90, *payback.p10);  // nine in ten are back by P90
  double last = 1e300;
  for (const Swing& swing : first->tornado) {
    const double width = std::abs(swing.high_npv_yuan - swing.low_npv_yuan);
    EXPECT_LE(width, last);
    last = width;
  }
}

/// The example, its PV paid by a mechanism that ends after five years.
test::Folder under_mechanism() {
  auto folder = test::shipped_without_wires("example");
  folder["mechanisms/own.toml"] =
      "id = \"own\"\nname = { en = \"own\", zh = \"自有\" }\nregion = \"beijing\"\n"
      "projects = \"existing\"\nprice_yuan_per_kwh = 0.40\nratio = 1.0\nterm_years = 5\n"
      "market_yuan_per_kwh = [0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, "
      "0.34]\nreference_yuan_per_kwh = [0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, 0.34, "
      "0.34, "
      "0.34, 0.34]\nvalid_from = 2026-01-01\ndocument = \"d\"\nsource = \"s\"\n"
      "confidence = \"low\"\n";
  return test::replaced(folder, "village.toml", "export = \"beijing-feed-in\"",
                        "mechanism = \"own\"");
}

TEST(Uncertainty, LetsThePriceOfTheMarketMoveTheYearsAfterAMechanism) {
  const Inputs inputs = drawn_inputs(under_mechanism());
  const auto plan = study(inputs);
  ASSERT_TRUE(plan.has_value());
  const std::vector<YearOfMoney>& years = plan->finance.years;
  EXPECT_NEAR(years[5].export_yuan / years[5].export_kwh, 0.40, 0.005);
  EXPECT_NEAR(years[6].export_yuan / years[6].export_kwh, 0.34, 0.005);
  const auto found = uncertainty(inputs, *plan, 1, {});
  ASSERT_TRUE(found.has_value());
  const Swing& sold = swing_of(*found, "sell_price");
  EXPECT_GT(sold.high_npv_yuan, sold.low_npv_yuan + 1000.0);
}

// facts 6.3: a school roof in Tongzhou measured 1,184 and Chint's fleet 1,005 kWh/kWp.
TEST(Uncertainty, HoldsTheMeasuredRoofsBetweenP90AndP10) {
  auto folder = test::shipped_without_wires("villages/xiaodonggezhuang");
  std::string& rows = folder["households.csv"];
  rows.resize(
      rows.find("H009"));  // a few of its houses are enough: those that need no battery's runs
  rows.erase(rows.find("H001"), rows.find("H005") - rows.find("H001"));
  const Inputs inputs = drawn_inputs(folder);
  const auto plan = study(inputs);
  ASSERT_TRUE(plan.has_value());
  const auto found = uncertainty(inputs, *plan, 40, {});
  ASSERT_TRUE(found.has_value());
  EXPECT_LT(*found->measures[0].p90, 1005.0);
  EXPECT_GT(*found->measures[0].p10, 1184.0);
}

TEST(Uncertainty, StopsWhenToldTo) {
  const Inputs inputs = drawn_inputs(test::shipped_without_wires("example"));
  const auto plan = study(inputs);
  const auto stopped =
      uncertainty(inputs, *plan, 5, {1, [](std::size_t, std::size_t) { return false; }});
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error()[0].fault, Fault::interrupted);
}

}  // namespace
}  // namespace xiaoyuan::plan
