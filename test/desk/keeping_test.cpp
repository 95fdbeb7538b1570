// A backup holds all of a server, and every system unpacks it.
#include "desk/keeping.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/hash.hpp"
#include "desk/keeping_tar.hpp"
#include "store/backup.hpp"
#include "store/folder.hpp"
#include "store/open.hpp"
#include "support/temporary_folder.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::desk {
namespace {

namespace fs = std::filesystem;

constexpr Instant asked_at{std::chrono::seconds{1'795'000'000}};

void keep_line(const std::string& where) {
  store::Batch batch;
  batch.key = "people/00000001";
  batch.recorded_at = asked_at;
  batch.documents = {{"people/00000001", "{}"}};
  ASSERT_TRUE(store::open(where).value()->write(batch));
}

TEST(Backup, holds_stores_files_and_figures_and_is_unpacked_by_tar) {
  const test::TemporaryFolder folder;
  const fs::path& server = folder.path;
  ASSERT_TRUE(fs::create_directories(server / "villages"));
  const auto villages =
      Villages::open({.folder = server / "villages", .store = "", .share = test::shipped_share()},
                     [](const VillageView&) {})
          .value();
  fs::create_directories(server / "figures" / "tariffs");
  std::ofstream(server / "figures" / "tariffs" / "x.toml") << "x = 1\n";
  const std::string store = (server / "server.db").string();
  keep_line(store);
  const Job job{.id = "j7",
                .kind = "backup",
                .village = "",
                .account = "a1",
                .request = "{}",
                .asked_at = asked_at};
  const Bench bench{.job = job,
                    .folder = server,
                    .on_progress = [](const Text&, std::size_t, std::size_t) { return true; }};
  const BackupRow row =
      make_backup({.folder = server, .server_store = store, .villages = *villages}, bench).value();
  EXPECT_EQ(row.id, "20261118-110640-7");
  const auto listed = backups_in(server);
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.front().sha256, row.sha256);
  const std::string bytes = backup_bytes(server, row.id).value();
  EXPECT_EQ(hex(sha256(bytes)), row.sha256);
  EXPECT_EQ(bytes.size(), row.size_bytes);

  const fs::path out = server / "out";
  fs::create_directories(out);
  const std::string command =
      "tar -C " + out.string() + " -xf " + server.string() + "/backups/" + row.id + ".tar";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(store::folder(out).read("figures/tariffs/x.toml").value(), "x = 1\n");
  EXPECT_TRUE(fs::is_regular_file(out / "manifest.json"));
  const auto restored = store::open("memory:").value();
  ASSERT_TRUE(store::restore(*restored, out / "server.xyb"));
  EXPECT_EQ(restored->documents("people/").value().size(), 1U);
}

TEST(Backup, that_is_not_whole_is_not_listed_and_names_lead_nowhere_else) {
  const test::TemporaryFolder folder;
  fs::create_directories(folder.path / "backups");
  std::ofstream(folder.path / "backups" / "20261124-195000-1.tar") << "half";
  EXPECT_TRUE(backups_in(folder.path).empty());
  std::ofstream(folder.path / "backups" / "20261124-195000-1.json") << R"({"size_bytes": 5})";
  EXPECT_TRUE(backups_in(folder.path).empty());
  for (const char* id : {"20261124-195000-1", "../server", "", "..", "a"}) {
    EXPECT_FALSE(backup_bytes(folder.path, id)) << id;
  }
}

TEST(Tar, takes_long_names_in_two_parts_and_refuses_longer_ones) {
  const test::TemporaryFolder folder;
  TarFile tar(folder.path / "a.tar", asked_at);
  const std::string long_name = std::string(120, 'f') + "/" + std::string(90, 'n');
  EXPECT_TRUE(tar.add(long_name, "bytes"));
  EXPECT_FALSE(tar.add(std::string(101, 'n'), "bytes"));
  ASSERT_TRUE(tar.finish());
  const std::string path = (folder.path / "a.tar").string();
  ASSERT_EQ(std::system(("tar -C " + folder.path.string() + " -xf " + path).c_str()), 0);
  EXPECT_EQ(store::folder(folder.path).read(long_name).value(), "bytes");
}

}  // namespace
}  // namespace xiaoyuan::desk
