// DISC: beam light from global light through its transmittance, hour by hour.
//
//   kt = GHI / (I0 max(cos z, 0.065)), at most 1
//   AM = p/101325 / (cos z + 0.15 (93.885 − z)^−1.253), at most 12
//   Knc = 0.866 − 0.122 AM + 0.0121 AM² − 0.000653 AM³ + 0.000014 AM⁴          of the clearest sky
//   ΔKn = a + b exp(c AM)
//           kt ≤ 0.6:  a = 0.512 − 1.560 kt + 2.286 kt² − 2.222 kt³
//                      b = 0.370 + 0.962 kt
//                      c = −0.280 + 0.932 kt − 2.048 kt²
//           kt > 0.6:  a = −5.743 + 21.77 kt − 27.49 kt² + 11.56 kt³
//                      b = 41.40 − 118.5 kt + 66.05 kt² + 31.90 kt³
//                      c = −47.01 + 184.2 kt − 222.0 kt² + 73.81 kt³
//   DNI = I0 (Knc − ΔKn), from 0 to GHI/cos z;                              DHI = GHI − DNI cos z
//
//   z true zenith (°, without refraction), p pressure (Pa), I0 normal irradiance outside the
//   atmosphere (W/m²) with DISC's own solar constant, 1370 W/m². Past 87° all light is diffuse.
//
// Source: E. Maxwell, "A Quasi-Physical Model for Converting Hourly Global Horizontal to Direct
// Normal Insolation", SERI/TR-215-3087, Golden (1987); air mass: F. Kasten (1966). As in NREL's
// worksheet of the model, the air mass is the absolute one.
#pragma once
#include "sun/clear_sky.hpp"
#include "sun/decomposition.hpp"

namespace xiaoyuan::sun {

/// A moment or an hour of which only the global light is known.
struct GlobalLight {
  double ghi_w_m2 = 0.0;
  double zenith_deg = 180.0;  ///< true
  int day_of_year = 1;        ///< 1–366
  double pressure_pa = standard_sea_level_pa;
};

/// Absolute air mass as DISC takes it, at most 12.
double disc_air_mass(const GlobalLight& light);

Decomposition disc(const GlobalLight& light);

/// What stays of `dni_w_m2` between nothing and all of the global light, and the diffuse rest.
Decomposition beam_within_global(const GlobalLight& light, double dni_w_m2, double clearness);

}  // namespace xiaoyuan::sun
