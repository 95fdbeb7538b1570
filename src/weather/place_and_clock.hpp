// Place and clock of a file that does not say them itself, and times as its cells write them.
#pragma once
#include <optional>
#include <string_view>

#include "base/time_axis.hpp"
#include "weather/complaints.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// The place that was given beside a file without one; complains when none was.
void take_given_place(const ReadOptions& options, Weather& weather, Complaints& complaints);
/// The same for the offset of local standard time.
void take_given_offset(const ReadOptions& options, Weather& weather, Complaints& complaints);

/// A time as written, and the offset from UTC behind it, if there is one.
struct WrittenTime {
  Instant local;
  std::optional<std::chrono::seconds> offset;
  Instant utc() const { return local - offset.value_or(std::chrono::seconds{0}); }
};

/// "2024-01-31 07:30", with "T" or a space, "/" for "-", seconds, and "Z", "+08:00" or "+0800"
/// behind it; nothing when it is no time of the years 1900 to 2199.
std::optional<WrittenTime> parse_time(std::string_view text);

/// An instant of a calendar date and time, if there is one.
struct CalendarTime {
  double year = 0.0;
  double month = 0.0;
  double day = 0.0;
  double hour = 0.0;
  double minute = 0.0;
};
std::optional<Instant> instant_of(const CalendarTime& time);

}  // namespace xiaoyuan::weather
