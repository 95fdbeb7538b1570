// SQLite as the store uses it: a connection with its prepared statements, and a query that binds,
// steps and cleans up after itself. The only place that calls libsqlite3.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/sqlite.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace xiaoyuan::store {

class SqliteConnection {
 public:
  SqliteConnection() = default;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection();

  Result<void> open(const std::string& path, const SqliteOptions& options);
  /// One statement or several, without answers.
  Result<void> execute(const std::string& sql);
  /// Undoes a transaction, if SQLite has not done so itself.
  void roll_back();
  /// How many rows the last insert brought.
  int changes() const;
  /// True when the last failure was another's lock.
  bool is_busy() const;
  /// What SQLite says is wrong now.
  Errors errors(int code) const;

 private:
  friend class SqliteQuery;
  sqlite3_stmt* prepared(std::string_view sql);

  std::string path_;
  sqlite3* database_ = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> statements_;
};

/// A prepared statement in use. Values are bound in the order of the question marks; texts and
/// blobs must live until the next `next`, `run` or `again`.
class SqliteQuery {
 public:
  SqliteQuery(SqliteConnection& connection, std::string_view sql);
  SqliteQuery(const SqliteQuery&) = delete;
  SqliteQuery& operator=(const SqliteQuery&) = delete;
  ~SqliteQuery();

  SqliteQuery& number(std::int64_t value);
  SqliteQuery& text(std::string_view value);
  SqliteQuery& blob(std::string_view value);
  /// True where there is a row.
  Result<bool> next();
  /// Calls `each` for the rows that are left, until it returns false.
  template <class Each>
  Result<void> rows(Each each) {
    while (true) {
      TRY(const bool row, next());
      if (!row || !each()) {
        return {};
      }
    }
  }
  /// For a statement without answers.
  Result<void> run();
  /// Ready for other values.
  SqliteQuery& again();

  std::int64_t number_at(int column) const;
  std::string text_at(int column) const;
  std::string blob_at(int column) const;

 private:
  SqliteConnection& connection_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
  int failed_ = 0;  // the first code that was no success
};

}  // namespace xiaoyuan::store
