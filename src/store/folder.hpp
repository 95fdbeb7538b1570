// Real folders: reading a village's and share's files, and writing a result whole or not at all.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/files.hpp"

namespace xiaoyuan::store {

/// The files under `root`. Names may not leave it ("..", absolute paths).
Files folder(const std::filesystem::path& root);

/// Where the installed data lies: $XIAOYUAN_SHARE, else share/xiaoyuan beside the program's prefix,
/// else share/ of the checkout the program was built in (looked for upwards from the program).
Result<std::filesystem::path> share_folder();

/// Collects files in a hidden folder inside `root` and moves them into place together at finish();
/// without it, nothing is left behind.
class OutputFolder {
 public:
  static Result<OutputFolder> begin(const std::filesystem::path& root);
  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();

  /// `name` may hold folders ("hourly/H001.csv").
  Result<void> write(const std::string& name, std::string_view bytes);
  Result<void> finish();
  const std::filesystem::path& root() const { return root_; }

 private:
  explicit OutputFolder(std::filesystem::path root);
  std::filesystem::path root_;
  std::filesystem::path partial_;
  bool made_root_ = false;
};

/// Copies every file of `from` into `to`, which must not exist or be empty.
Result<void> copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace xiaoyuan::store
