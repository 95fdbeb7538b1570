// PostgreSQL as the store uses it: a connection, values and answers in binary, rows for COPY. The
// only place that calls libpq.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "store/postgres.hpp"

struct pg_conn;
struct pg_result;

namespace xiaoyuan::store {

/// The values of a statement's $1, $2, …
class PostgresValues {
 public:
  PostgresValues& number(std::int64_t value);
  PostgresValues& text(std::string_view value);
  PostgresValues& bytes(std::string_view value);
  PostgresValues& numbers(const std::vector<std::int64_t>& values);

 private:
  friend class PostgresConnection;
  PostgresValues& add(unsigned type, std::string bytes);
  std::vector<unsigned> types_;
  std::vector<std::string> values_;
};

/// The rows that a statement answered. Numbers may be of any width.
class PostgresAnswer {
 public:
  explicit PostgresAnswer(pg_result* result) : result_(result, drop) {}
  int size() const;
  std::int64_t number(int row, int column) const;
  std::string bytes(int row, int column) const;

 private:
  static void drop(pg_result* result);
  std::unique_ptr<pg_result, void (*)(pg_result*)> result_;
};

/// Rows in the binary format of COPY.
class PostgresRows {
 public:
  PostgresRows& row(std::int16_t fields);
  PostgresRows& number(std::int64_t value);        ///< bigint
  PostgresRows& small_number(std::int64_t value);  ///< smallint
  PostgresRows& bytes(std::string_view value);     ///< bytea or text
  bool is_empty() const { return count_ == 0; }

 private:
  friend class PostgresConnection;
  std::string bytes_;
  std::size_t count_ = 0;
};

class PostgresConnection {
 public:
  PostgresConnection() = default;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;
  ~PostgresConnection() { close(); }

  /// Opens the connection, or opens it again.
  Result<void> open(const std::string& where, const PostgresOptions& options);
  void close();
  /// The place, for messages.
  const std::string& name() const { return name_; }
  /// True after the server went away: what was begun is undone, what was committed may be kept.
  bool is_lost() const { return lost_; }
  /// True when the last error was a row whose key is there.
  bool was_repeated() const { return repeated_; }

  Result<void> execute(const std::string& sql);
  /// Undoes a transaction, if there is one; a lost server has done so.
  void roll_back();
  Result<PostgresAnswer> ask(const std::string& sql, const PostgresValues& values = {});
  /// `target` is "table (columns)".
  Result<void> copy(const std::string& target, const PostgresRows& rows);

 private:
  Errors errors(const pg_result* result);

  std::string name_;  // without user and password
  pg_conn* connection_ = nullptr;
  bool lost_ = false;
  bool repeated_ = false;
};

}  // namespace xiaoyuan::store
