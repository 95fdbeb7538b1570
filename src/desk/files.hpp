// The files of a village as its committee edits them: read with a mark, put in place of the one
// that was read, checked with all the others by the planner's and the office's own readers before
// it is kept; what it replaces stays as a version.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"

namespace xiaoyuan::desk {

struct FileName {
  std::string folder;  ///< "" or loads, weather, tariffs, mechanisms, factors
  std::string name;
  std::string path() const { return folder.empty() ? name : folder + "/" + name; }
};
/// Errors: a name that no file of a village has; never one that leaves its folder.
Result<FileName> file_name(const std::string& folder, const std::string& name);

struct FileState {
  FileName name;
  std::size_t size_bytes = 0;
  std::string etag;          ///< with its quotes
  std::size_t versions = 0;  ///< older ones that are kept: 1 … this
};
std::vector<FileState> village_files(const std::filesystem::path& village);
Result<FileState> state_of(const std::filesystem::path& village, const FileName& name);

/// As it is, or the older one of a number.
Result<std::string> read_file(const std::filesystem::path& village, const FileName& name,
                              std::optional<std::size_t> version);

struct NewFile {
  FileName name;
  std::string bytes;
  std::string etag;  ///< of the file that was read; "" for one that is not there yet
};
enum class Put : std::uint8_t { kept, not_the_one_read };
struct PutFile {
  Put outcome = Put::kept;
  FileState state{};
  std::vector<Text> warnings{};
};
Result<PutFile> put_file(const std::filesystem::path& village, const Files& share,
                         const NewFile& file);

/// Everything that is wrong with a village's files, those of its scenarios, its loads and, where
/// it settles, its office too; else what is worth a look. Rules for points are read where points
/// are asked for: a form that nobody has filled in yet keeps nothing else from being edited.
Result<std::vector<Text>> check_village(const Files& village, const Files& share);

}  // namespace xiaoyuan::desk
