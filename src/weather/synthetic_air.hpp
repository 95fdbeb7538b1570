// Temperature and wind of a synthetic year.
//
//   T(t) = season(t) + anomaly(t) + R_d·shape(hour)^p    °C; least at sunrise, greatest 2.5 h after
//                                                        solar noon, a wider day under a clear sky
//   v(t) = monthly scale · Weibull₂(Φ(z_t)) · (1 + 0.25·cos(…))     m/s; z remembers the last hour
//
// Season, range and scale are solved so that the monthly means are the climate's; p so that its
// mean daily maximum is met as nearly as p from 0.4 to 2.5 allows. Source of the two-branch day: J.
// de Wit's WAVE function as described in D. Reicosky et al., "Accuracy of hourly air temperatures
// calculated from daily minima and maxima", Agricultural and Forest Meteorology 46 (1989) 193–209.
#pragma once
#include <vector>

#include "base/random.hpp"
#include "weather/climate.hpp"
#include "weather/sun_hours.hpp"

namespace xiaoyuan::weather {

/// Hourly means, °C. `day_index` is the clear-sky index of each day.
std::vector<double> synthetic_temperature(const Climate& climate, const SunHours& sun,
                                          const std::vector<double>& day_index, Random& random);

/// Hourly means, m/s.
std::vector<double> synthetic_wind(const Climate& climate, const SunHours& sun, Random& random);

}  // namespace xiaoyuan::weather
