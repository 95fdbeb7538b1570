// Certificates and the environmental value of energy: each Wh stands in one state.
#include <gtest/gtest.h>

#include <limits>

#include "support/small_book.hpp"

namespace xiaoyuan::ledger {
namespace {

using test::named;
using test::opened;
using test::refusal_of;
using test::taken;

constexpr std::int64_t kwh = 1'000;

Stretch stretch(const std::string& meter, int day, std::int64_t from_wh, std::int64_t to_wh) {
  const Instant begin = std::chrono::sys_days(std::chrono::year(2026) / 10 / day);
  return {meter, begin, begin + std::chrono::days(1), from_wh, to_wh};
}

struct Green {
  Book book;
  PoolId sold_on = taken(book, OpenPool{named("export"), "co-op", {"Export", "上网"}, {}}).pool;
  PoolId own =
      taken(book, OpenPool{named("own"), "co-op", {"Own use", "自用"}, PoolKind::non_tradable})
          .pool;
  int count = 0;

  std::string key() { return "k" + std::to_string(count++); }
  void recognise(PoolId pool, const Stretch& stretch) {
    taken(book, Recognise{named(key()), pool, stretch});
  }
  void restate(PoolId pool, State from, State to, std::int64_t wh) {
    taken(book, Restate{named(key()), pool, from, to, wh});
  }
  std::int64_t wh(PoolId pool, State state) const {
    return -book.balances().balance(book.accounts_of(pool).wh(state)).credit();
  }
  std::int64_t certificates(PoolId pool, State state) const {
    return -book.balances().balance(book.accounts_of(pool).certificates(state)).credit();
  }
};

TEST(Certificates, AreOneForEach1000KwhAndTheRestIsCarried) {
  // 2,730 kWh with 400 carried in: 3 certificates, 130 kWh carried on (carbon/accounting.hpp).
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 400 * kwh));
  g.recognise(g.sold_on, stretch("pv", 2, 0, 2'730 * kwh));
  EXPECT_EQ(refusal_of(g.book,
                       Restate{named("i"), g.sold_on, State::carried, State::issued, 4'000 * kwh}),
            "i: wh: 3130000 Wh are carried, found 4000000");
  EXPECT_EQ(refusal_of(g.book,
                       Restate{named("i"), g.sold_on, State::carried, State::issued, 3'130 * kwh}),
            "i: wh: a certificate is 1000000 Wh; found 3130000");
  g.restate(g.sold_on, State::carried, State::issued, 3'000 * kwh);
  EXPECT_EQ(g.certificates(g.sold_on, State::issued), 3);
  EXPECT_EQ(g.wh(g.sold_on, State::carried), 130 * kwh);
  // The oldest went in first: the second day's last 130 kWh are left.
  const std::vector<Environment::Piece> pieces = g.book.environment().pieces("pv");
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[2], (Environment::Piece{stretch("pv", 2, 2'600 * kwh, 2'730 * kwh), g.sold_on,
                                           State::carried}));
}

TEST(EnvironmentalValue, NoWhIsCountedTwice) {
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 30'000));
  EXPECT_EQ(refusal_of(g.book, Recognise{named("r"), g.own, stretch("pv", 1, 29'999, 50'000)}),
            "r: stretch: is on the book already: meter pv, 2026-10-01T00:00:00Z to "
            "2026-10-02T00:00:00Z, Wh 29999 to 30000, carried");
  g.recognise(g.own, stretch("pv", 1, 30'000, 50'000));  // what was used beside what was exported
  EXPECT_NE(refusal_of(g.book, Recognise{named("r"), g.own, stretch("pv", 1, 0, 60'000)}), "");
  // Another cut of the same time would count it again under other numbers.
  Stretch hour = stretch("pv", 1, 60'000, 61'000);
  hour.end = hour.begin + std::chrono::hours(1);
  EXPECT_EQ(refusal_of(g.book, Recognise{named("r"), g.own, hour}),
            "r: stretch: overlaps the interval 2026-10-01T00:00:00Z to 2026-10-02T00:00:00Z of "
            "meter pv without being the same");
  g.recognise(g.own, stretch("pv", 2, 0, 1));
  g.recognise(g.own, stretch("other", 1, 0, 1));
}

TEST(EnvironmentalValue, RefusesWhatIsNoStretch) {
  Green g;
  const auto recognise = [&](const Stretch& stretch) {
    return refusal_of(g.book, Recognise{named("r"), g.own, stretch});
  };
  EXPECT_EQ(recognise(stretch("pv", 1, 5, 5)),
            "r: stretch: expected 0 ≤ from < to, found 5 to 5 Wh");
  EXPECT_NE(recognise(stretch("pv", 1, -1, 5)), "");
  EXPECT_EQ(recognise(stretch("", 1, 0, 5)), "r: stretch.meter: is missing");
  Stretch never = stretch("pv", 1, 0, 5);
  never.end = never.begin;
  EXPECT_EQ(recognise(never),
            "r: stretch.end: expected an end after the beginning, in the years 1 to 9999");
  never.end = Instant(std::chrono::seconds(std::numeric_limits<std::int64_t>::max()));
  EXPECT_NE(recognise(never), "");
  EXPECT_EQ(refusal_of(g.book, Recognise{named("r"), {7}, stretch("pv", 1, 0, 5)}),
            "r: pool: there is no pool 7; the book has 2");
}

TEST(EnvironmentalValue, MovesOnlyAsTheRulesHaveIt) {
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 3'000 * kwh));
  g.recognise(g.own, stretch("pv", 1, 3'000 * kwh, 5'000 * kwh));
  g.restate(g.own, State::carried, State::issued, 1'000 * kwh);
  EXPECT_EQ(refusal_of(g.book, Restate{named("s"), g.own, State::issued, State::sold, 1'000 * kwh}),
            "s: to: what is issued in a non-tradable pool cannot become sold");
  g.restate(g.sold_on, State::carried, State::issued, 2'000 * kwh);
  g.restate(g.sold_on, State::issued, State::sold, 1'000 * kwh);
  g.restate(g.sold_on, State::issued, State::cancelled, 1'000 * kwh);
  EXPECT_NE(refusal_of(g.book, Restate{named("s"), g.sold_on, State::cancelled, State::issued,
                                       1'000 * kwh}),
            "");
  EXPECT_NE(refusal_of(g.book, Restate{named("s"), g.sold_on, State::sold, State::claimed, kwh}),
            "");
  g.restate(g.sold_on, State::carried, State::claimed, 123);
  EXPECT_EQ(g.wh(g.sold_on, State::claimed), 123);
  EXPECT_EQ(g.certificates(g.sold_on, State::sold), 1);
  EXPECT_EQ(g.certificates(g.sold_on, State::cancelled), 1);
  EXPECT_TRUE(g.book.balances().is_conserved());
}

TEST(EnvironmentalValue, AccountsOfAPoolMoveWithItsEnergyOnly) {
  Green g;
  const AccountId plain = opened(g.book, "wh", Unit::wh);
  const AccountId carried = g.book.accounts_of(g.sold_on).wh(State::carried);
  EXPECT_EQ(refusal_of(g.book, Post{named("p"), Stage::posted, {{carried, plain, 1}}}),
            "p: transfers[0]: environmental accounts move only with their energy: recognise, "
            "restate or claw back");
  g.recognise(g.sold_on, stretch("pv", 1, 0, 1));
  EXPECT_NE(refusal_of(g.book, Reverse{named("b"), "k0"}), "");
}

TEST(ClawBack, WithdrawsWhatIsHeldAndCarriesTheRest) {
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 2'500 * kwh));
  g.restate(g.sold_on, State::carried, State::issued, 2'000 * kwh);
  // The re-settled day has 1 kWh less at its end: carried energy shrinks, no certificate does.
  taken(g.book, ClawBack{named("c1"), g.sold_on, stretch("pv", 1, 2'499 * kwh, 2'500 * kwh)});
  EXPECT_EQ(g.wh(g.sold_on, State::carried), 499 * kwh);
  EXPECT_EQ(g.certificates(g.sold_on, State::issued), 2);
  // 500 kWh more: one of them was in a certificate, which is withdrawn; 999 kWh are carried again.
  taken(g.book, ClawBack{named("c2"), g.sold_on, stretch("pv", 1, 1'999 * kwh, 2'499 * kwh)});
  EXPECT_EQ(g.certificates(g.sold_on, State::issued), 1);
  EXPECT_EQ(g.wh(g.sold_on, State::carried), 999 * kwh);
  EXPECT_EQ(refusal_of(g.book, ClawBack{named("c3"), g.sold_on,
                                        stretch("pv", 1, 1'998 * kwh, 2'000 * kwh)}),
            "c3: stretch: is not wholly in the pool: meter pv, 2026-10-01T00:00:00Z to "
            "2026-10-02T00:00:00Z, Wh 1998000 to 2000000");
  // What was taken off may come again.
  g.recognise(g.own, stretch("pv", 1, 1'999 * kwh, 2'500 * kwh));
  EXPECT_TRUE(g.book.balances().is_conserved());
}

TEST(ClawBack, OfWhatWasSoldIsMadeGoodFromWhatComesNext) {
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 1'100 * kwh));
  g.restate(g.sold_on, State::carried, State::issued, 1'000 * kwh);
  g.restate(g.sold_on, State::issued, State::sold, 1'000 * kwh);
  taken(g.book, ClawBack{named("c"), g.sold_on, stretch("pv", 1, 700 * kwh, 1'000 * kwh)});
  // 300 kWh are missing; the 100 kWh carried go in at once.
  EXPECT_EQ(g.certificates(g.sold_on, State::sold), 1);
  EXPECT_EQ(g.wh(g.sold_on, State::sold), 800 * kwh);
  EXPECT_EQ(g.wh(g.sold_on, State::carried), 0);
  EXPECT_EQ(g.book.owed_wh(g.sold_on, State::sold), 200 * kwh);
  EXPECT_EQ(
      refusal_of(g.book, Restate{named("u"), g.sold_on, State::sold, State::issued, 1'000 * kwh}),
      "u: wh: 800000 Wh are sold, found 1000000");
  g.recognise(g.sold_on, stretch("pv", 2, 0, 250 * kwh));
  EXPECT_EQ(g.book.owed_wh(g.sold_on, State::sold), 0);
  EXPECT_EQ(g.wh(g.sold_on, State::carried), 50 * kwh);
  g.restate(g.sold_on, State::sold, State::issued, 1'000 * kwh);
}

TEST(ClawBack, LetsNoSaleBeUndoneWhileSomethingIsOwed) {
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 2'000 * kwh));
  g.restate(g.sold_on, State::carried, State::issued, 2'000 * kwh);
  g.restate(g.sold_on, State::issued, State::sold, 2'000 * kwh);
  taken(g.book, ClawBack{named("c"), g.sold_on, stretch("pv", 1, 0, 1)});
  EXPECT_EQ(
      refusal_of(g.book, Restate{named("u"), g.sold_on, State::sold, State::issued, 1'000 * kwh}),
      "u: from: certificates that were sold lack 1 Wh since a claw-back");
}

TEST(ClawBack, OfAWholeIntervalLetsItBeCutAnew) {
  Green g;
  g.recognise(g.sold_on, stretch("pv", 1, 0, 10));
  Stretch hour = stretch("pv", 1, 0, 10);
  hour.end = hour.begin + std::chrono::hours(1);
  EXPECT_NE(refusal_of(g.book, Recognise{named("r"), g.sold_on, hour}), "");
  taken(g.book, ClawBack{named("c"), g.sold_on, stretch("pv", 1, 0, 10)});
  g.recognise(g.sold_on, hour);
}

TEST(ClawBack, KeepsEachCertificateWholeOnOneHomesYear) {
  // To the Wh, where the simulator counts in blocks: every day 41,415 Wh, then 5 Wh less each.
  Green g;
  for (int day = 1; day <= 31; ++day) {
    g.recognise(g.sold_on, stretch("pv", day, 0, 41'415));
  }
  g.restate(g.sold_on, State::carried, State::issued, 1'000 * kwh);
  for (int day = 1; day <= 31; ++day) {
    taken(g.book, ClawBack{named(g.key()), g.sold_on, stretch("pv", day, 41'410, 41'415)});
    EXPECT_EQ(g.wh(g.sold_on, State::issued),
              g.certificates(g.sold_on, State::issued) * certificate_wh);
  }
  EXPECT_EQ(g.wh(g.sold_on, State::carried) + g.wh(g.sold_on, State::issued), 31 * 41'410);
}

TEST(EnvironmentalValue, RefusesSumsBeyond64Bits) {
  Green g;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  g.recognise(g.sold_on, stretch("pv", 1, 0, most - 1));
  EXPECT_NE(refusal_of(g.book, Recognise{named("r"), g.sold_on, stretch("pv", 2, 0, 2)}), "");
  g.recognise(g.sold_on, stretch("pv", 2, 0, 1));
}

}  // namespace
}  // namespace xiaoyuan::ledger
