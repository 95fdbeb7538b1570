// What the sky of a month can give at most: the middle day under very clean air, and without air.
#pragma once
#include "weather/climate.hpp"

namespace xiaoyuan::weather {

/// Cleaner air than any village's.
inline constexpr double cleanest_linke_turbidity = 1.8;

struct MonthSky {
  double clear_kwh_m2_day = 0.0;    ///< the cleanest air's: no village's month is brighter
  double outside_kwh_m2_day = 0.0;  ///< on the horizontal, outside the atmosphere
};

/// Of month 0–11, on its 15th.
MonthSky month_sky(const Climate& climate, int month);

}  // namespace xiaoyuan::weather
