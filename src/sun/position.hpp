// Where the sun stands: NREL's Solar Position Algorithm (SPA).
//
// Source: I. Reda, A. Andreas, "Solar Position Algorithm for Solar Radiation Applications",
// NREL/TP-560-34302, revised 2008. Its stated uncertainty is 0.0003° for the years −2000 to 6000.
#pragma once
#include "base/place.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::sun {

struct Position {
  double zenith_deg = 0.0;           ///< true (geometric), from the observer's place
  double apparent_zenith_deg = 0.0;  ///< with refraction
  double azimuth_deg = 0.0;          ///< from north, clockwise, 0–360
  double equation_of_time_min = 0.0;
};

/// The air that refracts: SPA's yearly means serve when nothing is known.
struct Air {
  double pressure_pa = 101325.0;
  double temperature_c = 12.0;
};

/// `delta_t_s` is terrestrial time minus universal time; 67 s is right to a second for 2010–2030.
Position position(Instant instant, const Place& place, const Air& air = {},
                  double delta_t_s = 67.0);

}  // namespace xiaoyuan::sun
