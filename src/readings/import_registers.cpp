#include <fmt/format.h>

#include <algorithm>

#include "readings/decimal.hpp"
#include "readings/import.hpp"
#include "readings/rows.hpp"

namespace xiaoyuan::readings {

namespace {

/// A [[value]] or a statement with its columns found.
struct PlacedValue {
  const MappedValue* value = nullptr;
  std::size_t column = 0;
  std::size_t time = 0;
  std::int64_t digit_mwh = 0;
};
struct PlacedStatement {
  const MappedStatement* statement = nullptr;
  std::size_t column = 0;
  std::size_t from = 0;
  std::size_t to = 0;
};

struct RegisterReader {
  MappedSheet rows;
  LocalClock clock;
  Instant recorded_at;
  RegisterFile& file;
  std::vector<PlacedValue> values;
  std::vector<PlacedStatement> statements;
  std::optional<std::size_t> meter;
  std::optional<std::size_t> household;
  std::optional<std::size_t> multiplier;

  void place(Errors& errors);
  void read(const CsvRow& row);
  void read_value(const CsvRow& row, const std::string& id, const PlacedValue& placed);
  void read_statement(const CsvRow& row, const std::string& id, const PlacedStatement& placed);
  void read_multiplier(const CsvRow& row, const std::string& id);
  std::optional<Instant> time(const CsvRow& row, std::size_t column);
  void count_repeats();
};

void RegisterReader::place(Errors& errors) {
  const Mapping& mapping = rows.mapping;
  const auto optional_column = [&](const std::string& name) {
    return name.empty() ? std::nullopt : std::optional(rows.column(name, errors));
  };
  meter = optional_column(mapping.meter);
  household = optional_column(mapping.household);
  multiplier = optional_column(mapping.multiplier);
  for (const MappedValue& value : mapping.values) {
    values.push_back({&value, rows.column(value.column, errors), rows.column(value.time, errors),
                      mwh_of_digit(value.unit, value.decimals, mapping.step).value_or(1)});
    if (value.only) {
      rows.column(value.only->column, errors);
    }
  }
  for (const MappedStatement& statement : mapping.statements) {
    statements.push_back({&statement, rows.column(statement.column, errors),
                          rows.column(statement.from, errors), rows.column(statement.to, errors)});
  }
  rows.note_ignored();
}

std::optional<Instant> RegisterReader::time(const CsvRow& row, std::size_t column) {
  const auto stamp = rows.stamp(row, column);
  const auto instant = stamp ? clock.instant(*stamp) : std::nullopt;
  if (stamp && !instant) {
    rows.refuse(row, cell_of(rows.sheet.header(), column),
                time_missing(cell_of(row, column), rows.mapping.zone));
  }
  return instant;
}

void RegisterReader::read_value(const CsvRow& row, const std::string& id,
                                const PlacedValue& placed) {
  if (!rows.applies(row, placed.value->only)) {
    return;
  }
  if (cell_of(row, placed.column).empty()) {
    ++file.report.empty;
    return;
  }
  const auto number = rows.number(row, placed.column, placed.value->decimals);
  const auto at = time(row, placed.time);
  if (!number || !at) {
    return;
  }
  std::int64_t mwh = 0;
  const bool too_large = __builtin_mul_overflow(*number, placed.digit_mwh, &mwh) ||
                         mwh > 1'000'000'000'000'000;  // a register of nine digits of kWh
  if (*number < 0 || too_large) {
    rows.refuse(
        row, placed.value->column,
        {fmt::format("found \"{}\"; a register shows 0 to 999,999,999 kWh",
                     cell_of(row, placed.column)),
         fmt::format("实为“{}”;示数应在 0 至 999,999,999 kWh 之间", cell_of(row, placed.column))});
    return;
  }
  file.readings.push_back({.key = {id, placed.value->channel, placed.value->rate, *at},
                           .value = {mwh},
                           .quality = Quality::measured,
                           .source = file.report.file,
                           .recorded_at = recorded_at});
}

void RegisterReader::read_statement(const CsvRow& row, const std::string& id,
                                    const PlacedStatement& placed) {
  const MappedStatement& mapped = *placed.statement;
  const auto number = rows.number(row, placed.column, mapped.decimals);
  if (!number) {
    return;
  }
  const auto from = time(row, placed.from);
  const auto to = time(row, placed.to);
  if (!from || !to) {
    return;
  }
  Statement statement{.meter = id,
                      .household = household ? std::string(cell_of(row, *household)) : "",
                      .from = *from,
                      .to = *to,
                      .channel = mapped.channel,
                      .name = mapped.name,
                      .energy = {},
                      .money = {},
                      .line = row.line};
  if (mapped.channel) {
    const auto digit = mwh_of_digit(mapped.unit, mapped.decimals, rows.mapping.step).value_or(1);
    const auto energy = times({*number}, digit);
    if (!energy) {
      rows.refuse(
          row, mapped.column,
          decimal_expected(cell_of(row, placed.column), mapped.decimals, DecimalFault::too_large));
      return;
    }
    statement.energy = *energy;
  } else {
    statement.money = {*number};
  }
  file.statements.push_back(std::move(statement));
}

void RegisterReader::read_multiplier(const CsvRow& row, const std::string& id) {
  const auto number = multiplier ? rows.number(row, *multiplier, 0) : std::nullopt;
  if (!number) {
    return;
  }
  if (*number < 1 || *number > most_multiplier) {
    rows.refuse(row, rows.mapping.multiplier, multiplier_expected(*number));
    return;
  }
  file.multipliers.push_back({id, *number, row.line});
}

void RegisterReader::read(const CsvRow& row) {
  ++file.report.rows;
  const auto id = rows.meter(row, meter);
  if (!id) {
    return;
  }
  read_multiplier(row, *id);
  for (const PlacedValue& placed : values) {
    read_value(row, *id, placed);
  }
  for (const PlacedStatement& placed : statements) {
    read_statement(row, *id, placed);
  }
}

/// A sheet of months names each freeze twice: as the end of one and the start of the next.
void RegisterReader::count_repeats() {
  file.report.readings = file.readings.size();
  std::vector<std::pair<RegisterKey, MeteredEnergy>> seen;
  for (const RegisterReading& reading : file.readings) {
    seen.emplace_back(reading.key, reading.value);
  }
  std::ranges::sort(seen);
  const auto rest = std::ranges::unique(seen);
  file.report.repeated = rest.size();
}

}  // namespace

Result<RegisterFile> read_registers(std::string_view bytes, const std::string& name,
                                    const Mapping& mapping, Instant recorded_at) {
  TRY(Sheet sheet, read_mapped(bytes, name, mapping, {TableKind::registers}));
  RegisterFile file;
  file.report.file = name;
  const StampForm stamps{mapping.order, sheet.day_zero};
  RegisterReader reader{.rows = {mapping, std::move(sheet), stamps, file.report},
                        .clock = LocalClock(mapping.zone),
                        .recorded_at = recorded_at,
                        .file = file,
                        .values = {},
                        .statements = {},
                        .meter = {},
                        .household = {},
                        .multiplier = {}};
  Errors errors;
  reader.place(errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  for (std::size_t i = 1; i < reader.rows.sheet.table.rows.size(); ++i) {
    reader.read(reader.rows.sheet.table.rows[i]);
  }
  reader.count_repeats();
  return file;
}

}  // namespace xiaoyuan::readings
