// A village's files as a desk holds them: read once, and again when one of them is another.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "office/village.hpp"

namespace xiaoyuan::desk {

/// Which files lie in a folder, how large they are and when they were written: where all of it is
/// the same, so are the files.
struct FolderMark {
  struct File {
    std::string name;
    std::uintmax_t size = 0;
    std::filesystem::file_time_type written;
    friend bool operator==(const File&, const File&) = default;
  };
  std::vector<File> files;
  friend bool operator==(const FolderMark&, const FolderMark&) = default;
};
/// Leaves the stores alone, which change with every reading.
FolderMark mark_of(const std::filesystem::path& folder);

struct VillageFiles {
  std::shared_ptr<const plan::Inputs> plan;
  std::shared_ptr<const office::Village> office;  ///< of a village that settles
  Errors errors;  ///< of what does not read; `plan` is there all the same where it does
};
/// A village that has neither settlement.toml nor meters.csv only plans, and that is no error.
VillageFiles read_files(const Files& village, const Files& share);

}  // namespace xiaoyuan::desk
