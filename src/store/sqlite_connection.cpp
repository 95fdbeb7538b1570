#include "store/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace xiaoyuan::store {

namespace {

struct Meaning {
  Fault fault;
  Text text;
};

Meaning meaning_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Fault::unwritable,
              {"another program holds the store; try again when it has finished",
               "存储正被其他程序占用,请待其完成后重试"}};
    case SQLITE_FULL:
      return {Fault::unwritable,
              {"the disk is full; nothing of the batch was kept", "磁盘已满;本批数据均未存入"}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {Fault::unwritable, {"the store may only be read", "存储为只读,不能写入"}};
    case SQLITE_CANTOPEN:
      return {Fault::unwritable, {"cannot be opened or made", "无法打开或建立"}};
    case SQLITE_NOTADB:
      return {Fault::unreadable, {"is not a store's file", "不是本程序的存储文件"}};
    case SQLITE_CORRUPT:
      return {Fault::unreadable,
              {"the store's file is damaged; restore a backup", "存储文件已损坏,请从备份恢复"}};
    case SQLITE_IOERR:
      return {Fault::unwritable, {"the disk failed", "磁盘读写出错"}};
    default:
      return {Fault::unwritable, {"the store failed", "存储出错"}};
  }
}

}  // namespace

SqliteConnection::~SqliteConnection() {
  for (const auto& [sql, statement] : statements_) {
    sqlite3_finalize(statement);
  }
  sqlite3_close(database_);
}

Errors SqliteConnection::errors(int code) const {
  const Meaning meaning = meaning_of(code);
  const char* said = sqlite3_errstr(code);
  return {{meaning.fault,
           {fmt::format("{} (SQLite: {})", meaning.text.en, said),
            fmt::format("{}(SQLite:{})", meaning.text.zh, said)},
           {path_, 0, ""}}};
}

Result<void> SqliteConnection::open(const std::string& path, const SqliteOptions& options) {
  path_ = path;
  const int code =
      sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                      options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) {
    return std::unexpected(errors(code));
  }
  sqlite3_extended_result_codes(database_, 1);
  sqlite3_busy_timeout(database_, options.busy_timeout_ms);
  return {};
}

Result<void> SqliteConnection::execute(const std::string& sql) {
  const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return std::unexpected(errors(code));
  }
  return {};
}

void SqliteConnection::roll_back() {
  if (sqlite3_get_autocommit(database_) == 0) {
    sqlite3_exec(database_, "rollback", nullptr, nullptr, nullptr);
  }
}

bool SqliteConnection::is_busy() const {
  return (sqlite3_errcode(database_) & 0xFF) == SQLITE_BUSY;
}

int SqliteConnection::changes() const { return sqlite3_changes(database_); }

sqlite3_stmt* SqliteConnection::prepared(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    return found->second;
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code == SQLITE_OK) {
    statements_.emplace(sql, statement);
  }
  return statement;
}

SqliteQuery::SqliteQuery(SqliteConnection& connection, std::string_view sql)
    : connection_(connection), statement_(connection.prepared(sql)) {
  if (!statement_) {
    failed_ = sqlite3_extended_errcode(connection.database_);
  }
}

SqliteQuery::~SqliteQuery() {
  if (statement_) {
    again();
    sqlite3_clear_bindings(statement_);
  }
}

SqliteQuery& SqliteQuery::again() {
  sqlite3_reset(statement_);
  bound_ = 0;
  return *this;
}

SqliteQuery& SqliteQuery::number(std::int64_t value) {
  if (statement_ && failed_ == 0) {
    failed_ = sqlite3_bind_int64(statement_, ++bound_, value);
  }
  return *this;
}

SqliteQuery& SqliteQuery::text(std::string_view value) {
  if (statement_ && failed_ == 0) {
    failed_ = sqlite3_bind_text64(statement_, ++bound_, value.data(), value.size(), SQLITE_STATIC,
                                  SQLITE_UTF8);
  }
  return *this;
}

SqliteQuery& SqliteQuery::blob(std::string_view value) {
  if (statement_ && failed_ == 0) {
    // A null pointer would bind NULL in place of no bytes.
    const char* bytes = value.data() ? value.data() : "";
    failed_ = sqlite3_bind_blob64(statement_, ++bound_, bytes, value.size(), SQLITE_STATIC);
  }
  return *this;
}

Result<bool> SqliteQuery::next() {
  if (failed_ == 0) {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
      return code == SQLITE_ROW;
    }
    failed_ = code;
  }
  return std::unexpected(connection_.errors(failed_));
}

Result<void> SqliteQuery::run() {
  TRY(const bool row, next());
  static_cast<void>(row);
  return {};
}

std::int64_t SqliteQuery::number_at(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string SqliteQuery::text_at(int column) const { return blob_at(column); }

std::string SqliteQuery::blob_at(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes ? std::string(static_cast<const char*>(bytes), size) : std::string();
}

}  // namespace xiaoyuan::store
