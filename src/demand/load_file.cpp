#include "demand/load_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>

#include "base/csv.hpp"
#include "demand/stamp.hpp"

namespace xiaoyuan::demand {

namespace {

constexpr std::size_t most_errors = 20;
constexpr std::size_t longest_hole = 2;

/// A household that used more in a year would be a factory: more likely the unit is wrong.
constexpr double most_household_kwh = 200000.0;
constexpr double hours_of_year = 8760.0;

/// A step must fit the hour: nobody measures every 3,650 seconds; rows that seem to say so have one
/// missing.
bool fits_the_hour(std::chrono::seconds step) {
  return step.count() > 0 && (3600 % step.count() == 0 || step.count() % 3600 == 0);
}

/// Words that programs write where nothing was measured.
bool means_nothing(std::string_view cell) {
  static constexpr std::array words{"nan", "na", "n/a", "#n/a", "null", "none", "-", "--", "无"};
  std::string small(cell);
  std::ranges::transform(small, small.begin(),
                         [](unsigned char letter) { return std::tolower(letter); });
  return std::ranges::find(words, small) != words.end();
}

/// What to say about a cell that is no number but plainly meant one; nothing when it is not plain.
std::optional<Text> hint_for(std::string_view cell) {
  if (means_nothing(cell)) {
    return Text{fmt::format("found \"{}\"; leave the cell empty where nothing was measured", cell),
                fmt::format("实为“{}”;未测到数据的单元格请留空", cell)};
  }
  std::string plain(cell);
  std::erase(plain, ',');
  if (plain.size() < cell.size() && parse_number(plain)) {
    return Text{fmt::format("found \"{}\"; write \".\" before decimals and nothing between "
                            "thousands",
                            cell),
                fmt::format("实为“{}”;小数点请用“.”,千位之间不要加逗号", cell)};
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const CsvTable& table, const std::string& name, Errors& errors)
      : table_(table),
        name_(name),
        errors_(errors),
        columns_(table, name, {"time", "load_kw", "load_kwh", "pv_kw", "pv_kwh"}, errors) {}

  Result<LoadFile> read(const TimeAxis& axis, const Zone& zone);

 private:
  std::size_t size() const { return table_.rows.size() - 1; }
  const CsvRow& row(std::size_t i) const { return table_.rows[i + 1]; }
  void complain(std::size_t line, std::string_view field, Text what) {
    errors_.push_back(
        {Fault::bad_input, std::move(what), {name_, static_cast<int>(line), std::string(field)}});
  }
  TimeAxis own_axis(const TimeAxis& axis, const Zone& zone);
  void check_even(const TimeAxis& own, const Zone& zone);
  Text uneven(std::size_t i, const TimeAxis& own, const Zone& zone) const;
  std::optional<double> number_of(const CsvRow& cells, const std::string& name);
  void doubt_unit(const std::vector<double>& kw, const std::string& name, LoadFile& file);
  std::vector<double> column(const std::string& quantity, double step_hours, LoadFile& file);
  void fill(std::vector<double>& values, const std::string& quantity, LoadFile& file);

  const CsvTable& table_;
  const std::string& name_;
  Errors& errors_;
  CsvColumns columns_;
};

TimeAxis Reader::own_axis(const TimeAxis& axis, const Zone& zone) {
  if (!columns_.has("time")) {
    const auto length = axis.end() - axis.start;
    const auto rows = static_cast<long long>(size());
    if (length.count() % rows != 0 || !fits_the_hour(length / rows)) {
      complain(1, "time",
               {fmt::format("{} rows do not divide the plan's {} hours evenly; add a time column",
                            rows, length.count() / 3600),
                fmt::format("{} 行无法均分规划期的 {} 小时;请增加 time 列", rows,
                            length.count() / 3600)});
      return {};
    }
    return {axis.start, length / rows, size()};
  }
  const auto first = parse_stamp(columns_.cell(row(0), "time"));
  const auto second =
      size() > 1 ? parse_stamp(columns_.cell(row(1), "time")) : std::optional<Stamp>{};
  const auto step = first && second ? instant_of(*second, zone) - instant_of(*first, zone)
                                    : std::chrono::seconds{0};
  if (first && second && step.count() == 0) {
    complain(static_cast<std::size_t>(row(1).line), "time", uneven(1, {}, zone));
    return {};
  }
  if (!fits_the_hour(step)) {
    complain(static_cast<std::size_t>(row(0).line), "time",
             {"expected times like 2011-07-01 00:30 that rise by a step that fits the hour",
              "应为形如 2011-07-01 00:30 的时间,逐行递增,步长须能整除一小时或为整小时"});
    return {};
  }
  TimeAxis own{instant_of(*first, zone), step, size()};
  check_even(own, zone);
  if (errors_.empty() && (own.start > axis.start || own.end() < axis.end())) {
    const auto span = [&](const TimeAxis& of, std::string_view to) {
      return clock_text(zone, of.start) + std::string(to) + clock_text(zone, of.end());
    };
    complain(
        0, "time",
        {fmt::format("covers {}, but the plan needs {}", span(own, " to "), span(axis, " to ")),
         fmt::format("覆盖 {},而规划需要 {}", span(own, " 至 "), span(axis, " 至 "))});
  }
  return own;
}

/// Why row i does not stand where the rows before it lead to.
Text Reader::uneven(std::size_t i, const TimeAxis& own, const Zone& zone) const {
  const std::string_view cell = columns_.cell(row(i), "time");
  const auto stamp = parse_stamp(cell);
  const auto before = i > 0 ? parse_stamp(columns_.cell(row(i - 1), "time")) : std::nullopt;
  if (stamp && before && instant_of(*stamp, zone) == instant_of(*before, zone) &&
      shows(*stamp, zone, instant_of(*stamp, zone))) {
    return {fmt::format("\"{}\" stands twice, here and in line {}", cell, row(i - 1).line),
            fmt::format("“{}”重复,第 {} 行已有", cell, row(i - 1).line)};
  }
  if (stamp && !shows(*stamp, zone, instant_of(*stamp, zone))) {
    return {fmt::format("\"{}\" does not exist in {}, where clocks were put forward; leave it out, "
                        "or write times with their offset from UTC",
                        cell, stamp->zone_or(zone).name()),
            fmt::format("{} 当时调快时钟,“{}”并不存在;请删去此行,或写明与 UTC 的时差",
                        stamp->zone_or(zone).name(), cell)};
  }
  const auto first = parse_stamp(columns_.cell(row(0), "time"));
  const std::string expected = clock_text(first->zone_or(zone), own.at(i));
  return {fmt::format("expected {} (steps of {} minutes), found \"{}\"", expected,
                      own.step.count() / 60, cell),
          fmt::format("应为 {}(步长 {} 分钟),实为“{}”", expected, own.step.count() / 60, cell)};
}

void Reader::check_even(const TimeAxis& own, const Zone& zone) {
  for (std::size_t i = 0; i < size(); ++i) {
    const auto stamp = parse_stamp(columns_.cell(row(i), "time"));
    if (!stamp || !shows(*stamp, zone, own.at(i))) {
      complain(static_cast<std::size_t>(row(i).line), "time", uneven(i, own, zone));
      return;  // what follows one missing row is shifted: naming each would help nobody
    }
  }
}

void Reader::fill(std::vector<double>& values, const std::string& quantity, LoadFile& file) {
  std::size_t filled = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) {
      continue;
    }
    std::size_t end = i;
    while (end < values.size() && std::isnan(values[end])) {
      ++end;
    }
    if (end - i > longest_hole || i == 0 || end == values.size()) {
      complain(
          static_cast<std::size_t>(row(i).line), quantity,
          {fmt::format("{} cells in a row are empty; at most {} between two values can be "
                       "filled",
                       end - i, longest_hole),
           fmt::format("连续 {} 个单元格为空;两个数值之间最多可补 {} 个", end - i, longest_hole)});
      std::fill(values.begin() + static_cast<std::ptrdiff_t>(i),
                values.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
    } else {
      for (std::size_t k = i; k < end; ++k) {
        const double share = static_cast<double>(k - i + 1) / static_cast<double>(end - i + 1);
        values[k] = values[i - 1] + share * (values[end] - values[i - 1]);
      }
      filled += end - i;
    }
    i = end - 1;
  }
  if (filled > 0) {
    file.notes.push_back(
        {fmt::format("{}: {} empty cells of {} were filled on a line", name_, filled, quantity),
         fmt::format("{}:{} 的 {} 个空单元格按线性插值补齐", name_, quantity, filled)});
  }
}

std::vector<double> Reader::column(const std::string& quantity, double step_hours, LoadFile& file) {
  const std::string kw = quantity + "_kw";
  const std::string kwh = quantity + "_kwh";
  const bool in_kw = columns_.has(kw);
  if (in_kw && columns_.has(kwh)) {
    complain(1, kwh,
             {fmt::format("give {} or {}, not both", kw, kwh),
              fmt::format("{} 与 {} 只填一项", kw, kwh)});
  }
  if (!in_kw && !columns_.has(kwh)) {
    return {};
  }
  const std::string& name = in_kw ? kw : kwh;
  std::vector<double> values(size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (errors_.size() >= most_errors) {
      break;
    }
    const auto value = number_of(row(i), name);
    values[i] = value ? *value / (in_kw ? 1.0 : step_hours) : std::nan("");
  }
  if (errors_.empty()) {
    fill(values, name, file);
    doubt_unit(values, name, file);
  }
  return values;
}

std::optional<double> Reader::number_of(const CsvRow& cells, const std::string& name) {
  const std::string_view cell = columns_.cell(cells, name);
  if (auto hint = parse_number(cell) ? std::nullopt : hint_for(cell)) {
    columns_.complain(cells, name, std::move(*hint));
    return std::nullopt;
  }
  return columns_.number_if(cells, name, {0.0, 1e6});
}

/// A household of 200,000 kWh a year is allowed, but rarely meant.
void Reader::doubt_unit(const std::vector<double>& kw, const std::string& name, LoadFile& file) {
  double sum = 0.0;
  for (const double power : kw) {
    sum += power;
  }
  const double year_kwh = sum / static_cast<double>(kw.size()) * hours_of_year;
  if (year_kwh > most_household_kwh) {
    const bool power = name.ends_with("_kw");
    file.notes.push_back(
        {fmt::format("{}: {} comes to {:.0f} kWh a year, much for one household; are the figures "
                     "in {} instead of {}?",
                     name_, name, year_kwh, power ? "W" : "Wh", power ? "kW" : "kWh"),
         fmt::format("{}:{} 折合全年 {:.0f} kWh,对一户而言过大;数值单位是否为 {} 而非 {}?", name_,
                     name, year_kwh, power ? "W" : "Wh", power ? "kW" : "kWh")});
  }
}

Result<LoadFile> Reader::read(const TimeAxis& axis, const Zone& zone) {
  LoadFile file;
  if (errors_.empty() && size() == 0) {
    complain(0, "", {"has no rows", "没有数据行"});
  }
  if (errors_.empty()) {
    const TimeAxis own = own_axis(axis, zone);
    if (errors_.empty()) {
      const std::vector<double> load = column("load", own.step_hours(), file);
      const std::vector<double> pv = column("pv", own.step_hours(), file);
      if (load.empty()) {
        complain(1, "load_kw", missing());
      } else if (errors_.empty()) {
        file.load = {axis, resampled(load, own, axis)};
        if (!pv.empty()) {
          file.pv = {axis, resampled(pv, own, axis)};
        }
      }
    }
  }
  if (!errors_.empty()) {
    return std::unexpected(std::move(errors_));
  }
  return file;
}

}  // namespace

Result<LoadFile> read_load(std::string_view bytes, const std::string& name, const TimeAxis& axis,
                           const Zone& zone) {
  TRY(const CsvTable table, parse_csv(bytes, name));
  Errors errors;
  if (table.rows.empty()) {
    return fail(Fault::bad_input,
                {"is empty; its first line must name the columns", "为空;第一行必须是列名"},
                {name, 0, ""});
  }
  Reader reader(table, name, errors);
  return reader.read(axis, zone);
}

}  // namespace xiaoyuan::demand
