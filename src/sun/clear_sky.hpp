// Irradiance outside the atmosphere and under a cloudless sky, air mass and pressure.
//
//   I0 = 1366.1 (1.00011 + 0.034221 cos Γ + 0.00128 sin Γ + 0.000719 cos 2Γ + 0.000077 sin 2Γ)
//   m  = 1 / (cos z + 0.50572 (96.07995 − z)^−1.6364)                      AM = m p / 101325
//   GHI = cg1 I0 cos z exp(−cg2 AM (fh1 + fh2 (TL − 1)))
//   DNI = I0 b exp(−0.09 AM (TL − 1)), at most what GHI allows;            DHI = GHI − DNI cos z
//
//   Γ = 2π (day − 1)/365; z apparent zenith (°); p pressure (Pa); TL Linke turbidity at air mass 2;
//   h elevation (m): fh1 = e^(−h/8000), fh2 = e^(−h/1250), cg1 = 5.09e-5 h + 0.868,
//   cg2 = 3.92e-5 h + 0.0387, b = 0.664 + 0.163/fh1
//
// Sources: Spencer, Search 2 (1971) 172; Kasten and Young, Applied Optics 28 (1989) 4735; Ineichen
// and Perez, Solar Energy 73 (2002) 151–157, without the later enhancement factor.
#pragma once
#include "base/time_axis.hpp"

namespace xiaoyuan::sun {

inline constexpr double solar_constant_w_m2 = 1366.1;
inline constexpr double standard_sea_level_pa = 101325.0;

/// Day of the year of an instant, counted in UTC: 1–366.
int day_of_year(Instant instant);

/// Normal irradiance outside the atmosphere on a day of the year (1–366), W/m² (Spencer 1971).
double extraterrestrial_w_m2(int day_of_year);

/// Relative optical air mass from the apparent zenith (Kasten and Young 1989). Past the horizon the
/// value at 90° is returned.
double relative_air_mass(double apparent_zenith_deg);

/// Air mass at a pressure: the relative one in proportion to the air above.
double absolute_air_mass(double apparent_zenith_deg, double pressure_pa);

/// Standard atmosphere: pressure (Pa) at an elevation (m).
double standard_pressure_pa(double elevation_m);

struct ClearSky {
  double ghi_w_m2 = 0.0;
  double dni_w_m2 = 0.0;
  double dhi_w_m2 = 0.0;
};

/// What a cloudless moment depends on.
struct ClearSkyInput {
  double apparent_zenith_deg = 90.0;
  double pressure_pa = standard_sea_level_pa;
  double elevation_m = 0.0;
  double extraterrestrial_w_m2 = solar_constant_w_m2;
  double linke_turbidity = 3.0;
};

/// The three irradiances of a cloudless moment; all zero when the sun is down.
ClearSky clear_sky(const ClearSkyInput& input);

}  // namespace xiaoyuan::sun
