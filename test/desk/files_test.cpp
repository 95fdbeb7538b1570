// A village's files as they are edited: only what the readers take is kept, nothing is lost.
#include "desk/files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "support/temporary_folder.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::desk {
namespace {

struct OnDisk {
  test::TemporaryFolder folder;
  OnDisk() {
    for (const auto& [name, bytes] : test::shipped_without_wires("example")) {
      std::filesystem::create_directories((folder.path / name).parent_path());
      std::ofstream(folder.path / name) << bytes;
    }
  }
  std::string text(const FileName& name) const {
    return read_file(folder.path, name, std::nullopt).value_or("");
  }
  Result<PutFile> put(const FileName& name, const std::string& bytes,
                      const std::string& etag) const {
    return put_file(folder.path, test::shipped_share(), {name, bytes, etag});
  }
};

const FileName rows{"", "households.csv"};

std::string with_battery(std::string csv) {
  const std::string old = "H001,Zhang 张家";
  return csv.replace(csv.find(old), old.size(), "H001,Zhang 新");
}

TEST(VillageFiles, ReplaceTheOneThatWasRead) {
  const OnDisk village;
  const std::string before = village.text(rows);
  const std::string after = with_battery(before);
  const auto put = village.put(rows, after, etag_of(before));
  ASSERT_TRUE(put.has_value()) << message(put.error()[0], Language::english);
  EXPECT_EQ(put->outcome, Put::kept);
  EXPECT_EQ(put->state.versions, 1U);
  EXPECT_EQ(put->state.etag, etag_of(after));
  EXPECT_EQ(village.text(rows), after);
  EXPECT_EQ(read_file(village.folder.path, rows, 1).value_or(""), before);
  const auto late = village.put(rows, before, etag_of(before));
  ASSERT_TRUE(late.has_value());
  EXPECT_EQ(late->outcome, Put::not_the_one_read);
  EXPECT_EQ(village.text(rows), after);
}

TEST(VillageFiles, KeepNothingThatDoesNotRead) {
  const OnDisk village;
  const std::string before = village.text(rows);
  std::string broken = before;
  broken.replace(broken.find("T1"), 2, "T9");
  const auto put = village.put(rows, broken, etag_of(before));
  ASSERT_FALSE(put.has_value());
  EXPECT_EQ(put.error()[0].where.file, "households.csv");
  EXPECT_EQ(village.text(rows), before);
  EXPECT_FALSE(read_file(village.folder.path, rows, 1));
}

TEST(VillageFiles, TakeNewOnesBesideTheOthers) {
  const OnDisk village;
  const auto load = file_name("loads", "h9.csv");
  ASSERT_TRUE(load.has_value());
  ASSERT_TRUE(village.put(*load, "time,load_kwh\n", "").has_value());
  EXPECT_EQ(village.put(*load, "x\n", "")->outcome, Put::not_the_one_read);
  const auto files = village_files(village.folder.path);
  EXPECT_TRUE(std::ranges::any_of(
      files, [](const FileState& one) { return one.name.path() == "loads/h9.csv"; }));
}

TEST(VillageFiles, LeaveTheirFolderByNoName) {
  for (const auto& [folder, name] :
       std::vector<std::pair<std::string, std::string>>{{"", "../households.csv"},
                                                        {"", "village.db"},
                                                        {"", "households.csv/"},
                                                        {"..", "x.csv"},
                                                        {"loads", ".."},
                                                        {"loads", "../village.toml"},
                                                        {"loads", ".hidden"},
                                                        {"loads", "a\\b"},
                                                        {"loads", std::string("a\0b", 3)},
                                                        {"loads", ""},
                                                        {".versions", "x"},
                                                        {"loads/..", "village.toml"}}) {
    EXPECT_FALSE(file_name(folder, name)) << folder << " " << name;
  }
  EXPECT_TRUE(file_name("loads", "张家.csv"));
}

}  // namespace
}  // namespace xiaoyuan::desk
