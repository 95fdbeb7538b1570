// A disk that is full or may only be read, and a store that another program holds: what the office
// says then, and that nothing is there by halves.
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite.hpp"
#include "support/broken_disk.hpp"
#include "support/office_village.hpp"
#include "support/temporary_folder.hpp"

namespace xiaoyuan::office::test {
namespace {

namespace fs = std::filesystem;
using xiaoyuan::test::break_disk;
using xiaoyuan::test::broken_disk;
using xiaoyuan::test::DiskFault;
using xiaoyuan::test::restore_power;
using xiaoyuan::test::TemporaryFolder;

/// A store after the first `steps` steps of the story.
struct Kept {
  TemporaryFolder folder;
  fs::path path = folder.path / "store.db";
  Content content;
  explicit Kept(std::size_t steps) {
    restore_power();
    const auto store = open();
    const std::vector<Step> story = small_story();
    for (std::size_t i = 0; i < steps; ++i) {
      EXPECT_TRUE(story[i](*store));
    }
    content = content_of(*store);
  }
  ~Kept() { restore_power(); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  std::unique_ptr<store::Store> open() const {
    return got(store::open_sqlite(path, {.busy_timeout_ms = 50, .vfs = broken_disk()}));
  }
};

/// Takes a step that must be refused for want of writing, and says what was said.
Text refused(store::Store& store, const Step& step) {
  const auto done = step(store);
  if (done) {
    ADD_FAILURE() << "it was taken";
    return {};
  }
  EXPECT_EQ(done.error().front().fault, Fault::unwritable);
  return {message(done.error().front(), Language::english),
          message(done.error().front(), Language::chinese)};
}

bool says(const Text& said, const std::string& en, const std::string& zh) {
  return said.en.find(en) != std::string::npos && said.zh.find(zh) != std::string::npos;
}

/// Each kind of step — import of registers, of intervals, settlement — where the one before is
/// done.
class Disk : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Disk, FullIsSaidLeavesNothingByHalvesAndIsMendedByRoom) {
  const Kept before(GetParam());
  const Step step = small_story()[GetParam()];
  {
    const auto store = before.open();
    break_disk(DiskFault::full, 1);
    const Text said = refused(*store, step);
    EXPECT_TRUE(
        says(said, "the disk is full; nothing of the batch was kept", "磁盘已满;本批数据均未存入"))
        << said.en << said.zh;
    restore_power();
    EXPECT_TRUE(content_of(*store) == before.content);
  }
  const auto store = before.open();
  EXPECT_TRUE(step(*store));
  const Kept without(GetParam() + 1);
  EXPECT_TRUE(content_of(*store) == without.content);
}

TEST_P(Disk, ThatMayOnlyBeReadIsSaidAndShowsTheBook) {
  const Kept before(GetParam());
  break_disk(DiskFault::read_only, 0);
  const auto store = before.open();
  const Text said = refused(*store, small_story()[GetParam()]);
  EXPECT_TRUE(says(said, "the store may only be read", "存储为只读,不能写入")) << said.en;
  EXPECT_TRUE(content_of(*store) == before.content);
  const Office office = got(Office::open(*store, small_village(), 1));
  EXPECT_EQ(office.book().size(), before.content.entries.size());
}

INSTANTIATE_TEST_SUITE_P(Step, Disk, ::testing::Values(0U, 1U, 2U, 3U, 4U));

/// Another process that holds the store's write lock until it is let go.
class Holder {
 public:
  explicit Holder(const fs::path& path) {
    int held[2], free[2];
    EXPECT_EQ(::pipe(held), 0);
    EXPECT_EQ(::pipe(free), 0);
    process_ = ::fork();
    if (process_ == 0) {
      ::close(free[1]);
      sqlite3* database = nullptr;
      const bool holds =
          sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
          sqlite3_exec(database, "begin immediate", nullptr, nullptr, nullptr) == SQLITE_OK;
      char byte = holds ? 'h' : 'n';
      static_cast<void>(::write(held[1], &byte, 1));
      static_cast<void>(::read(free[0], &byte, 1));  // until the other end is closed
      ::_exit(0);
    }
    ::close(held[1]);
    ::close(free[0]);
    char byte = 'n';
    EXPECT_EQ(::read(held[0], &byte, 1), 1);
    EXPECT_EQ(byte, 'h');
    ::close(held[0]);
    free_ = free[1];
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() { let_go(); }
  void let_go() {
    if (process_ > 0) {
      ::close(free_);
      ::waitpid(process_, nullptr, 0);
      process_ = 0;
    }
  }

 private:
  int process_ = 0;
  int free_ = -1;
};

TEST(Lock, OfAnotherProgramIsNamedAndNothingIsKept) {
  for (const std::size_t step : {0U, 2U, 4U}) {
    const Kept before(step);
    Holder holder(before.path);
    const auto store = before.open();
    const Text said = refused(*store, small_story()[step]);
    EXPECT_TRUE(says(said, "another program holds the store; try again when it has finished",
                     "存储正被其他程序占用,请待其完成后重试"))
        << said.en;
    EXPECT_TRUE(content_of(*store) == before.content);
    holder.let_go();
    EXPECT_TRUE(small_story()[step](*store)) << "after it has finished";
  }
}

/// Two offices that opened the same book: what the second knew is no longer so, and it is refused.
TEST(Lock, IsNotNeededToKeepTwoOfficesApart) {
  const Kept before(2);
  const auto first = before.open();
  const auto second = before.open();
  Office late = got(Office::open(*second, small_village(), 1));
  ASSERT_TRUE(small_story()[3](*first));  // a correction that the late one has not seen
  ASSERT_TRUE(small_story()[4](*first));
  const Content content = content_of(*first);
  const auto refused = late.settle(month_of(2026, 1), day_at(2026, 2, 11));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().fault, Fault::conflict);
  EXPECT_FALSE(refused.error().front().what.zh.empty());
  EXPECT_TRUE(content_of(*second) == content);
  Office again = got(Office::open(*second, small_village(), 1));
  EXPECT_EQ(got(again.settle(month_of(2026, 1), day_at(2026, 2, 11))).effect, Effect::unchanged);
}

}  // namespace
}  // namespace xiaoyuan::office::test
