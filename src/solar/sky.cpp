#include "solar/sky.hpp"

#include <cmath>

#include "base/angle.hpp"
#include "sun/clear_sky.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::solar {

namespace {

bool lit(const weather::Weather& weather, std::size_t i) {
  return weather.ghi_w_m2[i] > 0.0 || weather.dni_w_m2[i] > 0.0 || weather.dhi_w_m2[i] > 0.0;
}

bool sun_up(Instant instant, const Place& place) {
  return sun::position(instant, place).zenith_deg < 90.0;
}

/// The middle of the sunlit part of [from, until), to a second; the middle of all of it when the
/// sun neither rises nor sets in it.
Instant daylight_middle(Instant from, Instant until, const Place& place) {
  const bool up_first = sun_up(from, place);
  if (up_first == sun_up(until, place)) {
    return from + (until - from) / 2;
  }
  Instant before = from;
  Instant after = until;
  while (after - before > std::chrono::seconds{1}) {
    const Instant between = before + (after - before) / 2;
    (sun_up(between, place) == up_first ? before : after) = between;
  }
  return up_first ? from + (before - from) / 2 : after + (until - after) / 2;
}

void add_sun(const sun::Position& at, Sky& sky) {
  const double zenith = at.apparent_zenith_deg * rad_per_deg;
  const double azimuth = at.azimuth_deg * rad_per_deg;
  sky.sun_azimuth_deg.push_back(at.azimuth_deg);
  sky.sun_elevation_deg.push_back(90.0 - at.apparent_zenith_deg);
  sky.sun_east.push_back(std::sin(zenith) * std::sin(azimuth));
  sky.sun_north.push_back(std::sin(zenith) * std::cos(azimuth));
  sky.sun_up.push_back(std::cos(zenith));
}

/// The month by the mean solar time of a longitude, 0 is January.
std::uint8_t solar_month(Instant at, double longitude_deg) {
  constexpr double seconds_per_degree = 240.0;
  const auto offset = std::chrono::seconds{std::lround(longitude_deg * seconds_per_degree)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at + offset)};
  return static_cast<std::uint8_t>(static_cast<unsigned>(date.month()) - 1U);
}

void add_diffuse(const SkyMoment& moment, Sky& sky) {
  for (int by = 0; by < transpositions; ++by) {
    const DiffuseParts parts = diffuse_parts(moment, static_cast<Transposition>(by));
    DiffuseSteps& steps = sky.diffuse[static_cast<std::size_t>(by)];
    steps.circumsolar_w_m2.push_back(parts.circumsolar_w_m2);
    steps.dome_w_m2.push_back(parts.dome_w_m2);
    steps.horizon_w_m2.push_back(parts.horizon_w_m2);
    if (static_cast<Transposition>(by) == Transposition::klucher) {
      steps.brightening.push_back(parts.brightening);
      steps.near_sun.push_back(parts.near_sun);
    }
  }
}

void add_air(const weather::Weather& weather, std::size_t i, Sky& sky) {
  sky.temperature_c.push_back(weather.temperature_c[i]);
  sky.wind_m_s.push_back(weather.wind_m_s[i]);
  for (int mount = 0; mount < steady_mounts; ++mount) {
    sky.heating_k_m2_per_w[static_cast<std::size_t>(mount)].push_back(
        heating_k_m2_per_w(static_cast<Mount>(mount), weather.wind_m_s[i]));
  }
}

}  // namespace

Sky sky_over(const weather::Weather& weather, SunMoment moment) {
  Sky sky;
  sky.axis = weather.axis;
  for (std::size_t i = 0; i < weather.axis.size; ++i) {
    if (!lit(weather, i)) {
      continue;
    }
    const Instant at =
        moment == SunMoment::middle
            ? weather.axis.middle(i)
            : daylight_middle(weather.axis.at(i), weather.axis.at(i + 1), weather.place);
    const sun::Position position =
        sun::position(at, weather.place, {weather.pressure_pa[i], weather.temperature_c[i]});
    sky.steps.push_back(static_cast<std::uint32_t>(i));
    sky.month.push_back(solar_month(at, weather.place.longitude_deg));
    sky.ghi_w_m2.push_back(weather.ghi_w_m2[i]);
    sky.dni_w_m2.push_back(weather.dni_w_m2[i]);
    add_sun(position, sky);
    add_diffuse({.apparent_zenith_deg = position.apparent_zenith_deg,
                 .dni_w_m2 = weather.dni_w_m2[i],
                 .dhi_w_m2 = weather.dhi_w_m2[i],
                 .ghi_w_m2 = weather.ghi_w_m2[i],
                 .extraterrestrial_w_m2 = sun::extraterrestrial_w_m2(sun::day_of_year(at))},
                sky);
    add_air(weather, i, sky);
  }
  return sky;
}

}  // namespace xiaoyuan::solar
