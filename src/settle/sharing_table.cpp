#include "settle/sharing_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/csv.hpp"
#include "readings/decimal.hpp"
#include "readings/stamp.hpp"
#include "settle/sharing_errors.hpp"

namespace xiaoyuan::settle {

namespace {

enum class SharingSide : std::uint8_t { imported, exported };

/// How a column's name ends, and what that means.
struct SharingEnding {
  const char* ending;
  SharingSide side;
  int decimals;  ///< of the mWh
};
constexpr SharingEnding sharing_endings[] = {{"import_wh", SharingSide::imported, 3},
                                             {"import_kwh", SharingSide::imported, 6},
                                             {"export_wh", SharingSide::exported, 3},
                                             {"export_kwh", SharingSide::exported, 6}};

struct SharingColumn {
  std::size_t cell = 0;
  std::size_t member = 0;  ///< of a wide table
  SharingSide side = SharingSide::imported;
  int decimals = 6;
};

class SharingReader {
 public:
  SharingReader(std::string name, BeyondMwh beyond) : name_(std::move(name)), beyond_(beyond) {}

  Result<SharingFile> read(std::string_view bytes);

 private:
  void complain(int line, std::string_view field, Text what) {
    errors_.push_back({Fault::bad_input, std::move(what), {name_, line, std::string(field)}});
  }
  bool take_header(const CsvTable& rows);
  void take_name(std::string_view heading, std::size_t cell);
  void take_wide(const CsvTable& rows);
  void take_long(const CsvTable& rows);
  void check_places(const CsvTable& rows,
                    const std::vector<std::pair<std::size_t, std::size_t>>& places);
  void take_cell(const CsvRow& row, const SharingColumn& column, std::size_t at);
  std::size_t member_of(std::string_view member);
  void check_times(const std::vector<int>& lines);
  void check_sums(const std::vector<int>& lines);
  std::string_view cell_of(const CsvRow& row, std::size_t cell) const {
    return cell < row.cells.size() ? trimmed(row.cells[cell]) : std::string_view{};
  }
  std::vector<std::int64_t>& side_of(SharingSide side) {
    return side == SharingSide::imported ? file_.table.imported_wh : file_.table.exported_wh;
  }
  void use_whole_wh();

  std::string name_;
  BeyondMwh beyond_;
  Errors errors_;
  SharingFile file_;
  std::vector<std::string> headings_;
  std::optional<std::size_t> time_cell_;
  std::optional<std::size_t> member_cell_;
  std::vector<SharingColumn> columns_;
  std::map<std::string, std::size_t, std::less<>> members_;
};

std::size_t SharingReader::member_of(std::string_view member) {
  const auto found = members_.find(member);
  if (found != members_.end()) {
    return found->second;
  }
  file_.table.members.emplace_back(member);
  return members_.emplace(std::string(member), members_.size()).first->second;
}

/// "H1_import_kwh" in a wide table, "import_kwh" in a long one.
void SharingReader::take_name(std::string_view heading, std::size_t cell) {
  for (const SharingEnding& each : sharing_endings) {
    if (!heading.ends_with(each.ending)) {
      continue;
    }
    std::string_view member =
        heading.substr(0, heading.size() - std::string_view(each.ending).size());
    if (member_cell_ ? !member.empty() : (member.size() < 2 || !member.ends_with('_'))) {
      continue;
    }
    const std::size_t owner = member_cell_ ? 0 : member_of(member.substr(0, member.size() - 1));
    for (const SharingColumn& other : columns_) {
      if (other.member == owner && other.side == each.side) {
        complain(1, heading,
                 {fmt::format("stands for the same as the column {}", headings_[other.cell]),
                  fmt::format("与 {} 列重复", headings_[other.cell])});
      }
    }
    columns_.push_back({cell, owner, each.side, each.decimals});
    return;
  }
  complain(
      1, heading,
      member_cell_
          ? Text{"expected time, member, import_kwh (or import_wh), export_kwh (or export_wh)",
                 "列名应为 time、member、import_kwh(或 import_wh)、export_kwh(或 export_wh)"}
          : Text{"expected time, or a member's name with _import_kwh, _import_wh, _export_kwh "
                 "or _export_wh behind it",
                 "列名应为 time,或成员名后接 _import_kwh、_import_wh、_export_kwh、_export_wh"});
}

bool SharingReader::take_header(const CsvTable& rows) {
  if (!rows.rows.empty()) {
    for (const std::string_view cell : rows.rows.front().cells) {
      headings_.emplace_back(trimmed(cell));
    }
  }
  const CsvColumns form(rows, name_, headings_, errors_);
  if (!form.well_formed()) {
    return false;
  }
  const auto place = [&](const char* heading) {
    const auto found = std::ranges::find(headings_, heading);
    return found == headings_.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - headings_.begin()));
  };
  time_cell_ = place("time");
  member_cell_ = place("member");
  if (!time_cell_) {
    complain(1, "time", {"this column is missing", "缺少此列"});
  }
  for (std::size_t cell = 0; cell < headings_.size(); ++cell) {
    if (!headings_[cell].empty() && headings_[cell] != "time" && headings_[cell] != "member") {
      take_name(headings_[cell], cell);
    }
  }
  if (columns_.empty() && errors_.empty()) {
    complain(1, "", {"has no column of energy", "没有电量列"});
  }
  if (errors_.empty() && rows.rows.size() < 2) {
    complain(0, "", {"has no rows", "没有数据行"});
  }
  return errors_.empty();
}

/// A cell in mWh, added at its place.
void SharingReader::take_cell(const CsvRow& row, const SharingColumn& column, std::size_t at) {
  const std::string& heading = headings_[column.cell];
  std::string text = readings::as_shown(cell_of(row, column.cell));
  if (text.empty()) {
    complain(row.line, heading,
             {"is empty; write 0 where nothing flowed", "为空;没有电量时请填 0"});
    return;
  }
  std::int64_t up = 0;
  const std::size_t point = text.find('.');
  const std::size_t most = point + 1 + static_cast<std::size_t>(column.decimals);
  if (beyond_ == BeyondMwh::round_half_up && point != std::string::npos && text.size() > most &&
      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(most), text.end(),
                  [](char letter) { return letter >= '0' && letter <= '9'; })) {
    up = text[most] >= '5' ? 1 : 0;
    text.resize(most);
    ++file_.rounded;
  }
  const auto number = readings::parse_decimal(text, column.decimals);
  if (!number && number.error() == readings::DecimalFault::too_many_decimals) {
    complain(row.line, heading,
             {fmt::format("found \"{}\"; up to {} decimals can be kept exactly: round them, or ask "
                          "for it with --round",
                          text, column.decimals),
              fmt::format("实为“{}”;最多可精确到 {} 位小数,请先取整或使用 --round", text,
                          column.decimals)});
  } else if (!number) {
    complain(row.line, heading, readings::decimal_expected(text, column.decimals, number.error()));
  } else if (*number < 0) {
    complain(
        row.line, heading,
        {fmt::format("found {}; energy is 0 or more: import and export have a column each", text),
         fmt::format("实为 {};电量不能为负,用网与上网应分列填写", text)});
  } else {
    side_of(column.side)[at] += *number + up;
  }
}

void SharingReader::take_wide(const CsvTable& rows) {
  const std::size_t members = file_.table.members.size();
  file_.table.imported_wh.resize((rows.rows.size() - 1) * members, 0);
  file_.table.exported_wh.resize(file_.table.imported_wh.size(), 0);
  std::vector<int> lines;
  for (std::size_t t = 1; t < rows.rows.size(); ++t) {
    const CsvRow& row = rows.rows[t];
    lines.push_back(row.line);
    file_.times.emplace_back(cell_of(row, *time_cell_));
    for (const SharingColumn& column : columns_) {
      take_cell(row, column, (t - 1) * members + column.member);
    }
  }
  check_times(lines);
  check_sums(lines);
}

void SharingReader::take_long(const CsvTable& rows) {
  std::map<std::string, std::size_t, std::less<>> intervals;
  std::vector<int> lines;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t r = 1; r < rows.rows.size(); ++r) {
    const CsvRow& row = rows.rows[r];
    const std::string time(cell_of(row, *time_cell_));
    const std::string_view member = cell_of(row, *member_cell_);
    if (member.empty()) {
      complain(row.line, "member", missing());
    }
    const auto [place, is_new] = intervals.emplace(time, intervals.size());
    if (is_new) {
      file_.times.push_back(time);
      lines.push_back(row.line);
    }
    places.emplace_back(place->second, member_of(member));
  }
  check_places(rows, places);
  if (errors_.empty()) {
    const std::size_t members = file_.table.members.size();
    file_.table.imported_wh.resize(places.size(), 0);
    file_.table.exported_wh.resize(places.size(), 0);
    for (std::size_t r = 1; r < rows.rows.size(); ++r) {
      for (const SharingColumn& column : columns_) {
        take_cell(rows.rows[r], column, places[r - 1].first * members + places[r - 1].second);
      }
    }
    check_times(lines);
    check_sums(lines);
  }
}

/// Every member has one row of every time.
void SharingReader::check_places(const CsvTable& rows,
                                 const std::vector<std::pair<std::size_t, std::size_t>>& places) {
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t r = 1; r < rows.rows.size(); ++r) {
    if (!seen.insert(places[r - 1]).second) {
      complain(rows.rows[r].line, "member",
               {"this member has a row of this time already", "该成员在此时段已有一行"});
    }
  }
  constexpr std::size_t enough = 30;
  std::size_t lacking = file_.times.size() * file_.table.members.size() - seen.size();
  for (std::size_t t = 0; t < file_.times.size() && lacking > 0 && errors_.size() < enough; ++t) {
    for (std::size_t i = 0; i < file_.table.members.size() && errors_.size() < enough; ++i) {
      if (!seen.contains({t, i})) {
        const std::string& time = file_.times[t];
        const std::string& member = file_.table.members[i];
        complain(0, "member",
                 {fmt::format("{} has no row of {}; write 0 where nothing flowed", member, time),
                  fmt::format("成员 {} 缺少 {} 时段的数据;没有电量时请填 0", member, time)});
        --lacking;
      }
    }
  }
}

/// Names the intervals and finds the days.
void SharingReader::check_times(const std::vector<int>& lines) {
  std::optional<readings::Stamp> before;
  std::map<std::string, int, std::less<>> names;
  const bool are_times = readings::parse_stamp(file_.times.front(), {}).has_value();
  for (std::size_t t = 0; t < file_.times.size(); ++t) {
    const std::string& text = file_.times[t];
    const auto stamp = readings::parse_stamp(text, {});
    if (text.empty()) {
      complain(lines[t], "time", missing());
    } else if (stamp.has_value() != are_times) {
      complain(
          lines[t], "time",
          {fmt::format("expected {}, found \"{}\"",
                       are_times ? "a time like 2026-10-01 00:15" : "a name as above, no time",
                       text),
           fmt::format("应为{},实为“{}”",
                       are_times ? "形如 2026-10-01 00:15 的时间" : "与上文相同形式的名称", text)});
    } else if (!names.emplace(text, lines[t]).second) {
      complain(lines[t], "time",
               {fmt::format("\"{}\" stands in line {} already; where the clock was put back write "
                            "the offset too, like +02:00",
                            text, names[text]),
                fmt::format("“{}”已在第 {} 行出现;夏令时回拨时请注明时差,如 +02:00", text,
                            names[text])});
    }
    std::int64_t interval = static_cast<std::int64_t>(t);
    if (stamp) {
      interval =
          std::chrono::sys_days(stamp->date).time_since_epoch().count() * std::int64_t{86400} +
          stamp->second - stamp->offset_s.value_or(0);
      if (before && errors_.empty() && interval <= file_.table.intervals.back()) {
        complain(lines[t], "time",
                 {fmt::format("\"{}\" is not after the time before it", text),
                  fmt::format("“{}”早于上一时段", text)});
      }
    }
    if (t == 0 || (stamp && before && stamp->date != before->date)) {
      file_.table.days.push_back(t);
    }
    file_.table.intervals.push_back(interval);
    before = stamp;
  }
  file_.days = are_times ? file_.table.days.size() : 0;
}

void SharingReader::check_sums(const std::vector<int>& lines) {
  const std::size_t members = file_.table.members.size();
  for (std::size_t t = 0; t < file_.times.size(); ++t) {
    for (const auto* side : {&file_.table.imported_wh, &file_.table.exported_wh}) {
      std::int64_t sum = 0;
      for (std::size_t at = t * members; at < (t + 1) * members && sum < most_in_interval; ++at) {
        sum += (*side)[at];
      }
      if (sum >= most_in_interval) {
        complain(lines[t], "",
                 {"more than 70 GWh in one interval; is the unit right?",
                  "单个时段电量超过 70 吉瓦时,请检查单位"});
      }
    }
  }
}

void SharingReader::use_whole_wh() {
  const auto is_whole = [](std::int64_t mwh) { return mwh % 1000 == 0; };
  if (!std::ranges::all_of(file_.table.imported_wh, is_whole) ||
      !std::ranges::all_of(file_.table.exported_wh, is_whole)) {
    file_.mwh_per_count = 1;
    return;
  }
  for (auto* side : {&file_.table.imported_wh, &file_.table.exported_wh}) {
    for (std::int64_t& each : *side) {
      each /= 1000;
    }
  }
}

Result<SharingFile> SharingReader::read(std::string_view bytes) {
  TRY(const CsvTable rows, parse_csv(bytes, name_));
  if (take_header(rows)) {
    if (member_cell_) {
      take_long(rows);
    } else {
      take_wide(rows);
    }
  }
  if (!errors_.empty()) {
    return sharing_refusal(std::move(errors_), name_);
  }
  use_whole_wh();
  return std::move(file_);
}

}  // namespace

Result<SharingFile> read_sharing_table(std::string_view bytes, const std::string& name,
                                       BeyondMwh beyond) {
  return SharingReader(name, beyond).read(bytes);
}

std::vector<std::uint8_t> producers_of(const SharingTable& table) {
  std::vector<std::uint8_t> producers(table.members.size(), 0);
  for (std::size_t at = 0; at < table.exported_wh.size(); ++at) {
    if (table.exported_wh[at] > 0) {
      producers[at % producers.size()] = 1;
    }
  }
  return producers;
}

}  // namespace xiaoyuan::settle
