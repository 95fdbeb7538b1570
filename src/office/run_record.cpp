#include "office/run_record.hpp"

#include <nlohmann/json.hpp>

namespace xiaoyuan::office {

using nlohmann::ordered_json;

namespace {

ordered_json written(const std::optional<MeteredEnergy>& energy) {
  return energy ? ordered_json(energy->mwh) : ordered_json(nullptr);
}

std::optional<MeteredEnergy> read_energy(const ordered_json& value) {
  return value.is_null() ? std::nullopt : std::optional(MeteredEnergy{value.get<std::int64_t>()});
}

ordered_json written(const tariff::Counted& counted) {
  return {counted.tier_period.mwh, counted.subsidised.mwh, counted.in_mechanism.mwh};
}

tariff::Counted read_counted(const ordered_json& value) {
  return {.tier_period = {value.at(0).get<std::int64_t>()},
          .subsidised = {value.at(1).get<std::int64_t>()},
          .in_mechanism = {value.at(2).get<std::int64_t>()}};
}

ordered_json written(const settle::PoolMonth& pool) {
  return {{"owner", pool.owner},
          {"kind", static_cast<int>(pool.kind)},
          {"recognised_wh", pool.recognised_wh},
          {"carried_before_wh", pool.carried_before_wh},
          {"issued", pool.issued},
          {"carried_wh", pool.carried_wh}};
}

settle::PoolMonth read_pool(const ordered_json& value) {
  return {.owner = value.at("owner"),
          .kind = value.at("kind").get<int>() == 0 ? ledger::PoolKind::tradable
                                                   : ledger::PoolKind::non_tradable,
          .recognised_wh = value.at("recognised_wh"),
          .carried_before_wh = value.at("carried_before_wh"),
          .issued = value.at("issued"),
          .carried_wh = value.at("carried_wh")};
}

ordered_json written(const settle::MonthEnergy& energy) {
  return {written(energy.made),   written(energy.self_used), written(energy.sold),
          written(energy.bought), written(energy.shared_in), written(energy.shared_out)};
}

settle::MonthEnergy read_month_energy(const ordered_json& value) {
  return {.made = read_energy(value.at(0)),
          .self_used = read_energy(value.at(1)),
          .sold = read_energy(value.at(2)),
          .bought = read_energy(value.at(3)),
          .shared_in = read_energy(value.at(4)),
          .shared_out = read_energy(value.at(5))};
}

ordered_json written(const settle::MonthMemory& memory) {
  ordered_json lines = ordered_json::array();
  for (const settle::LineMemory& line : memory.lines) {
    lines.push_back(
        {{"id", line.id},
         {"section", static_cast<int>(line.section)},
         {"mwh", written(line.energy)},
         {"price", line.price ? ordered_json(line.price->units) : ordered_json(nullptr)},
         {"fen", line.amount.fen}});
  }
  return {{"month", memory.month.month},   {"party", memory.party},
          {"total_fen", memory.total.fen}, {"energy_mwh", written(memory.energy)},
          {"lines", std::move(lines)},     {"surplus_fen", memory.surplus.fen}};
}

settle::MonthMemory read_memory(const ordered_json& value) {
  settle::MonthMemory memory{.month = {value.at("month").get<std::int32_t>()},
                             .party = value.at("party"),
                             .total = {value.at("total_fen").get<std::int64_t>()},
                             .energy = read_month_energy(value.at("energy_mwh")),
                             .lines = {},
                             .surplus = {value.at("surplus_fen").get<std::int64_t>()}};
  for (const ordered_json& line : value.at("lines")) {
    const ordered_json& price = line.at("price");
    const int section = line.at("section").get<int>();
    if (section < 0 || section > static_cast<int>(settle::Section::environment)) {
      throw std::out_of_range("section");
    }
    memory.lines.push_back(
        {.id = line.at("id"),
         .section = static_cast<settle::Section>(section),
         .energy = read_energy(line.at("mwh")),
         .price = price.is_null() ? std::nullopt : std::optional(Price{price.get<std::int64_t>()}),
         .amount = {line.at("fen").get<std::int64_t>()}});
  }
  return memory;
}

RunRecord read_record(const ordered_json& value) {
  RunRecord record{.month = {value.at("month").get<std::int32_t>()},
                   .revision = value.at("revision"),
                   .known_at = Instant(std::chrono::seconds(value.at("known_at").get<long long>())),
                   .book_before = value.at("book_before"),
                   .book_after = value.at("book_after"),
                   .pins = {},
                   .refused = value.at("refused").get<std::vector<std::string>>(),
                   .adjustments = {}};
  for (const ordered_json& each : value.at("adjustments")) {
    record.adjustments.push_back({.party = each.at(0),
                                  .month = record.month,
                                  .amount = {each.at(1).get<std::int64_t>()},
                                  .entry = each.at(2)});
  }
  for (const ordered_json& each : value.at("pins")) {
    const auto digest = digest_from_hex(each.at(1).get<std::string>());
    record.pins.push_back({each.at(0), digest.value_or(Digest{})});
  }
  return record;
}

CarriedOver read_carried(const ordered_json& value) {
  CarriedOver carried;
  for (const ordered_json& each : value.at("counted")) {
    carried.counted.push_back({each.at(0), read_counted(each.at(1)), read_counted(each.at(2))});
  }
  for (const ordered_json& each : value.at("pools")) {
    carried.pools.push_back(read_pool(each));
  }
  for (const ordered_json& each : value.at("memory")) {
    carried.memory.push_back(read_memory(each));
  }
  return carried;
}

template <class Read>
auto read_or_fail(const std::string& name, std::string_view bytes, Read read)
    -> Result<decltype(read(ordered_json{}))> {
  try {
    return read(ordered_json::parse(bytes));
  } catch (const std::exception& what) {
    return fail(Fault::unreadable,
                {std::string("is no record of a run: ") + what.what(),
                 std::string("不是结算运行记录:") + what.what()},
                {name, 0, ""});
  }
}

}  // namespace

std::string json(const RunRecord& record) {
  ordered_json value{{"month", record.month.month},
                     {"revision", record.revision},
                     {"known_at", record.known_at.time_since_epoch().count()},
                     {"book_before", record.book_before},
                     {"book_after", record.book_after},
                     {"pins", ordered_json::array()},
                     {"refused", record.refused},
                     {"adjustments", ordered_json::array()}};
  for (const Pin& pin : record.pins) {
    value["pins"].push_back(ordered_json::array({pin.file, hex(pin.digest)}));
  }
  for (const settle::Adjustment& each : record.adjustments) {
    value["adjustments"].push_back(ordered_json::array({each.party, each.amount.fen, each.entry}));
  }
  return value.dump();
}

std::string json(const CarriedOver& carried) {
  ordered_json value{{"counted", ordered_json::array()},
                     {"pools", ordered_json::array()},
                     {"memory", ordered_json::array()}};
  for (const CountedSoFar& each : carried.counted) {
    value["counted"].push_back(
        ordered_json::array({each.household, written(each.bought), written(each.sold)}));
  }
  for (const settle::PoolMonth& pool : carried.pools) {
    value["pools"].push_back(written(pool));
  }
  for (const settle::MonthMemory& memory : carried.memory) {
    value["memory"].push_back(written(memory));
  }
  return value.dump();
}

Result<RunRecord> read_run_record(std::string_view bytes, const std::string& name) {
  return read_or_fail(name, bytes, read_record);
}

Result<CarriedOver> read_carried_over(std::string_view bytes, const std::string& name) {
  return read_or_fail(name, bytes, read_carried);
}

}  // namespace xiaoyuan::office
