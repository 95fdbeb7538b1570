// Certificates and the book of a settled month, held against plain arithmetic: whole certificates
// of what was recognised, carried on, clawed back, under the name of who owns them; and one root
// whatever the order of what goes in.
#include <gtest/gtest.h>

#include "settle/month_samples.hpp"

namespace xiaoyuan::settle {
namespace {

using ledger::PoolKind;
using ledger::State;
using readings::Channel;
using test::kwh;
using test::line_of;
using test::SampleVillage;
using test::statement_of;
using test::words;

constexpr std::int64_t whole = 1'000'000;  // Wh of a certificate

std::int64_t wh_of(const ledger::Book& book, const std::string& owner, State state,
                   PoolKind kind = PoolKind::tradable) {
  const auto pool = book.pool(pool_code(owner, kind));
  return pool ? -book.balances().balance(book.accounts_of(*pool).wh(state)).credit() : 0;
}

/// Households with a lease by C1 on H1's roof.
std::string leased_text(const std::string& certificates) {
  std::string text = test::parties_text;
  text.insert(0, "certificates = \"" + certificates + "\"\n");
  return text + test::contract_text("roof_lease", "lease",
                                    "tenant = \"C1\"\nhouseholds = [\"H1\"]\n"
                                    "rent_percent_of_income = 20\n");
}

TEST(MonthCertificates, AreWholeAndCarriedOverMonthsAsPlainArithmeticHasIt) {
  SampleVillage village(test::parties_text);
  village.house("H1");
  ledger::Book book;
  std::int64_t sold = 0;
  std::int64_t used = 0;
  std::int64_t issued = 0;
  for (int month = 0; month < 7; ++month) {
    const std::int64_t exported = 377 + 411 * month;
    village.flows("H1", month, {10, exported, exported + 313});
    auto settled = village.settle(month);
    ASSERT_TRUE(settled) << words(settled.error());
    ASSERT_TRUE(post_month(book, *settled));
    sold += exported * 1000;
    used += 313'000;
    const Statement& statement = statement_of(*settled, "H1");
    const StatementLine& tradable = line_of(statement, "environment.certificates");
    EXPECT_EQ(tradable.certificates.value(), sold / whole - issued);
    issued = sold / whole;
    EXPECT_EQ(tradable.energy, kwh(exported));
    EXPECT_EQ(line_of(statement, "environment.avoided").gco2e, ((exported + 313) * 6361 + 5) / 10);
    EXPECT_EQ(wh_of(book, "H1", State::issued), sold / whole * whole);
    EXPECT_EQ(wh_of(book, "H1", State::carried), sold % whole);
    EXPECT_EQ(wh_of(book, "H1", State::issued, PoolKind::non_tradable), used / whole * whole);
    EXPECT_EQ(wh_of(book, "H1", State::carried, PoolKind::non_tradable), used % whole);
  }
}

TEST(MonthCertificates, AreClawedBackWhenAMonthShrinks) {
  SampleVillage village(test::parties_text);
  village.house("H1");
  village.flows("H1", 0, {10, 2300, 2300});
  ledger::Book book;
  auto settled = village.settle(0);
  ASSERT_TRUE(settled && post_month(book, *settled));
  EXPECT_EQ(wh_of(book, "H1", State::issued), 2 * whole);
  for (const std::int64_t right : {2100, 1900, 2050, 990}) {
    village.read("H1", Channel::exported, 1, kwh(right));
    auto again = village.settle(0);
    ASSERT_TRUE(again) << words(again.error());
    ASSERT_TRUE(post_month(book, *again));
    const auto pool = book.pool(pool_code("H1", PoolKind::tradable));
    ASSERT_TRUE(pool);
    EXPECT_EQ(book.balances().balance(book.accounts_of(*pool).source()).credit(), right * 1000);
    EXPECT_EQ(wh_of(book, "H1", State::issued) + wh_of(book, "H1", State::carried), right * 1000);
    EXPECT_LE(wh_of(book, "H1", State::issued), right * 1000 / whole * whole);
    // What is not exported was used: no kWh is counted twice, and none is lost.
    const auto own = book.pool(pool_code("H1", PoolKind::non_tradable));
    EXPECT_EQ(book.balances().balance(book.accounts_of(*own).source()).credit(),
              (2300 - right) * 1000);
    EXPECT_TRUE(book.balances().is_conserved());
    EXPECT_TRUE(post_month(book, *again)->entries.empty());
  }
}

TEST(MonthCertificates, OfALeasedRoofAreThePlantOwnersOrTheHouseholdsAsAgreed) {
  for (const std::string certificates : {"plant_owner", "household"}) {
    SampleVillage village(leased_text(certificates));
    village.house("H1");
    village.flows("H1", 0, {10, 1200, 1500});
    auto settled = village.settle(0);
    ASSERT_TRUE(settled) << words(settled.error());
    ledger::Book book;
    ASSERT_TRUE(post_month(book, *settled));
    const bool is_households = certificates == "household";
    EXPECT_EQ(wh_of(book, is_households ? "H1" : "C1", State::issued), whole);
    EXPECT_FALSE(book.pool(pool_code(is_households ? "C1" : "H1", PoolKind::tradable)));
    EXPECT_EQ(
        line_of(statement_of(*settled, is_households ? "H1" : "C1"), "environment.certificates")
            .certificates,
        1);
  }
}

TEST(MonthCertificates, GoToTheNewOwnerWhenTheAgreementChangesHands) {
  SampleVillage before(leased_text("plant_owner"));
  SampleVillage after(leased_text("household"));
  ledger::Book book;
  for (SampleVillage* village : {&before, &after}) {
    village->house("H1");
    village->flows("H1", 0, {10, 1200, 1500});
    auto settled = village->settle(0);
    ASSERT_TRUE(settled && post_month(book, *settled));
  }
  EXPECT_EQ(wh_of(book, "C1", State::issued) + wh_of(book, "C1", State::carried), 0);
  EXPECT_EQ(wh_of(book, "H1", State::issued) + wh_of(book, "H1", State::carried), 1'200'000);
}

/// Three months of a village; `turn` is how far everything that goes in is turned round.
ledger::Head head_of(std::size_t turn) {
  SampleVillage village(
      leased_text("household") +
      test::contract_text("service_fee", "fee",
                          "payee = \"COOP\"\neach_of = [\"H1\", \"H3\"]\nyuan_per_kwh = 0.1\n"
                          "kwh = \"made\"\n") +
      test::contract_text("dividend", "share",
                          "party = \"COOP\"\npercent_of_surplus = 50\nevery = \"monthly\"\n"
                          "by = \"equally\"\nmembers = [\"H3\", \"H1\", \"H2\"]\n"));
  for (const std::string id : {"H1", "H2", "H3", "H4"}) {
    village.house(id);
    for (int month = 0; month < 3; ++month) {
      village.flows(id, month, {100 + 7 * month, 321 * (id[1] - '0'), 350 * (id[1] - '0')});
    }
  }
  const auto turned = [&](auto& all) {
    std::ranges::rotate(all, all.begin() + static_cast<std::ptrdiff_t>(turn % all.size()));
    if (turn % 2 == 1) {
      std::ranges::reverse(all);
    }
  };
  turned(village.members());
  turned(village.points());
  turned(village.readings());
  ledger::Book book;
  for (int month = 0; month < 3; ++month) {
    auto settled = village.settle(month);
    EXPECT_TRUE(settled) << words(settled.error());
    EXPECT_TRUE(settled && post_month(book, *settled));
  }
  return book.head();
}

TEST(MonthBook, HasOneRootWhateverTheOrderOfMembersPointsAndRegisters) {
  const ledger::Head head = head_of(0);
  EXPECT_GT(head.size, 40U);
  for (const std::size_t turn : {1U, 2U, 3U, 5U}) {
    EXPECT_EQ(head_of(turn), head) << turn;
  }
}

}  // namespace
}  // namespace xiaoyuan::settle
