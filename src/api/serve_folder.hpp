// The data folder of a server: one server at a time, and a demonstration's folder is never a real
// one's.
#pragma once
#include <filesystem>
#include <span>

#include "api/serve_settings.hpp"
#include "base/error.hpp"

namespace xiaoyuan::api {

/// Held as long as the server runs; goes with the process, however that ends.
class FolderLock {
 public:
  /// Makes the folder where there is none. Errors: another server has it.
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

/// Marks a new folder as what it is to be. Errors: it is a demonstration's and no demonstration is
/// asked for, or the other way round.
Result<void> claim_for(Demo demo, const std::filesystem::path& folder);

/// Copies village folders to villages/ of the data, where they are not there yet.
Result<void> bring_villages(std::span<const std::filesystem::path> villages,
                            const std::filesystem::path& folder);

}  // namespace xiaoyuan::api
