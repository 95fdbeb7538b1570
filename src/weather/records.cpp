#include "weather/records.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/expected.hpp"
#include "sun/clear_sky.hpp"
#include "sun/decomposition.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr std::size_t most_errors = 20;
constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();
constexpr int days_before_leap_day = 59;
constexpr std::size_t hours_a_leap_year = 8784;
constexpr double calm_wind_m_s = 1.0;
enum : std::size_t { ghi, dni, dhi, temperature, wind, pressure };

chrono::sys_days leap_year_start() { return chrono::sys_days{chrono::year{2000} / 1 / 1}; }

/// Puts straight lines into the holes; the ends hold their nearest value. Returns the longest hole
/// and how many values were filled; values that are all missing stay so.
struct Filled {
  std::size_t count = 0;
  std::size_t longest = 0;
  std::size_t longest_from = 0;
};

Filled fill_straight(std::vector<double>& values) {
  Filled filled;
  for (std::size_t from = 0; from < values.size(); ++from) {
    if (!std::isnan(values[from])) {
      continue;
    }
    std::size_t to = from;
    while (to < values.size() && std::isnan(values[to])) {
      ++to;
    }
    filled.count += to - from;
    if (to - from > filled.longest) {
      filled.longest = to - from;
      filled.longest_from = from;
    }
    if (to - from == values.size()) {
      return filled;
    }
    const double after = to < values.size() ? values[to] : values[from - 1];
    const double before = from > 0 ? values[from - 1] : after;
    for (std::size_t i = from; i < to; ++i) {
      const double share = static_cast<double>(i - from + 1) / static_cast<double>(to - from + 1);
      values[i] = before + (after - before) * share;
    }
  }
  return filled;
}

/// Beam and diffuse light of a file that knows only the global one.
void split_ghi(Weather& weather) {
  weather.dni_w_m2.assign(weather.axis.size, 0.0);
  weather.dhi_w_m2.assign(weather.axis.size, 0.0);
  for (std::size_t i = 0; i < weather.axis.size; ++i) {
    if (weather.ghi_w_m2[i] <= 0.0) {
      continue;
    }
    const Instant middle = weather.axis.middle(i);
    const auto at =
        sun::position(middle, weather.place, {weather.pressure_pa[i], weather.temperature_c[i]});
    const auto split = sun::erbs(weather.ghi_w_m2[i], at.zenith_deg,
                                 sun::extraterrestrial_w_m2(sun::day_of_year(middle)));
    weather.dni_w_m2[i] = split.dni_w_m2;
    weather.dhi_w_m2[i] = split.dhi_w_m2;
  }
  weather.notes.push_back(
      {"beam and diffuse light are not in the file: Erbs's split of GHI was taken",
       "文件中没有直射和散射辐射:按 Erbs 模型由总辐射分解"});
}

}  // namespace

void Complaints::add(int line, std::string field, Text what) {
  if (errors_.size() == most_errors) {
    ++more_;
    return;
  }
  errors_.push_back({Fault::bad_input, std::move(what), {file_, line, std::move(field)}});
}

double Complaints::number(const CsvRow& row, std::size_t index, const std::string& field,
                          const Range& range) {
  const std::string_view cell = index < row.cells.size() ? trimmed(row.cells[index]) : "";
  const auto number = parse_number(cell);
  if (!number || !range.holds(*number)) {
    add(row.line, field, number_expected(range, fmt::format("\"{}\"", cell)));
    return range.least;
  }
  return *number;
}

Errors Complaints::take() {
  if (more_ > 0) {
    errors_.push_back({Fault::bad_input,
                       {fmt::format("{} more errors are not shown", more_),
                        fmt::format("另有 {} 处错误未列出", more_)},
                       {file_, 0, ""}});
  }
  return std::move(errors_);
}

NominalYear::NominalYear(RowFormat format, Complaints& complaints)
    : format_(std::move(format)), complaints_(&complaints) {
  const std::size_t slots = hours_a_leap_year * static_cast<std::size_t>(format_.records_per_hour);
  values_.fill(std::vector<double>(slots, not_measured));
  lines_.assign(slots, 0);
}

std::size_t NominalYear::slot_of(const Stamp& stamp, int part) const {
  const chrono::year_month_day date{chrono::year{2000},
                                    chrono::month{static_cast<unsigned>(stamp.month)},
                                    chrono::day{static_cast<unsigned>(stamp.day)}};
  const auto day = (chrono::sys_days{date} - leap_year_start()).count();
  return static_cast<std::size_t>((day * 24 + stamp.hour - 1) * format_.records_per_hour + part);
}

std::string NominalYear::stamp_of(std::size_t slot) const {
  const std::size_t hour = slot / static_cast<std::size_t>(format_.records_per_hour);
  const chrono::year_month_day date{leap_year_start() +
                                    chrono::days{static_cast<long long>(hour / 24)}};
  return fmt::format("{:02}-{:02} {:02}:00", static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), hour % 24 + 1);
}

void NominalYear::check_order(const CsvRow& row, std::size_t slot) {
  const std::size_t day = 24 * static_cast<std::size_t>(format_.records_per_hour);
  const std::size_t leap_day = days_before_leap_day * day;
  const bool skips_leap_day = next_slot_ == leap_day && slot == leap_day + day;
  if (slot != next_slot_ && !skips_leap_day) {
    const std::string found = stamp_of(slot);
    const std::string wanted = next_slot_ < lines_.size() ? stamp_of(next_slot_) : "";
    complaints_->add(
        row.line, "hour",
        wanted.empty()
            ? Text{fmt::format("the year is over, yet a row for {} follows", found),
                   fmt::format("全年已结束,却还有 {} 的数据行", found)}
            : Text{fmt::format("expected the row that ends at {}, found {}: rows must follow each "
                               "other from 1 January",
                               wanted, found),
                   fmt::format("此处应为截至 {} 的数据行,实为 {}:各行须从 1 月 1 日起依次相接",
                               wanted, found)});
  }
  next_slot_ = slot + 1;
}

void NominalYear::add(const CsvRow& row, const Stamp& stamp) {
  const chrono::year_month_day date{chrono::year{2000},
                                    chrono::month{static_cast<unsigned>(stamp.month)},
                                    chrono::day{static_cast<unsigned>(stamp.day)}};
  last_line_ = row.line;
  if (!date.ok() || stamp.hour < 1 || stamp.hour > 24) {
    const std::string found = fmt::format("{}-{} {}:00", stamp.month, stamp.day, stamp.hour);
    complaints_->add(
        row.line, "date",
        {fmt::format("expected a day of the year and an hour from 1 to 24, found {}", found),
         fmt::format("应为有效的月日和 1 到 24 的小时,实为 {}", found)});
    ++next_slot_;
    return;
  }
  last_part_ = stamp == last_stamp_ ? last_part_ + 1 : 0;
  last_stamp_ = stamp;
  if (last_part_ >= format_.records_per_hour) {
    complaints_->add(row.line, "hour",
                     {fmt::format("one row too many for {}", stamp_of(slot_of(stamp, 0))),
                      fmt::format("{} 多出一行", stamp_of(slot_of(stamp, 0)))});
    return;
  }
  const std::size_t slot = slot_of(stamp, last_part_);
  check_order(row, slot);
  lines_[slot] = row.line;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const ColumnRule& rule = format_.columns[i];
    const auto found = parse_number(rule.index < row.cells.size() ? row.cells[rule.index] : "");
    const bool missing = found && (*found <= rule.missing_to || *found >= rule.missing_from);
    if (!missing) {
      values_[i][slot] =
          complaints_->number(row, rule.index, rule.name, rule.range) * rule.factor + 0.0;
    }
  }
}

void NominalYear::check_end() {
  if (next_slot_ != lines_.size()) {
    const std::string last = next_slot_ == 0 ? "-" : stamp_of(next_slot_ - 1);
    complaints_->add(
        last_line_, "hour",
        {fmt::format("the file ends at {}; a whole year of {} rows is needed", last,
                     8760 * format_.records_per_hour),
         fmt::format("文件止于 {};需要全年 {} 行", last, 8760 * format_.records_per_hour)});
  }
}

void NominalYear::drop_leap_day(Weather& weather) {
  const auto day = 24 * static_cast<std::ptrdiff_t>(format_.records_per_hour);
  const auto from = days_before_leap_day * day;
  if (lines_[static_cast<std::size_t>(from)] != 0) {
    weather.notes.push_back({"the file's 29 February was left out: a typical year has 365 days",
                             "已略去文件中的 2 月 29 日:典型年为 365 天"});
  }
  for (std::vector<double>& values : values_) {
    values.erase(values.begin() + from, values.begin() + from + day);
  }
  lines_.erase(lines_.begin() + from, lines_.begin() + from + day);
}

void NominalYear::fill(std::size_t column, Weather& weather) {
  std::vector<double>& values = values_[column];
  const std::string& name = format_.columns[column].name;
  const Filled filled = fill_straight(values);
  if (filled.count == 0) {
    return;
  }
  if (filled.count == values.size() && column == pressure) {
    values.assign(values.size(), sun::standard_pressure_pa(weather.place.elevation_m));
    weather.notes.push_back({"air pressure is not in the file: the standard atmosphere's was taken",
                             "文件中没有气压:取标准大气压"});
  } else if (filled.count == values.size() && column == wind) {
    values.assign(values.size(), calm_wind_m_s);
    weather.notes.push_back(
        {fmt::format("wind is not in the file: {} m/s was taken", calm_wind_m_s),
         fmt::format("文件中没有风速:取 {} m/s", calm_wind_m_s)});
  } else if (filled.count == values.size() && (column == dni || column == dhi)) {
    values.clear();  // finish() splits GHI
  } else if (filled.count == values.size()) {
    complaints_->add(
        0, name,
        {"has no value in the whole file; GHI and temperature of every hour are needed",
         "全文件均无数值;需要逐时的水平总辐射和气温"});
  } else if (column <= temperature &&
             filled.longest > longest_gap_h * static_cast<std::size_t>(format_.records_per_hour)) {
    const auto rows = filled.longest;
    complaints_->add(lines_[filled.longest_from], name,
                     {fmt::format("{} rows in succession without a value; gaps of up to {} h are "
                                  "filled",
                                  rows, longest_gap_h),
                      fmt::format("连续 {} 行缺测;仅可补 {} 小时以内的缺口", rows, longest_gap_h)});
  } else {
    weather.notes.push_back(
        {fmt::format("{}: {} missing values filled on a straight line", name, filled.count),
         fmt::format("{}:{} 个缺测值按直线内插补齐", name, filled.count)});
  }
}

Result<Weather> NominalYear::finish(Weather head) {
  check_end();
  if (!complaints_->empty()) {
    return std::unexpected(complaints_->take());
  }
  drop_leap_day(head);
  for (std::size_t column = 0; column < values_.size(); ++column) {
    fill(column, head);
  }
  if (!complaints_->empty()) {
    return std::unexpected(complaints_->take());
  }
  head.typical = true;
  head.axis = {chrono::sys_days{chrono::year{nominal_year} / 1 / 1} - head.utc_offset,
               chrono::seconds{3600 / format_.records_per_hour}, values_[ghi].size()};
  head.ghi_w_m2 = std::move(values_[ghi]);
  head.dni_w_m2 = std::move(values_[dni]);
  head.dhi_w_m2 = std::move(values_[dhi]);
  head.temperature_c = std::move(values_[temperature]);
  head.wind_m_s = std::move(values_[wind]);
  head.pressure_pa = std::move(values_[pressure]);
  if (head.dni_w_m2.empty() || head.dhi_w_m2.empty()) {
    split_ghi(head);
  }
  return head;
}

}  // namespace xiaoyuan::weather
