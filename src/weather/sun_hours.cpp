#include "weather/sun_hours.hpp"

#include <cmath>

#include "base/angle.hpp"
#include "sun/clear_sky.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

SunHours sun_hours(const Climate& climate, int year) {
  const auto first = chrono::sys_days{chrono::year{year} / 1 / 1};
  const auto after = chrono::sys_days{chrono::year{year + 1} / 1 / 1};
  const auto days = static_cast<std::size_t>((after - first).count());
  SunHours sun;
  sun.axis = {first - climate.utc_offset, chrono::hours{1}, days * 24};
  sun.pressure_pa = sun::standard_pressure_pa(climate.place.elevation_m);
  for (std::size_t day = 0; day < days; ++day) {
    const chrono::year_month_day date{first + chrono::days{static_cast<int>(day)}};
    sun.month_of_day.push_back(static_cast<int>(static_cast<unsigned>(date.month())) - 1);
    const double outside = sun::extraterrestrial_w_m2(static_cast<int>(day) + 1);
    for (std::size_t hour = day * 24; hour < day * 24 + 24; ++hour) {
      const sun::Position at =
          sun::position(sun.axis.middle(hour), climate.place, {.pressure_pa = sun.pressure_pa});
      const double zenith = at.apparent_zenith_deg;
      sun.apparent_zenith_deg.push_back(zenith);
      sun.cos_zenith.push_back(zenith < 90.0 ? std::cos(zenith * rad_per_deg) : 0.0);
      sun.extraterrestrial_w_m2.push_back(outside);
    }
  }
  return sun;
}

ClearHours clear_hours(const SunHours& sun, double elevation_m, const Monthly& linke_turbidity) {
  ClearHours clear;
  for (std::size_t i = 0; i < sun.axis.size; ++i) {
    const auto month = static_cast<std::size_t>(sun.month_of_hour(i));
    const sun::ClearSky sky = sun::clear_sky({.apparent_zenith_deg = sun.apparent_zenith_deg[i],
                                              .pressure_pa = sun.pressure_pa,
                                              .elevation_m = elevation_m,
                                              .extraterrestrial_w_m2 = sun.extraterrestrial_w_m2[i],
                                              .linke_turbidity = linke_turbidity[month]});
    clear.ghi_w_m2.push_back(sky.ghi_w_m2);
    clear.dni_w_m2.push_back(sky.dni_w_m2);
  }
  return clear;
}

Monthly monthly_sums(const SunHours& sun, std::span<const double> hourly) {
  Monthly sums{};
  for (std::size_t i = 0; i < hourly.size(); ++i) {
    sums[static_cast<std::size_t>(sun.month_of_hour(i))] += hourly[i];
  }
  return sums;
}

Monthly monthly_hours(const SunHours& sun) {
  Monthly hours{};
  for (const int month : sun.month_of_day) {
    hours[static_cast<std::size_t>(month)] += 24.0;
  }
  return hours;
}

}  // namespace xiaoyuan::weather
