#include "base/zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>

namespace xiaoyuan {

namespace chrono = std::chrono;

namespace {

Civil civil_of_local(chrono::sys_seconds local) {
  const auto day = chrono::floor<chrono::days>(local);
  const chrono::year_month_day date{day};
  const auto minute = chrono::duration_cast<chrono::minutes>(local - day).count();
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::int8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::int8_t>(static_cast<unsigned>(date.day())),
          static_cast<std::int8_t>(chrono::weekday{day}.c_encoding()),
          static_cast<std::int16_t>(minute)};
}

const date::time_zone& rules(const void* pointer) {
  return *static_cast<const date::time_zone*>(pointer);
}

/// "UTC+8", "UTC-07:30" → seconds.
bool parse_offset(std::string_view name, chrono::seconds& offset) {
  if (!name.starts_with("UTC")) {
    return false;
  }
  name.remove_prefix(3);
  if (name.empty()) {
    offset = chrono::seconds{0};
    return true;
  }
  const int sign = name.front() == '-' ? -1 : 1;
  if (name.front() != '-' && name.front() != '+') {
    return false;
  }
  name.remove_prefix(1);
  const char* end = name.data() + name.size();
  int hours = 0;
  int minutes = 0;
  auto read = std::from_chars(name.data(), end, hours);
  if (read.ec != std::errc{} || name.front() == '-' || hours > 14) {
    return false;
  }
  if (read.ptr != end) {
    if (*read.ptr != ':') {
      return false;
    }
    read = std::from_chars(read.ptr + 1, end, minutes);
    if (read.ec != std::errc{} || read.ptr != end || minutes < 0 || minutes > 59) {
      return false;
    }
  }
  offset = chrono::seconds{sign * (hours * 3600 + minutes * 60)};
  return true;
}

}  // namespace

Date Civil::date() const {
  return {chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
          chrono::day{static_cast<unsigned>(day)}};
}

Result<Zone> Zone::find(std::string_view name) {
  Zone zone;
  zone.name_ = std::string(name);
  if (parse_offset(name, zone.offset_)) {
    zone.fixed_ = true;
    return zone;
  }
  try {
    zone.rules_ = date::locate_zone(zone.name_);
    return zone;
  } catch (const std::runtime_error&) {
    return fail(Fault::bad_input,
                {fmt::format("\"{}\" is no time zone; write one like \"Asia/Shanghai\" or "
                             "\"UTC+8\"",
                             name),
                 fmt::format("“{}”不是时区;请写成“Asia/Shanghai”或“UTC+8”", name)});
  }
}

Civil Zone::civil(Instant instant) const {
  if (fixed_) {
    return civil_of_local(instant + offset_);
  }
  return civil_of_local(instant + rules(rules_).get_info(instant).offset);
}

std::vector<Civil> Zone::civil(const TimeAxis& axis) const {
  std::vector<Civil> all;
  all.reserve(axis.size);
  Instant until = axis.start;
  chrono::seconds offset = offset_;
  for (std::size_t i = 0; i < axis.size; ++i) {
    const Instant instant = axis.at(i);
    if (!fixed_ && instant >= until) {
      const date::sys_info info = rules(rules_).get_info(instant);
      offset = info.offset;
      until = info.end;
    }
    all.push_back(civil_of_local(instant + offset));
  }
  return all;
}

Instant Zone::instant(const Date& date, int minute_of_day) const {
  const auto local = chrono::sys_days{date}.time_since_epoch() + chrono::minutes{minute_of_day};
  if (fixed_) {
    return Instant{local - offset_};
  }
  const date::local_seconds wall{local};
  const date::local_info info = rules(rules_).get_info(wall);
  if (info.result == date::local_info::nonexistent) {
    return info.first.end;
  }
  return Instant{local - info.first.offset};
}

bool parse_date(std::string_view text, Date& date) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return false;
  }
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (text.front() == '-') {
    return false;
  }
  const auto number = [&](std::size_t from, std::size_t length, auto& into) {
    const char* end = text.data() + from + length;
    const auto read = std::from_chars(text.data() + from, end, into);
    return read.ec == std::errc{} && read.ptr == end;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) {
    return false;
  }
  date = Date{chrono::year{year}, chrono::month{month}, chrono::day{day}};
  return date.ok();
}

std::string text_of(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string text_of(Instant instant) {
  const Civil utc = civil_of_local(instant);
  const auto second = (instant - chrono::floor<chrono::minutes>(instant)).count();
  return fmt::format("{}T{:02}:{:02}:{:02}Z", text_of(utc.date()), utc.hour(), utc.minute % 60,
                     second);
}

}  // namespace xiaoyuan
