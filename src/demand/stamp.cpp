#include "demand/stamp.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/text.hpp"

namespace xiaoyuan::demand {

namespace {

/// One or two digits at the front of `rest`, which they are taken off; -1 when there are none.
int take_number(std::string_view& rest) {
  int value = -1;
  const std::size_t digits = rest.find_first_not_of("0123456789");
  const std::string_view number = rest.substr(0, digits);
  if (number.empty() || number.size() > 2) {
    return -1;
  }
  std::from_chars(number.data(), number.data() + number.size(), value);
  rest.remove_prefix(number.size());
  return value;
}

/// "2011-07-01" or "2011/7/1".
bool parse_day(std::string_view text, Date& date) {
  if (parse_date(text, date)) {
    return true;
  }
  const auto parts = parts_of(text, '/');
  if (parts.size() != 3 || parts[1].size() > 2 || parts[2].size() > 2) {
    return false;
  }
  return parse_date(fmt::format("{}-{:0>2}-{:0>2}", parts[0], parts[1], parts[2]), date);
}

}  // namespace

std::optional<Stamp> parse_stamp(std::string_view text) {
  Stamp stamp;
  const std::size_t gap = text.find_first_of(" T");
  if (gap == std::string_view::npos || !parse_day(text.substr(0, gap), stamp.date)) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(gap + 1);
  const int hour = take_number(rest);
  if (hour < 0 || rest.size() < 3 || rest[0] != ':' || rest[2] < '0' || rest[2] > '9') {
    return std::nullopt;
  }
  rest.remove_prefix(1);
  const int minute = take_number(rest);
  stamp.minute = hour * 60 + minute;
  if (minute < 0 || minute > 59 || stamp.minute > 1440) {
    return std::nullopt;
  }
  if (hour == 24) {  // the end of a day is the beginning of the next
    stamp.minute = 0;
    stamp.date = Date{std::chrono::sys_days{stamp.date} + std::chrono::days{1}};
  }
  if (rest.starts_with(":00")) {
    rest.remove_prefix(3);
  }
  if (!rest.empty()) {
    auto offset = Zone::find(rest == "Z" ? "UTC" : "UTC" + std::string(rest));
    if (!offset) {
      return std::nullopt;
    }
    stamp.offset = std::move(*offset);
  }
  return stamp;
}

Instant instant_of(const Stamp& stamp, const Zone& local) {
  return stamp.zone_or(local).instant(stamp.date, stamp.minute);
}

bool shows(const Stamp& stamp, const Zone& local, Instant instant) {
  const Civil civil = stamp.zone_or(local).civil(instant);
  return civil.date() == stamp.date && civil.minute == stamp.minute;
}

std::string clock_text(const Zone& zone, Instant instant) {
  const Civil civil = zone.civil(instant);
  return fmt::format("{} {:02}:{:02}", text_of(civil.date()), civil.hour(), civil.minute % 60);
}

}  // namespace xiaoyuan::demand
