// A settled month: what does not fit together is refused in words, registers of periods and tiers
// of the year reach the bill, contracts pay what was agreed. Figures are worked out by hand.
#include <gtest/gtest.h>

#include "settle/month_samples.hpp"

namespace xiaoyuan::settle {
namespace {

using readings::Channel;
using readings::Rate;
using test::contract_text;
using test::kwh;
using test::line_of;
using test::money_of;
using test::SampleVillage;
using test::statement_of;
using test::words;

std::string lease_text(const std::string& households, const std::string& rent) {
  return contract_text("roof_lease", "lease",
                       "tenant = \"C1\"\nhouseholds = [" + households + "]\n" + rent);
}

TEST(MonthFrame, NamesAllThatDoesNotFitWordForWord) {
  SampleVillage village(
      test::parties_text + lease_text("\"H1\", \"H9\"", "rent_percent_of_income = 20\n") +
      contract_text("service_fee", "fee", "payer = \"H1\"\npayee = \"H2\"\nyuan_a_month = 1\n"));
  village.house("H1");
  village.house("H2");
  village.house("H2");
  village.house("COOP");
  const auto month = village.settle(-1);
  ASSERT_FALSE(month);
  EXPECT_EQ(words(month.error()),
            "settlement.toml: first_month: the first settled month is 2026-01, asked for 2025-12\n"
            "settlement.toml: party.id: COOP is the name of a household and of a party or an "
            "account\n"
            "settlement.toml: H2: household stands twice\n"
            "settlement.toml: H2: has two points of import\n"
            "settlement.toml: H2: has two points of export\n"
            "settlement.toml: H2: has two points of generation\n");
}

TEST(MonthFrame, NamesHouseholdsThatContractsDoNotFind) {
  SampleVillage village(
      test::parties_text + lease_text("\"H1\", \"H9\"", "rent_percent_of_income = 20\n") +
      contract_text("service_fee", "fee", "payer = \"H1\"\npayee = \"H2\"\nyuan_a_month = 1\n"));
  village.house("H1");
  village.house("H2");
  village.point("H2", Channel::imported);
  const auto month = village.settle(0);
  ASSERT_FALSE(month);
  EXPECT_EQ(words(month.error()),
            "settlement.toml: H2: has two points of import\n"
            "settlement.toml:19: fee: a fee between two households is not settled here\n"
            "settlement.toml:11: lease.households: no household or party: unknown name \"H9\"; did "
            "you mean \"H1\"?\n");
  EXPECT_EQ(
      words(month.error(), Language::chinese),
      "settlement.toml: H2: 有两个用网计量点\n"
      "settlement.toml:19: fee: 农户之间的费用不在此结算\n"
      "settlement.toml:11: lease.households: 没有这一农户或主体:未知的名称“H9”;是否想写“H1”?\n");
}

TEST(SettledMonth, BillsTheRegistersOfThePeriods) {
  SampleVillage village(test::parties_text);
  village.buys_by(test::shipped("shandong-residential-tou", {{"tier_limits_kwh", "2520,4800"}}));
  village.house("H1");
  for (const Rate rate : {Rate::peak, Rate::valley}) {
    village.read("H1", Channel::imported, 0, {}, rate);
    for (int month = 0; month < 7; ++month) {
      village.flow("H1", Channel::imported, month,
                   rate == Rate::peak ? kwh(month < 6 ? 300 : 150) : kwh(month < 6 ? 200 : 100),
                   rate);
    }
  }
  std::string all;
  for (int month = 0; month < 7; ++month) {
    village.flows("H1", month, {month < 6 ? 500 : 250, 0, 0});
    const auto settled = village.settle(month);
    ASSERT_TRUE(settled) << words(settled.error());
    all += money_of(statement_of(*settled, "H1")) + '\n';
  }
  // The facts' July: 3,000 kWh before it, 150 kWh at the peak and 100 in the valley: 136.73 yuan.
  EXPECT_EQ(all.substr(all.rfind('\n', all.size() - 2) + 1),
            "bought.valley -37.69 | bought.peak -86.54 | bought.tier2.addition -12.50\n");
}

TEST(SettledMonth, CountsTheTiersOfTheYearFromMonthToMonth) {
  SampleVillage village(test::parties_text);
  village.buys_by(test::shipped("beijing-residential"));
  village.house("H1");
  std::string last;
  for (int month = 0; month < 13; ++month) {
    village.flows("H1", month, {month < 9 ? 311 : 201, 0, 0});
    const auto settled = village.settle(month);
    ASSERT_TRUE(settled) << words(settled.error());
    last = money_of(statement_of(*settled, "H1"));
    if (month == 9) {  // 2,799 before it: 81 at 0.4883, 120 at 0.5383
      EXPECT_EQ(last, "bought.tier1 -39.55 | bought.tier2 -64.60");
      EXPECT_EQ(settled->members[0].counted_bought.tier_period, kwh(3000));
    }
  }
  EXPECT_EQ(last, "bought.tier1 -98.15");  // January begins again
}

TEST(SettledMonth, PaysRentByAreaAndByShareOfIncome) {
  SampleVillage village(test::parties_text +
                        lease_text("\"H1\"", "rent_yuan_per_m2 = 6\npaid = \"monthly\"\n") +
                        contract_text("roof_lease", "other",
                                      "tenant = \"C1\"\nhouseholds = [\"H2\"]\n"
                                      "rent_percent_of_income = 20\n"));
  village.house("H1").roof_square_dm = 4000;
  village.house("H2");
  village.flows("H1", 0, {100, 500, 500});
  village.flows("H2", 0, {100, 701, 800});
  const auto month = village.settle(0);
  ASSERT_TRUE(month) << words(month.error());
  // 40 m² · 6 / 12; a fifth of 701 · 0.30 = 210.30.
  EXPECT_EQ(money_of(statement_of(*month, "H1")), "bought.flat -50.00 | contracts.lease 20.00");
  EXPECT_EQ(money_of(statement_of(*month, "H2")), "bought.flat -50.00 | contracts.other 42.06");
  EXPECT_EQ(statement_of(*month, "C1").total(), Money{150'00 + 210'30 - 20'00 - 42'06});
  village.members()[0].roof_square_dm.reset();
  const auto refused = village.settle(0);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->totals.refused, 1);
  EXPECT_EQ(words(refused->members[0].refused),
            "settlement.toml:11: lease/H1: the lease is paid by area, and the roof's area is not "
            "known\n");
}

std::string dividend_text() {
  return test::parties_text +
         contract_text("service_fee", "fee",
                       "payee = \"COOP\"\neach_of = [\"H1\", \"H2\"]\nyuan_per_kwh = 0.1\n"
                       "kwh = \"made\"\n") +
         contract_text("dividend", "share",
                       "party = \"COOP\"\npercent_of_surplus = 50\nevery = \"quarterly\"\n"
                       "by = \"capacity\"\nmembers = [\"H1\", \"H2\"]\n");
}

TEST(SettledMonth, GivesTheSurplusOfAQuarterAtItsEnd) {
  SampleVillage village(dividend_text());
  village.house("H1", 3000);
  village.house("H2", 7000);
  for (int month = 0; month < 6; ++month) {
    village.flows("H1", month, {0, 0, 100 + month});
    village.flows("H2", month, {0, 0, 200});
    const auto settled = village.settle(month);
    ASSERT_TRUE(settled) << words(settled.error());
    const auto given = [&](const std::string& id) {
      return line_of(statement_of(*settled, id), "contracts.share").amount;
    };
    if (month == 2) {  // fees 30.00 + 30.10 + 30.20, half of it 45.15: 13.545 and 31.605
      EXPECT_EQ(given("H1").value().fen + given("H2").value().fen, 45'15);
      EXPECT_NEAR(static_cast<double>(given("H1").value().fen), 1354.5, 0.5);
      EXPECT_EQ(statement_of(*settled, "COOP").total(), Money{30'20 - 45'15});
    } else if (month == 5) {  // 30.30 + 30.40 + 30.50: what was given in March is not taken off
      EXPECT_EQ(given("H1"), Money{13'68});
      EXPECT_EQ(given("H2"), Money{31'92});
    } else {
      EXPECT_EQ(money_of(statement_of(*settled, "H1")).find("share"), std::string::npos);
    }
  }
}

TEST(SettledMonth, DoesNotGiveAQuarterOfWhichAMonthIsUnknown) {
  SampleVillage village(dividend_text());
  village.house("H1");
  village.house("H2");
  for (const int month : {0, 1, 2}) {
    village.flows("H1", month, {0, 0, 100});
    village.flows("H2", month, {0, 0, 100});
  }
  ASSERT_TRUE(village.settle(0));
  const auto settled = village.settle(2);
  ASSERT_FALSE(settled);
  EXPECT_EQ(words(settled.error()),
            "settlement.toml:20: share: the surplus of COOP in 2026-02 is not known; settle that "
            "month first\n");
}

TEST(SettledMonth, ShowsWhatAnEarlierMonthWasFoundToOweAfterwards) {
  SampleVillage village(test::parties_text + lease_text("\"H1\"", "rent_percent_of_income = 20\n"));
  village.house("H1");
  village.flows("H1", 0, {100, 500, 600});
  ledger::Book book;
  auto january = village.settle(0);
  ASSERT_TRUE(january && post_month(book, *january));
  const std::int64_t before = test::fen_on(book, "H1");
  village.read("H1", Channel::exported, 1, kwh(480));
  village.read("H1", Channel::imported, 1, kwh(110));
  auto again = village.settle(0);
  ASSERT_TRUE(again);
  const auto correction = post_month(book, *again);
  ASSERT_TRUE(correction);
  const std::int64_t posted = test::fen_on(book, "H1") - before;
  EXPECT_EQ(posted, -5'00 - 1'20);  // 10 kWh bought, a fifth of 20 · 0.30

  village.flows("H1", 1, {100, 500, 600});
  MonthInputs inputs = village.inputs(1);
  inputs.adjustments = correction->adjustments;
  auto february = village.settle(inputs);
  ASSERT_TRUE(february) << words(february.error());
  for (const std::string party : {"H1", "C1", "grid"}) {
    Money shown;
    for (const StatementLine& line : statement_of(*february, party).lines) {
      if (line.section == Section::adjustment) {
        shown += *line.amount;
        EXPECT_EQ(line.entry, "2026-01/H1/2");
        EXPECT_EQ(line.label.en, "2026-01 settled again");
      }
    }
    const Money expected{party == "H1" ? posted : party == "C1" ? -6'00 + 1'20 : 5'00 + 6'00};
    EXPECT_EQ(shown, expected) << party;
  }
  // It was posted then: February's own entry does not have it again.
  const std::int64_t then = test::fen_on(book, "H1");
  ASSERT_TRUE(post_month(book, *february));
  EXPECT_EQ(test::fen_on(book, "H1") - then, statement_of(*february, "H1").total().fen - posted);
}

}  // namespace
}  // namespace xiaoyuan::settle
