// The steps of writing (write_batch.hpp) and the rows of reading on PostgreSQL.
//
// Writers take turns by a lock that lasts as long as their transaction, so that keys, the numbers
// of entries and names, and partitions are claimed by one at a time; readers never wait. Rows come
// by COPY straight into their table; only where one of them is there already they go through a
// table of their own, so that the same is kept once and another content is found.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "store/batch.hpp"
#include "store/names.hpp"
#include "store/postgres_connection.hpp"

namespace xiaoyuan::store {

class PostgresKeeper {
 public:
  Result<void> open(const std::string& where, const PostgresOptions& options);
  Result<void> reconnect() { return connection.open(where_, options_); }

  Result<void> begin();
  Result<void> commit();
  void roll_back();
  /// True after a commit was sent in the last transaction: if it failed, it may have been done.
  bool commit_was_sent() const { return commit_was_sent_; }
  Result<std::optional<BatchRecord>> find_batch(const std::string& key);
  Result<std::uint64_t> size();
  Result<bool> is_empty();
  Result<void> put(const Pointers<readings::RegisterReading>& rows);
  Result<void> put(const Pointers<StoredDay>& rows);
  Result<void> put(const Pointers<ledger::Entry>& rows);
  Result<void> put(const Pointers<Document>& rows);
  Result<void> put(const BatchRecord& record);

  /// In no order.
  Result<std::vector<readings::RegisterReading>> registers_of(
      const std::vector<std::string>& meters, Instant from, Instant to);
  Result<std::vector<StoredDay>> days_of(const std::vector<std::string>& meters, Instant from,
                                         Instant to);
  Result<std::vector<ledger::Entry>> entries(std::uint64_t from, std::uint64_t to);
  Result<std::optional<Document>> document(const std::string& name);
  Result<std::vector<std::string>> documents(const std::string& prefix);
  Result<std::vector<BatchRecord>> batches();

  /// Reads the names that others added since.
  Result<void> refresh_names();
  const Names& meters() const { return meters_; }

  PostgresConnection connection;

 private:
  /// A table with its columns, those of the key first.
  struct Table {
    std::string name;
    std::string key;
    std::string rest;
  };
  static Table registers_table();
  static Table days_table();

  Result<void> refresh(Names& names, const std::string& table);
  Result<void> add_names(Names& names, const std::string& table,
                         const std::vector<const std::string*>& wanted);
  /// Numbers the meters and sources of rows.
  template <class Row>
  Result<void> name_all(const Pointers<Row>& rows);
  Result<void> add_partition(const std::string& table, Instant at);
  /// The places (meter and instant) at which another content is kept.
  Result<std::set<std::pair<std::int64_t, Instant>>> merge(const Table& table,
                                                           const PostgresRows& rows);
  std::vector<std::int64_t> numbers_of(const std::vector<std::string>& meters) const;

  std::string where_;
  PostgresOptions options_;
  Names meters_;
  Names sources_;
  std::set<std::string> partitions_;
  bool commit_was_sent_ = false;
  bool has_added_ = false;  // names or partitions, in this transaction
};

}  // namespace xiaoyuan::store
