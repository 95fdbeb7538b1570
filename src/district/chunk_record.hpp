// The record of a finished chunk: its households' lines and totals in one file, written whole or
// not at all, with a checksum. A file cut short by a crash is seen as none.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "district/totals.hpp"

namespace xiaoyuan::district {

struct ChunkRecord {
  Totals totals;
  std::string lines;  ///< as they stand in households.csv
};

/// Writes beside `path` and renames: readers see the old file, none, or the new one.
Result<void> write_whole(const std::filesystem::path& path, std::string_view bytes);

/// The records of one job in one folder; several processes may use it at once.
class ChunkFolder {
 public:
  /// `job` is the fingerprint of all that the result depends on.
  ChunkFolder(std::filesystem::path folder, std::uint64_t job)
      : folder_(std::move(folder)), job_(job) {}

  Result<void> write(std::size_t chunk, const ChunkRecord& record) const;
  /// Nothing when it is not there, is not whole or belongs to another job.
  std::optional<ChunkRecord> read(std::size_t chunk) const;

 private:
  std::filesystem::path path_of(std::size_t chunk) const;

  std::filesystem::path folder_;
  std::uint64_t job_;
};

}  // namespace xiaoyuan::district
