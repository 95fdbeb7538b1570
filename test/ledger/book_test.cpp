// What the book takes, what it refuses, and in which words.
#include "ledger/book.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/small_book.hpp"

namespace xiaoyuan::ledger {
namespace {

using test::day;
using test::named;
using test::opened;
using test::refusal_of;
using test::taken;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// A village: the grid company pays, the household is owed and may not be paid more than that.
struct Village {
  Book book;
  AccountId grid = opened(book, "grid");
  AccountId home = opened(book, "h001", Unit::fen, Limit::debits_within_credits);
  AccountId bank = opened(book, "bank");
  AccountId rounding = opened(book, "rounding", Unit::fen, Limit::none, AccountKind::rounding);
  AccountId dispute = opened(book, "dispute", Unit::fen, Limit::none, AccountKind::dispute);
  AccountId energy = opened(book, "h001/wh", Unit::wh);

  Balance home_balance() const { return book.balances().balance(home); }
  Applied earn(const std::string& key, std::int64_t fen, Date dated = day(2026, 10, 31)) {
    return taken(book, Post{named(key, dated), Stage::posted, {{grid, home, fen}}});
  }
};

TEST(Book, PostsAllTransfersOrNone) {
  Village v;
  v.earn("october", 10'000);
  // 100.00 yuan are there; 60 + 50 are not, in whatever order they stand.
  const Post both{named("pay"), Stage::posted, {{v.home, v.bank, 6'000}, {v.home, v.grid, 5'000}}};
  EXPECT_EQ(refusal_of(v.book, both),
            "pay: transfers: debits of account 1 (h001) would exceed its credits by 10.00 yuan");
  EXPECT_EQ(v.home_balance(), (Balance{0, 10'000, 0, 0}));
  EXPECT_EQ(v.book.balances().balance(v.bank), Balance{});
  // What comes in and goes out in one posting is judged at its end.
  taken(v.book,
        Post{named("swap"), Stage::posted, {{v.home, v.bank, 12'000}, {v.grid, v.home, 2'000}}});
  EXPECT_EQ(v.home_balance().credit(), 0);
  EXPECT_TRUE(v.book.balances().is_conserved());
}

TEST(Book, NamesTheSameAccountInWhateverOrderTransfersStand) {
  Village v;
  const AccountId other = opened(v.book, "h002", Unit::fen, Limit::debits_within_credits);
  const Transfer first{v.home, v.bank, 5};
  const Transfer second{other, v.bank, 7};
  const std::string said = refusal_of(v.book, Post{named("p"), Stage::posted, {first, second}});
  EXPECT_EQ(said, "p: transfers: debits of account 1 (h001) would exceed its credits by 0.05 yuan");
  EXPECT_EQ(refusal_of(v.book, Post{named("p"), Stage::posted, {second, first}}), said);
}

TEST(Book, TakesTheSameOnceAndNamesBothWhenTheKeyHoldsOther) {
  Village v;
  const Post post{named("october"), Stage::posted, {{v.grid, v.home, 10'000}}};
  const Applied first = taken(v.book, post);
  const Head head = v.book.head();
  const auto again = v.book.apply(post);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->outcome, Applied::Outcome::repeated);
  EXPECT_EQ(again->entry, first.entry);
  EXPECT_EQ(again->period, first.period);
  EXPECT_EQ(v.book.head(), head);

  const Post other{named("october", day(2026, 11, 2)), Stage::posted, {{v.grid, v.home, 10'001}}};
  const auto conflict = v.book.apply(other);
  ASSERT_FALSE(conflict);
  EXPECT_EQ(conflict.error().front().fault, Fault::conflict);
  const std::string said = message(conflict.error().front(), Language::english);
  EXPECT_NE(said.find("entry 6 is a posting of 2026-10-31 with hash " +
                      hex(first.entry.hash).substr(0, 12)),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("this is a posting of 2026-11-02 with hash "), std::string::npos) << said;
  EXPECT_EQ(v.home_balance().credits, 10'000);
}

TEST(Book, AKeyThatWasRefusedIsNotTaken) {
  Village v;
  const Post pay{named("pay"), Stage::posted, {{v.home, v.bank, 1}}};
  EXPECT_NE(refusal_of(v.book, pay), "");
  v.earn("october", 1);
  taken(v.book, pay);
}

TEST(Book, RefusesSumsBeyond64Bits) {
  Village v;
  taken(v.book, Post{named("huge"), Stage::posted, {{v.grid, v.bank, most - 1}}});
  EXPECT_EQ(refusal_of(v.book, Post{named("two"), Stage::posted, {{v.grid, v.bank, 2}}}),
            "two: transfers: account 0 (grid) would hold a sum larger than 64 bits");
  EXPECT_NE(refusal_of(v.book, Post{named("held"), Stage::pending, {{v.grid, v.bank, 2}}}), "");
  taken(v.book, Post{named("one"), Stage::pending, {{v.grid, v.bank, 1}}});
  EXPECT_NE(refusal_of(v.book, Post{named("more"), Stage::posted, {{v.grid, v.bank, 1}}}), "");
  taken(v.book, Confirm{named("now"), "one", {}});
  EXPECT_EQ(v.book.balances().balance(v.grid).debits, most);
  EXPECT_TRUE(v.book.balances().is_conserved());
}

TEST(Book, RefusesWhatIsNoTransfer) {
  Village v;
  const auto post = [&](AccountId debit, AccountId credit, std::int64_t amount) {
    return refusal_of(v.book, Post{named("x"), Stage::posted, {{debit, credit, amount}}});
  };
  EXPECT_EQ(post(v.grid, v.home, 0), "x: transfers[0].amount: expected more than 0, found 0");
  EXPECT_EQ(post(v.grid, v.home, -5), "x: transfers[0].amount: expected more than 0, found -5");
  EXPECT_EQ(post(v.grid, v.grid, 5), "x: transfers[0]: debits and credits the same account");
  EXPECT_EQ(post(v.grid, {99}, 5),
            "x: transfers[0].credit: there is no account 99; the book has 6");
  EXPECT_EQ(post(v.grid, v.energy, 5),
            "x: transfers[0]: moves from fen to Wh: both accounts must have one unit");
  EXPECT_EQ(post(v.grid, v.dispute, 5),
            "x: transfers[0]: dispute accounts move only with a dispute: open one or resolve it");
  EXPECT_EQ(refusal_of(v.book, Post{named("x"), Stage::posted, {}}),
            "x: transfers: expected at least one");
  EXPECT_EQ(refusal_of(v.book, Post{named("", {}), Stage::posted, {{v.grid, v.home, 1}}}),
            "key: expected a key of 1 to 200 bytes of UTF-8");
  // All that is wrong is said at once.
  const auto two =
      v.book.apply(Post{named("x"), Stage::posted, {{v.grid, v.home, 0}, {v.grid, v.grid, 1}}});
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().size(), 2U);
}

TEST(Book, HoldsWhatIsPendingAndPostsLessOrAll) {
  Village v;
  v.earn("october", 10'000);
  taken(v.book, Post{named("loan"), Stage::pending, {{v.home, v.bank, 7'000}}});
  EXPECT_EQ(v.home_balance(), (Balance{0, 10'000, 7'000, 0}));
  // What is held cannot be spent, and what is to come cannot be either.
  EXPECT_NE(refusal_of(v.book, Post{named("pay"), Stage::posted, {{v.home, v.bank, 3'001}}}), "");
  taken(v.book, Post{named("hope"), Stage::pending, {{v.grid, v.home, 500}}});
  EXPECT_NE(refusal_of(v.book, Post{named("pay"), Stage::posted, {{v.home, v.bank, 3'001}}}), "");

  EXPECT_EQ(refusal_of(v.book, Confirm{named("c"), "loan", {7'001}}),
            "c: amounts[0]: expected at most the 7000 that are pending, found 7001");
  EXPECT_EQ(refusal_of(v.book, Confirm{named("c"), "loan", {1, 1}}),
            "c: amounts: expected 1, one for each pending transfer, found 2");
  EXPECT_EQ(refusal_of(v.book, Confirm{named("c"), "loan", {0}}),
            "c: amounts: expected one above 0; void what is not to be posted");
  EXPECT_EQ(refusal_of(v.book, Confirm{named("c"), "october", {}}),
            "c: pending: \"october\" is a posting and is not pending");
  EXPECT_EQ(refusal_of(v.book, Confirm{named("c"), "nobody", {}}),
            "c: pending: no entry has the key \"nobody\"");
  taken(v.book, Confirm{named("c"), "loan", {6'000}});
  EXPECT_EQ(v.home_balance(), (Balance{6'000, 10'000, 0, 500}));
  EXPECT_EQ(refusal_of(v.book, Void{named("v"), "loan"}),
            "v: pending: \"loan\" was confirmed by \"c\"");
  taken(v.book, Void{named("v"), "hope"});
  EXPECT_EQ(v.home_balance(), (Balance{6'000, 10'000, 0, 0}));
}

TEST(Book, ReversesOnce) {
  Village v;
  v.earn("october", 10'000);
  taken(v.book, Reverse{named("back"), "october"});
  EXPECT_EQ(v.home_balance(), (Balance{10'000, 10'000, 0, 0}));
  EXPECT_EQ(refusal_of(v.book, Reverse{named("again"), "october"}),
            "again: reversed: \"october\" was reversed by \"back\"");
  EXPECT_EQ(refusal_of(v.book, Reverse{named("again"), "back"}),
            "again: reversed: \"back\" is a reversal itself; post what is right instead");
  EXPECT_EQ(refusal_of(v.book, Reverse{named("again"), "grid"}),
            "again: reversed: \"grid\" is the opening of an account and posted nothing that can be "
            "reversed");
  taken(v.book, Post{named("later"), Stage::pending, {{v.grid, v.home, 1}}});
  EXPECT_EQ(refusal_of(v.book, Reverse{named("again"), "later"}),
            "again: reversed: \"later\" is pending; void it");
  const std::uint64_t entry = v.book.find("october").value();
  EXPECT_EQ(v.book.record(entry).fate, Fate::reversed);
  EXPECT_EQ(v.book.key(v.book.record(entry).fate_entry), "back");
  EXPECT_EQ(v.book.record(v.book.find("back").value()).about, entry);
}

TEST(Book, SealsPeriodsAndBooksWhatIsLateInTheNext) {
  Village v;
  EXPECT_EQ(text_of(v.earn("in time", 100).period), "2026-10");
  taken(v.book, Seal{named("seal 10"), Period::of(2026, 10)});
  const Applied late = v.earn("late", 30);
  EXPECT_EQ(text_of(late.period), "2026-11");
  EXPECT_EQ(v.book.record(late.entry.number).dated, day(2026, 10, 31));
  EXPECT_EQ(v.book.balances().turnover(v.home, Period::of(2026, 10)), (Turnover{0, 100}));
  EXPECT_EQ(v.book.balances().turnover(v.home, Period::of(2026, 11)), (Turnover{0, 30}));
  EXPECT_EQ(refusal_of(v.book, Seal{named("seal"), Period::of(2026, 10)}),
            "seal: period: the next period to seal is 2026-11, found 2026-10");
  EXPECT_EQ(refusal_of(v.book, Seal{named("seal"), Period::of(2026, 12)}),
            "seal: period: the next period to seal is 2026-11, found 2026-12");
  taken(v.book, Seal{named("seal 11"), Period::of(2026, 11)});
  EXPECT_EQ(text_of(v.earn("later", 1).period), "2026-12");
  EXPECT_EQ(text_of(v.earn("next year", 1, day(2027, 1, 5)).period), "2027-01");
  // A reversal of what is sealed is a new transfer in an open period.
  EXPECT_EQ(text_of(taken(v.book, Reverse{named("back"), "in time"}).period), "2026-12");
  EXPECT_EQ(v.book.balances().turnover(v.home, Period::of(2026, 10)), (Turnover{0, 100}));
}

TEST(Book, ADisputeFreezesOnlyWhatIsDisputed) {
  Village v;
  v.earn("october", 10'000);
  const auto freeze = [&](const std::string& key, std::int64_t fen) {
    return OpenDispute{named(key), "october", {{v.home, v.dispute, fen}}};
  };
  taken(v.book, freeze("d1", 3'000));
  EXPECT_EQ(v.home_balance(), (Balance{0, 10'000, 3'000, 0}));
  EXPECT_EQ(refusal_of(v.book, freeze("d2", 7'001)),
            "d2: transfers[0]: of account 1 (h001) only 70.00 yuan of \"october\" can be frozen on "
            "the debit side");
  taken(v.book, Post{named("pay"), Stage::posted, {{v.home, v.bank, 7'000}}});
  EXPECT_NE(refusal_of(v.book, Post{named("pay more"), Stage::posted, {{v.home, v.bank, 1}}}), "");
  EXPECT_EQ(refusal_of(v.book, Reverse{named("back"), "october"}),
            "back: reversed: \"october\" is disputed by \"d1\", which is open");
  EXPECT_EQ(refusal_of(v.book, Void{named("v"), "d1"}),
            "v: pending: \"d1\" is a dispute; resolve it");

  taken(v.book, ResolveDispute{named("r1"), "d1", {{v.home, v.grid, 1'200}}});
  EXPECT_EQ(v.home_balance(), (Balance{8'200, 10'000, 0, 0}));
  EXPECT_EQ(v.book.balances().balance(v.dispute), Balance{});
  EXPECT_EQ(refusal_of(v.book, ResolveDispute{named("r2"), "d1", {}}),
            "r2: dispute: \"d1\" was resolved by \"r1\"");
  EXPECT_EQ(refusal_of(v.book, Reverse{named("back"), "october"}),
            "back: reversed: \"october\" is disputed by \"d1\", which corrected it already");
  // The correction may be reversed, and then the posting may be.
  v.earn("november", 8'200);
  taken(v.book, Reverse{named("undo"), "r1"});
  taken(v.book, Reverse{named("back"), "october"});
  // The trail stays.
  const std::uint64_t october = v.book.find("october").value();
  ASSERT_EQ(v.book.disputes(october).size(), 1U);
  const Record& dispute = v.book.record(v.book.disputes(october).front());
  EXPECT_EQ(dispute.fate, Fate::resolved);
  EXPECT_EQ(v.book.key(dispute.fate_entry), "r1");
  EXPECT_EQ(dispute.about, october);
}

TEST(Book, ADisputeIsAboutWhatWasPosted) {
  Village v;
  v.earn("october", 10'000);
  const auto dispute = [&](const std::string& about, const Transfer& frozen) {
    return refusal_of(v.book, OpenDispute{named("d"), about, {frozen}});
  };
  EXPECT_NE(dispute("grid", {v.home, v.dispute, 1}), "");
  EXPECT_NE(dispute("nobody", {v.home, v.dispute, 1}), "");
  EXPECT_EQ(dispute("october", {v.home, v.bank, 1}),
            "d: transfers[0]: expected one side to be a dispute account, and one only");
  EXPECT_NE(dispute("october", {v.bank, v.dispute, 1}), "") << "the bank has no part in it";
  EXPECT_NE(dispute("october", {v.dispute, v.home, 1}), "") << "the home was not debited";
  // The grid company, which was debited, has its debit frozen by a pending credit.
  taken(v.book, OpenDispute{named("d"), "october", {{v.dispute, v.grid, 400}}});
  EXPECT_EQ(v.book.balances().balance(v.grid), (Balance{10'000, 0, 0, 400}));
  taken(v.book, ResolveDispute{named("r"), "d", {}});
  EXPECT_EQ(v.book.balances().balance(v.grid), (Balance{10'000, 0, 0, 0}));
  taken(v.book, Reverse{named("back"), "october"});  // the posting stood, so it can be reversed
}

TEST(Book, FindsAccountsByTheKeyThatOpenedThem) {
  Village v;
  EXPECT_EQ(v.book.account("h001"), v.home);
  EXPECT_EQ(v.book.account("h002"), std::nullopt);
  v.earn("october", 1);
  EXPECT_EQ(v.book.account("october"), std::nullopt);
  EXPECT_EQ(v.book.pool("h001"), std::nullopt);
  EXPECT_EQ(v.book.balances().account(v.rounding).kind, AccountKind::rounding);
  EXPECT_EQ(
      refusal_of(
          v.book,
          OpenAccount{
              named("a"),
              {"o", {"n", "n"}, Unit::wh, AccountKind::unaccounted, Limit::credits_within_debits}}),
      "a: limit: an account of kind \"unaccounted\" has no limit");
  EXPECT_EQ(refusal_of(v.book, OpenAccount{named("a"), {"", {"n", "n"}}}), "a: owner: is missing");
}

}  // namespace
}  // namespace xiaoyuan::ledger
