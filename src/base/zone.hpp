// Local civil time of a place. The only place where local time is made from UTC and back.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan {

using Date = std::chrono::year_month_day;

/// What a clock on the wall and the calendar beside it show.
struct Civil {
  std::int16_t year = 0;
  std::int8_t month = 1;    ///< 1–12
  std::int8_t day = 1;      ///< 1–31
  std::int8_t weekday = 0;  ///< 0 is Sunday
  std::int16_t minute = 0;  ///< minute of the day, 0–1439

  int hour() const { return minute / 60; }
  Date date() const;
};

/// A time zone: a name of the tz database ("Asia/Shanghai") or a fixed offset ("UTC+8",
/// "UTC-07:30").
class Zone {
 public:
  static Result<Zone> find(std::string_view name);

  const std::string& name() const { return name_; }
  /// Local time at an instant.
  Civil civil(Instant instant) const;
  /// Local time at the start of every step.
  std::vector<Civil> civil(const TimeAxis& axis) const;
  /// The instant of a local time; where the clock was put forward, the first instant after the gap;
  /// where it was put back, the earlier of the two.
  Instant instant(const Date& date, int minute_of_day) const;

 private:
  std::string name_;
  bool fixed_ = false;
  std::chrono::seconds offset_{0};
  const void* rules_ = nullptr;  // owned by the process-wide tz database
};

/// A date from "2026-07-01", or nothing when it is none.
bool parse_date(std::string_view text, Date& date);
std::string text_of(const Date& date);
/// "2026-07-01T00:00:00Z"
std::string text_of(Instant instant);

}  // namespace xiaoyuan
