// Sharing inside a settled month: as a credit beside the members' own bills, and as parts of the
// bill of the village's own meter. The figures are worked out by hand.
#include <gtest/gtest.h>

#include "settle/month_samples.hpp"

namespace xiaoyuan::settle {
namespace {

using readings::Channel;
using test::fen_on;
using test::line_of;
using test::money_of;
using test::SampleVillage;
using test::statement_of;
using test::words;

std::string sharing_text(const std::string& mode) {
  return test::parties_text + "[sharing]\nmode = \"" + mode +
         "\"\nkey = \"dynamic\"\nprice_yuan_per_kwh = 0.4\ndocument = \"statute\"\n" +
         "gate = \"GATE\"\n";
}

/// One sunny hour: B gives 60 kWh, A takes 30 and C 10 in it; at night A takes 50 more.
/// Shared 40; to the grid 20, from the grid 50. The gate counts 51: 1 kWh lights the street.
SampleVillage shared_village(const std::string& mode) {
  SampleVillage village(sharing_text(mode));
  for (const std::string id : {"A", "B", "C"}) {
    village.house(id);
    village.flow(id, Channel::generated, 0, test::kwh(id == "B" ? 100 : 0));
  }
  village.in_hours("A", Channel::imported, 0, 12, {30'000, 50'000});
  village.in_hours("B", Channel::imported, 0, 12, {0});
  village.in_hours("C", Channel::imported, 0, 12, {10'000});
  for (const std::string id : {"A", "B", "C"}) {
    village.in_hours(id, Channel::exported, 0, 12, {id == "B" ? 60'000 : 0});
  }
  village.gate();
  village.flow("GATE", Channel::imported, 0, test::kwh(51));
  village.flow("GATE", Channel::exported, 0, test::kwh(20));
  return village;
}

TEST(SharedMonth, AsACreditMovesMoneyBetweenNeighboursAndLeavesTheirBills) {
  SampleVillage village = shared_village("virtual_credit");
  const auto month = village.settle(0);
  ASSERT_TRUE(month) << words(month.error());
  EXPECT_EQ(money_of(statement_of(*month, "A")), "bought.flat -40.00 | shared.taken -12.00");
  EXPECT_EQ(money_of(statement_of(*month, "B")), "sold.feed-in 18.00 | shared.given 16.00");
  EXPECT_EQ(money_of(statement_of(*month, "C")), "bought.flat -5.00 | shared.taken -4.00");
  EXPECT_EQ(statement_of(*month, "A").energy.shared_in, test::kwh(30));
  EXPECT_EQ(statement_of(*month, "B").energy.shared_out, test::kwh(40));
  EXPECT_EQ(month->conservation.flows, Money{});
  EXPECT_EQ(month->conservation.unaccounted, test::kwh(1));
}

TEST(SharedMonth, BringsIntervalsToRegistersWhereTheyDifferByLessThanADigit) {
  SampleVillage village = shared_village("virtual_credit");
  for (readings::Intervals& each : village.intervals()) {
    if (each.meter == "A" && each.channel == Channel::imported) {
      each.counts[0] += 1;  // the sample's registers show whole watt-hours
    }
  }
  auto month = village.settle(0);
  ASSERT_TRUE(month) << words(month.error());
  EXPECT_EQ(month->conservation.unaccounted, test::kwh(1));
  EXPECT_EQ(money_of(statement_of(*month, "A")), "bought.flat -40.00 | shared.taken -12.00");
  village.intervals().front().counts[0] += 50;
  EXPECT_FALSE(village.settle(0));
}

TEST(SharedMonth, BooksWhatNobodysMeterCountsToItsOwnAccount) {
  SampleVillage village = shared_village("virtual_credit");
  auto month = village.settle(0);
  ASSERT_TRUE(month) << words(month.error());
  ledger::Book book;
  ASSERT_TRUE(post_month(book, *month));
  const auto unaccounted = book.account(wh_account(unaccounted_party));
  ASSERT_TRUE(unaccounted);
  EXPECT_EQ(book.balances().balance(*unaccounted).credit(), -1000);
  // Credited to the grid company: 90 − 60 kWh by the members' meters, and the lamp.
  EXPECT_EQ(book.balances().balance(*book.account(wh_account(grid_company))).credit(), 31'000);
  EXPECT_EQ(fen_on(book, std::string(rounding_party)), 0);
  EXPECT_EQ(fen_on(book, "B"), 18'00 + 16'00);
}

TEST(SharedMonth, OfAGateDividesItsBillAndItsIncome) {
  for (const std::string mode : {"single_meter_internal", "physical_private_wire"}) {
    SampleVillage village = shared_village(mode);
    auto month = village.settle(0);
    ASSERT_TRUE(month) << words(month.error());
    // 51 kWh cost 25.50: A took 50 of them from the grid, the lamp 1; 20 kWh bring 6.00.
    EXPECT_EQ(money_of(statement_of(*month, "A")),
              "shared.taken -12.00 | shared.gate.bought -25.00");
    EXPECT_EQ(money_of(statement_of(*month, "B")), "shared.given 16.00 | shared.gate.sold 6.00");
    EXPECT_EQ(money_of(statement_of(*month, "C")), "shared.taken -4.00");
    EXPECT_EQ(money_of(statement_of(*month, "GATE")),
              "bought.flat -25.50 | sold.feed-in 6.00 | shared.gate.bought 25.00 | "
              "shared.gate.sold -6.00");
    EXPECT_EQ(statement_of(*month, "grid").total(), Money{19'50});
    EXPECT_EQ(month->totals.bought, Money{-25'50});
    EXPECT_EQ(month->totals.sold, Money{6'00});
    EXPECT_EQ(month->totals.settled, 3);
    EXPECT_EQ(month->totals.energy.bought,
              test::kwh(90));  // the members', and not the gate's again
    EXPECT_EQ(month->conservation.unaccounted, test::kwh(1));
    ledger::Book book;
    ASSERT_TRUE(post_month(book, *month));
    EXPECT_EQ(fen_on(book, "GATE"), -50);  // the lamp stays visible on the gate's own account
    EXPECT_EQ(fen_on(book, "grid"), 19'50);
    EXPECT_EQ(book.balances().balance(*book.account(wh_account(grid_company))).credit(), 31'000);
    EXPECT_FALSE(book.account(wh_account("GATE")));
    EXPECT_FALSE(book.pool(pool_code("GATE", ledger::PoolKind::tradable)));
    EXPECT_TRUE(post_month(book, *month)->entries.empty());
  }
}

TEST(SharedMonth, OfAGateKeepsTheRefusedPartVisibleUntilItIsSettled) {
  SampleVillage village = shared_village("single_meter_internal");
  const auto last = std::ranges::find_if(village.readings(), [](const auto& each) {
    return each.key.meter == "C-imported" && each.key.at != SampleVillage::period(0).from;
  });
  ASSERT_NE(last, village.readings().end());
  const readings::RegisterReading late = *last;
  village.readings().erase(last);
  ledger::Book book;
  auto month = village.settle(0);
  ASSERT_TRUE(month) << words(month.error());
  ASSERT_TRUE(post_month(book, *month));
  // A took 50 kWh from the grid; 51 − 20 − (50 − 30) = 11 are nobody's yet: 25.50 · 11 / 61.
  EXPECT_EQ(month->conservation.unaccounted, test::kwh(11));
  EXPECT_EQ(fen_on(book, "GATE"), -4'60);
  EXPECT_EQ(fen_on(book, "A"), -12'00 - 20'90);
  village.readings().push_back(late);
  month = village.settle(0);
  ASSERT_TRUE(month) << words(month.error());
  ASSERT_TRUE(post_month(book, *month));
  EXPECT_EQ(fen_on(book, "GATE"), -50);
  EXPECT_EQ(fen_on(book, "A"), -12'00 - 25'00);
  EXPECT_EQ(fen_on(book, "C"), -4'00);
  EXPECT_EQ(book.balances().balance(*book.account(wh_account(unaccounted_party))).credit(), -1000);
}

TEST(SharedMonth, OfAGateNeedsTheGatesBillAndEverybodysIntervals) {
  SampleVillage village = shared_village("single_meter_internal");
  std::erase_if(village.intervals(), [](const auto& each) { return each.meter == "C"; });
  std::erase_if(village.readings(), [](const auto& each) {
    return each.key.meter == "GATE-exported" && each.key.at != SampleVillage::period(0).from;
  });
  const auto month = village.settle(0);
  ASSERT_FALSE(month);
  const std::string errors = words(month.error());
  EXPECT_NE(errors.find("C has no intervals, so its part of the gate's bill is not known"),
            std::string::npos)
      << errors;
  EXPECT_NE(errors.find("the gate's bill is not settled: "), std::string::npos) << errors;
}

TEST(SharedMonth, WithoutTheGateItNamesSaysSo) {
  SampleVillage village(sharing_text("single_meter_internal"));
  village.house("A");
  const auto month = village.settle(0);
  ASSERT_FALSE(month);
  EXPECT_NE(words(month.error())
                .find("the village's own meter GATE is not among what is settled; "
                      "name its registers in meters.csv"),
            std::string::npos)
      << words(month.error());
}

TEST(SharedMonth, OfAGateHasNoRentByIncome) {
  SampleVillage village(sharing_text("single_meter_internal") +
                        test::contract_text("roof_lease", "lease",
                                            "tenant = \"C1\"\nhouseholds = [\"A\"]\n"
                                            "rent_percent_of_income = 20\n"));
  village.house("A");
  village.gate();
  const auto month = village.settle(0);
  ASSERT_FALSE(month);
  EXPECT_NE(words(month.error()).find("no roof has an income of its own"), std::string::npos)
      << words(month.error());
}

TEST(SharedMonth, GivesAGateToTheModesThatBillIt) {
  const std::string text = sharing_text("single_meter_internal");
  const auto agreement = read_agreement(text.substr(0, text.find("gate = ")), "settlement.toml");
  ASSERT_FALSE(agreement);
  EXPECT_NE(words(agreement.error()).find("gate"), std::string::npos) << words(agreement.error());
}

}  // namespace
}  // namespace xiaoyuan::settle
