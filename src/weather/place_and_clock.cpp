#include "weather/place_and_clock.hpp"

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr Range years{1900.0, 2199.0};

/// The offset of "+08:00", "-0730", "+8" or "Z".
std::optional<chrono::seconds> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") {
    return chrono::seconds{0};
  }
  if (text.size() < 2 || (text.front() != '+' && text.front() != '-')) {
    return std::nullopt;
  }
  const int sign = text.front() == '-' ? -1 : 1;
  std::string digits;
  std::ranges::copy_if(text.substr(1), std::back_inserter(digits), [](char c) { return c != ':'; });
  const bool all_digits = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!all_digits || digits.empty() || digits.size() > 4) {
    return std::nullopt;
  }
  const int number = std::stoi(digits);
  const int minutes = digits.size() > 2 ? number / 100 * 60 + number % 100 : number * 60;
  return minutes <= 14 * 60 ? std::optional(chrono::seconds{chrono::minutes{sign * minutes}})
                            : std::nullopt;
}

/// The numbers between separators; nothing where one of them is none.
std::optional<std::vector<double>> numbers_of(std::string_view text, char separator) {
  std::vector<double> numbers;
  for (const std::string_view part : parts_of(text, separator)) {
    const auto number = parse_number(part);
    if (!number) {
      return std::nullopt;
    }
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

void take_given_place(const ReadOptions& options, Weather& weather, Complaints& complaints) {
  if (!options.place) {
    complaints.add(0, "place",
                   {"the file does not say where it was measured: latitude, longitude and "
                    "elevation must be given beside it",
                    "文件未注明测点位置:须另行给出纬度、经度和海拔"});
    return;
  }
  weather.place = *options.place;
}

void take_given_offset(const ReadOptions& options, Weather& weather, Complaints& complaints) {
  if (!options.utc_offset) {
    complaints.add(0, "time",
                   {"the file does not say its clock: write the offset behind each time "
                    "(2024-01-31 07:00+08:00) or give the offset from UTC beside the file",
                    "文件未注明所用时区:请在每个时间后写明偏移(2024-01-31 "
                    "07:00+08:00),或另行给出与 UTC 的时差"});
    return;
  }
  weather.utc_offset = *options.utc_offset;
}

std::optional<Instant> instant_of(const CalendarTime& time) {
  const auto whole = [](double number, const Range& range) {
    return range.holds(number) && number == std::floor(number);
  };
  if (!whole(time.year, years) || !whole(time.month, {1.0, 12.0}) ||
      !whole(time.day, {1.0, 31.0}) || !whole(time.hour, {0.0, 24.0}) ||
      !whole(time.minute, {0.0, 59.0})) {
    return std::nullopt;
  }
  const Date date{chrono::year{static_cast<int>(time.year)},
                  chrono::month{static_cast<unsigned>(time.month)},
                  chrono::day{static_cast<unsigned>(time.day)}};
  const chrono::minutes into_day{static_cast<int>(time.hour) * 60 + static_cast<int>(time.minute)};
  if (!date.ok() || into_day > chrono::days{1}) {
    return std::nullopt;
  }
  return chrono::sys_days{date} + into_day;
}

std::optional<WrittenTime> parse_time(std::string_view text) {
  text = trimmed(text);
  const std::size_t between = text.find_first_of(" T");
  if (between == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view date = text.substr(0, between);
  std::string_view clock = trimmed(text.substr(between + 1));
  const std::size_t clock_end = std::min(clock.find_first_of("+-Zz"), clock.size());
  const std::string_view behind = trimmed(clock.substr(clock_end));
  clock = trimmed(clock.substr(0, clock_end));
  const auto day = numbers_of(date, date.find('/') != std::string_view::npos ? '/' : '-');
  const auto hour = numbers_of(clock, ':');
  const auto offset = parse_offset(behind);
  if (!day || day->size() != 3 || !hour || hour->size() < 2 || hour->size() > 3 ||
      (hour->size() == 3 && hour->back() != 0.0) || (!behind.empty() && !offset)) {
    return std::nullopt;
  }
  const auto local = instant_of({(*day)[0], (*day)[1], (*day)[2], (*hour)[0], (*hour)[1]});
  return local ? std::optional(WrittenTime{*local, offset}) : std::nullopt;
}

}  // namespace xiaoyuan::weather
