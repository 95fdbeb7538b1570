// Splits measured global irradiance into beam and diffuse where only the global one is known.
//
//   kt = GHI / (I0 max(cos z, 0.065)), at most 1
//   DHI/GHI = 1 − 0.09 kt                                                        kt ≤ 0.22
//           = 0.9511 − 0.1604 kt + 4.388 kt² − 16.638 kt³ + 12.336 kt⁴     0.22 < kt ≤ 0.80
//           = 0.165                                                                0.80 < kt
//   DNI = (GHI − DHI) / cos z
//
//   z true zenith (without refraction), I0 normal irradiance outside the atmosphere (W/m²).
//   Past 87° of zenith all light is taken as diffuse.
//
// Source: D. Erbs, S. Klein, J. Duffie, Solar Energy 28 (1982) 293–302.
#pragma once

namespace xiaoyuan::sun {

/// Bounds of the clearness and of the beam under a low sun, for every split.
inline constexpr double least_cos_zenith = 0.065;
inline constexpr double most_beam_zenith_deg = 87.0;

struct Decomposition {
  double dni_w_m2 = 0.0;
  double dhi_w_m2 = 0.0;
  double clearness = 0.0;  ///< kt
};

/// DHI/GHI of a clearness kt.
double erbs_diffuse_share(double clearness);

/// Beam and diffuse of a global horizontal irradiance (W/m²) under a true zenith (°).
Decomposition erbs(double ghi_w_m2, double zenith_deg, double extraterrestrial_w_m2);

}  // namespace xiaoyuan::sun
