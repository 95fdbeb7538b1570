// What all roofs of a village share: sun, light and air over the steps with light, made once from
// the weather, so that a roof-year is a few additions and multiplications a step.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "solar/cell_temperature.hpp"
#include "solar/transposition.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::solar {

/// The diffuse light of the lit steps by where it comes from (transposition.hpp).
struct DiffuseSteps {
  std::vector<double> circumsolar_w_m2;
  std::vector<double> dome_w_m2;
  std::vector<double> horizon_w_m2;
  std::vector<double> brightening;  ///< of Klucher; empty for the others
  std::vector<double> near_sun;     ///< of Klucher; empty for the others
};

/// Everything but `axis` is by lit step; `steps[k]` is the lit step's number on the axis,
/// ascending. A step is lit when any irradiance of the weather is above 0.
struct Sky {
  TimeAxis axis;
  std::vector<std::uint32_t> steps;
  /// 0 is January. By the mean solar time of the place: while the sun is up, the same month as the
  /// calendar's wherever the clock is within four hours of the sun.
  std::vector<std::uint8_t> month;
  std::vector<double> sun_azimuth_deg;    ///< from north, clockwise
  std::vector<double> sun_elevation_deg;  ///< apparent
  std::vector<double> sun_east;           ///< unit vector to the apparent sun
  std::vector<double> sun_north;
  std::vector<double> sun_up;
  std::vector<double> ghi_w_m2;
  std::vector<double> dni_w_m2;
  std::vector<double> temperature_c;
  std::vector<double> wind_m_s;
  std::array<DiffuseSteps, transpositions> diffuse;                   ///< by Transposition
  std::array<std::vector<double>, steady_mounts> heating_k_m2_per_w;  ///< by Mount

  std::size_t lit() const { return steps.size(); }
  const DiffuseSteps& diffuse_by(Transposition by) const {
    return diffuse[static_cast<std::size_t>(by)];
  }
};

/// When in a step the sun's place is taken.
enum class SunMoment {
  middle,           ///< of the step
  daylight_middle,  ///< of that part of the step in which the sun is up, as PVWatts does
};

/// The sky over a place: sun by SPA with the pressure and temperature of the step.
Sky sky_over(const weather::Weather& weather, SunMoment moment = SunMoment::middle);

}  // namespace xiaoyuan::solar
