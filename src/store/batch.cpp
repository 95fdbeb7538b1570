#include "store/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/zone.hpp"
#include "ledger/bytes.hpp"
#include "ledger/proof.hpp"
#include "readings/seal.hpp"

namespace xiaoyuan::store {

namespace {

constexpr Instant first_instant{};
constexpr Instant last_instant{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};

auto place_of(const readings::RegisterReading& reading) {
  return std::tie(reading.key, reading.recorded_at);
}
auto place_of(const StoredDay& day) {
  return std::tie(day.meter, day.channel, day.start, day.recorded_at);
}
auto place_of(const Document& document) { return std::tie(document.name); }

Text name_of(const StoredDay& day) {
  const Text channel = readings::name_of(day.channel);
  return {fmt::format("meter {}: {}, day from {}", day.meter, channel.en, text_of(day.start)),
          fmt::format("电能表 {}:{},{} 起的一日", day.meter, channel.zh, text_of(day.start))};
}

Text name_of(const Document& document) {
  return {fmt::format("document \"{}\"", document.name), fmt::format("文件“{}”", document.name)};
}

std::unexpected<Errors> contradiction(const Text& name) {
  return fail(Fault::conflict,
              {name.en + ": another content is kept that became known at the same instant",
               name.zh + ":已存有同一时刻获知的不同内容"});
}

/// Pointers to the rows in the order of their places, each place once.
template <class Row>
Result<Pointers<Row>> in_order(const std::vector<Row>& rows) {
  Pointers<Row> pointers;
  pointers.reserve(rows.size());
  for (const Row& row : rows) {
    pointers.push_back(&row);
  }
  const auto earlier = [](const Row* a, const Row* b) { return before(*a, *b); };
  if (!std::ranges::is_sorted(pointers, earlier)) {
    std::ranges::stable_sort(pointers, earlier);
  }
  for (std::size_t i = 1; i < pointers.size(); ++i) {
    if (!before(*pointers[i - 1], *pointers[i]) && *pointers[i - 1] != *pointers[i]) {
      return contradicts(*pointers[i - 1], *pointers[i]);
    }
  }
  const auto repeated = std::ranges::unique(
      pointers, [](const Row* a, const Row* b) { return !before(*a, *b) && !before(*b, *a); });
  pointers.erase(repeated.begin(), repeated.end());
  return pointers;
}

bool is_sound(Instant instant) { return instant >= first_instant && instant <= last_instant; }
bool is_sound(const std::string& name) { return !name.empty() && is_utf8(name); }

/// What is wrong may be the name itself, or an instant that no calendar has: neither is written out
/// unless it can be.
std::unexpected<Errors> unsound(const std::string& meter) {
  const std::string name = is_utf8(meter) ? meter : "?";
  return fail(
      Fault::bad_input,
      {fmt::format("meter \"{}\": expected the names of a meter and of a source in UTF-8, "
                   "and instants of the years 1970 to 9999",
                   name),
       fmt::format("电能表“{}”:电能表编号和来源应为 UTF-8 文字,时刻应在 1970 至 9999 年之间",
                   name)});
}

std::unexpected<Errors> broken_seal(const Text& name) {
  return fail(Fault::bad_input,
              {name.en + ": the digest is not that of its bytes", name.zh + ":摘要与其字节不符"});
}

Result<void> check(const readings::RegisterReading& reading) {
  if (!is_sound(reading.key.meter) || !is_sound(reading.source) || !is_sound(reading.key.at) ||
      !is_sound(reading.recorded_at)) {
    return unsound(reading.key.meter);
  }
  return {};
}

Result<void> check(const StoredDay& day) {
  if (!is_sound(day.meter) || !is_sound(day.source) || !is_sound(day.start) ||
      !is_sound(day.recorded_at)) {
    return unsound(day.meter);
  }
  if (readings::digest_of(day.meter, day.packed) != day.digest) {
    return broken_seal(name_of(day));
  }
  return {};
}

Result<void> check(const ledger::Entry& entry) {
  if (!is_sound(entry.key) || ledger::hash_of_entry(entry.bytes) != entry.hash) {
    return broken_seal({fmt::format("entry {} \"{}\"", entry.number, entry.key),
                        fmt::format("第 {} 条“{}”", entry.number, entry.key)});
  }
  return {};
}

Result<void> check(const Document& document) {
  if (!is_sound(document.name)) {
    return fail(Fault::bad_input, {"a document needs a name in UTF-8", "文件应有 UTF-8 名称"});
  }
  return {};
}

Result<void> check(const BatchRecord& record) {
  if (!is_sound(record.key) || !is_sound(record.recorded_at)) {
    return fail(Fault::bad_input,
                {"a batch needs a key in UTF-8 and an instant of the years 1970 to 9999",
                 "批次应有 UTF-8 键,记录时刻应在 1970 至 9999 年之间"});
  }
  return {};
}

template <class Row>
Result<void> check_all(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    if (auto sound = check(row); !sound) {
      return sound;
    }
  }
  return {};
}

template <class Rows>
Result<Arranged> arranged_rows(const Rows& rows) {
  for (auto sound : {check_all(rows.registers), check_all(rows.days), check_all(rows.entries),
                     check_all(rows.documents)}) {
    if (!sound) {
      return std::unexpected(std::move(sound.error()));
    }
  }
  Arranged all;
  TRY(all.registers, in_order(rows.registers));
  TRY(all.days, in_order(rows.days));
  TRY(all.documents, in_order(rows.documents));
  for (const ledger::Entry& entry : rows.entries) {
    all.entries.push_back(&entry);
  }
  return all;
}

Digest content_of(const std::string& key, const Arranged& rows) {
  ledger::ByteWriter content;
  content.text("xiaoyuan batch 1");
  content.text(key);
  content.number(rows.registers.size());
  for (const readings::RegisterReading* reading : rows.registers) {
    content.text(reading->key.meter);
    content.number(static_cast<std::uint8_t>(reading->key.channel));
    content.number(static_cast<std::uint8_t>(reading->key.rate));
    content.number(reading->key.at.time_since_epoch().count());
    content.number(reading->value.mwh);
    content.number(static_cast<std::uint8_t>(reading->quality));
    content.text(reading->source);
    content.number(reading->recorded_at.time_since_epoch().count());
  }
  content.number(rows.days.size());
  for (const StoredDay* day : rows.days) {
    content.text(day->meter);
    content.number(static_cast<std::uint8_t>(day->channel));
    content.number(day->start.time_since_epoch().count());
    content.number(day->recorded_at.time_since_epoch().count());
    content.text(day->source);
    content.digest(day->digest);
  }
  content.number(rows.entries.size());
  for (const ledger::Entry* entry : rows.entries) {
    content.number(entry->number);
    content.text(entry->key);
    content.digest(entry->hash);
  }
  content.number(rows.documents.size());
  for (const Document* document : rows.documents) {
    content.text(document->name);
    content.digest(sha256(document->bytes));
  }
  return sha256(content.take());
}

}  // namespace

bool before(const readings::RegisterReading& a, const readings::RegisterReading& b) {
  return place_of(a) < place_of(b);
}
bool before(const StoredDay& a, const StoredDay& b) { return place_of(a) < place_of(b); }
bool before(const Document& a, const Document& b) { return place_of(a) < place_of(b); }

Result<Arranged> arranged(const Batch& batch) {
  TRY(Arranged all, arranged_rows(batch));
  all.record = {.key = batch.key,
                .content = content_of(batch.key, all),
                .recorded_at = batch.recorded_at,
                .registers = all.registers.size(),
                .days = all.days.size(),
                .entries = all.entries.size(),
                .documents = all.documents.size()};
  if (auto sound = check(all.record); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  return all;
}

Result<Arranged> arranged(const Portion& portion) {
  if (auto sound = check_all(portion.batches); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  return arranged_rows(portion);
}

std::unexpected<Errors> other_batch(const BatchRecord& kept, const BatchRecord& sent) {
  return fail(
      Fault::conflict,
      {fmt::format("batch \"{}\": another content was kept under this key on {} "
                   "(content {:.16}…, sent {:.16}…)",
                   sent.key, text_of(kept.recorded_at), hex(kept.content), hex(sent.content)),
       fmt::format("批次“{}”:该键已于 {} 存入不同内容(内容摘要 {:.16}…,本次 {:.16}…)", sent.key,
                   text_of(kept.recorded_at), hex(kept.content), hex(sent.content))});
}

std::unexpected<Errors> not_the_next(const ledger::Entry& sent, std::uint64_t book_size) {
  return fail(
      Fault::conflict,
      {fmt::format("entry {} \"{}\" is not the book's next, which is {}: another may have written "
                   "meanwhile; read the book again",
                   sent.number, sent.key, book_size),
       fmt::format("第 {} 条“{}”并非账本的下一条(应为第 {} 条):期间可能另有写入,请重新读取账本",
                   sent.number, sent.key, book_size)});
}

std::unexpected<Errors> contradicts(const readings::RegisterReading& kept,
                                    const readings::RegisterReading& sent) {
  const Text name = readings::name_of(sent.key);
  return fail(
      Fault::conflict,
      {fmt::format("{}: {} kWh from \"{}\" contradicts {} kWh from \"{}\", which became known at "
                   "the same instant",
                   name.en, readings::kwh_text(sent.value), sent.source,
                   readings::kwh_text(kept.value), kept.source),
       fmt::format("{}:{} kWh(来源“{}”)与同一时刻获知的 {} kWh(来源“{}”)相矛盾", name.zh,
                   readings::kwh_text(sent.value), sent.source, readings::kwh_text(kept.value),
                   kept.source)});
}

std::unexpected<Errors> contradicts(const StoredDay& /*kept*/, const StoredDay& sent) {
  return contradiction(name_of(sent));
}

std::unexpected<Errors> contradicts(const Document& /*kept*/, const Document& sent) {
  const Text name = name_of(sent);
  return fail(Fault::conflict, {name.en + ": other bytes are kept under this name",
                                name.zh + ":该名称下已存有不同内容"});
}

std::unexpected<Errors> not_empty() {
  return fail(Fault::conflict, {"the store holds data already; restore into an empty one",
                                "存储中已有数据;请恢复到空的存储"});
}

}  // namespace xiaoyuan::store
