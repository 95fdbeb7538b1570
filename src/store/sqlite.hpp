// A store in one SQLite file, the default: write-ahead log, every acknowledged batch synced to the
// disk. Other processes may open the same file; one writes at a time.
#pragma once
#include <memory>
#include <string>

#include "store/store.hpp"

namespace xiaoyuan::store {

struct SqliteOptions {
  int busy_timeout_ms = 10'000;  ///< how long a writer waits for another
  std::string vfs;               ///< of SQLite; "": the system's. Tests break disks by it
};

/// Errors: unwritable (the file cannot be made, is read-only, is held by another), unreadable (it
/// is no store, or of a newer program).
Result<std::unique_ptr<Store>> open_sqlite(const std::string& path,
                                           const SqliteOptions& options = {});

}  // namespace xiaoyuan::store
