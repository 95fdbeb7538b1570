#include "readings/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "readings/decimal.hpp"

namespace xiaoyuan::readings {

namespace {

/// A file that is wrong throughout is told so often enough by then.
constexpr std::size_t most_refused = 1000;

}  // namespace

std::size_t MappedSheet::column(const std::string& name, Errors& errors) {
  asked.push_back(name);
  if (const auto found = sheet.column(name)) {
    return *found;
  }
  errors.push_back({Fault::bad_input,
                    {fmt::format("has no column \"{}\", which {} names; it has {}", name,
                                 mapping.file, joined(sheet.names())),
                     fmt::format("没有 {} 中指定的列“{}”;现有列为 {}", mapping.file, name,
                                 joined(sheet.names(), "、"))},
                    {sheet.file, sheet.header().line, name}});
  return 0;
}

void MappedSheet::note_ignored() {
  for (const std::string& name : sheet.names()) {
    if (!name.empty() && !std::ranges::count(asked, name)) {
      report.ignored_columns.push_back(name);
    }
  }
}

void MappedSheet::refuse(const CsvRow& row, std::string_view column, Text what) {
  if (report.refused.size() < most_refused) {
    report.refused.push_back(
        {Fault::bad_input, std::move(what), {sheet.file, row.line, std::string(column)}});
  }
}

bool MappedSheet::applies(const CsvRow& row, const std::optional<OnlyWhere>& only) {
  const auto at = only ? sheet.column(only->column) : std::nullopt;
  return !only || (at && cell_of(row, *at) == only->is);
}

std::optional<std::int64_t> MappedSheet::number(const CsvRow& row, std::size_t column,
                                                int decimals) {
  const std::string_view cell = cell_of(row, column);
  if (cell.empty()) {
    return std::nullopt;
  }
  const bool is_binary = mapping.numbers == NumberForm::binary;
  const auto value =
      is_binary ? parse_decimal(as_shown(cell), decimals) : parse_decimal(cell, decimals);
  if (!value) {
    refuse(row, cell_of(sheet.header(), column), decimal_expected(cell, decimals, value.error()));
    return std::nullopt;
  }
  return *value;
}

std::optional<Stamp> MappedSheet::stamp(const CsvRow& row, std::size_t column) {
  const std::string_view cell = cell_of(row, column);
  auto stamp = parse_stamp(cell, stamps);
  if (!stamp) {
    refuse(row, cell_of(sheet.header(), column), time_expected(cell));
  }
  return stamp;
}

std::optional<std::string> MappedSheet::meter(const CsvRow& row,
                                              const std::optional<std::size_t>& column) {
  constexpr std::size_t longest_id = 64;
  const std::string_view id = column ? cell_of(row, *column) : std::string_view(mapping.meter_id);
  if (id.empty() || id.size() > longest_id) {
    refuse(row, mapping.meter,
           id.empty() ? missing() : Text{"is longer than 64 bytes", "电能表编号超过 64 字节"});
    return std::nullopt;
  }
  return std::string(id);
}

Result<Sheet> read_mapped(std::string_view bytes, const std::string& name, const Mapping& mapping,
                          const std::vector<TableKind>& wanted) {
  if (std::ranges::find(wanted, mapping.kind) == wanted.end()) {
    return fail(
        Fault::bad_input,
        {fmt::format("its mapping {} is of another kind; registers are read by one mapping, "
                     "intervals by another",
                     mapping.file),
         fmt::format("所用映射文件 {} 的 kind 不符;示数与曲线应分别使用各自的映射文件",
                     mapping.file)},
        {name, 0, "kind"});
  }
  return read_sheet(bytes, name, mapping.sheet, mapping.header_row);
}

Text time_expected(std::string_view found) {
  return {fmt::format("expected a time like 2026-10-01 00:15, found \"{}\"", found),
          fmt::format("应为形如 2026-10-01 00:15 的时间,实为“{}”", found)};
}

Text multiplier_expected(std::int64_t found) {
  return {fmt::format("expected a multiplier from 1 to {}, found {}", most_multiplier, found),
          fmt::format("倍率应为 1 至 {},实为 {}", most_multiplier, found)};
}

Text time_missing(std::string_view found, const Zone& zone) {
  return {
      fmt::format("\"{}\" does not exist in {}, where clocks were put forward", found, zone.name()),
      fmt::format("{} 当时调快时钟,“{}”并不存在", zone.name(), found)};
}

}  // namespace xiaoyuan::readings
