// A store by its place: a path is SQLite's file, "postgresql://…" a PostgreSQL database, "memory:"
// a store in memory.
#pragma once
#include <memory>
#include <string>

#include "store/store.hpp"

namespace xiaoyuan::store {

/// Opens the store, and makes it where there is none yet (a PostgreSQL database must be there).
Result<std::unique_ptr<Store>> open(const std::string& where);

}  // namespace xiaoyuan::store
