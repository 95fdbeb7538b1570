#include "store/postgres_keeper.hpp"

#include <fmt/format.h>

#include "store/kept_document.hpp"
#include "store/postgres_schema.hpp"
#include "store/row_values.hpp"
#include "store/write_batch.hpp"

namespace xiaoyuan::store {

namespace {

const std::string columns_of_batches =
    "select key, content, recorded_at, registers, days, entries, documents from batches ";

BatchRecord batch_in(const PostgresAnswer& answer, int row) {
  return {.key = answer.bytes(row, 0),
          .content = kept_digest(answer.bytes(row, 1)),
          .recorded_at = instant(answer.number(row, 2)),
          .registers = static_cast<std::uint64_t>(answer.number(row, 3)),
          .days = static_cast<std::uint64_t>(answer.number(row, 4)),
          .entries = static_cast<std::uint64_t>(answer.number(row, 5)),
          .documents = static_cast<std::uint64_t>(answer.number(row, 6))};
}

/// Every row of an answer, made by `make`.
template <class Row, class Make>
std::vector<Row> rows_of(const PostgresAnswer& answer, Make make) {
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(answer.size()));
  for (int i = 0; i < answer.size(); ++i) {
    rows.push_back(make(answer, i));
  }
  return rows;
}

Instant instant_of(const readings::RegisterReading& row) { return row.key.at; }
Instant instant_of(const StoredDay& row) { return row.start; }
const std::string& meter_in(const readings::RegisterReading& row) { return row.key.meter; }
const std::string& meter_in(const StoredDay& row) { return row.meter; }

template <class Row>
std::vector<const std::string*> meters_in(const Pointers<Row>& rows) {
  std::vector<const std::string*> names;
  for (const Row* row : rows) {
    names.push_back(&meter_in(*row));
  }
  return names;
}

template <class Row>
std::vector<const std::string*> sources_in(const Pointers<Row>& rows) {
  std::vector<const std::string*> names;
  for (const Row* row : rows) {
    names.push_back(&row->source);
  }
  return names;
}

}  // namespace

Result<void> PostgresKeeper::open(const std::string& where, const PostgresOptions& options) {
  where_ = where;
  options_ = options;
  return in_turn([&] { return reconnect(); }, [&] { return take_steps(connection); });
}

Result<void> PostgresKeeper::begin() {
  commit_was_sent_ = false;
  has_added_ = false;
  auto begun =
      in_turn([&] { return connection.execute(begin_alone); }, [&] { return refresh_names(); });
  if (!begun) {
    roll_back();
  }
  return begun;
}

Result<void> PostgresKeeper::commit() {
  commit_was_sent_ = true;
  return connection.execute("commit");
}

void PostgresKeeper::roll_back() {
  connection.roll_back();
  if (has_added_) {
    meters_.forget();
    sources_.forget();
    partitions_.clear();
  }
}

Result<void> PostgresKeeper::refresh(Names& names, const std::string& table) {
  TRY(const PostgresAnswer answer,
      connection.ask("select id, name from " + table + " where id > $1 order by id",
                     PostgresValues().number(names.last())));
  for (int i = 0; i < answer.size(); ++i) {
    names.add(answer.number(i, 0), answer.bytes(i, 1));
  }
  return {};
}

Result<void> PostgresKeeper::refresh_names() {
  return in_turn([&] { return refresh(meters_, "meters"); },
                 [&] { return refresh(sources_, "sources"); });
}

Result<void> PostgresKeeper::add_names(Names& names, const std::string& table,
                                       const std::vector<const std::string*>& wanted) {
  PostgresRows rows;
  for (const std::string* name : wanted) {
    if (!names.find(*name)) {
      has_added_ = true;
      names.add(names.last() + 1, *name);
      rows.row(2).number(names.last()).bytes(*name);
    }
  }
  return rows.is_empty() ? Result<void>() : connection.copy(table + " (id, name)", rows);
}

template <class Row>
Result<void> PostgresKeeper::name_all(const Pointers<Row>& rows) {
  return in_turn([&] { return add_names(meters_, "meters", meters_in(rows)); },
                 [&] { return add_names(sources_, "sources", sources_in(rows)); });
}

/// A partition is made beside the table and attached: that keeps no reader waiting.
Result<void> PostgresKeeper::add_partition(const std::string& table, Instant at) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
  const std::chrono::year_month month{day.year(), day.month()};
  const std::string name = fmt::format("{}_{:04}_{:02}", table, static_cast<int>(month.year()),
                                       static_cast<unsigned>(month.month()));
  if (partitions_.contains(name)) {
    return {};
  }
  TRY(const PostgresAnswer known,
      connection.ask("select to_regclass($1) is not null", PostgresValues().text(name)));
  has_added_ = true;
  Result<void> made;
  if (known.number(0, 0) == 0) {
    const auto first_of = [](const std::chrono::year_month& of) {
      return seconds(std::chrono::sys_days{of / 1});
    };
    made = connection.execute(
        fmt::format("create table {0} (like {1} including defaults including constraints);"
                    "alter table {1} attach partition {0} for values from ({2}) to ({3})",
                    name, table, first_of(month), first_of(month + std::chrono::months{1})));
  }
  partitions_.insert(name);
  return made;
}

Result<std::set<std::pair<std::int64_t, Instant>>> PostgresKeeper::merge(const Table& table,
                                                                         const PostgresRows& rows) {
  std::set<std::pair<std::int64_t, Instant>> places;
  const std::string columns = table.key + ", " + table.rest;
  const std::string target = fmt::format("{} ({})", table.name, columns);
  auto copied = in_turn([&] { return connection.execute("savepoint rows"); },
                        [&] { return connection.copy(target, rows); });
  if (copied) {
    return places;
  }
  if (!connection.was_repeated()) {
    return std::unexpected(std::move(copied.error()));
  }
  const std::string sent = "sent_" + table.name;
  auto merged = in_turn(
      [&] {
        return connection.execute(fmt::format(
            "rollback to savepoint rows; create temp table if not exists {0} (like {1}) on commit "
            "drop; truncate {0}",
            sent, table.name));
      },
      [&] { return connection.copy(fmt::format("{} ({})", sent, columns), rows); },
      [&] {
        return connection.execute(
            fmt::format("insert into {0} ({1}) select {1} from {2} on conflict do nothing",
                        table.name, columns, sent));
      });
  if (!merged) {
    return std::unexpected(std::move(merged.error()));
  }
  // What was sent and does not stand there now contradicts what does. Meter and instant come first.
  TRY(const PostgresAnswer others,
      connection.ask(fmt::format("select {0} from {1} except select {0} from {2}", columns, sent,
                                 table.name)));
  for (int i = 0; i < others.size(); ++i) {
    places.emplace(others.number(i, 0), instant(others.number(i, 1)));
  }
  return places;
}

namespace {

/// The conflict of the first row that stands at one of the places.
template <class Row, class KeptRows>
Result<void> first_conflict(const Pointers<Row>& rows, const Names& meters,
                            const std::set<std::pair<std::int64_t, Instant>>& places,
                            KeptRows kept_rows) {
  for (const Row* row : places.empty() ? Pointers<Row>() : rows) {
    if (places.contains({*meters.find(meter_in(*row)), instant_of(*row)})) {
      TRY(const std::vector<Row> kept,
          kept_rows(std::vector{meter_in(*row)}, instant_of(*row), instant_of(*row)));
      if (auto same = check_same(kept, *row); !same) {
        return same;
      }
    }
  }
  return {};
}

}  // namespace

PostgresKeeper::Table PostgresKeeper::registers_table() {
  return {"registers", "meter, at, channel, rate, recorded_at", "value_mwh, quality, source"};
}
PostgresKeeper::Table PostgresKeeper::days_table() {
  return {"days", "meter, start, channel, recorded_at", "source, digest, packed"};
}

Result<void> PostgresKeeper::put(const Pointers<readings::RegisterReading>& rows) {
  if (auto named = name_all(rows); rows.empty() || !named) {
    return named;
  }
  PostgresRows sent;
  for (const readings::RegisterReading* row : rows) {
    if (auto made = add_partition("registers", row->key.at); !made) {
      return made;
    }
    sent.row(8).number(*meters_.find(row->key.meter)).number(seconds(row->key.at));
    sent.small_number(code(row->key.channel)).small_number(code(row->key.rate));
    sent.number(seconds(row->recorded_at)).number(row->value.mwh);
    sent.small_number(code(row->quality)).number(*sources_.find(row->source));
  }
  TRY(const auto places, merge(registers_table(), sent));
  return first_conflict(rows, meters_, places, [&](const auto& meters, Instant from, Instant to) {
    return registers_of(meters, from, to);
  });
}

Result<void> PostgresKeeper::put(const Pointers<StoredDay>& rows) {
  if (auto named = name_all(rows); rows.empty() || !named) {
    return named;
  }
  PostgresRows sent;
  for (const StoredDay* row : rows) {
    if (auto made = add_partition("days", row->start); !made) {
      return made;
    }
    sent.row(7).number(*meters_.find(row->meter)).number(seconds(row->start));
    sent.small_number(code(row->channel)).number(seconds(row->recorded_at));
    sent.number(*sources_.find(row->source)).bytes(view_of(row->digest)).bytes(row->packed);
  }
  TRY(const auto places, merge(days_table(), sent));
  return first_conflict(rows, meters_, places, [&](const auto& meters, Instant from, Instant to) {
    return days_of(meters, from, to);
  });
}

Result<void> PostgresKeeper::put(const Pointers<ledger::Entry>& rows) {
  PostgresRows sent;
  for (const ledger::Entry* row : rows) {
    sent.row(4).number(whole(row->number)).bytes(row->key).bytes(view_of(row->hash));
    sent.bytes(row->bytes);
  }
  return rows.empty() ? Result<void>()
                      : connection.copy("entries (number, key, hash, bytes)", sent);
}

Result<void> PostgresKeeper::put(const Pointers<Document>& rows) {
  for (const Document* row : rows) {
    const KeptDocument now = kept(*row);
    TRY(const PostgresAnswer inserted,
        connection.ask("insert into documents (name, size, digest, compressed) values ($1, $2, $3, "
                       "$4) on conflict do nothing returning size",
                       PostgresValues()
                           .text(now.name)
                           .number(whole(now.size))
                           .bytes(view_of(now.digest))
                           .bytes(now.compressed)));
    if (inserted.size() == 0) {
      TRY(const std::optional<Document> known, document(row->name));
      if (known && *known != *row) {
        return contradicts(*known, *row);
      }
    }
  }
  return {};
}

Result<void> PostgresKeeper::put(const BatchRecord& record) {
  TRY(const PostgresAnswer inserted,
      connection.ask("insert into batches (number, key, content, recorded_at, registers, days, "
                     "entries, documents) select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, "
                     "$6, $7 from batches",
                     PostgresValues()
                         .text(record.key)
                         .bytes(view_of(record.content))
                         .number(seconds(record.recorded_at))
                         .number(whole(record.registers))
                         .number(whole(record.days))
                         .number(whole(record.entries))
                         .number(whole(record.documents))));
  static_cast<void>(inserted);
  return {};
}

Result<std::optional<BatchRecord>> PostgresKeeper::find_batch(const std::string& key) {
  TRY(const PostgresAnswer answer,
      connection.ask(columns_of_batches + "where key = $1", PostgresValues().text(key)));
  return answer.size() == 1 ? std::optional(batch_in(answer, 0)) : std::nullopt;
}

Result<std::vector<BatchRecord>> PostgresKeeper::batches() {
  TRY(const PostgresAnswer answer, connection.ask(columns_of_batches + "order by number"));
  return rows_of<BatchRecord>(answer, batch_in);
}

Result<std::uint64_t> PostgresKeeper::size() {
  TRY(const PostgresAnswer answer,
      connection.ask("select coalesce(max(number) + 1, 0) from entries"));
  return static_cast<std::uint64_t>(answer.number(0, 0));
}

Result<bool> PostgresKeeper::is_empty() {
  TRY(const PostgresAnswer answer,
      connection.ask("select exists (select 1 from batches) or exists (select 1 from entries) or "
                     "exists (select 1 from meters) or exists (select 1 from documents)"));
  return answer.number(0, 0) == 0;
}

std::vector<std::int64_t> PostgresKeeper::numbers_of(const std::vector<std::string>& meters) const {
  std::vector<std::int64_t> numbers;
  for (const std::string& meter : meters) {
    numbers.push_back(meters_.find(meter).value_or(0));
  }
  return numbers;
}

Result<std::vector<readings::RegisterReading>> PostgresKeeper::registers_of(
    const std::vector<std::string>& meters, Instant from, Instant to) {
  TRY(const PostgresAnswer answer,
      connection.ask(
          "select meter, at, channel, rate, recorded_at, value_mwh, quality, source from registers "
          "where meter = any($1) and at between $2 and $3",
          PostgresValues().numbers(numbers_of(meters)).number(seconds(from)).number(seconds(to))));
  return rows_of<readings::RegisterReading>(answer, [&](const PostgresAnswer& all, int row) {
    return readings::RegisterReading{
        .key = {.meter = meters_.name(all.number(row, 0)),
                .channel = decoded<readings::Channel>(all.number(row, 2)),
                .rate = decoded<readings::Rate>(all.number(row, 3)),
                .at = instant(all.number(row, 1))},
        .value = {all.number(row, 5)},
        .quality = decoded<readings::Quality>(all.number(row, 6)),
        .source = sources_.name(all.number(row, 7)),
        .recorded_at = instant(all.number(row, 4))};
  });
}

Result<std::vector<StoredDay>> PostgresKeeper::days_of(const std::vector<std::string>& meters,
                                                       Instant from, Instant to) {
  TRY(const PostgresAnswer answer,
      connection.ask(
          "select meter, start, channel, recorded_at, source, digest, packed from days where meter "
          "= any($1) and start between $2 and $3",
          PostgresValues().numbers(numbers_of(meters)).number(seconds(from)).number(seconds(to))));
  return rows_of<StoredDay>(answer, [&](const PostgresAnswer& all, int row) {
    return StoredDay{.meter = meters_.name(all.number(row, 0)),
                     .channel = decoded<readings::Channel>(all.number(row, 2)),
                     .start = instant(all.number(row, 1)),
                     .recorded_at = instant(all.number(row, 3)),
                     .source = sources_.name(all.number(row, 4)),
                     .packed = all.bytes(row, 6),
                     .digest = kept_digest(all.bytes(row, 5))};
  });
}

Result<std::vector<ledger::Entry>> PostgresKeeper::entries(std::uint64_t from, std::uint64_t to) {
  TRY(const PostgresAnswer answer,
      connection.ask("select number, key, bytes, hash from entries where number >= $1 and number < "
                     "$2 order by number",
                     PostgresValues().number(whole(from)).number(whole(to))));
  return rows_of<ledger::Entry>(answer, [](const PostgresAnswer& all, int row) {
    return ledger::Entry{.number = static_cast<std::uint64_t>(all.number(row, 0)),
                         .key = all.bytes(row, 1),
                         .bytes = all.bytes(row, 2),
                         .hash = kept_digest(all.bytes(row, 3))};
  });
}

Result<std::optional<Document>> PostgresKeeper::document(const std::string& name) {
  TRY(const PostgresAnswer answer,
      connection.ask("select size, digest, compressed from documents where name = $1",
                     PostgresValues().text(name)));
  if (answer.size() == 0) {
    return std::nullopt;
  }
  TRY(Document document, opened({.name = name,
                                 .size = static_cast<std::uint64_t>(answer.number(0, 0)),
                                 .digest = kept_digest(answer.bytes(0, 1)),
                                 .compressed = answer.bytes(0, 2)}));
  return document;
}

Result<std::vector<std::string>> PostgresKeeper::documents(const std::string& prefix) {
  TRY(const PostgresAnswer answer,
      connection.ask("select name from documents where name >= $1 and starts_with(name, $1) order "
                     "by name",
                     PostgresValues().text(prefix)));
  return rows_of<std::string>(answer,
                              [](const PostgresAnswer& all, int row) { return all.bytes(row, 0); });
}

}  // namespace xiaoyuan::store
