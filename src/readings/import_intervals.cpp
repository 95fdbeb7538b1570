#include <fmt/format.h>

#include <algorithm>

#include "readings/day_table.hpp"
#include "readings/import.hpp"
#include "readings/rows.hpp"

namespace xiaoyuan::readings {

namespace {

struct PlacedSeries {
  const MappedValue* value = nullptr;
  std::size_t column = 0;
  MeteredEnergy unit;
};

struct IntervalReader {
  MappedSheet rows;
  LocalClock clock;
  DayTable days;
  IntervalFile& file;
  std::vector<PlacedSeries> values;
  std::optional<std::size_t> meter;
  std::optional<std::size_t> multiplier;
  std::size_t time = 0;
  std::int64_t times_by = 1;  ///< the row's multiplier
  std::string last_meter;
  std::optional<Instant> last_time;

  void place(Errors& errors);
  bool read_multiplier(const CsvRow& row);
  void read_row(const CsvRow& row);
  void read_day(const CsvRow& row);
  std::size_t steps_in_row(const PlacedSeries& placed, const CsvRow& row) const;
  void put(const CsvRow& row, const PlacedSeries& placed, std::size_t column, Instant start);
};

void IntervalReader::place(Errors& errors) {
  const Mapping& mapping = rows.mapping;
  if (!mapping.meter.empty()) {
    meter = rows.column(mapping.meter, errors);
  }
  if (!mapping.multiplier.empty()) {
    multiplier = rows.column(mapping.multiplier, errors);
  }
  times_by = mapping.multiplier_is;
  time = rows.column(mapping.time, errors);
  for (const MappedValue& value : mapping.values) {
    values.push_back({&value,
                      rows.column(value.column, errors),
                      {mwh_of_digit(value.unit, value.decimals, mapping.step).value_or(1)}});
    if (value.only) {
      rows.column(value.only->column, errors);
    }
  }
  if (mapping.kind == TableKind::intervals) {
    rows.note_ignored();  // of a day's columns only the first is named
  }
}

/// Reads one cell into the step that begins at `start`. The meter is the row's, in `last_meter`.
void IntervalReader::put(const CsvRow& row, const PlacedSeries& placed, std::size_t column,
                         Instant start) {
  if (cell_of(row, column).empty()) {
    ++file.report.empty;
    return;
  }
  const auto number = rows.number(row, column, placed.value->decimals);
  if (!number) {
    return;
  }
  const std::string_view name = cell_of(rows.sheet.header(), column);
  const std::int64_t most = most_of_step.mwh / placed.unit.mwh / times_by;
  if (*number > most || *number < -most) {
    rows.refuse(
        row, name,
        {fmt::format("found \"{}\"; no household's step holds 1,000,000 kWh", cell_of(row, column)),
         fmt::format("实为“{}”;单个时段电量不可能达到 1,000,000 kWh", cell_of(row, column))});
    return;
  }
  switch (days.put(last_meter, placed.value->channel, start, *number * times_by, placed.unit)) {
    case DayTable::Put::taken:
      ++file.report.readings;
      break;
    case DayTable::Put::repeated:
      ++file.report.repeated;
      break;
    case DayTable::Put::contradicts:
      rows.refuse(row, name,
                  {"stands in the file with another value too; neither is taken",
                   "文件中另有一行数值不同,两者均不采用"});
      break;
    case DayTable::Put::full:
      rows.refuse(row, name,
                  {"the file holds more days than can be read at once; split it",
                   "文件所含天数过多,无法一次读入;请拆分"});
      break;
    case DayTable::Put::off_step:
      rows.refuse(
          row, name,
          {fmt::format("{} does not begin a step of {} minutes",
                       clock_text(rows.mapping.zone, start), rows.mapping.step.count() / 60),
           fmt::format("{} 不在 {} 分钟的时标上", clock_text(rows.mapping.zone, start),
                       rows.mapping.step.count() / 60)});
      break;
  }
}

/// Where the mapping names a column of multipliers, every row has to say its own.
bool IntervalReader::read_multiplier(const CsvRow& row) {
  if (!multiplier) {
    return true;
  }
  if (cell_of(row, *multiplier).empty()) {
    rows.refuse(row, rows.mapping.multiplier, missing());
    return false;
  }
  const auto number = rows.number(row, *multiplier, 0);
  if (number && (*number < 1 || *number > most_multiplier)) {
    rows.refuse(row, rows.mapping.multiplier, multiplier_expected(*number));
    return false;
  }
  times_by = number.value_or(1);
  return number.has_value();
}

void IntervalReader::read_row(const CsvRow& row) {
  const auto id = rows.meter(row, meter);
  const auto stamp = rows.stamp(row, time);
  if (!id || !stamp || !read_multiplier(row)) {
    return;
  }
  if (*id != last_meter) {
    last_meter = *id;
    last_time.reset();
  }
  const auto at = clock.instant(*stamp, last_time);
  if (!at) {
    rows.refuse(row, rows.mapping.time, time_missing(cell_of(row, time), rows.mapping.zone));
    return;
  }
  last_time = at;
  const Instant start = rows.mapping.time_is == TimeIs::end ? *at - rows.mapping.step : *at;
  for (const PlacedSeries& placed : values) {
    if (rows.applies(row, placed.value->only)) {
      put(row, placed, placed.column, start);
    }
  }
}

/// How many steps the header has room for, from a value's first column to the next value's.
std::size_t IntervalReader::steps_in_row(const PlacedSeries& placed, const CsvRow& row) const {
  std::size_t end = std::max(row.cells.size(), rows.sheet.header().cells.size());
  for (const PlacedSeries& other : values) {
    if (other.column > placed.column) {
      end = std::min(end, other.column);
    }
  }
  return end - placed.column;
}

void IntervalReader::read_day(const CsvRow& row) {
  const auto id = rows.meter(row, meter);
  const auto stamp = rows.stamp(row, time);
  if (!id || !stamp || !read_multiplier(row)) {
    return;
  }
  last_meter = *id;
  const TimeAxis axis = day_axis(rows.mapping.zone, stamp->date, rows.mapping.step);
  for (const PlacedSeries& placed : values) {
    if (!rows.applies(row, placed.value->only)) {
      continue;
    }
    const std::size_t room = steps_in_row(placed, row);
    std::size_t filled = 0;
    for (std::size_t i = 0; i < room; ++i) {
      filled = cell_of(row, placed.column + i).empty() ? filled : i + 1;
    }
    const auto plain = static_cast<std::size_t>(std::chrono::days{1} / rows.mapping.step);
    const bool is_plain = axis.size == plain;
    if (room < axis.size || (!is_plain && filled > axis.size)) {
      rows.refuse(row, placed.value->column,
                  {fmt::format("{} has {} steps, but the row holds {}", text_of(stamp->date),
                               axis.size, room < axis.size ? room : filled),
                   fmt::format("{} 共 {} 个时段,而本行有 {} 个", text_of(stamp->date), axis.size,
                               room < axis.size ? room : filled)});
      continue;
    }
    for (std::size_t i = 0; i < axis.size; ++i) {
      put(row, placed, placed.column + i, axis.at(i));
    }
  }
}

}  // namespace

Result<IntervalFile> read_intervals(std::string_view bytes, const std::string& name,
                                    const Mapping& mapping) {
  TRY(Sheet sheet, read_mapped(bytes, name, mapping, {TableKind::intervals, TableKind::days}));
  IntervalFile file;
  file.report.file = name;
  const StampForm stamps{mapping.order, sheet.day_zero};
  IntervalReader reader{.rows = {mapping, std::move(sheet), stamps, file.report},
                        .clock = LocalClock(mapping.zone),
                        .days = DayTable(mapping.zone, mapping.step),
                        .file = file,
                        .values = {},
                        .meter = {},
                        .multiplier = {},
                        .time = 0,
                        .times_by = 1,
                        .last_meter = {},
                        .last_time = {}};
  Errors errors;
  reader.place(errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const auto& rows = reader.rows.sheet.table.rows;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    ++file.report.rows;
    if (mapping.kind == TableKind::days) {
      reader.read_day(rows[i]);
    } else {
      reader.read_row(rows[i]);
    }
  }
  file.days = std::move(reader.days).days();
  return file;
}

}  // namespace xiaoyuan::readings
