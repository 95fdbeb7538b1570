// A tar file (POSIX.1-1988, "ustar"): the form that every system unpacks.
//
//   for each file: a head of 512 bytes, its bytes, zeros up to a multiple of 512; at the end 1,024
//   zeros
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::desk {

class TarFile {
 public:
  /// A new one. `at` is the time of change of all that it holds.
  TarFile(std::filesystem::path path, Instant at);

  /// Errors: a name of more than 255 bytes, or whose last part has more than 100.
  Result<void> add(const std::string& name, std::string_view bytes);
  /// A file of the disk, piece by piece.
  Result<void> add_file(const std::string& name, const std::filesystem::path& file);
  /// Errors: the disk is full.
  Result<void> finish();

 private:
  Result<void> begin(const std::string& name, std::uintmax_t size);
  void pad(std::uintmax_t size);

  std::filesystem::path path_;
  Instant at_;
  std::ofstream file_;
};

}  // namespace xiaoyuan::desk
