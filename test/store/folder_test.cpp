// Folders: nothing outside is read, nothing half-written is left, and share/ is found or missed.
#include "store/folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "base/error.hpp"

namespace xiaoyuan::store {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test, gone after it.
class Folder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "xiaoyuan-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  void put(const std::string& name, const std::string& bytes) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }
  std::string bytes_of(const std::string& name) const {
    std::ifstream file(root_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      all.insert(fs::relative(entry.path(), root_).string());
    }
    return all;
  }

  fs::path root_;
};

using ReadFolder = Folder;
using WrittenFolder = Folder;
using CopiedFolder = Folder;
using ShareFolder = Folder;

TEST_F(ReadFolder, GivesBytesAsTheyAre) {
  const std::string bytes("a\r\n\0\xFF", 5);
  put("loads/h1.csv", bytes);
  put("empty", "");
  const Files files = folder(root_);
  EXPECT_EQ(files.read("loads/h1.csv").value(), bytes);
  EXPECT_EQ(files.read("empty").value(), "");
}

TEST_F(ReadFolder, RefusesNamesThatLeaveIt) {
  put("in/a", "x");
  put("secret", "y");
  const Files files = folder(root_ / "in");
  for (const std::string& name : {std::string("../secret"), std::string("a/../../secret"),
                                  (root_ / "secret").string(), std::string("..")}) {
    const auto read = files.read(name);
    ASSERT_FALSE(read.has_value()) << name;
    EXPECT_EQ(read.error()[0].fault, Fault::bad_input);
    EXPECT_EQ(message(read.error()[0], Language::english),
              name + ": names a file outside its folder");
    EXPECT_EQ(read.error()[0].what.zh, "指向文件夹之外的文件");
  }
}

TEST_F(ReadFolder, SaysWhatIsNotThere) {
  put("loads/h1.csv", "x");
  const Files files = folder(root_);
  for (const char* name : {"loads/h2.csv", "loads", ""}) {
    const auto read = files.read(name);
    ASSERT_FALSE(read.has_value()) << name;
    EXPECT_EQ(read.error()[0].fault, Fault::not_found);
    EXPECT_EQ(read.error()[0].what.en, "there is no such file in " + root_.string());
  }
}

TEST_F(ReadFolder, ListsFilesSortedAndNotWhatIsHidden) {
  for (const char* name : {"t/b.toml", "t/a.toml", "t/c.toml", "t/.a.toml.swp", "t/sub/d.toml"}) {
    put(name, "");
  }
  const Files files = folder(root_);
  EXPECT_EQ(files.list("t"), (std::vector<std::string>{"a.toml", "b.toml", "c.toml"}));
  EXPECT_TRUE(files.list("none").empty());
}

TEST_F(WrittenFolder, IsThereWholeAfterFinish) {
  {
    auto output = OutputFolder::begin(root_ / "out");
    ASSERT_TRUE(output.has_value());
    EXPECT_TRUE(output->write("report.html", "<p>"));
    EXPECT_TRUE(output->write("hourly/H001.csv", "kw\n"));
    EXPECT_FALSE(fs::exists(root_ / "out/report.html"));  // not before finish()
    EXPECT_TRUE(output->finish());
  }
  EXPECT_EQ(names(),
            (std::set<std::string>{"out", "out/report.html", "out/hourly", "out/hourly/H001.csv"}));
  EXPECT_EQ(bytes_of("out/report.html"), "<p>");
  EXPECT_EQ(bytes_of("out/hourly/H001.csv"), "kw\n");
}

TEST_F(WrittenFolder, LeavesNothingBehindWithoutFinish) {
  put("out/report.html", "old");
  {
    auto output = OutputFolder::begin(root_ / "out");
    ASSERT_TRUE(output.has_value());
    EXPECT_TRUE(output->write("report.html", "new"));
    EXPECT_TRUE(output->write("hourly/H001.csv", "kw\n"));
    const OutputFolder moved = std::move(*output);
  }
  EXPECT_EQ(names(), (std::set<std::string>{"out", "out/report.html"}));
  EXPECT_EQ(bytes_of("out/report.html"), "old");
}

TEST_F(WrittenFolder, ReplacesAnOlderResultAndKeepsOtherFiles) {
  put("out/report.html", "old");
  put("out/notes.txt", "mine");
  {
    auto output = OutputFolder::begin(root_ / "out");
    ASSERT_TRUE(output && output->write("report.html", "new") && output->finish());
  }
  EXPECT_EQ(bytes_of("out/report.html"), "new");
  EXPECT_EQ(bytes_of("out/notes.txt"), "mine");
}

TEST_F(WrittenFolder, WhatIsNoFolderCannotBeWritten) {
  put("file", "x");
  const auto output = OutputFolder::begin(root_ / "file");
  ASSERT_FALSE(output.has_value());
  EXPECT_EQ(output.error()[0].fault, Fault::unwritable);
  EXPECT_TRUE(output.error()[0].what.en.starts_with("cannot be written: "));
}

TEST_F(CopiedFolder, HoldsEveryFileAndOverwritesNone) {
  put("from/a.toml", "a");
  put("from/loads/b.csv", "b");
  ASSERT_TRUE(copy_folder(root_ / "from", root_ / "to/here"));
  EXPECT_EQ(bytes_of("to/here/a.toml"), "a");
  EXPECT_EQ(bytes_of("to/here/loads/b.csv"), "b");
  const auto again = copy_folder(root_ / "from", root_ / "to/here");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error()[0].what.en, "exists and is not empty; choose another folder");
}

/// XIAOYUAN_SHARE set for one test.
class Named {
 public:
  explicit Named(const std::string& value) {
    if (const char* before = std::getenv("XIAOYUAN_SHARE")) {
      before_ = before;
    }
    ::setenv("XIAOYUAN_SHARE", value.c_str(), 1);
  }
  Named(const Named&) = delete;
  Named& operator=(const Named&) = delete;
  ~Named() {
    if (before_.empty()) {
      ::unsetenv("XIAOYUAN_SHARE");
    } else {
      ::setenv("XIAOYUAN_SHARE", before_.c_str(), 1);
    }
  }

 private:
  std::string before_;
};

TEST_F(ShareFolder, IsWhereTheEnvironmentSays) {
  put("assumptions.toml", "");
  const Named named(root_.string());
  EXPECT_EQ(share_folder().value(), root_);
}

TEST_F(ShareFolder, ANameWithoutDataIsAnErrorNotAGuess) {
  const Named named(root_.string());
  const auto found = share_folder();
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error()[0].fault, Fault::not_found);
  EXPECT_EQ(message(found.error()[0], Language::english),
            "XIAOYUAN_SHARE names " + root_.string() + ", which holds no assumptions.toml");
  EXPECT_EQ(message(found.error()[0], Language::chinese),
            "XIAOYUAN_SHARE 指向 " + root_.string() + ",其中没有 assumptions.toml");
}

}  // namespace
}  // namespace xiaoyuan::store
