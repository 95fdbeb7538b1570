#include "weather/records.hpp"

#include <fmt/format.h>

#include "weather/splitting.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr int days_before_leap_day = 59;
constexpr std::size_t hours_a_leap_year = 8784;

chrono::sys_days leap_year_start() { return chrono::sys_days{chrono::year{2000} / 1 / 1}; }

}  // namespace

NominalYear::NominalYear(RowFormat format, Complaints& complaints)
    : format_(std::move(format)), complaints_(&complaints) {
  const std::size_t slots = hours_a_leap_year * static_cast<std::size_t>(format_.records_per_hour);
  channels_.values.fill(std::vector<double>(slots, not_measured));
  channels_.lines.assign(slots, 0);
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
    const std::string wanted = next_slot_ < channels_.lines.size() ? stamp_of(next_slot_) : "";
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
  channels_.lines[slot] = row.line;
  const Values values = values_of(row, format_.columns, *complaints_);
  for (std::size_t i = 0; i < values.size(); ++i) {
    channels_.values[i][slot] = values[i];
  }
}

void NominalYear::check_end() {
  if (next_slot_ != channels_.lines.size()) {
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
  if (channels_.lines[static_cast<std::size_t>(from)] != 0) {
    weather.notes.push_back({"the file's 29 February was left out: a typical year has 365 days",
                             "已略去文件中的 2 月 29 日:典型年为 365 天"});
  }
  for (std::vector<double>& values : channels_.values) {
    values.erase(values.begin() + from, values.begin() + from + day);
  }
  channels_.lines.erase(channels_.lines.begin() + from, channels_.lines.begin() + from + day);
}

Result<Weather> NominalYear::finish(Weather head, Splitting splitting) {
  check_end();
  if (!complaints_->empty()) {
    return std::unexpected(complaints_->take());
  }
  drop_leap_day(head);
  head.typical = true;
  head.axis = {chrono::sys_days{chrono::year{nominal_year} / 1 / 1} - head.utc_offset,
               chrono::seconds{3600 / format_.records_per_hour}, channels_.lines.size()};
  fill_into(head, std::move(channels_), format_.columns, *complaints_);
  if (!complaints_->empty()) {
    return std::unexpected(complaints_->take());
  }
  split_global_light(head, splitting, head.axis.step / 2);
  return head;
}

}  // namespace xiaoyuan::weather
