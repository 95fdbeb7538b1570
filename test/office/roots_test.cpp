// The same readings and the same runs make the same book, whoever keeps it: memory, SQLite and
// PostgreSQL end at one Merkle root, and keep the same documents byte for byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "office/settlement.hpp"
#include "store/folder.hpp"
#include "store/made.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::office {
namespace {

using store::test::World;

const Village& pilot_village() {
  static const Village village = [] {
    auto read =
        read_village(store::folder(std::string(XIAOYUAN_SOURCE) + "/share/villages/xinggezhuang"),
                     xiaoyuan::test::shipped_share());
    if (!read) {
      ADD_FAILURE() << message(read.error().front(), Language::english);
      return Village{};
    }
    return std::move(*read);
  }();
  return village;
}

constexpr ledger::Period first{2026 * 12};
constexpr int months = 3;

Instant recorded(std::int64_t batch) {
  return Instant(std::chrono::seconds(1'800'000'000 + batch * 1000));
}

/// Registers of every point at the beginnings of the months; each point at a pace of its own.
std::vector<readings::RegisterReading> registers_of(const Village& village) {
  std::vector<readings::RegisterReading> all;
  std::int64_t pace = 0;
  for (const readings::MeterPoint& point : village.points) {
    pace = (pace + 37) % 101;
    const bool makes = point.channel == readings::Channel::generated;
    for (int month = 0; month <= months; ++month) {
      const Instant at =
          readings::month_of(village.zone(), calendar_month({first.month + month})).from;
      const std::int64_t kwh = (makes ? 400 : 100) * month + (makes ? 2 : 1) * pace * month;
      all.push_back(
          {.key = {point.services.front().meter, point.channel, readings::Rate::total, at},
           .value = {kwh * 1'000'000},
           .quality = readings::Quality::measured,
           .source = "roots",
           .recorded_at = recorded(0)});
    }
  }
  return all;
}

void keep_readings(store::Store& store, std::int64_t number,
                   std::vector<readings::RegisterReading> registers) {
  store::Batch batch{.key = "import/" + std::to_string(number),
                     .recorded_at = recorded(number),
                     .registers = std::move(registers),
                     .days = {},
                     .entries = {},
                     .documents = {}};
  const auto written = store.write(batch);
  ASSERT_TRUE(written) << message(written.error().front(), Language::english);
}

void settle_into(store::Store& store, ledger::Period month, std::int64_t number) {
  auto office = Office::open(store, pilot_village(), 1);
  ASSERT_TRUE(office) << message(office.error().front(), Language::english);
  const auto run = office->settle(month, recorded(number));
  ASSERT_TRUE(run) << message(run.error().front(), Language::english);
  EXPECT_GT(run->month.totals.settled, 0);
}

struct Outcome {
  ledger::Head head;
  std::map<std::string, std::string> documents;
};

/// Two months, a correction of the first that is settled again, the first closed, a third month.
Outcome outcome_in(const World& world) {
  Outcome outcome;
  const std::vector<readings::RegisterReading> registers = registers_of(pilot_village());
  const auto store = world.open();
  keep_readings(*store, 0, registers);
  settle_into(*store, first, 1);
  settle_into(*store, {first.month + 1}, 2);
  auto corrected = *std::ranges::find_if(registers, [](const readings::RegisterReading& each) {
    return each.key.channel == readings::Channel::imported && each.value.mwh > 0;
  });
  corrected.value.mwh -= 7'000'000;
  corrected.recorded_at = recorded(3);
  keep_readings(*store, 3, {corrected});
  settle_into(*store, first, 4);
  settle_into(*store, {first.month + 1}, 5);
  auto office = Office::open(*store, pilot_village(), 1);
  EXPECT_TRUE(office && office->seal(first, recorded(6)));
  settle_into(*store, {first.month + 2}, 7);

  const auto again = world.open();  // what was kept, and not what is remembered
  auto book = stored_book(*again);
  EXPECT_TRUE(book);
  outcome.head = book ? book->head() : ledger::Head{};
  const auto names = again->documents("");
  EXPECT_TRUE(names);
  for (const std::string& name : names.value_or(std::vector<std::string>{})) {
    const auto document = again->document(name);
    EXPECT_TRUE(document && *document) << name;
    outcome.documents[name] = document && *document ? (*document)->bytes : "";
  }
  return outcome;
}

const Outcome& outcome_in_memory() {
  static const Outcome outcome = outcome_in(store::test::memory_world());
  return outcome;
}

void expect_the_same(const Outcome& outcome) {
  const Outcome& memory = outcome_in_memory();
  EXPECT_GT(memory.head.size, 100U);
  EXPECT_EQ(outcome.head, memory.head);
  EXPECT_GT(memory.documents.size(), 100U);
  EXPECT_EQ(outcome.documents.size(), memory.documents.size());
  EXPECT_TRUE(outcome.documents == memory.documents);
}

TEST(Roots, OfAStoreInMemoryAreTheSameEveryTime) {
  expect_the_same(outcome_in(store::test::memory_world()));
}

TEST(Roots, OfSqliteAreThoseOfMemory) {
  const store::test::Folder folder;
  expect_the_same(
      outcome_in(store::test::world_at("sqlite", (folder.path / "village.db").string())));
}

TEST(Roots, OfPostgresAreThoseOfMemory) {
  POSTGRES_OR_SKIP(server);
  expect_the_same(outcome_in(store::test::world_at("postgres", server->where("roots"))));
}

}  // namespace
}  // namespace xiaoyuan::office
