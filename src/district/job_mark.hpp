// What says whose the records in a job's folder are, and what is said when they are not ours.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/error.hpp"

namespace xiaoyuan::district {

struct JobMark {
  std::uint64_t job = 0;  ///< fingerprint of the district, its table and the program
  std::size_t chunk_lines = 0;
  friend bool operator==(const JobMark&, const JobMark&) = default;
};

std::optional<JobMark> read_mark(const std::filesystem::path& folder);
Result<void> write_mark(const std::filesystem::path& folder, const JobMark& mark);

/// Errors when the records were made from other files, by another program or in other chunks.
Result<void> check_mark(const JobMark& found, const JobMark& ours,
                        const std::filesystem::path& out);

Errors unfinished(const std::filesystem::path& out);
Errors interrupted(const std::filesystem::path& out);
Errors lost_record(const std::filesystem::path& out, std::size_t chunk);

}  // namespace xiaoyuan::district
