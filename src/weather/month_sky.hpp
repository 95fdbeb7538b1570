// What the sky of a month can give at most: the middle day under very clean air, and without air.
#pragma once
#include "weather/climate.hpp"

namespace xiaoyuan::weather {

struct MonthSky {
  double clear_kwh_m2_day = 0.0;    ///< Linke turbidity 1.8: no village's month is brighter
  double outside_kwh_m2_day = 0.0;  ///< on the horizontal, outside the atmosphere
};

/// Of month 0–11, on its 15th.
MonthSky month_sky(const Climate& climate, int month);

}  // namespace xiaoyuan::weather
