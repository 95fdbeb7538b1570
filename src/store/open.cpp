#include "store/open.hpp"

#include "store/memory.hpp"
#include "store/postgres.hpp"
#include "store/sqlite.hpp"

namespace xiaoyuan::store {

Result<std::unique_ptr<Store>> open(const std::string& where) {
  if (where == "memory:") {
    return open_memory();
  }
  if (where.starts_with("postgresql://") || where.starts_with("postgres://")) {
    return open_postgres(where);
  }
  return open_sqlite(where);
}

}  // namespace xiaoyuan::store
