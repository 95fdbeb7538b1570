// Backup and restore: all that a store holds as an archive (archive.hpp), and a store of any kind
// filled from one. Going from SQLite to PostgreSQL is a backup and a restore.
//
// What is written is read again and checked before it takes its name; what is restored is checked
// before the store shows any of it: the seals, every day's and entry's digest, the book replayed.
#pragma once
#include <filesystem>

#include "ledger/proof.hpp"
#include "store/store.hpp"

namespace xiaoyuan::store {

/// What an archive holds.
struct ArchiveSummary {
  ledger::Head head;  ///< of the book
  std::uint64_t batches = 0, registers = 0, days = 0, entries = 0, documents = 0;
  friend bool operator==(const ArchiveSummary&, const ArchiveSummary&) = default;
};

/// Writes all that the store holds at one moment. Errors: unwritable (the file is there already,
/// the disk is full), unreadable (the store is damaged).
Result<ArchiveSummary> backup(Store& store, const std::filesystem::path& path);

/// Reads a whole archive and believes nothing.
Result<ArchiveSummary> check_archive(const std::filesystem::path& path);

/// Fills an empty store, or leaves it empty. Errors: conflict (it is not empty), unreadable.
Result<ArchiveSummary> restore(Store& store, const std::filesystem::path& path);

}  // namespace xiaoyuan::store
