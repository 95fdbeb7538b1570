// Who pays and who gains: money only changes hands between parties, and each form tells its story.
#include "plan/parties.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "plan/study.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

const PartyMoney& of(const FormMoney& form, Party party) {
  return *std::ranges::find(form.parties, party, &PartyMoney::party);
}

double sum_of(const PartyMoney& money, Line line) {
  const auto found = std::ranges::find(money.lines, line, &PartyLine::line);
  return found == money.lines.end() ? 0.0
                                    : std::accumulate(found->yuan.begin(), found->yuan.end(), 0.0);
}

/// A village with a loan, subsidies, a dividend and a low VAT threshold: every line is used.
Inputs rich_inputs() {
  auto folder = test::shipped_without_wires("example");
  folder["village.toml"] +=
      "\nmoney.dividend_share = 0.5\nmoney.subsidy_yuan_per_kwp = 100\n"
      "money.subsidy_yuan_per_kwh = 0.05\nmoney.price_escalation = 0.01\n"
      "loan.natural_person_share = 0.5\nloan.company_share = 0.7\n"
      "tax.vat_threshold_yuan_per_month = 100\n";
  folder["households.csv"] +=
      "H006,co,cooperative,cooperative,full_export,2024-05-05,T1,A,2000,,"
      ",,,6,,25,180,,,,,co-op\n";
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

TEST(Parties, OnlyExchangeMoneyButForWhatLeavesTheCircle) {
  const auto result = study(rich_inputs());
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->parties.size(), 4U);
  for (const FormMoney& form : result->parties) {
    double all = 0.0;
    double outside = 0.0;
    for (const PartyMoney& money : form.parties) {
      all += money.total_yuan;
      for (const Line line :
           {Line::capex, Line::operation, Line::replacement, Line::vat, Line::energy_received}) {
        outside += sum_of(money, line);
      }
    }
    EXPECT_NEAR(all, outside, 1e-6 * std::abs(all));
  }
}

TEST(Parties, TogetherSpendWhatTheStudySays) {
  const Inputs inputs = rich_inputs();
  const auto result = study(inputs);
  ASSERT_TRUE(result.has_value());
  double capex = 0.0;
  double income = 0.0;
  for (const PartyMoney& money : result->parties.front().parties) {
    capex -= sum_of(money, Line::capex);
    income += sum_of(money, Line::export_income);
  }
  EXPECT_NEAR(capex, result->finance.capex_yuan(), 1e-6);
  EXPECT_NEAR(capex, result->capex.total_yuan(), 1e-6);
  EXPECT_NEAR(income,
              -sum_of(of(result->parties.front(), Party::grid_company), Line::export_payment),
              1e-6);
}

TEST(Parties, LeasedVillagersEarnTheirRentAndNothingElse) {
  const Inputs inputs = rich_inputs();
  const auto result = study(inputs);
  ASSERT_TRUE(result.has_value());
  const FormMoney& leased = result->parties[2];
  EXPECT_EQ(leased.form, Form::company);
  const PartyMoney& villagers = of(leased, Party::villagers);
  const double rent = inputs.village.capacity_kwp() *
                      inputs.village.assumptions.value("money.roof_rent_yuan_per_kwp");
  ASSERT_EQ(villagers.lines.size(), 1U);
  EXPECT_NEAR(villagers.cash()[1], rent, 1e-9);
  EXPECT_FALSE(villagers.payback_years.has_value());  // they pay nothing in
}

// facts 2.7: free below 100,000 yuan a month; above it the levied rate on the price without tax.
TEST(Parties, PayVatOnWholeMonthsAboveTheThreshold) {
  Ownership roofs;
  roofs.years.resize(3);
  roofs.years[1].export_yuan = 190000;
  roofs.years[2].export_yuan = 95000;
  roofs.month_export_yuan = {101000, 89000};
  PartySums sums;
  sums.add(model::Owner::company, {}, roofs);
  const Contracts contracts{.vat_rate = 0.01, .vat_threshold_yuan_per_month = 100000};
  const auto forms = sums.forms(contracts, 2);
  const PartyMoney& company = of(forms.front(), Party::company);
  const auto vat = std::ranges::find(company.lines, Line::vat, &PartyLine::line);
  ASSERT_NE(vat, company.lines.end());
  EXPECT_NEAR(vat->yuan[1], -1000.0, 1e-9);  // 101,000 / 1.01 × 1 %
  EXPECT_EQ(vat->yuan[2], 0.0);              // half of it: 50,500 a month
}

TEST(Parties, RepayALoanInEqualPayments) {
  Ownership plant;
  plant.years.resize(13);
  plant.years[0].capex_yuan = 20000;
  PartySums sums;
  sums.add(model::Owner::natural_person, plant, {});
  const Contracts contracts{
      .loan_share = {0.5, 0.0, 0.0}, .loan_rate = 0.045, .loan_years = 10, .discount_rate = 0.045};
  const auto forms = sums.forms(contracts, 12);
  const PartyMoney& villagers = of(forms.front(), Party::villagers);
  EXPECT_NEAR(villagers.cash()[0], -10000.0, 1e-9);
  EXPECT_NEAR(villagers.cash()[10], -10000.0 * annuity(0.045, 10), 1e-9);
  EXPECT_EQ(villagers.cash()[11], 0.0);
  // At the loan's own rate a loan is worth nothing to either side.
  EXPECT_NEAR(of(forms.front(), Party::lender).npv_yuan, 0.0, 1e-9);
}

}  // namespace
}  // namespace xiaoyuan::plan
