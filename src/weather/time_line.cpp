#include "weather/time_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "weather/instants.hpp"
#include "weather/splitting.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr std::array<int, 5> known_steps_min = {5, 10, 15, 30, 60};
constexpr chrono::days shortest_record{365};

std::string text_of_stamp(Instant stamp) {
  const auto day = chrono::floor<chrono::days>(stamp);
  const chrono::year_month_day date{day};
  const auto minute = (stamp - day) / chrono::minutes{1};
  return fmt::format("{}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     minute / 60, minute % 60);
}

Date date_of(Instant stamp) { return Date{chrono::floor<chrono::days>(stamp)}; }

/// How much later than the beginning of its step a stamp is.
chrono::seconds lateness(Instant stamp, chrono::seconds step) {
  return (stamp - chrono::floor<chrono::days>(stamp)) % step;
}

bool is_leap_day(Instant stamp) {
  const Date date = date_of(stamp);
  return date.month() == chrono::February && date.day() == chrono::day{29};
}

}  // namespace

void TimeLine::add(int line, Instant stamp, const Values& values) {
  rows_.push_back({line, stamp, values});
}

bool TimeLine::has_mixed_years() const {
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    const Date before = date_of(rows_[i - 1].stamp);
    const Date now = date_of(rows_[i].stamp);
    const bool is_new_year = before.month() == chrono::December && now.month() == chrono::January;
    if (now.year() != before.year() && !is_new_year) {
      return true;
    }
  }
  return false;
}

void TimeLine::lay_on_nominal_year(Weather& head) {
  const auto left_out = std::erase_if(rows_, [](const Row& row) { return is_leap_day(row.stamp); });
  if (left_out > 0) {
    head.notes.push_back({"the file's 29 February was left out: a typical year has 365 days",
                          "已略去文件中的 2 月 29 日:典型年为 365 天"});
  }
  for (Row& row : rows_) {
    const auto day = chrono::floor<chrono::days>(row.stamp);
    const Date date{day};
    const chrono::sys_days laid = chrono::year{nominal_year} / date.month() / date.day();
    row.stamp = laid + (row.stamp - day);
  }
}

bool TimeLine::find_step() {
  const chrono::seconds apart =
      rows_.size() < 2 ? chrono::seconds{0} : rows_[1].stamp - rows_[0].stamp;
  const bool known = std::ranges::any_of(
      known_steps_min, [&](int minutes) { return apart == chrono::minutes{minutes}; });
  if (rows_.size() < 2) {
    complaints_->add(0, "", {"holds no hours", "没有逐时数据"});
  } else if (!known) {
    complaints_->add(rows_[1].line, "time",
                     {fmt::format("rows must be 5, 10, 15, 30 or 60 minutes apart; {} follows {}",
                                  text_of_stamp(rows_[1].stamp), text_of_stamp(rows_[0].stamp)),
                      fmt::format("相邻两行应相隔 5、10、15、30 或 60 分钟;实为 {} 之后接 {}",
                                  text_of_stamp(rows_[0].stamp), text_of_stamp(rows_[1].stamp))});
  }
  step_ = apart;
  return known;
}

void TimeLine::add_hole(const Row& before, const Row& behind, Channels& channels, Weather& head) {
  const auto missing = static_cast<std::size_t>((behind.stamp - before.stamp) / step_) - 1;
  const auto a_day = static_cast<std::size_t>(chrono::days{1} / step_);
  const auto most = static_cast<std::size_t>(chrono::hours{longest_gap_h} / step_);
  const Instant first = before.stamp + step_;
  const bool is_left_out_leap_day = missing == a_day && is_leap_day(first) &&
                                    is_leap_day(behind.stamp - step_) &&
                                    channels.lines.size() >= a_day;
  if (is_left_out_leap_day) {
    head.notes.push_back({"29 February is not in the file: it shows the weather of the 28th",
                          "文件中没有 2 月 29 日:沿用 28 日的气象"});
  } else if (missing > most) {
    complaints_->add(
        behind.line, "time",
        {fmt::format("no rows from {} to {}; gaps of up to {} h are filled", text_of_stamp(first),
                     text_of_stamp(behind.stamp), longest_gap_h),
         fmt::format("{} 至 {} 没有数据行;仅可补 {} 小时以内的缺口", text_of_stamp(first),
                     text_of_stamp(behind.stamp), longest_gap_h)});
    return;
  }
  for (std::size_t i = 0; i < missing; ++i) {
    for (std::vector<double>& values : channels.values) {
      values.push_back(is_left_out_leap_day ? values[values.size() - a_day] : not_measured);
    }
    channels.lines.push_back(behind.line);
  }
}

Channels TimeLine::laid(Weather& head) {
  Channels channels;
  const Row* last = nullptr;
  for (const Row& row : rows_) {
    const std::string now = text_of_stamp(row.stamp);
    if (last != nullptr && row.stamp == last->stamp) {
      complaints_->add(row.line, "time",
                       {fmt::format("{} stands twice, here and in line {}", now, last->line),
                        fmt::format("{} 出现两次:本行与第 {} 行", now, last->line)});
      continue;
    }
    const std::string before = last != nullptr ? text_of_stamp(last->stamp) : "";
    if (last != nullptr && row.stamp < last->stamp) {
      complaints_->add(
          row.line, "time",
          {fmt::format("{} comes after {}: rows must stand in the order of time", now, before),
           fmt::format("{} 排在 {} 之后:各行须按时间先后排列", now, before)});
      continue;
    }
    if (last != nullptr && (row.stamp - last->stamp) % step_ != chrono::seconds{0}) {
      complaints_->add(row.line, "time",
                       {fmt::format("{} is no whole number of {} min steps after {}", now,
                                    step_ / chrono::minutes{1}, before),
                        fmt::format("{} 与 {} 之间不是 {} 分钟步长的整数倍", now, before,
                                    step_ / chrono::minutes{1})});
      continue;
    }
    if (last != nullptr && row.stamp - last->stamp > step_) {
      add_hole(*last, row, channels, head);
    }
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      channels.values[i].push_back(row.values[i]);
    }
    channels.lines.push_back(row.line);
    last = &row;
  }
  return channels;
}

void TimeLine::check_length(const Weather& head, Instant first) {
  const Instant end = first + step_ * static_cast<long long>(head.axis.size);
  const chrono::sys_days first_day = chrono::year{nominal_year} / 1 / 1;
  if (head.typical && (first != first_day || end - first != shortest_record)) {
    complaints_->add(rows_.back().line, "time",
                     {fmt::format("a typical year goes from 1 January to 31 December; this one has "
                                  "{} of {} rows",
                                  head.axis.size, shortest_record / step_),
                      fmt::format("典型年应自 1 月 1 日至 12 月 31 日;此文件有 {} 行,应为 {} 行",
                                  head.axis.size, shortest_record / step_)});
  } else if (!head.typical && end - first < shortest_record) {
    complaints_->add(
        rows_.back().line, "time",
        {fmt::format("goes from {} to {}; at least a whole year is needed", text_of_stamp(first),
                     text_of_stamp(end)),
         fmt::format("数据自 {} 至 {};至少需要一整年", text_of_stamp(first), text_of_stamp(end))});
  }
}

Result<Weather> TimeLine::finish(Weather head, const Timing& timing, Splitting splitting) {
  head.typical =
      timing.years == Years::typical || (timing.years == Years::as_rows_tell && has_mixed_years());
  if (head.typical) {
    lay_on_nominal_year(head);
  }
  if ((rows_.empty() && !complaints_->empty()) || !find_step()) {
    return std::unexpected(complaints_->take());
  }
  Channels channels = laid(head);
  const bool whole = timing.holds == Holds::whole_step;
  const chrono::seconds late = whole ? chrono::seconds{0} : lateness(rows_.front().stamp, step_);
  const Instant first = rows_.front().stamp - late;
  head.axis = {first - timing.clock, step_, channels.lines.size()};
  check_length(head, first);
  if (complaints_->empty()) {
    fill_into(head, std::move(channels), rules_, *complaints_);
  }
  if (!complaints_->empty()) {
    return std::unexpected(complaints_->take());
  }
  const Moments moments = {.light = whole ? step_ / 2 : late + timing.light_after_stamp,
                           .air = whole ? step_ / 2 : late};
  split_global_light(head, splitting, moments.light);
  moments_to_means(head, moments);
  return head;
}

}  // namespace xiaoyuan::weather
