// Keeping a server: backups as one file each, and how the server is.
//
//   backups/20261124-195000-12.tar   manifest.json · server.xyb · figures/ · plans/ ·
//                                    villages/<name>/: its files, and store.xyb where it has a
//                                    store
//   backups/20261124-195000-12.json  size, SHA-256, what is in it
//
// A .xyb is an archive of a store (store/backup.hpp), checked when it was written; `xiaoyuan
// restore` reads it into a store of any kind.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "desk/jobs.hpp"
#include "desk/village_desk.hpp"

namespace xiaoyuan::desk {

struct BackupRow {
  std::string id;  ///< "20261124-195000-12": when it was asked for, in UTC, and the job
  Instant at;
  std::uint64_t size_bytes = 0;
  std::string sha256;
  std::vector<std::string> villages{};
  std::uint64_t entries = 0;  ///< of all books
};

struct BackupPlace {
  std::filesystem::path folder;  ///< of the server
  std::string server_store;      ///< where its people are kept, as store::open takes it
  Villages& villages;
};

/// The work of jobs of the kind "backup"; its result is the BackupRow as openapi.yaml tells it.
Work backup_work(BackupPlace place);

/// Makes one now.
Result<BackupRow> make_backup(const BackupPlace& place, const Bench& bench);

/// Those that are whole, the newest first.
std::vector<BackupRow> backups_in(const std::filesystem::path& folder);
/// The bytes of one. Errors: there is none of that name.
Result<std::string> backup_bytes(const std::filesystem::path& folder, const std::string& id);

std::string json_of(const BackupRow& row);

struct HealthOfVillage {
  std::string village;
  Errors errors;
};
struct Health {
  std::uint64_t disk_free_bytes = 0;
  std::optional<BackupRow> last_backup{};
  std::size_t jobs_waiting = 0;
  std::size_t jobs_running = 0;
  std::vector<HealthOfVillage> villages{};
  /// A village that does not read, a disk nearly full (1 GB), or no backup for eight days.
  bool needs_somebody = false;
};
Health health_of(const std::filesystem::path& folder, const Villages& villages, const Jobs& jobs,
                 Instant now);

}  // namespace xiaoyuan::desk
