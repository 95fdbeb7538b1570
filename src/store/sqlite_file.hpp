// A store's file of SQLite made ready: its settings, and the steps of the schema that it lacks.
#pragma once
#include "store/sqlite_connection.hpp"

namespace xiaoyuan::store {

/// Errors: unreadable (another program's database, or a newer program's store), unwritable.
Result<void> make_ready(SqliteConnection& connection, const std::string& path,
                        const SqliteOptions& options);

}  // namespace xiaoyuan::store
