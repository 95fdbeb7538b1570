#include "readings/stamp.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

#include "base/text.hpp"
#include "readings/decimal.hpp"

namespace xiaoyuan::readings {

namespace {

constexpr int day_s = 86400;

bool is_digit_of_time(char letter) { return letter >= '0' && letter <= '9'; }

/// Up to `most` digits from the front; -1 where there is none.
int take_digits(std::string_view& rest, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  while (count < most && count < rest.size() && is_digit_of_time(rest[count])) {
    value = value * 10 + (rest[count] - '0');
    ++count;
  }
  rest.remove_prefix(count);
  return count == 0 ? -1 : value;
}

/// One of the words that stand between the numbers of a date or a time.
bool take_any(std::string_view& rest, std::span<const std::string_view> words) {
  for (const std::string_view word : words) {
    if (rest.starts_with(word)) {
      rest.remove_prefix(word.size());
      return true;
    }
  }
  return false;
}

constexpr std::array<std::string_view, 5> between_days{"-", "/", ".", "年", "月"};
constexpr std::array<std::string_view, 1> after_day{"日"};
constexpr std::array<std::string_view, 2> before_time{" ", "T"};
constexpr std::array<std::string_view, 3> between_times{":", "时", "分"};
constexpr std::array<std::string_view, 2> after_time{"秒", "分"};

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1970 || year > 2200 || month < 1 || day < 1) {
    return std::nullopt;
  }
  const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                  std::chrono::day{static_cast<unsigned>(day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Date> take_date(std::string_view& rest, DateOrder order) {
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (digits == 8 || digits == 12 || digits == 14) {  // without anything between
    if (order != DateOrder::year_month_day) {
      return std::nullopt;
    }
    const int year = take_digits(rest, 4);
    const int month = take_digits(rest, 2);
    return make_date(year, month, take_digits(rest, 2));
  }
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && !take_any(rest, between_days)) {
      return std::nullopt;
    }
    parts[i] = take_digits(rest, 4);
  }
  take_any(rest, after_day);
  switch (order) {
    case DateOrder::day_month_year:
      return make_date(parts[2], parts[1], parts[0]);
    case DateOrder::month_day_year:
      return make_date(parts[2], parts[0], parts[1]);
    case DateOrder::year_month_day:
      break;
  }
  return make_date(parts[0], parts[1], parts[2]);
}

/// "00:15", "0:15:00", "001500", "0时15分": seconds of the day; -1 where it is none.
int take_time(std::string_view& rest) {
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const bool packed = digits == 4 || digits == 6;
  const int hour = take_digits(rest, 2);
  if (hour < 0 || (!packed && !take_any(rest, between_times))) {
    return -1;
  }
  const int minute = take_digits(rest, 2);
  int second = 0;
  const bool has_more = packed ? digits == 6 : take_any(rest, between_times);
  if (has_more && !rest.empty() && is_digit_of_time(rest.front())) {
    second = take_digits(rest, 2);
    if (rest.starts_with(".0")) {  // parts of a second that are none
      const std::size_t zeros = rest.find_first_not_of('0', 1);
      rest.remove_prefix(std::min(zeros, rest.size()));
    }
  }
  take_any(rest, after_time);
  const int sum = hour * 3600 + minute * 60 + second;
  return minute < 0 || minute > 59 || second > 59 || sum > day_s ? -1 : sum;
}

bool take_offset(std::string_view& rest, std::optional<int>& offset_s) {
  if (rest == "Z") {
    rest = {};
    offset_s = 0;
    return true;
  }
  const int sign = rest.starts_with('-') ? -1 : 1;
  if (!rest.starts_with('-') && !rest.starts_with('+')) {
    return false;
  }
  rest.remove_prefix(1);
  const int hours = take_digits(rest, 2);
  const bool has_minutes = !rest.empty();
  rest.remove_prefix(rest.starts_with(':') ? 1 : 0);
  const int minutes = has_minutes ? take_digits(rest, 2) : 0;
  offset_s = sign * (hours * 3600 + minutes * 60);
  return hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60;
}

/// A workbook counts days; a quarter of an hour is 1/96 of one, to as many digits as it shows.
std::optional<Stamp> parse_day_number(std::string_view text, int day_zero) {
  constexpr int digits = 10;
  const auto point = text.find('.');
  const auto days = parse_decimal(text.substr(0, point), 0);
  if (!days || *days < 1 || *days > 110'000) {
    return std::nullopt;
  }
  std::int64_t fraction = 0;
  if (point != std::string_view::npos) {
    std::string after(text.substr(point + 1, digits));
    after.resize(digits, '0');
    const auto parsed = parse_decimal(after, 0);
    if (!parsed || text.find_first_not_of("0123456789", point + 1) != std::string_view::npos) {
      return std::nullopt;
    }
    fraction = *parsed;
  }
  constexpr std::int64_t whole = 10'000'000'000;
  const auto second = static_cast<int>((fraction * day_s + whole / 2) / whole);
  const std::chrono::sys_days day{std::chrono::days{day_zero + *days}};
  return Stamp{Date{day}, second, std::nullopt};
}

}  // namespace

const std::vector<std::string>& words_of(DateOrder) {
  static const std::vector<std::string> words{"ymd", "dmy", "mdy"};
  return words;
}

std::optional<Stamp> parse_stamp(std::string_view text, const StampForm& form) {
  text = trimmed(text);
  if (form.day_zero) {
    if (auto stamp = parse_day_number(text, *form.day_zero)) {
      return stamp;
    }
  }
  const auto date = take_date(text, form.order);
  if (!date) {
    return std::nullopt;
  }
  Stamp stamp{.date = *date, .second = 0, .offset_s = std::nullopt};
  take_any(text, before_time);
  if (text.empty()) {
    return stamp;
  }
  stamp.second = take_time(text);
  if (stamp.second < 0) {
    return std::nullopt;
  }
  text = trimmed(text);
  if (!text.empty() && !(take_offset(text, stamp.offset_s) && text.empty())) {
    return std::nullopt;
  }
  return stamp;
}

void LocalClock::enter(const Date& date) {
  date_ = date;
  midnight_ = zone_.instant(date, 0);
  const Date next{std::chrono::sys_days{date} + std::chrono::days{1}};
  is_plain_ = zone_.instant(next, 0) - midnight_ == std::chrono::days{1};
}

std::optional<Instant> LocalClock::instant(const Stamp& stamp, std::optional<Instant> after) {
  const std::chrono::seconds second{stamp.second};
  if (stamp.offset_s) {
    return Instant{std::chrono::sys_days{stamp.date}.time_since_epoch() + second -
                   std::chrono::seconds{*stamp.offset_s}};
  }
  if (stamp.date != date_) {
    enter(stamp.date);
  }
  if (is_plain_) {
    return midnight_ + second;
  }
  if (stamp.second == day_s) {
    const Date next{std::chrono::sys_days{stamp.date} + std::chrono::days{1}};
    return zone_.instant(next, 0);
  }
  const Instant found =
      zone_.instant(stamp.date, stamp.second / 60) + std::chrono::seconds{stamp.second % 60};
  const auto shows = [&](Instant at) {
    const Civil civil = zone_.civil(at);
    return civil.date() == stamp.date && civil.minute == stamp.second / 60;
  };
  if (!shows(found)) {
    return std::nullopt;
  }
  const Instant later = found + std::chrono::hours{1};
  return after && found <= *after && shows(later) ? later : found;
}

std::string clock_text(const Zone& zone, Instant instant) {
  const Civil civil = zone.civil(instant);
  return fmt::format("{} {:02}:{:02}", text_of(civil.date()), civil.hour(), civil.minute % 60);
}

}  // namespace xiaoyuan::readings
