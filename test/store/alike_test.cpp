// The three stores beside each other: the same drawn batches, the same answers, the same root; a
// backup of each, restored into each; and a PostgreSQL that is killed while it is written to.
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "base/random.hpp"
#include "ledger/log.hpp"
#include "made.hpp"
#include "store/archive.hpp"
#include "store/backup.hpp"
#include "store/postgres.hpp"

namespace xiaoyuan::store::test {
namespace {

std::string bytes_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// An importer and an office that repeat, contradict, correct and skip, drawn from a seed.
class DrawnBatches {
 public:
  explicit DrawnBatches(std::uint64_t seed) : random_(seed), entries_(seed) {}

  Batch next() {
    if (!sent_.empty() && below(6) == 0) {
      Batch again = sent_[below(sent_.size())];
      if (below(2) == 0) {
        again.registers.push_back(reading("late", number(40), number(9), 100));
      }
      return again;
    }
    Batch batch = batch_of(fmt::format("batch {}", sent_.size()));
    for (std::uint64_t i = below(8); i > 0; --i) {
      batch.registers.push_back(
          reading(fmt::format("m{}", below(6)), number(70), number(3), 100 + number(4)));
    }
    for (std::uint64_t i = below(8); i > 0; --i) {
      batch.days.push_back(
          stored_day(fmt::format("m{}", below(6)), number(70), number(3), 100 + number(4)));
    }
    if (below(3) == 0) {
      batch.documents = {{fmt::format("doc/{}", below(30)), fmt::format("{}", below(2))}};
    }
    if (below(2) == 0) {
      batch.entries = entries_.next(1 + below(4));
      waiting_.insert(waiting_.end(), batch.entries.begin(), batch.entries.end());
      batch.entries = waiting_;  // with those of batches that were refused
    }
    sent_.push_back(batch);
    return batch;
  }
  void was_taken(const Batch& batch) {
    if (!batch.entries.empty()) {
      waiting_.clear();
    }
  }

 private:
  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(random_.uniform() * static_cast<double>(n));
  }
  std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(below(n)); }

  Random random_;
  Entries entries_;
  std::vector<Batch> sent_;
  std::vector<ledger::Entry> waiting_;
};

/// "taken", "known" or what is wrong.
std::string answer_of(Store& store, const Batch& batch) {
  const auto written = store.write(batch);
  return !written                   ? message(written.error().front(), Language::chinese)
         : *written == Written::now ? "taken"
                                    : "known";
}

/// Stores of the kinds that are there, each empty.
std::vector<World> worlds(const Folder& folder) {
  std::vector<World> all{memory_world(), world_at("sqlite", folder.path / "store.db")};
  if (const auto* server = xiaoyuan::test::postgres_server()) {
    all.push_back(world_at("postgres", server->where("drawn")));
  }
  return all;
}

/// Writes drawn batches to all stores and compares what they answer.
void write_drawn(const std::vector<std::unique_ptr<Store>>& stores, std::uint64_t seed) {
  DrawnBatches drawn(seed);
  std::map<std::string, int> outcomes;
  for (int i = 0; i < 150; ++i) {
    const Batch batch = drawn.next();
    const std::string first = answer_of(*stores.front(), batch);
    for (std::size_t other = 1; other < stores.size(); ++other) {
      ASSERT_EQ(answer_of(*stores[other], batch), first) << "seed " << seed << ", step " << i;
    }
    if (first == "taken") {
      drawn.was_taken(batch);
    }
    ++outcomes[first == "taken" || first == "known" ? first : "refused"];
  }
  EXPECT_GT(outcomes["taken"], 30);
  EXPECT_GT(outcomes["known"], 3);
  EXPECT_GT(outcomes["refused"], 10);
}

TEST(Stores, AnswerAlikeAndRestoreIntoEachOther) {
  POSTGRES_OR_SKIP(server);
  const Folder folder;
  std::vector<std::unique_ptr<Store>> stores;
  for (const World& world : worlds(folder)) {
    stores.push_back(world.open());
  }
  write_drawn(stores, 11);

  // The same content is the same archive, byte for byte; it fills every kind of store.
  std::vector<fs::path> archives;
  for (std::size_t i = 0; i < stores.size(); ++i) {
    archives.push_back(folder.path / fmt::format("{}.archive", i));
    const auto summary = backup(*stores[i], archives.back());
    ASSERT_TRUE(summary) << message(summary.error().front(), Language::english);
    EXPECT_EQ(summary->head, ledger::rebuilt(stores[i]->entries(0, 10'000).value()).value().head());
    EXPECT_EQ(bytes_of_file(archives[i]), bytes_of_file(archives.front()));
  }
  std::vector<World> targets{memory_world(), world_at("sqlite", folder.path / "restored.db"),
                             world_at("postgres", server->where("restored"))};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto target = targets[i].open();
    const auto summary = restore(*target, archives[i]);
    ASSERT_TRUE(summary) << message(summary.error().front(), Language::english);
    const fs::path again = folder.path / fmt::format("again-{}.archive", i);
    EXPECT_EQ(backup(*target, again).value(), *summary);
    EXPECT_EQ(bytes_of_file(again), bytes_of_file(archives.front()));
    const auto twice = restore(*target, archives[i]);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().front().fault, Fault::conflict);
  }
}

TEST(Backup, WithAnyByteChangedIsRefusedAndNothingIsRestored) {
  const Folder folder;
  const auto store = open_memory();
  Entries entries(3);
  Batch batch = batch_of("1");
  batch.registers = {reading("m1", 0, 5, 100)};
  batch.days = {stored_day("m1", 0, 5, 100), stored_day("m2", 0, 5, 100)};
  batch.entries = entries.next(5);
  batch.documents = {{"run/1", "figures"}};
  kept(*store, batch);
  const fs::path path = folder.path / "a.archive";
  ASSERT_TRUE(backup(*store, path));
  const std::string whole = bytes_of_file(path);
  const fs::path changed_path = folder.path / "b.archive";
  const auto is_refused = [&](const std::string& bytes) {
    std::ofstream(changed_path, std::ios::binary | std::ios::trunc) << bytes;
    const auto target = open_memory();
    const auto restored = restore(*target, changed_path);
    return !restored && !check_archive(changed_path) &&
           restored.error().front().fault == Fault::unreadable &&
           target->batches().value().empty() && target->book_size().value() == 0;
  };
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ (1 << i % 8));
    ASSERT_TRUE(is_refused(changed)) << "byte " << i;
    ASSERT_TRUE(is_refused(whole.substr(0, i))) << "cut at " << i;
  }
  EXPECT_TRUE(is_refused(whole + '\0'));
  EXPECT_FALSE(is_refused(whole));
  EXPECT_FALSE(backup(*store, path)) << "a backup is never written over";
}

TEST(Backup, WithBlocksLostOrMovedIsRefused) {
  const auto archive_of = [](const std::vector<std::string>& names) {
    std::ostringstream file;
    ArchiveWriter writer(file);
    for (const std::string& name : names) {
      Portion portion;
      portion.documents = {{name, "figures"}};
      writer.write(portion);
    }
    writer.finish();
    return file.str();
  };
  const std::string line = "xiaoyuan.archive/1\n";
  const std::string whole = archive_of({"a", "b"});
  const std::size_t end_block = 8 + sizeof(Digest);
  const std::size_t first = archive_of({"a"}).size() - line.size() - end_block;
  const std::string a = whole.substr(line.size(), first);
  const std::string b =
      whole.substr(line.size() + first, whole.size() - line.size() - first - end_block);
  const std::string end = whole.substr(whole.size() - end_block);
  const auto is_whole = [](const std::string& bytes) {
    std::istringstream file(bytes);
    ArchiveReader reader(file, "x");
    while (true) {
      const auto portion = reader.next();
      if (!portion || !*portion) {
        return portion.has_value();
      }
    }
  };
  EXPECT_TRUE(is_whole(line + a + b + end));
  EXPECT_FALSE(is_whole(line + b + a + end));
  EXPECT_FALSE(is_whole(line + b + end));
  EXPECT_FALSE(is_whole(line + a + end));
  EXPECT_FALSE(is_whole(line + a + b + b + end));
  EXPECT_FALSE(is_whole(line + a + b));
}

/// A server that is killed, whole or the one process that serves the writer, again and again while
/// batches are written: each is acknowledged in the end, none twice. More rounds by hand:
/// XIAOYUAN_STORE_KILLS.
TEST(Postgres, LosesNothingWhenItIsKilled) {
  POSTGRES_OR_SKIP(server);
  const char* wanted = std::getenv("XIAOYUAN_STORE_KILLS");
  const int rounds = wanted ? std::atoi(wanted) : 3;
  const std::string where = server->where("killed");
  const auto opened = open_postgres(where);
  ASSERT_TRUE(opened);
  std::atomic<bool> ends = false;
  std::atomic<int> written = 0;
  Entries entries(9);
  std::jthread writer([&] {
    for (int i = 0; !ends; ++i) {
      Batch batch = batch_of(fmt::format("batch {}", i));
      batch.registers = {reading(fmt::format("m{}", i % 50), i, i, 100)};
      batch.days = {stored_day("m1", i, i, 100)};
      batch.entries = entries.next(2);
      const auto done = (*opened)->write(batch);
      ASSERT_TRUE(done) << message(done.error().front(), Language::english);
      ASSERT_EQ(*done, Written::now);
      ++written;
    }
  });
  for (int round = 0; round < rounds; ++round) {
    const int before = written;
    while (written < before + 5) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(300 * (round % 7)));
    if (round % 3 == 1) {
      server->kill_backend("killed");
    } else {
      server->kill();
      ASSERT_TRUE(server->start_again());
    }
  }
  const int before = written;
  while (written < before + 5) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ends = true;
  writer.join();
  const auto count = static_cast<std::size_t>(written);
  const auto store = opened_store(where);
  EXPECT_EQ(store->batches().value().size(), count);
  EXPECT_EQ(store->registers({}).value().size(), count);
  EXPECT_EQ(days_in(*store).size(), count);
  EXPECT_EQ(ledger::rebuilt(store->entries(0, 10'000'000).value()).value().head(), entries.head());
}

sockaddr_un socket_in(const fs::path& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = folder / ".s.PGSQL.5432";
  name.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
  return address;
}

/// Stands between the store and the server, one connection after another; the answer to every
/// third commit does not come through, nor anything after it.
class LossyLine {
 public:
  LossyLine(fs::path here, fs::path server) : here_(std::move(here)), server_(std::move(server)) {
    const sockaddr_un address = socket_in(here_);
    EXPECT_EQ(::bind(door_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(door_, 4), 0);
    thread_ = std::jthread([this] {
      for (int client = ::accept(door_, nullptr, nullptr); client >= 0;
           client = ::accept(door_, nullptr, nullptr)) {
        carry(client);
        ::close(client);
      }
    });
  }
  LossyLine(const LossyLine&) = delete;
  LossyLine& operator=(const LossyLine&) = delete;
  ~LossyLine() {
    ::shutdown(door_, SHUT_RDWR);
    thread_.join();
    ::close(door_);
  }
  int lost() const { return lost_; }

 private:
  void carry(int client) {
    const sockaddr_un address = socket_in(server_);
    const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      std::string bytes(1 << 16, '\0');
      bool swallows = false;
      for (bool open = true; open;) {
        std::array<pollfd, 2> ends{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        ::poll(ends.data(), ends.size(), -1);
        const bool asks = ends[0].revents != 0;
        const ssize_t size = ::read(asks ? client : server, bytes.data(), bytes.size());
        const std::string_view part(bytes.data(),
                                    static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        const bool commits = asks && part.find(std::string_view("commit\0", 7)) != part.npos;
        swallows = swallows || (commits && ++commits_ % 3 == 0);
        open = !part.empty() && (asks || !swallows);
        if (open) {
          open = ::write(asks ? server : client, part.data(), part.size()) > 0;
        }
      }
      lost_ += swallows ? 1 : 0;
    }
    ::close(server);
  }

  fs::path here_;
  fs::path server_;
  int door_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
  int commits_ = 0;
  std::atomic<int> lost_ = 0;
  std::jthread thread_;
};

TEST(Postgres, SettlesALostAcknowledgementByTheKey) {
  POSTGRES_OR_SKIP(server);
  const Folder folder;
  std::string where = server->where("lossy");
  const std::size_t host = where.find("host=") + 5;
  const std::size_t size = where.find('&', host) - host;
  const LossyLine line(folder.path, where.substr(host, size));
  where.replace(host, size, folder.path.string());
  const auto store = opened_store(where);
  Entries entries(4);
  for (int i = 0; i < 12; ++i) {
    Batch batch = batch_of(fmt::format("batch {}", i));
    batch.registers = {reading("m1", i, i, 100)};
    batch.entries = entries.next(2);
    kept(*store, batch);
  }
  EXPECT_GE(line.lost(), 4);
  EXPECT_EQ(store->batches().value().size(), 12U);
  EXPECT_EQ(store->registers({}).value().size(), 12U);
  EXPECT_EQ(ledger::rebuilt(store->entries(0, 1000).value()).value().head(), entries.head());
}

TEST(Postgres, SaysThatItCannotBeReachedAndKeepsThePasswordToItself) {
  const auto opened =
      open_postgres("postgresql://village:secret@127.0.0.1:1/books?connect_timeout=2");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().front().fault, Fault::unwritable);
  const std::string said = message(opened.error().front(), Language::english);
  EXPECT_NE(said.find("postgresql://127.0.0.1:1/books: the database cannot be reached"),
            std::string::npos)
      << said;
  EXPECT_EQ(said.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace xiaoyuan::store::test
