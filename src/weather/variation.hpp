// The climate of one drawn year: years differ in their sun.
//
//   GHI'_m = GHI_m (1 + a y + b z_m),  y and z_m from the standard normal distribution
//   a = s √½,  b = s √(½ / Σ w_m²),  w_m the month's share of the year's GHI
//        so that the year's GHI has the standard deviation s; half of its variance is common to all
//        months, half is each month's own (our assumption)
//   DHI'_m/GHI'_m = DHI_m/GHI_m · e(K'_m)/e(K_m),  K = GHI / light outside the atmosphere
//   e(K) = 1.391 − 3.560 K + 4.189 K² − 2.137 K³        sunset hour angle up to 81.4°
//        = 1.311 − 3.022 K + 3.427 K² − 1.821 K³        beyond;  K from 0.3 to 0.8
//   DNI'_m = DNI_m (GHI'_m − DHI'_m)/(GHI_m − DHI_m)
//
// Source of e: D. Erbs, S. Klein, J. Duffie, "Estimation of the diffuse radiation fraction for
// hourly, daily and monthly-average global radiation", Solar Energy 28 (1982) 293–302. Temperature
// and wind stay as they are: we have no source for how they go with a year's sun.
#pragma once
#include <cstdint>

#include "weather/climate.hpp"

namespace xiaoyuan::weather {

/// `yearly_ghi_spread` is the standard deviation of a year's GHI as a fraction of its mean. No
/// month is drawn below a fifth of its mean or above nine tenths of a very clean sky. The same seed
/// gives the same year.
Climate varied(const Climate& climate, double yearly_ghi_spread, std::uint64_t seed);

}  // namespace xiaoyuan::weather
