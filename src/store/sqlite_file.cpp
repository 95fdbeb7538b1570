#include "store/sqlite_file.hpp"

#include <chrono>
#include <thread>

#include "store/schema.hpp"
#include "store/write_batch.hpp"

namespace xiaoyuan::store {

namespace {

/// Whether the file has taken steps. A file with other tables belongs to another program, and
/// nothing is written into it.
Result<bool> has_steps(SqliteConnection& connection, const std::string& path) {
  SqliteQuery tables(connection,
                     "select count(*), count(*) filter (where name = 'schema') from sqlite_master "
                     "where type = 'table'");
  TRY(const bool row, tables.next());
  const bool has_schema = row && tables.number_at(1) == 1;
  if (row && tables.number_at(0) > 0 && !has_schema) {
    return fail(Fault::unreadable, {"is a database of another program", "是其他程序的数据库"},
                {path, 0, ""});
  }
  return has_schema;
}

Result<std::size_t> read_steps(SqliteConnection& connection, const std::string& path) {
  SqliteQuery query(connection, "select number, digest from schema order by number");
  std::vector<TakenStep> taken;
  auto read = query.rows([&] {
    taken.push_back({static_cast<int>(query.number_at(0)), query.text_at(1)});
    return true;
  });
  if (!read) {
    return std::unexpected(std::move(read.error()));
  }
  return steps_taken(sqlite_schema(), taken, path);
}

/// Another process may have taken them since: what is missing is looked at again under the lock.
Result<void> take_rest(SqliteConnection& connection, const std::string& path) {
  TRY(std::size_t taken, read_steps(connection, path));
  for (; taken < sqlite_schema().size(); ++taken) {
    const SchemaStep& step = sqlite_schema()[taken];
    const std::string digest = digest_of(step);
    auto done =
        in_turn([&] { return connection.execute(std::string(step.sql)); },
                [&] {
                  SqliteQuery insert(connection,
                                     "insert into schema (number, name, digest) values (?, ?, ?)");
                  insert.number(static_cast<std::int64_t>(taken) + 1).text(step.name).text(digest);
                  return insert.run();
                });
    if (!done) {
      return done;
    }
  }
  return {};
}

Result<void> take_steps(SqliteConnection& connection, const std::string& path) {
  TRY(const bool begun, has_steps(connection, path));
  if (begun) {
    TRY(const std::size_t taken, read_steps(connection, path));
    if (taken == sqlite_schema().size()) {
      return {};  // a file that may only be read can be read
    }
  }
  auto done = in_turn(
      [&] { return connection.execute("begin immediate"); },
      [&] {
        return connection.execute(
            "create table if not exists schema (number integer primary key, name text not null, "
            "digest text not null) strict");
      },
      [&] { return take_rest(connection, path); }, [&] { return connection.execute("commit"); });
  if (!done) {
    connection.roll_back();
  }
  return done;
}

/// The first who opens a file makes it keep a write-ahead log, and SQLite lets no second one wait
/// for that: we do.
Result<void> set_journal(SqliteConnection& connection, const SqliteOptions& options) {
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(options.busy_timeout_ms);
  while (true) {
    Result<void> done = connection.execute("pragma journal_mode = wal");
    if (done || !connection.is_busy() || std::chrono::steady_clock::now() > end) {
      return done;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

Result<void> make_ready(SqliteConnection& connection, const std::string& path,
                        const SqliteOptions& options) {
  return in_turn(
      [&]() -> Result<void> {
        TRY(const bool begun, has_steps(connection, path));
        static_cast<void>(begun);
        return {};
      },
      [&] {
        return connection.execute(
            "pragma page_size = 8192; pragma foreign_keys = on; pragma synchronous = full;"
            "pragma cache_size = -65536; pragma journal_size_limit = 67108864");
      },
      [&] { return set_journal(connection, options); },
      [&] { return take_steps(connection, path); });
}

}  // namespace xiaoyuan::store
