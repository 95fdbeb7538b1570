#include "weather/years.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

/// Local midnight of 1 January.
Instant new_year(const Weather& weather, int year) {
  return Instant{chrono::sys_days{chrono::year{year} / 1 / 1}} - weather.utc_offset;
}

}  // namespace

std::vector<int> whole_years(const Weather& weather) {
  std::vector<int> years;
  const auto year_at = [&](Instant instant) {
    return static_cast<int>(Date{chrono::floor<chrono::days>(instant + weather.utc_offset)}.year());
  };
  if (weather.typical || weather.axis.size == 0) {
    return years;
  }
  for (int year = year_at(weather.axis.start); year <= year_at(weather.axis.end()); ++year) {
    const Instant from = new_year(weather, year);
    const bool on_a_step = (from - weather.axis.start) % weather.axis.step == chrono::seconds{0};
    if (on_a_step && from >= weather.axis.start &&
        new_year(weather, year + 1) <= weather.axis.end()) {
      years.push_back(year);
    }
  }
  return years;
}

Weather year_of(const Weather& weather, int year) {
  expects(std::ranges::count(whole_years(weather), year) == 1);
  const TimeAxis& axis = weather.axis;
  const auto from = (new_year(weather, year) - axis.start) / axis.step;
  const auto to = (new_year(weather, year + 1) - axis.start) / axis.step;
  const auto cut = [&](const std::vector<double>& values) {
    return std::vector<double>(values.begin() + from, values.begin() + to);
  };
  return {.place = weather.place,
          .utc_offset = weather.utc_offset,
          .typical = true,
          .axis = {new_year(weather, year), axis.step, static_cast<std::size_t>(to - from)},
          .ghi_w_m2 = cut(weather.ghi_w_m2),
          .dni_w_m2 = cut(weather.dni_w_m2),
          .dhi_w_m2 = cut(weather.dhi_w_m2),
          .temperature_c = cut(weather.temperature_c),
          .wind_m_s = cut(weather.wind_m_s),
          .pressure_pa = cut(weather.pressure_pa),
          .source = fmt::format("{}, {}", weather.source, year),
          .notes = weather.notes};
}

}  // namespace xiaoyuan::weather
