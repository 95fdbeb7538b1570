// A store in a PostgreSQL database, for many homes and several writers. A connection that is lost
// is made again; a batch whose acknowledgement was lost with it is settled by its key.
#pragma once
#include <memory>
#include <string>

#include "store/store.hpp"

namespace xiaoyuan::store {

struct PostgresOptions {
  int lock_timeout_ms = 10'000;  ///< how long a writer waits for another
  int patience_ms = 15'000;      ///< how long a lost server is called again
};

/// `where`: "postgresql://user@host/database?options=…", as libpq reads it. The tables are made
/// where the first schema of the search path has none yet.
Result<std::unique_ptr<Store>> open_postgres(const std::string& where,
                                             const PostgresOptions& options = {});

}  // namespace xiaoyuan::store
