// The office on a disk that breaks: at the n-th write, truncation or sync of imports, settlement,
// correction and settlement again the disk fails, fills up, tears a write or loses power. Then the
// program is started again: what it had been told is kept is there, nothing is there twice, and it
// ends in the book that it would have come to without. And PostgreSQL, killed meanwhile.
#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "ledger/log.hpp"
#include "store/memory.hpp"
#include "store/open.hpp"
#include "store/sqlite.hpp"
#include "support/broken_disk.hpp"
#include "support/cases.hpp"
#include "support/office_village.hpp"
#include "support/postgres_server.hpp"
#include "support/temporary_folder.hpp"

namespace xiaoyuan::office::test {
namespace {

namespace fs = std::filesystem;
using xiaoyuan::test::break_disk;
using xiaoyuan::test::broken_disk;
using xiaoyuan::test::DiskFault;
using xiaoyuan::test::has_broken;
using xiaoyuan::test::restore_power;
using xiaoyuan::test::TemporaryFolder;

struct Expected {
  Content content;
  std::vector<std::size_t> batches;  ///< that stand in the store after each step
};

/// What the story comes to when nothing breaks.
const Expected& expected() {
  static const Expected come_to = [] {
    Expected made;
    const auto store = store::open_memory();
    for (const Step& step : small_story()) {
      EXPECT_TRUE(step(*store));
      made.batches.push_back(got(store->batches()).size());
    }
    made.content = content_of(*store);
    return made;
  }();
  return come_to;
}

/// How many steps were acknowledged, each by a program of its own that opens the store anew.
std::size_t acknowledged_steps(const fs::path& path) {
  std::size_t done = 0;
  for (const Step& step : small_story()) {
    const auto store = store::open_sqlite(path, {.busy_timeout_ms = 0, .vfs = broken_disk()});
    if (!store) {
      EXPECT_NE(store.error().front().fault, Fault::bad_input);
      break;
    }
    if (const auto result = step(**store); !result) {
      EXPECT_FALSE(result.error().front().what.zh.empty());
      break;
    }
    ++done;
  }
  return done;
}

/// The store holds the first batches of the story and nothing else.
void expect_first_batches(const Content& found, std::size_t at_least) {
  const std::vector<store::BatchRecord>& all = expected().content.batches;
  ASSERT_LE(found.batches.size(), all.size());
  ASSERT_GE(found.batches.size(), at_least) << "acknowledged and lost";
  std::uint64_t registers = 0, days = 0, entries = 0, documents = 0;
  for (std::size_t i = 0; i < found.batches.size(); ++i) {
    ASSERT_EQ(found.batches[i], all[i]);
    registers += all[i].registers;
    days += all[i].days;
    entries += all[i].entries;
    documents += all[i].documents;
  }
  EXPECT_EQ(found.registers.size(), registers);
  EXPECT_EQ(found.days.size(), days);
  EXPECT_EQ(found.entries.size(), entries);
  EXPECT_EQ(found.documents.size(), documents);
}

class Crash : public ::testing::TestWithParam<DiskFault> {};

TEST_P(Crash, OfTheOfficeLosesNothingAndDoublesNothing) {
  ASSERT_EQ(expected().batches.size(), 5U);
  // Power is lost at every call; the other faults share the calls among them.
  const auto fault = static_cast<std::uint64_t>(GetParam());
  const std::uint64_t stride = GetParam() == DiskFault::loses_power ? 1 : 3;
  std::uint64_t n = stride == 1 ? 1 : fault;
  for (bool broken = true; broken; n += stride) {
    SCOPED_TRACE(fmt::format("at call {}", n));
    const TemporaryFolder folder;
    const fs::path path = folder.path / "store.db";
    break_disk(GetParam(), n, n);
    const std::size_t done = acknowledged_steps(path);
    broken = has_broken();
    restore_power();
    fs::remove(path.string() + "-shm");  // what lies in memory goes with the power

    const auto store = got(store::open_sqlite(path));
    const Content found = content_of(*store);
    expect_first_batches(found, done == 0 ? 0 : expected().batches[done - 1]);
    ASSERT_TRUE(ledger::rebuilt(found.entries));
    const std::vector<Step> story = small_story();
    for (std::size_t step = done; step < story.size(); ++step) {
      ASSERT_TRUE(story[step](*store));
    }
    ASSERT_TRUE(content_of(*store) == expected().content);
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(n, 60U) << "the story is too short to say much";
}

std::string name_of_fault(const ::testing::TestParamInfo<DiskFault>& fault) {
  static const std::vector<std::string> names{"None", "Fails", "Full", "Tears", "LosesPower"};
  return names[static_cast<std::size_t>(fault.param)];
}

INSTANTIATE_TEST_SUITE_P(Sqlite, Crash,
                         ::testing::Values(DiskFault::fails, DiskFault::full, DiskFault::tears,
                                           DiskFault::loses_power),
                         name_of_fault);

TEST(Office, ComesToTheSameBookInEveryStore) {
  const TemporaryFolder folder;
  const auto sqlite = got(store::open_sqlite(folder.path / "store.db"));
  POSTGRES_OR_SKIP(server);
  const auto postgres = got(store::open(server->where("office")));
  for (store::Store* store : {sqlite.get(), postgres.get()}) {
    for (const Step& step : small_story()) {
      ASSERT_TRUE(step(*store));
    }
    EXPECT_TRUE(content_of(*store) == expected().content);
  }
}

/// Takes a step of the story as people do: again, until it is acknowledged.
bool is_taken_in_the_end(const std::string& where, const Step& step) {
  for (int attempt = 0; attempt < 500; ++attempt) {
    const auto store = store::open(where);
    if (store && step(**store)) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(Office, LosesNothingWhenPostgresIsKilled) {
  POSTGRES_OR_SKIP(server);
  const std::vector<std::string> villages{server->where("first"), server->where("second")};
  std::atomic<int> steps = 0;
  std::jthread program([&] {
    for (const std::string& where : villages) {
      for (const Step& step : small_story()) {
        ASSERT_TRUE(is_taken_in_the_end(where, step));
        ++steps;
      }
    }
  });
  // The server dies with the thread that started it, so it is this one that starts it again.
  for (int kill = 0; kill < 3; ++kill) {
    while (steps < kill * 3) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2 + 3 * kill));
    server->kill();
    ASSERT_TRUE(server->start_again());
  }
  program.join();
  for (const std::string& where : villages) {
    const auto store = got(store::open(where));
    EXPECT_TRUE(content_of(*store) == expected().content);
  }
}

}  // namespace
}  // namespace xiaoyuan::office::test
