// Worlds in which stores live, and batches that the tests make.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/proof.hpp"
#include "readings/intervals.hpp"
#include "readings/seal.hpp"
#include "store/memory.hpp"
#include "store/open.hpp"
#include "support/cases.hpp"
#include "support/office.hpp"
#include "support/postgres_server.hpp"

namespace xiaoyuan::store::test {

namespace fs = std::filesystem;

/// A folder that goes with the test. In memory where the system has such a place: tests of a
/// disk's failures bring a disk of their own (support/broken_disk.hpp).
class Folder {
 public:
  Folder() {
    std::error_code error;
    const fs::path memory = "/dev/shm";
    std::string name =
        ((fs::is_directory(memory, error) ? memory : fs::temp_directory_path()) / "xiaoyuan-XXXXXX")
            .string();
    path = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

/// A place of a store; `open` opens it, again and again.
struct World {
  std::string name;
  std::function<std::unique_ptr<Store>()> open;
};

inline std::unique_ptr<Store> opened_store(const std::string& where) {
  auto opened = open(where);
  if (!opened) {
    ADD_FAILURE() << message(opened.error().front(), Language::english);
    return open_memory();
  }
  return std::move(*opened);
}

inline World memory_world() {
  return {"memory", [shelf = new_shelf()] { return open_memory(shelf); }};
}
inline World world_at(const std::string& name, const std::string& where) {
  return {name, [where] { return opened_store(where); }};
}

inline Instant second(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
inline constexpr std::int64_t october = 1'790'784'000;  // 2026-09-30 16:00 UTC, Beijing's October
inline constexpr std::int64_t day_s = 86'400;

inline readings::RegisterReading reading(const std::string& meter, std::int64_t day,
                                         std::int64_t mwh, std::int64_t recorded_at) {
  return {.key = {meter, readings::Channel::imported, readings::Rate::total,
                  second(october + day * day_s)},
          .value = {mwh},
          .quality = readings::Quality::measured,
          .source = "file.csv",
          .recorded_at = second(recorded_at)};
}

/// A day of four steps of six hours.
inline StoredDay stored_day(const std::string& meter, std::int64_t day, std::int64_t wh,
                            std::int64_t recorded_at) {
  readings::Intervals made =
      readings::empty_intervals(meter, readings::Channel::exported,
                                {second(october + day * day_s), std::chrono::hours{6}, 4}, {1000});
  for (std::size_t i = 0; i < made.counts.size(); ++i) {
    made.counts[i] = wh + static_cast<std::int64_t>(i);
    made.quality[i] = readings::Quality::measured;
  }
  readings::Sealed sealed = readings::seal(made);
  return {.meter = meter,
          .channel = made.channel,
          .start = made.axis.start,
          .recorded_at = second(recorded_at),
          .source = "file.csv",
          .packed = std::move(sealed.bytes),
          .digest = sealed.digest};
}

/// The next entries of a book that an office of that seed keeps.
class Entries {
 public:
  explicit Entries(std::uint64_t seed) : office_(seed) {}
  std::vector<ledger::Entry> next(std::size_t count) {
    std::vector<ledger::Entry> entries;
    while (entries.size() < count) {
      const auto applied = book_.apply(office_.next());
      if (applied && applied->outcome == ledger::Applied::Outcome::taken) {
        entries.push_back(applied->entry);
      }
    }
    return entries;
  }
  ledger::Head head() const { return book_.head(); }

 private:
  ledger::test::Office office_;
  ledger::Book book_;
};

inline Batch batch_of(const std::string& key) {
  return {.key = key,
          .recorded_at = second(october),
          .registers = {},
          .days = {},
          .entries = {},
          .documents = {}};
}

inline std::vector<StoredDay> days_in(Store& store, const Asked& asked = {}) {
  std::vector<StoredDay> all;
  const auto done = store.days(asked, [&](const StoredDay& day) {
    all.push_back(day);
    return true;
  });
  EXPECT_TRUE(done.has_value());
  return all;
}

/// Writes a batch that must be taken.
inline void kept(Store& store, const Batch& batch) {
  const auto written = store.write(batch);
  ASSERT_TRUE(written) << message(written.error().front(), Language::english);
  EXPECT_EQ(*written, Written::now);
}

/// What is said of a batch that must be refused, in English; "" where it was not.
inline std::string refused(Store& store, const Batch& batch, Fault fault) {
  const auto written = store.write(batch);
  if (written) {
    return "";
  }
  EXPECT_EQ(written.error().front().fault, fault);
  EXPECT_FALSE(written.error().front().what.zh.empty());
  return message(written.error().front(), Language::english);
}

}  // namespace xiaoyuan::store::test
