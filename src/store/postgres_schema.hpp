// The tables of a store in PostgreSQL made ready: the steps of the schema that it lacks.
#pragma once
#include "store/postgres_connection.hpp"

namespace xiaoyuan::store {

/// Begins a transaction that is alone among the writers of this schema.
inline const char* const begin_alone =
    "begin; select pg_advisory_xact_lock(hashtextextended('xiaoyuan ' || current_schema(), 0))";

/// Errors: unreadable (a newer program's store), unwritable.
Result<void> take_steps(PostgresConnection& connection);

}  // namespace xiaoyuan::store
