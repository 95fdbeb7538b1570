// A village held open: what its views show, what they take over, who waits for whom.
#include "desk/village_desk.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "desk/village_settings.hpp"
#include "office/dispute.hpp"
#include "office/papers.hpp"
#include "statement/json.hpp"
#include "support/desk_village.hpp"

namespace xiaoyuan::desk {

namespace {

using office::test::day_at;
using office::test::got;
using office::test::month_of;
using test::DeskVillage;

Result<void> nothing_done(Table&) { return {}; }

TEST(VillageDesk, LookingAtAVillageThatOnlyLiesThereMakesNoStore) {
  const DeskVillage small;
  const auto view = small.desk()->view();
  EXPECT_EQ(view->name, "small");
  EXPECT_TRUE(view->errors.empty());
  EXPECT_TRUE(view->office && view->months.empty());
  EXPECT_TRUE(small.desk()->look(nothing_done));
  EXPECT_FALSE(std::filesystem::exists(small.folder.path / "villages/small/village.db"));
}

TEST(VillageDesk, ShowsTheStatementsAsTheyAreKeptAndTheirSumsAsTheRunMadeThem) {
  const DeskVillage small;
  small.tell();
  const auto view = small.desk()->view();
  ASSERT_EQ(view->months.size(), 1U);
  const MonthView& month = view->months.front();
  EXPECT_EQ(month.text, "2026-01");
  EXPECT_EQ(month.runs.size(), 2U);
  EXPECT_EQ(month.statements.front().party, "H1");
  settle::VillageTotals totals;
  const auto looked = small.desk()->look([&](Table& table) -> Result<void> {
    for (const StatementView& one : month.statements) {
      EXPECT_EQ(*one.json.bytes, got(table.store.document(one.document))->bytes);
      EXPECT_EQ(one.total, got(office::statement_of(table.store, one.id)).total());
    }
    office::Office office = got(office::Office::open(table.store, office::test::small_village()));
    totals = got(office.as_known_at(month_of(2026, 1), day_at(2026, 2, 10))).month.totals;
    return {};
  });
  EXPECT_TRUE(looked);
  EXPECT_EQ(month.totals.energy.made, totals.energy.made);
  EXPECT_EQ(month.totals.energy.sold, totals.energy.sold);
  EXPECT_EQ(month.totals.energy.bought, totals.energy.bought);
  EXPECT_EQ(month.totals.bought, totals.bought);
  // H2 reads 2000.00, then 2160.00 by the correction; 100 and 103 count 120.50 and 200.00.
  EXPECT_EQ(month.totals.energy.bought, MeteredEnergy{480'500'000});
  EXPECT_EQ(month.totals.households, 3U);
  EXPECT_EQ(view->head, view->book->head());
}

TEST(VillageDesk, TakesOverWhatHasNotChanged) {
  DeskVillage small;
  small.tell(3);
  const auto before = small.desk()->view();
  const int changes = small.changes;
  EXPECT_TRUE(small.desk()->work(nothing_done));
  const auto after = small.desk()->view();
  EXPECT_EQ(small.changes, changes + 1);
  EXPECT_NE(after->version, before->version);
  EXPECT_EQ(after->plan, before->plan);
  EXPECT_EQ(after->book, before->book);
  EXPECT_EQ(after->months[0].statements[0].json.bytes, before->months[0].statements[0].json.bytes);
  small.put("settlement.toml", office::test::small_folder().at("settlement.toml") + "# seen\n");
  EXPECT_TRUE(small.desk()->work(nothing_done));
  EXPECT_NE(small.desk()->view()->plan, before->plan);
}

TEST(VillageDesk, FilesThatDoNotReadStandInTheViewAndAreMendedThroughIt) {
  const DeskVillage small;
  small.tell(3);
  small.put("village.toml", "[village]\nnonsense = 1\n");
  EXPECT_TRUE(small.desk()->refresh());
  const auto broken = small.desk()->view();
  EXPECT_FALSE(broken->errors.empty());
  EXPECT_FALSE(broken->plan || broken->office);
  EXPECT_EQ(broken->months.size(), 1U) << "what was settled can be read all the same";
  EXPECT_FALSE(office_of(*broken));
  const auto mended = small.desk()->work([&](Table&) -> Result<void> {
    small.put("village.toml", office::test::small_folder().at("village.toml"));
    return {};
  });
  EXPECT_TRUE(mended);
  EXPECT_TRUE(small.desk()->view()->office);
}

TEST(VillageDesk, DoesNotMixTheStoresOfTwoVillages) {
  const DeskVillage small;
  EXPECT_TRUE(small.desk()->work(
      [](Table& table) { return check_owner(table, office::Use::write, day_at(2026, 2, 1)); }));
  std::string text = office::test::small_folder().at("village.toml");
  text.replace(text.find("\"small\""), 7, "\"other\"");
  small.put("village.toml", text);
  const auto done = small.desk()->work(nothing_done);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().front().fault, Fault::conflict);
  EXPECT_FALSE(small.desk()->view()->errors.empty());
}

TEST(VillageDesk, AStoreThatDoesNotReadWholeShowsNoMonthAndSaysWhy) {
  const DeskVillage small;
  small.tell(3);
  const auto done = small.desk()->work([](Table& table) -> Result<void> {
    const std::string stray = "statement/2026-03/H1/0001";  // that no run made
    store::Batch batch{.key = stray, .recorded_at = day_at(2026, 4, 1)};
    batch.documents.push_back({stray, "{}"});
    got(table.store.write(batch));
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().front().where.file, "2026-03");
  const auto view = small.desk()->view();
  EXPECT_FALSE(view->errors.empty());
  EXPECT_TRUE(view->months.empty() && !view->book && !view->head);
  EXPECT_NE(change_json(*view).find("\"month\":null"), std::string::npos);
}

TEST(VillageDesk, WhatAPieceDidBeforeItFailedIsInTheView) {
  const DeskVillage small;
  const auto done = small.desk()->work([](Table& table) -> Result<void> {
    for (const office::test::Step& step : office::test::small_story()) {
      if (auto stepped = step(table.store); !stepped) {
        return stepped;
      }
    }
    return fail(Fault::interrupted, {"enough", "到此为止"});
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(small.desk()->view()->months.size(), 1U);
}

TEST(VillageDesk, WritersTakeTurnsAndReadersSeeWholeViews) {
  const DeskVillage small;
  small.tell(3);
  std::atomic<int> inside{0};
  std::atomic<bool> ended{false};
  const auto write = [&] {
    for (int i = 0; i < 10; ++i) {
      EXPECT_TRUE(small.desk()->work([&](Table& table) -> Result<void> {
        EXPECT_EQ(++inside, 1);
        EXPECT_TRUE(table.store.book_size());
        --inside;
        return {};
      }));
    }
  };
  std::thread reader([&] {
    while (!ended) {
      const auto view = small.desk()->view();
      EXPECT_EQ(view->months.size(), 1U);
      EXPECT_EQ(view->head, view->book->head());
    }
  });
  std::thread one(write);
  std::thread other(write);
  one.join();
  other.join();
  ended = true;
  reader.join();
}

TEST(VillageDesk, CountsOpenDisputesUntilTheyAreResolved) {
  const DeskVillage small;
  small.tell(3);
  const auto with_book = [&](const std::function<void(store::Store&, ledger::Book&)>& work) {
    EXPECT_TRUE(small.desk()->work([&](Table& table) -> Result<void> {
      ledger::Book book = got(office::stored_book(table.store));
      work(table.store, book);
      return {};
    }));
  };
  with_book([](store::Store& store, ledger::Book& book) {
    got(office::open_dispute(
        store, book,
        {.statement = "2026-01/H1", .line = "sold.feed-in", .amount = Money{500}, .reason = "少计"},
        day_at(2026, 2, 5)));
  });
  auto view = small.desk()->view();
  ASSERT_EQ(view->disputes.size(), 1U);
  EXPECT_EQ(view->disputes.front().id, "2026-01~H1~sold.feed-in~1");
  EXPECT_EQ(view->disputes.front().note.line, "sold.feed-in");
  EXPECT_EQ(view->months.front().statement("H1")->open_disputes, 1U);
  with_book([](store::Store& store, ledger::Book& book) {
    got(office::resolve_dispute(store, book,
                                {.dispute = "dispute/2026-01/H1/sold.feed-in/1",
                                 .correction = Money{},
                                 .other = "",
                                 .outcome = "维持"},
                                day_at(2026, 2, 6)));
  });
  view = small.desk()->view();
  EXPECT_EQ(view->months.front().totals.open_disputes, 0U);
  EXPECT_EQ(view->dispute("2026-01~H1~sold.feed-in~1")->note.outcome.zh, "维持");
}

TEST(VillageSettings, AreVersionsInTheStoreAndInTheView) {
  const DeskVillage small;
  const auto desk = small.desk();
  EXPECT_FALSE(desk->view()->is_open);
  EXPECT_TRUE(set_openness(*desk, Openness::open, day_at(2026, 2, 1)));
  EXPECT_TRUE(set_consent(*desk, "H3", Consent::given, day_at(2026, 2, 1)));
  EXPECT_TRUE(set_consent(*desk, "H1", Consent::given, day_at(2026, 2, 2)));
  EXPECT_TRUE(set_consent(*desk, "H3", Consent::withdrawn, day_at(2026, 2, 3)));
  EXPECT_TRUE(set_openness(*desk, Openness::open, day_at(2026, 2, 4))) << "is so already";
  EXPECT_TRUE(desk->view()->is_open);
  EXPECT_EQ(desk->view()->consented, std::vector<std::string>{"H1"});
  EXPECT_TRUE(desk->look([](Table& table) -> Result<void> {
    EXPECT_EQ(got(table.store.documents("setting/")).size(), 4U);
    return {};
  }));
  const auto nobody = set_consent(*desk, "H9", Consent::given, day_at(2026, 2, 5));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().front().fault, Fault::not_found);
}

}  // namespace

}  // namespace xiaoyuan::desk
