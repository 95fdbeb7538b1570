// The house stands: folders include only what src/FLOORS lets them, files stay small,
// and nothing is left half done.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = XIAOYUAN_SOURCE;

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<fs::path> files_under(const fs::path& folder, const std::set<std::string>& endings) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (endings.contains(entry.path().extension().string())) {
      files.push_back(entry.path());
    }
  }
  return files;
}

/// Folder → what it may include, in the order of the file.
std::vector<std::pair<std::string, std::set<std::string>>> floors() {
  std::vector<std::pair<std::string, std::set<std::string>>> all;
  for (const std::string& line : lines_of(root / "src/FLOORS")) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    std::istringstream words(line);
    std::string folder;
    words >> folder;
    std::set<std::string> below{folder};
    for (std::string word; words >> word;) {
      below.insert(word);
    }
    all.emplace_back(folder, below);
  }
  return all;
}

TEST(House, ALineOfFloorsNamesOnlyLinesAboveIt) {
  std::set<std::string> above;
  for (const auto& [folder, below] : floors()) {
    above.insert(folder);
    for (const std::string& name : below) {
      EXPECT_TRUE(above.contains(name)) << folder << " names " << name << " before its line";
    }
  }
}

TEST(House, EveryFolderHasALineAndCode) {
  std::set<std::string> known;
  for (const auto& [folder, below] : floors()) {
    known.insert(folder);
    EXPECT_TRUE(fs::is_directory(root / "src" / folder)) << folder << " has no folder";
  }
  for (const auto& entry : fs::directory_iterator(root / "src")) {
    if (entry.is_directory()) {
      EXPECT_TRUE(known.contains(entry.path().filename().string())) << entry.path();
    }
  }
}

TEST(House, EveryIncludeLooksDown) {
  std::map<std::string, std::set<std::string>> allowed;
  for (const auto& [folder, below] : floors()) {
    allowed[folder] = below;
  }
  const std::regex include(R"re(^\s*#include\s+"([a-z_]+)/)re");
  std::size_t seen = 0;
  for (const fs::path& file : files_under(root / "src", {".hpp", ".cpp"})) {
    const std::string folder = fs::relative(file, root / "src").begin()->string();
    for (const std::string& line : lines_of(file)) {
      std::smatch found;
      if (std::regex_search(line, found, include)) {
        ++seen;
        EXPECT_TRUE(allowed[folder].contains(found[1])) << file << ": " << line;
      }
    }
  }
  EXPECT_GT(seen, 100U);
}

TEST(House, ThirdPartiesStayOutOfHeaders) {
  // json_fwd.hpp declares names and nothing else.
  const std::regex third(
      R"(#include <(fmt|nlohmann/json\.|toml|CLI|date|csv|spdlog|xlsxwriter|sqlite3|libpq|pango|cairo|qrencode|zip|expat|zstd|sodium|boost|openssl|prometheus|zlib|httplib)[/.]?)");
  for (const fs::path& file : files_under(root / "src", {".hpp"})) {
    for (const std::string& line : lines_of(file)) {
      EXPECT_FALSE(std::regex_search(line, third)) << file << ": " << line;
    }
  }
}

TEST(House, FilesAreSmallAndHeadersSayWhatTheyAreFor) {
  std::vector<std::size_t> sizes;
  for (const fs::path& file : files_under(root / "src", {".hpp", ".cpp"})) {
    const auto lines = lines_of(file);
    sizes.push_back(lines.size());
    EXPECT_LE(lines.size(), 500U) << file;
    if (file.extension() == ".hpp") {
      EXPECT_TRUE(lines.front().starts_with("// ")) << file << " does not say what it is for";
    }
  }
  std::ranges::sort(sizes);
  EXPECT_LE(sizes[sizes.size() / 2], 130U) << "the median file has grown";
}

TEST(House, NothingIsLeftHalfDone) {
  const std::regex unfinished(
      "\\b(TO"
      "DO|FIX"
      "ME|XX"
      "X|HA"
      "CK)\\b");
  for (const char* folder : {"src", "test", "share", "web/src"}) {
    for (const fs::path& file :
         files_under(root / folder, {".hpp", ".cpp", ".toml", ".ts", ".svelte"})) {
      for (const std::string& line : lines_of(file)) {
        EXPECT_FALSE(std::regex_search(line, unfinished)) << file << ": " << line;
      }
    }
  }
}

TEST(House, BooksKnowWholeNumbersOnly) {
  const std::regex floating("\\b(double|float)\\b");
  for (const char* folder : {"ledger", "settle"}) {
    if (!fs::is_directory(root / "src" / folder)) {
      continue;
    }
    for (const fs::path& file : files_under(root / "src" / folder, {".hpp", ".cpp"})) {
      for (const std::string& line : lines_of(file)) {
        const std::string code = line.substr(0, line.find("//"));
        EXPECT_FALSE(std::regex_search(code, floating)) << file << ": " << line;
      }
    }
  }
}

TEST(House, FoldersHaveNoCatchAllNames) {
  const std::set<std::string> refused{"util",   "utils",   "common",  "core",
                                      "helper", "helpers", "manager", "misc"};
  for (const fs::path& file : files_under(root / "src", {".hpp", ".cpp"})) {
    EXPECT_FALSE(refused.contains(file.stem().string())) << file;
    EXPECT_FALSE(refused.contains(file.parent_path().filename().string())) << file;
  }
}

}  // namespace
