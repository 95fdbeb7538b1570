// SQLite on a disk that breaks: at every write, truncation and sync of an import and of a run the
// call fails, half a page is written, or the power goes and takes what was not synced. Afterwards
// every acknowledged batch is there once, nothing else is, and the book extends what it was.
#include <fmt/format.h>
#include <sqlite3.h>

#include <fstream>

#include "ledger/log.hpp"
#include "made.hpp"
#include "store/backup.hpp"
#include "store/sqlite.hpp"
#include "support/broken_disk.hpp"

namespace xiaoyuan::store::test {
namespace {

using xiaoyuan::test::break_disk;
using xiaoyuan::test::broken_disk;
using xiaoyuan::test::disk_calls;
using xiaoyuan::test::DiskFault;
using xiaoyuan::test::has_broken;
using xiaoyuan::test::restore_power;

/// An import, its correction, and two runs with their statements.
std::vector<Batch> story() {
  Entries entries(7);
  std::vector<Batch> batches;
  for (int i = 0; i < 4; ++i) {
    Batch batch = batch_of(fmt::format("batch {}", i));
    for (int meter = 0; meter < 6; ++meter) {
      const std::string name = fmt::format("m{}", meter);
      batch.registers.push_back(reading(name, i, 1000 + i, 100 + i));
      batch.days.push_back(stored_day(name, i / 2, 100 + i, 100 + i));
    }
    if (i % 2 == 1) {
      batch.entries = entries.next(12);
      batch.documents = {{fmt::format("run/{}", i), std::string(9000, static_cast<char>('a' + i))}};
    }
    batches.push_back(std::move(batch));
  }
  return batches;
}

Result<std::unique_ptr<Store>> open_broken(const fs::path& path) {
  return open_sqlite(path, {.busy_timeout_ms = 0, .vfs = broken_disk()});
}

bool is_acknowledged(const fs::path& path, const Batch& batch) {
  const auto store = open_broken(path);  // closed, and so checkpointed, after every batch
  return store && (*store)->write(batch);
}

/// Opens the store on the breaking disk and writes the story, what failed once again, up to what
/// cannot be written; the keys that were acknowledged.
std::vector<std::string> written_story(const fs::path& path, const std::vector<Batch>& batches) {
  std::vector<std::string> acknowledged;
  for (const Batch& batch : batches) {
    if (!is_acknowledged(path, batch) && !is_acknowledged(path, batch)) {
      break;
    }
    acknowledged.push_back(batch.key);
  }
  return acknowledged;
}

struct Content {
  std::vector<readings::RegisterReading> registers;
  std::vector<StoredDay> days;
  std::vector<ledger::Entry> entries;
  std::vector<std::string> documents;
  std::vector<BatchRecord> batches;
  friend bool operator==(const Content&, const Content&) = default;
};

Content content_of(Store& store) {
  Asked all;
  all.versions = Versions::all;
  return {store.registers({}).value(), days_in(store, all), store.entries(0, 1000).value(),
          store.documents("").value(), store.batches().value()};
}

/// What a store holds after the first `count` batches.
std::vector<Content> contents(const std::vector<Batch>& batches) {
  const auto store = open_memory();
  std::vector<Content> all{content_of(*store)};
  for (const Batch& batch : batches) {
    kept(*store, batch);
    all.push_back(content_of(*store));
  }
  return all;
}

class Crash : public ::testing::TestWithParam<DiskFault> {};

TEST_P(Crash, LosesNothingThatWasAcknowledgedAndKeepsNothingElse) {
  const std::vector<Batch> batches = story();
  const std::vector<Content> expected = contents(batches);
  std::uint64_t n = 1;
  for (bool broken = true; broken; ++n) {
    SCOPED_TRACE(fmt::format("at call {}", n));
    const Folder folder;
    const fs::path path = folder.path / "store.db";
    break_disk(GetParam(), n, n);
    const std::vector<std::string> acknowledged = written_story(path, batches);
    broken = has_broken();
    restore_power();
    fs::remove(path.string() + "-shm");  // what lies in memory goes with the power

    auto again = open_sqlite(path);
    ASSERT_TRUE(again) << message(again.error().front(), Language::english);
    Store& store = **again;
    const std::size_t found = store.batches().value().size();
    // A batch may be there whose acknowledgement did not come back, whole.
    ASSERT_LT(found, expected.size());
    ASSERT_EQ(content_of(store), expected[found]);
    for (const std::string& key : acknowledged) {
      ASSERT_TRUE(store.batch(key).value()) << key << " was acknowledged and is lost";
    }
    ASSERT_TRUE(ledger::rebuilt(expected[found].entries));
    for (std::size_t i = 0; i < batches.size(); ++i) {
      ASSERT_EQ(store.write(batches[i]).value(), i < found ? Written::before : Written::now);
    }
    ASSERT_EQ(content_of(store), expected.back());
  }
  EXPECT_GT(n, 80U) << "the story is too short to say much";
}

std::string name_of_fault(const ::testing::TestParamInfo<DiskFault>& fault) {
  static const std::vector<std::string> names{"None", "Fails", "Full", "Tears", "LosesPower"};
  return names[static_cast<std::size_t>(fault.param)];
}

INSTANTIATE_TEST_SUITE_P(Sqlite, Crash,
                         ::testing::Values(DiskFault::fails, DiskFault::full, DiskFault::tears,
                                           DiskFault::loses_power),
                         name_of_fault);

/// A store with a batch, on a disk that will break.
struct Kept {
  Folder folder;
  fs::path path = folder.path / "store.db";
  std::vector<Batch> batches = story();
  Kept() {
    restore_power();
    written_story(path, {batches.front()});
  }
  ~Kept() { restore_power(); }
};

TEST(Disk, FullIsSaidAndLeavesTheStoreAsItWas) {
  const Kept before;
  const auto store = open_broken(before.path).value();
  break_disk(DiskFault::full, 2);
  EXPECT_NE(refused(*store, before.batches[1], Fault::unwritable).find("disk is full"),
            std::string::npos);
  restore_power();
  EXPECT_EQ(content_of(*store), contents(before.batches)[1]);
  kept(*store, before.batches[1]);  // after room was made
}

TEST(Disk, ReadOnlyCanBeReadAndSaysWhyItIsNotWritten) {
  const Kept before;
  break_disk(DiskFault::read_only, 0);
  const auto store = open_broken(before.path).value();
  EXPECT_EQ(content_of(*store), contents(before.batches)[1]);
  EXPECT_NE(refused(*store, before.batches[1], Fault::unwritable).find("may only be read"),
            std::string::npos);
}

TEST(Disk, AnotherProgramsLockIsNamed) {
  const Kept before;
  const auto holder = open_sqlite(before.path).value();
  const auto store = open_sqlite(before.path, {.busy_timeout_ms = 20, .vfs = {}}).value();
  const auto done = holder->fill([&]() -> Result<std::optional<Portion>> { return std::nullopt; });
  EXPECT_FALSE(done);  // not empty; and its lock is gone
  kept(*store, before.batches[1]);
  const Folder other;
  const auto filling = open_sqlite(other.path / "b.db").value();
  const auto waiting = open_sqlite(other.path / "b.db", {.busy_timeout_ms = 20, .vfs = {}}).value();
  EXPECT_TRUE(filling->fill([&]() -> Result<std::optional<Portion>> {
    EXPECT_NE(refused(*waiting, before.batches[0], Fault::unwritable).find("another program"),
              std::string::npos);
    return std::nullopt;
  }));
  kept(*waiting, before.batches[0]);
}

/// What another hand does to a store's file.
void change_file(const fs::path& path, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

std::string why_not_opened(const fs::path& path, Fault fault) {
  const auto opened = open_sqlite(path);
  if (opened) {
    return "";
  }
  EXPECT_EQ(opened.error().front().fault, fault);
  EXPECT_FALSE(opened.error().front().what.zh.empty());
  return message(opened.error().front(), Language::english);
}

TEST(File, OfAnotherProgramOrANewerOneIsRefusedByName) {
  const Kept before;
  change_file(before.path, "insert into schema values (2, 'later', 'x')");
  EXPECT_NE(why_not_opened(before.path, Fault::unreadable).find("newer program"),
            std::string::npos);
  change_file(before.path, "delete from schema where number = 2; update schema set digest = 'x'");
  EXPECT_NE(why_not_opened(before.path, Fault::unreadable).find("is not this program's"),
            std::string::npos);
  const Folder folder;
  change_file(folder.path / "other.db", "create table notes (text)");
  EXPECT_NE(why_not_opened(folder.path / "other.db", Fault::unreadable).find("another program"),
            std::string::npos);
  std::ofstream(folder.path / "text.db") << std::string(5000, 'x');
  EXPECT_NE(why_not_opened(folder.path / "text.db", Fault::unreadable).find("is not a store's"),
            std::string::npos);
  EXPECT_NE(why_not_opened(folder.path / "no" / "folder.db", Fault::unwritable), "");
  EXPECT_NE(why_not_opened("", Fault::bad_input), "");
}

TEST(File, ThatWasChangedIsNotBackedUp) {
  for (const char* change :
       {"update days set packed = zeroblob(length(packed)) where meter = 1",
        "update entries set bytes = zeroblob(length(bytes)) where number = 3",
        "update entries set key = 'x' where number = 3", "delete from entries where number = 3",
        "update documents set size = size + 1", "update registers set channel = 9",
        "update registers set quality = -1", "update days set source = 9"}) {
    SCOPED_TRACE(change);
    const Kept before;
    const auto store = open_sqlite(before.path).value();
    kept(*store, before.batches[1]);
    ASSERT_TRUE(backup(*store, before.folder.path / "good"));
    change_file(before.path, "pragma foreign_keys = off");
    change_file(before.path, change);
    const auto done = backup(*store, before.folder.path / "bad");
    EXPECT_FALSE(done);
    EXPECT_FALSE(fs::exists(before.folder.path / "bad"));
  }
}

}  // namespace
}  // namespace xiaoyuan::store::test
