// Makes means over steps of values that hold at one instant of each step, as satellites see them.
//
// PVGIS and NSRDB give the light of one moment of each step (a scan of the satellite), not the
// mean. A mean is made by letting the light follow the clear sky between the moments:
//   k(t)  straight between k_i = x_i / x_clear(t_i) at the moments t_i; held towards night
//   X_i   = f_d · mean over step i of k(t)·x_clear(t)
//   f_d   such that the day's sum of X is the day's sum of x
// x_clear is the clear sky's GHI for GHI and DHI (so that an overcast hour keeps DHI = GHI) and its
// DNI for DNI. f_d keeps the file's own irradiation: PVGIS adds its months up as the sum of its
// moments times the step, and so does a reader who checks. Moments with less than 20 W/m² of clear
// sky give no k; a day that has none keeps its values as they stand.
// Air, wind and pressure are straight lines between their moments.
//   X_i = x_i + ((x_{i+1} − x_i)(1 − s)² − (x_i − x_{i−1}) s²)/2,  s how far into the step t_i lies
#pragma once
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// How long after the beginning of a step its values hold; within a step before or behind it.
struct Moments {
  std::chrono::seconds light{0};
  std::chrono::seconds air{0};
};

/// `weather` holds the values of moments and then means. Half a step says that a value stands for
/// its whole step already, and leaves it.
void moments_to_means(Weather& weather, const Moments& moments);

}  // namespace xiaoyuan::weather
