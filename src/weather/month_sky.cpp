#include "weather/month_sky.hpp"

#include <cmath>

#include "base/angle.hpp"
#include "sun/clear_sky.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr int quarters_a_day = 96;
constexpr double kwh_per_quarter_w = 1.0 / 4000.0;

}  // namespace

MonthSky month_sky(const Climate& climate, int month) {
  const auto day = chrono::sys_days{chrono::year{2001} / (month + 1) / 15};
  const int day_of_year =
      static_cast<int>((day - chrono::sys_days{chrono::year{2001} / 1 / 1}) / chrono::days{1}) + 1;
  const double pressure_pa = sun::standard_pressure_pa(climate.place.elevation_m);
  const double outside_w_m2 = sun::extraterrestrial_w_m2(day_of_year);
  MonthSky sky;
  for (int quarter = 0; quarter < quarters_a_day; ++quarter) {
    const Instant middle = Instant{day - climate.utc_offset} + chrono::minutes{15 * quarter + 7};
    const sun::Position at = sun::position(middle, climate.place, {.pressure_pa = pressure_pa});
    const double clear_w_m2 = sun::clear_sky({.apparent_zenith_deg = at.apparent_zenith_deg,
                                              .pressure_pa = pressure_pa,
                                              .elevation_m = climate.place.elevation_m,
                                              .extraterrestrial_w_m2 = outside_w_m2,
                                              .linke_turbidity = cleanest_linke_turbidity})
                                  .ghi_w_m2;
    const double cos_zenith = std::cos(at.zenith_deg * rad_per_deg);
    sky.clear_kwh_m2_day += clear_w_m2 * kwh_per_quarter_w;
    sky.outside_kwh_m2_day += std::max(cos_zenith, 0.0) * outside_w_m2 * kwh_per_quarter_w;
  }
  return sky;
}

}  // namespace xiaoyuan::weather
