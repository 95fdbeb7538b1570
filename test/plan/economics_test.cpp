#include "plan/economics.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace xiaoyuan::plan {
namespace {

std::vector<double> level(double first, double each, int years) {
  std::vector<double> cash(static_cast<std::size_t>(years) + 1, each);
  cash.front() = first;
  return cash;
}

// facts, econ.payback_10kwp_beijing: 28,000 yuan; 11,840 kWh, 2,500 self-used at 0.4883, 9,340 sold
// at 0.3598, O&M 386 yuan → 4,195 yuan a year, payback 6.7 years.
TEST(Payback, OfTheFactsHouseIsNearlySevenYears) {
  const double yearly = 2500 * 0.4883 + 9340 * 0.3598 - 386;
  EXPECT_NEAR(yearly, 4195, 1.0);
  EXPECT_NEAR(*payback(level(-28000, yearly, 25), 0.0), 6.7, 0.05);
}

TEST(Payback, NeverComesWhenNothingIsEarned) {
  EXPECT_FALSE(payback(level(-1000, 10, 20), 0.0).has_value());
}

TEST(Payback, WaitsForTheLastTimeTheSumIsBelowZero) {
  const std::vector<double> cash{-100, 120, -50, 60};
  EXPECT_NEAR(*payback(cash, 0.0), 2.5, 1e-12);
}

// −100 now and 110 in a year is ten percent; an annuity has a closed form.
TEST(Irr, OfTextbookFlows) {
  EXPECT_NEAR(*internal_rate_of_return(std::vector{-100.0, 110.0}).rate, 0.10, 1e-10);
  const double payment = 1000.0 * annuity(0.07, 20);
  EXPECT_NEAR(*internal_rate_of_return(level(-1000, payment, 20)).rate, 0.07, 1e-10);
}

TEST(Irr, ThatDoesNotExistIsSaid) {
  const Irr none = internal_rate_of_return(level(-1000, -10, 20));
  EXPECT_FALSE(none.rate.has_value());
  EXPECT_FALSE(none.note.en.empty() || none.note.zh.empty());
  EXPECT_FALSE(internal_rate_of_return(level(0, 10, 20)).rate.has_value());
}

TEST(Irr, OfAPlantThatNeverPaysBackIsNone) {
  std::vector<double> cash = level(-29700, 62, 25);
  cash[12] = -1620;
  cash[24] = -1620;
  const Irr none = internal_rate_of_return(cash);
  EXPECT_FALSE(none.rate.has_value());
  EXPECT_FALSE(none.note.zh.empty());
}

TEST(Irr, WithSeveralRootsSaysSo) {  // roots 10 % and 20 %: 1 − 2.3/(1+r) + 1.32/(1+r)²
  const Irr irr = internal_rate_of_return(std::vector{100.0, -230.0, 132.0});
  EXPECT_NEAR(*irr.rate, 0.10, 1e-8);
  EXPECT_FALSE(irr.note.en.empty());
}

TEST(Finance, LcoeOfACostlessSiteIsCapexOverDiscountedEnergy) {
  std::vector<YearOfMoney> years(11);
  years[0].capex_yuan = 1000;
  for (int i = 1; i <= 10; ++i) {
    years[static_cast<std::size_t>(i)].energy_kwh = 100;
  }
  const Finance finance = finance_of(years, 0.05);
  EXPECT_NEAR(*finance.lcoe_yuan_per_kwh, 1000 * annuity(0.05, 10) / 100, 1e-12);
}

}  // namespace
}  // namespace xiaoyuan::plan
