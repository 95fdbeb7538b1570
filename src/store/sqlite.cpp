#include "store/sqlite.hpp"

#include "base/check.hpp"
#include "store/answers.hpp"
#include "store/kept_document.hpp"
#include "store/names.hpp"
#include "store/row_values.hpp"
#include "store/sqlite_file.hpp"
#include "store/write_batch.hpp"

namespace xiaoyuan::store {

namespace {

const std::string batch_columns =
    "select key, content, recorded_at, registers, days, entries, documents from batches ";

BatchRecord batch_at(const SqliteQuery& row) {
  return {.key = row.text_at(0),
          .content = kept_digest(row.blob_at(1)),
          .recorded_at = instant(row.number_at(2)),
          .registers = static_cast<std::uint64_t>(row.number_at(3)),
          .days = static_cast<std::uint64_t>(row.number_at(4)),
          .entries = static_cast<std::uint64_t>(row.number_at(5)),
          .documents = static_cast<std::uint64_t>(row.number_at(6))};
}

/// The rows of a query, each made by `make`.
template <class Row, class Make>
Result<std::vector<Row>> all_rows(SqliteQuery& query, Make make) {
  std::vector<Row> all;
  auto read = query.rows([&] {
    all.push_back(make(query));
    return true;
  });
  if (!read) {
    return std::unexpected(std::move(read.error()));
  }
  return all;
}

/// The steps of write_batch.hpp, and what both reading and writing need.
class SqliteKeeper {
 public:
  Result<void> open(const std::string& path, const SqliteOptions& options) {
    return in_turn([&] { return connection.open(path, options); },
                   [&] { return make_ready(connection, path, options); });
  }

  Result<void> begin() {
    named_ = false;
    auto begun = in_turn([&] { return connection.execute("begin immediate"); },
                         [&] { return refresh_names(); });
    if (!begun) {
      connection.roll_back();
    }
    return begun;
  }
  Result<void> commit() { return connection.execute("commit"); }
  void roll_back() {
    connection.roll_back();
    if (named_) {
      meters_.forget();
      sources_.forget();
    }
  }
  Result<std::optional<BatchRecord>> find_batch(const std::string& key) {
    SqliteQuery row(connection, batch_columns + "where key = ?");
    TRY(const bool found, row.text(key).next());
    return found ? std::optional(batch_at(row)) : std::nullopt;
  }
  Result<std::uint64_t> size() {
    SqliteQuery row(connection, "select coalesce(max(number) + 1, 0) from entries");
    TRY(const bool found, row.next());
    return found ? static_cast<std::uint64_t>(row.number_at(0)) : 0U;
  }
  Result<bool> is_empty() {
    SqliteQuery row(connection,
                    "select exists (select 1 from batches) or exists (select 1 from entries) or "
                    "exists (select 1 from meters) or exists (select 1 from documents)");
    TRY(const bool found, row.next());
    return found && row.number_at(0) == 0;
  }

  Result<void> put(const Pointers<readings::RegisterReading>& rows);
  Result<void> put(const Pointers<StoredDay>& rows);
  Result<void> put(const Pointers<ledger::Entry>& rows);
  Result<void> put(const Pointers<Document>& rows);
  Result<void> put(const BatchRecord& record);

  Result<std::vector<readings::RegisterReading>> registers_of(const std::string& meter,
                                                              Instant from, Instant to);
  Result<std::vector<StoredDay>> days_of(const std::string& meter, Instant from, Instant to);
  Result<std::optional<Document>> document(const std::string& name);

  /// Reads the names that others added since.
  Result<void> refresh_names() {
    return in_turn([&] { return refresh(meters_, "meters"); },
                   [&] { return refresh(sources_, "sources"); });
  }
  const Names& meters() const { return meters_; }

  SqliteConnection connection;

 private:
  Result<void> refresh(Names& names, const std::string& table) {
    SqliteQuery rows(connection, "select id, name from " + table + " where id > ? order by id");
    rows.number(names.last());
    return rows.rows([&] {
      names.add(rows.number_at(0), rows.text_at(1));
      return true;
    });
  }
  Result<std::int64_t> number_of(Names& names, const std::string& table, const std::string& name) {
    if (const auto known = names.find(name)) {
      return *known;
    }
    const std::int64_t number = names.last() + 1;
    SqliteQuery insert(connection, "insert into " + table + " (id, name) values (?, ?)");
    if (auto done = insert.number(number).text(name).run(); !done) {
      return std::unexpected(std::move(done.error()));
    }
    named_ = true;
    names.add(number, name);
    return number;
  }
  Result<std::int64_t> meter_number(const std::string& name) {
    return number_of(meters_, "meters", name);
  }
  Result<std::int64_t> source_number(const std::string& name) {
    return number_of(sources_, "sources", name);
  }

  Names meters_;
  Names sources_;
  bool named_ = false;  // in this transaction
};

Result<void> SqliteKeeper::put(const Pointers<readings::RegisterReading>& rows) {
  SqliteQuery insert(connection,
                     "insert into registers (meter, at, channel, rate, recorded_at, value_mwh, "
                     "quality, source) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
  for (const readings::RegisterReading* row : rows) {
    TRY(const std::int64_t meter, meter_number(row->key.meter));
    TRY(const std::int64_t source, source_number(row->source));
    insert.again().number(meter).number(seconds(row->key.at)).number(code(row->key.channel));
    insert.number(code(row->key.rate)).number(seconds(row->recorded_at)).number(row->value.mwh);
    if (auto done = insert.number(code(row->quality)).number(source).run(); !done) {
      return done;
    }
    if (connection.changes() == 0) {
      TRY(const auto kept, registers_of(row->key.meter, row->key.at, row->key.at));
      if (auto same = check_same(kept, *row); !same) {
        return same;
      }
    }
  }
  return {};
}

Result<void> SqliteKeeper::put(const Pointers<StoredDay>& rows) {
  SqliteQuery insert(connection,
                     "insert into days (meter, start, channel, recorded_at, source, digest, "
                     "packed) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
  for (const StoredDay* row : rows) {
    TRY(const std::int64_t meter, meter_number(row->meter));
    TRY(const std::int64_t source, source_number(row->source));
    insert.again().number(meter).number(seconds(row->start)).number(code(row->channel));
    insert.number(seconds(row->recorded_at)).number(source);
    if (auto done = insert.blob(view_of(row->digest)).blob(row->packed).run(); !done) {
      return done;
    }
    if (connection.changes() == 0) {
      TRY(const auto kept, days_of(row->meter, row->start, row->start));
      if (auto same = check_same(kept, *row); !same) {
        return same;
      }
    }
  }
  return {};
}

Result<void> SqliteKeeper::put(const Pointers<ledger::Entry>& rows) {
  SqliteQuery insert(connection,
                     "insert into entries (number, key, hash, bytes) values (?, ?, ?, ?)");
  for (const ledger::Entry* row : rows) {
    insert.again().number(static_cast<std::int64_t>(row->number)).text(row->key);
    if (auto done = insert.blob(view_of(row->hash)).blob(row->bytes).run(); !done) {
      return done;
    }
  }
  return {};
}

Result<void> SqliteKeeper::put(const Pointers<Document>& rows) {
  SqliteQuery insert(connection,
                     "insert into documents (name, size, digest, compressed) values (?, ?, ?, ?) "
                     "on conflict do nothing");
  for (const Document* row : rows) {
    const KeptDocument now = kept(*row);
    insert.again().text(now.name).number(static_cast<std::int64_t>(now.size));
    if (auto done = insert.blob(view_of(now.digest)).blob(now.compressed).run(); !done) {
      return done;
    }
    if (connection.changes() == 0) {
      TRY(const std::optional<Document> known, document(row->name));
      if (known && *known != *row) {
        return contradicts(*known, *row);
      }
    }
  }
  return {};
}

Result<void> SqliteKeeper::put(const BatchRecord& record) {
  SqliteQuery insert(connection,
                     "insert into batches (key, content, recorded_at, registers, days, entries, "
                     "documents) values (?, ?, ?, ?, ?, ?, ?)");
  insert.text(record.key).blob(view_of(record.content)).number(seconds(record.recorded_at));
  for (const std::uint64_t count :
       {record.registers, record.days, record.entries, record.documents}) {
    insert.number(whole(count));
  }
  return insert.run();
}

Result<std::vector<readings::RegisterReading>> SqliteKeeper::registers_of(const std::string& meter,
                                                                          Instant from,
                                                                          Instant to) {
  SqliteQuery query(connection,
                    "select at, channel, rate, recorded_at, value_mwh, quality, source from "
                    "registers where meter = ? and at between ? and ?");
  query.number(meters_.find(meter).value_or(0)).number(seconds(from)).number(seconds(to));
  return all_rows<readings::RegisterReading>(query, [&](const SqliteQuery& row) {
    return readings::RegisterReading{
        .key = {.meter = meter,
                .channel = decoded<readings::Channel>(row.number_at(1)),
                .rate = decoded<readings::Rate>(row.number_at(2)),
                .at = instant(row.number_at(0))},
        .value = {row.number_at(4)},
        .quality = decoded<readings::Quality>(row.number_at(5)),
        .source = sources_.name(row.number_at(6)),
        .recorded_at = instant(row.number_at(3))};
  });
}

Result<std::vector<StoredDay>> SqliteKeeper::days_of(const std::string& meter, Instant from,
                                                     Instant to) {
  SqliteQuery query(connection,
                    "select start, channel, recorded_at, source, digest, packed from days where "
                    "meter = ? and start between ? and ?");
  query.number(meters_.find(meter).value_or(0)).number(seconds(from)).number(seconds(to));
  return all_rows<StoredDay>(query, [&](const SqliteQuery& row) {
    return StoredDay{.meter = meter,
                     .channel = decoded<readings::Channel>(row.number_at(1)),
                     .start = instant(row.number_at(0)),
                     .recorded_at = instant(row.number_at(2)),
                     .source = sources_.name(row.number_at(3)),
                     .packed = row.blob_at(5),
                     .digest = kept_digest(row.blob_at(4))};
  });
}

Result<std::optional<Document>> SqliteKeeper::document(const std::string& name) {
  SqliteQuery row(connection, "select size, digest, compressed from documents where name = ?");
  TRY(const bool found, row.text(name).next());
  if (!found) {
    return std::nullopt;
  }
  TRY(Document document, opened({.name = name,
                                 .size = static_cast<std::uint64_t>(row.number_at(0)),
                                 .digest = kept_digest(row.blob_at(1)),
                                 .compressed = row.blob_at(2)}));
  return document;
}

class SqliteStore final : public Store {
 public:
  Result<void> open(const std::string& path, const SqliteOptions& options) {
    return keeper_.open(path, options);
  }

  Result<Written> write(const Batch& batch) override {
    expects(!reading_);
    return write_batch(keeper_, batch);
  }
  Result<void> fill(const Portions& next) override {
    expects(!reading_);
    return fill_keeper(keeper_, next);
  }

  Result<void> at_one_moment(const std::function<Result<void>()>& read) override {
    expects(!reading_);
    if (auto begun = keeper_.connection.execute("begin"); !begun) {
      return begun;
    }
    reading_ = true;
    Result<void> done = read();
    reading_ = false;
    keeper_.connection.roll_back();
    return done;
  }

  Result<std::vector<readings::RegisterReading>> registers(const Asked& asked) override {
    std::vector<readings::RegisterReading> answer;
    TRY(const std::vector<std::string> meters, asked_meters(asked));
    for (const std::string& meter : meters) {
      TRY(auto rows, keeper_.registers_of(meter, asked.from, asked.to));
      if (auto done = answer_registers(std::move(rows), asked, answer); !done) {
        return std::unexpected(std::move(done.error()));
      }
    }
    return answer;
  }

  Result<void> days(const Asked& asked,
                    const std::function<bool(const StoredDay&)>& each) override {
    TRY(const std::vector<std::string> meters, asked_meters(asked));
    for (const std::string& meter : meters) {
      TRY(auto rows, keeper_.days_of(meter, asked.from, asked.to));
      TRY(const bool goes_on, answer_days(std::move(rows), asked, each));
      if (!goes_on) {
        break;
      }
    }
    return {};
  }

  Result<std::uint64_t> book_size() override { return keeper_.size(); }

  Result<std::vector<ledger::Entry>> entries(std::uint64_t from, std::uint64_t to) override {
    SqliteQuery query(keeper_.connection,
                      "select number, key, bytes, hash from entries where number >= ? and "
                      "number < ? order by number");
    query.number(whole(from)).number(whole(to));
    return all_rows<ledger::Entry>(query, [](const SqliteQuery& row) {
      return ledger::Entry{.number = static_cast<std::uint64_t>(row.number_at(0)),
                           .key = row.text_at(1),
                           .bytes = row.blob_at(2),
                           .hash = kept_digest(row.blob_at(3))};
    });
  }

  Result<std::optional<Document>> document(const std::string& name) override {
    return keeper_.document(name);
  }

  Result<std::vector<std::string>> documents(const std::string& prefix) override {
    SqliteQuery query(keeper_.connection,
                      "select name from documents where name >= ?1 and substr(name, 1, length(?1)) "
                      "= ?1 order by name");
    query.text(prefix);
    return all_rows<std::string>(query, [](const SqliteQuery& row) { return row.text_at(0); });
  }

  Result<std::vector<BatchRecord>> batches() override {
    SqliteQuery query(keeper_.connection, batch_columns + "order by number");
    return all_rows<BatchRecord>(query, batch_at);
  }

  Result<std::optional<BatchRecord>> batch(const std::string& key) override {
    return keeper_.find_batch(key);
  }

 private:
  Result<std::vector<std::string>> asked_meters(const Asked& asked) {
    if (auto read = keeper_.refresh_names(); !read) {
      return std::unexpected(std::move(read.error()));
    }
    return meters_of(asked, keeper_.meters().sorted());
  }

  SqliteKeeper keeper_;
  bool reading_ = false;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, const SqliteOptions& options) {
  if (path.empty()) {
    return fail(Fault::bad_input, {"the store needs the path of a file", "存储应有文件路径"});
  }
  auto store = std::make_unique<SqliteStore>();
  if (auto opened = store->open(path, options); !opened) {
    return std::unexpected(std::move(opened.error()));
  }
  return store;
}

}  // namespace xiaoyuan::store
