#include "weather/laying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/zone.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
constexpr std::size_t leap_day = 59;  // days before 29 February

/// The place of a local time in a leap year of steps.
std::size_t slot_of(Instant local, chrono::seconds step) {
  const auto day = chrono::floor<chrono::days>(local);
  const chrono::year_month_day date{day};
  const auto in_leap_year = chrono::sys_days{chrono::year{2000} / date.month() / date.day()} -
                            chrono::sys_days{chrono::year{2000} / 1 / 1};
  return static_cast<std::size_t>((in_leap_year + (local - day)) / step);
}

/// The source step of every slot of a leap year; 29 February shows the 28th where it is missing.
struct Slots {
  std::vector<std::size_t> source;
  bool repeats_leap_day = false;
};

Slots slots_of(const Weather& weather) {
  const TimeAxis& axis = weather.axis;
  const auto per_day = static_cast<std::size_t>(chrono::days{1} / axis.step);
  Slots slots{std::vector<std::size_t>(366 * per_day, nowhere)};
  for (std::size_t i = 0; i < axis.size; ++i) {
    std::size_t& source = slots.source[slot_of(axis.at(i) + weather.utc_offset, axis.step)];
    source = std::min(source, i);
  }
  for (std::size_t slot = leap_day * per_day; slot < (leap_day + 1) * per_day; ++slot) {
    if (slots.source[slot] == nowhere) {
      slots.source[slot] = slots.source[slot - per_day];
      slots.repeats_leap_day = true;
    }
  }
  return slots;
}

TimeAxis covering(const Weather& weather, const TimeAxis& wanted) {
  const chrono::seconds step = weather.axis.step;
  const auto steps_up = [&](chrono::seconds length) {
    return (length.count() + step.count() - 1) / step.count();
  };
  const auto ahead = wanted.start - weather.axis.start;
  const auto first = ahead.count() >= 0 ? ahead / step : -steps_up(-ahead);
  const Instant start = weather.axis.start + step * first;
  return {start, step, static_cast<std::size_t>(steps_up(wanted.end() - start))};
}

Result<Laying> laid_typical(const Weather& weather, const TimeAxis& wanted) {
  const chrono::seconds step = weather.axis.step;
  const Instant local_start = weather.axis.start + weather.utc_offset;
  const auto into_day = local_start - chrono::floor<chrono::days>(local_start);
  const Slots slots =
      chrono::days{1} % step == chrono::seconds{0} && into_day % step == chrono::seconds{0}
          ? slots_of(weather)
          : Slots{};
  if (slots.source.empty() || std::ranges::count(slots.source, nowhere) > 0) {
    return fail(Fault::bad_input,
                {"a typical year must be whole: every hour of its 365 days",
                 "典型年必须完整:365 天的每个小时"},
                {weather.source, 0, ""});
  }
  Laying laying;
  laying.axis = covering(weather, wanted);
  const auto per_day = static_cast<std::size_t>(chrono::days{1} / step);
  const Instant from = laying.axis.start + weather.utc_offset - step;
  for (std::size_t i = 0; i < laying.axis.size + 2; ++i) {
    const std::size_t slot = slot_of(from + step * static_cast<long long>(i), step);
    laying.source.push_back(slots.source[slot]);
    const bool inside = i > 0 && i <= laying.axis.size;
    laying.repeats_leap_day =
        laying.repeats_leap_day || (inside && slots.repeats_leap_day && slot / per_day == leap_day);
  }
  return laying;
}

Result<Laying> laid_measured(const Weather& weather, const TimeAxis& wanted) {
  if (wanted.start < weather.axis.start || wanted.end() > weather.axis.end()) {
    const std::string from = text_of(weather.axis.start);
    const std::string to = text_of(weather.axis.end());
    return fail(Fault::bad_input,
                {fmt::format("this measured weather goes from {} to {}; the plan needs {} to {}",
                             from, to, text_of(wanted.start), text_of(wanted.end())),
                 fmt::format("实测气象自 {} 至 {};方案需要 {} 至 {}", from, to,
                             text_of(wanted.start), text_of(wanted.end()))},
                {weather.source, 0, ""});
  }
  Laying laying;
  laying.axis = covering(weather, wanted);
  const auto first =
      static_cast<std::size_t>((laying.axis.start - weather.axis.start) / weather.axis.step);
  for (std::size_t i = 0; i < laying.axis.size + 2; ++i) {
    const std::size_t after = first + i;
    laying.source.push_back(std::min(after > 0 ? after - 1 : 0, weather.axis.size - 1));
  }
  return laying;
}

}  // namespace

Result<Laying> laid(const Weather& weather, const TimeAxis& wanted) {
  return weather.typical ? laid_typical(weather, wanted) : laid_measured(weather, wanted);
}

}  // namespace xiaoyuan::weather
