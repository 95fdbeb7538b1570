#include "store/postgres_connection.hpp"

#include <fmt/format.h>
#include <postgresql/libpq-fe.h>

#include "base/check.hpp"
#include "base/text.hpp"

namespace xiaoyuan::store {

namespace {

// Types as the server numbers them (its catalogue pg_type; fixed for built-in types).
constexpr unsigned bytea_type = 17;
constexpr unsigned bigint_type = 20;
constexpr unsigned text_type = 25;
constexpr unsigned bigints_type = 1016;

/// Whole numbers as the server wants them: big-endian.
template <class T>
void append(std::string& bytes, T value) {
  for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>((static_cast<std::uint64_t>(value) >> shift) & 0xFFU);
  }
}

void append_field(std::string& bytes, std::string_view field) {
  append(bytes, static_cast<std::int32_t>(field.size()));
  bytes += field;
}

/// The place without what only its owner should read.
std::string shown(const std::string& where) {
  std::string plain = where.substr(0, where.find('?'));
  const std::size_t scheme = plain.find("://");
  const std::size_t at = plain.rfind('@');
  if (scheme == std::string::npos || at == std::string::npos || at < scheme) {
    return plain;
  }
  return plain.substr(0, scheme + 3) + plain.substr(at + 1);
}

Text meaning_of(std::string_view state) {
  if (state == "53100") {
    return {"the server's disk is full; nothing of the batch was kept",
            "数据库服务器磁盘已满;本批数据均未存入"};
  }
  if (state == "25006" || state == "42501") {
    return {"the store may only be read", "存储为只读,不能写入"};
  }
  if (state == "55P03") {
    return {"another program holds the store; try again when it has finished",
            "存储正被其他程序占用,请待其完成后重试"};
  }
  return {"the database failed", "数据库出错"};
}

}  // namespace

PostgresValues& PostgresValues::add(unsigned type, std::string bytes) {
  types_.push_back(type);
  values_.push_back(std::move(bytes));
  return *this;
}

PostgresValues& PostgresValues::number(std::int64_t value) {
  std::string bytes;
  append(bytes, value);
  return add(bigint_type, std::move(bytes));
}

PostgresValues& PostgresValues::text(std::string_view value) {
  return add(text_type, std::string(value));
}

PostgresValues& PostgresValues::bytes(std::string_view value) {
  return add(bytea_type, std::string(value));
}

PostgresValues& PostgresValues::numbers(const std::vector<std::int64_t>& values) {
  std::string bytes;
  append(bytes, std::int32_t{values.empty() ? 0 : 1});  // dimensions
  append(bytes, std::int32_t{0});                       // no nulls
  append(bytes, static_cast<std::int32_t>(bigint_type));
  if (!values.empty()) {
    append(bytes, static_cast<std::int32_t>(values.size()));
    append(bytes, std::int32_t{1});  // the first index
  }
  for (const std::int64_t value : values) {
    append(bytes, std::int32_t{8});
    append(bytes, value);
  }
  return add(bigints_type, std::move(bytes));
}

void PostgresAnswer::drop(pg_result* result) { PQclear(result); }

int PostgresAnswer::size() const { return PQntuples(result_.get()); }

std::int64_t PostgresAnswer::number(int row, int column) const {
  const int size = PQgetlength(result_.get(), row, column);
  const char* bytes = PQgetvalue(result_.get(), row, column);
  std::int64_t value = size > 0 && (static_cast<unsigned char>(bytes[0]) & 0x80U) != 0 ? -1 : 0;
  for (int i = 0; i < size; ++i) {
    value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8U |
                                      static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

std::string PostgresAnswer::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

PostgresRows& PostgresRows::row(std::int16_t fields) {
  ++count_;
  append(bytes_, fields);
  return *this;
}

PostgresRows& PostgresRows::number(std::int64_t value) {
  append(bytes_, std::int32_t{8});
  append(bytes_, value);
  return *this;
}

PostgresRows& PostgresRows::small_number(std::int64_t value) {
  append(bytes_, std::int32_t{2});
  append(bytes_, static_cast<std::int16_t>(value));
  return *this;
}

PostgresRows& PostgresRows::bytes(std::string_view value) {
  append_field(bytes_, value);
  return *this;
}

Errors PostgresConnection::errors(const pg_result* result) {
  const char* found = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string state = found ? found : "";
  repeated_ = state == "23505";
  // 57P01–57P03: the server is going down, has crashed, is not up yet.
  lost_ = lost_ || PQstatus(connection_) != CONNECTION_OK || state.starts_with("57P0");
  const std::string said{trimmed(result && found
                                     ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)
                                     : PQerrorMessage(connection_))};
  const Text meaning =
      lost_ ? Text{"the database cannot be reached", "无法连接数据库"} : meaning_of(state);
  return {{lost_ ? Fault::interrupted : Fault::unwritable,
           {fmt::format("{} (PostgreSQL: {})", meaning.en, said),
            fmt::format("{}(PostgreSQL:{})", meaning.zh, said)},
           {name_, 0, ""}}};
}

Result<void> PostgresConnection::open(const std::string& where, const PostgresOptions& options) {
  close();
  name_ = shown(where);
  connection_ = PQconnectdb(where.c_str());
  if (PQstatus(connection_) != CONNECTION_OK) {
    return std::unexpected(errors(nullptr));
  }
  lost_ = false;
  PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
  return execute(
      fmt::format("set client_encoding = 'UTF8'; set synchronous_commit = on;"
                  "set client_min_messages = warning; set lock_timeout = {}",
                  options.lock_timeout_ms));
}

void PostgresConnection::close() {
  PQfinish(connection_);
  connection_ = nullptr;
}

Result<void> PostgresConnection::execute(const std::string& sql) {
  pg_result* result = PQexec(connection_, sql.c_str());
  const PostgresAnswer answer(result);
  if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK) {
    return std::unexpected(errors(result));
  }
  return {};
}

Result<void> PostgresConnection::copy(const std::string& target, const PostgresRows& rows) {
  pg_result* result =
      PQexec(connection_, fmt::format("copy {} from stdin (format binary)", target).c_str());
  const PostgresAnswer begun(result);
  if (PQresultStatus(result) != PGRES_COPY_IN) {
    return std::unexpected(errors(result));
  }
  static constexpr std::string_view head{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
  static constexpr std::string_view tail{"\377\377", 2};
  constexpr std::size_t most = std::size_t{1} << 20U;
  const auto send = [this](std::string_view bytes) {
    return PQputCopyData(connection_, bytes.data(), static_cast<int>(bytes.size())) == 1;
  };
  bool sent = send(head);
  for (std::size_t at = 0; sent && at < rows.bytes_.size(); at += most) {
    sent = send(std::string_view(rows.bytes_).substr(at, most));
  }
  if (!sent || !send(tail) || PQputCopyEnd(connection_, nullptr) != 1) {
    return std::unexpected(errors(nullptr));
  }
  pg_result* last = PQgetResult(connection_);
  const PostgresAnswer answer(last);
  const bool done = PQresultStatus(last) == PGRES_COMMAND_OK;
  Result<void> outcome;
  if (!done) {
    outcome = std::unexpected(errors(last));
  }
  while (pg_result* rest = PQgetResult(connection_)) {
    PQclear(rest);
  }
  return outcome;
}

void PostgresConnection::roll_back() { PQclear(PQexec(connection_, "rollback")); }

Result<PostgresAnswer> PostgresConnection::ask(const std::string& sql,
                                               const PostgresValues& values) {
  std::vector<const char*> pointers;
  std::vector<int> sizes;
  for (const std::string& value : values.values_) {
    pointers.push_back(value.data());
    sizes.push_back(static_cast<int>(value.size()));
  }
  const std::vector<int> binary(pointers.size(), 1);
  pg_result* result =
      PQexecParams(connection_, sql.c_str(), static_cast<int>(pointers.size()),
                   values.types_.data(), pointers.data(), sizes.data(), binary.data(), 1);
  PostgresAnswer answer(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    return std::unexpected(errors(result));
  }
  return answer;
}

}  // namespace xiaoyuan::store
