// Irradiance outside the atmosphere and under a cloudless sky, air mass and pressure.
#pragma once

namespace xiaoyuan::sun {

inline constexpr double solar_constant_w_m2 = 1366.1;

/// Normal irradiance outside the atmosphere on a day of the year (1–366), W/m² (Spencer 1971).
double extraterrestrial_w_m2(int day_of_year);

/// Relative optical air mass from the apparent zenith (Kasten and Young 1989). Past the horizon the
/// value at 90° is returned.
double relative_air_mass(double apparent_zenith_deg);

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
  double pressure_pa = 101325.0;
  double elevation_m = 0.0;
  double extraterrestrial_w_m2 = solar_constant_w_m2;
  double linke_turbidity = 3.0;
};

/// Ineichen and Perez, "A new airmass independent formulation for the Linke turbidity
/// coefficient", Solar Energy 73 (2002) 151–157. All zero when the sun is down.
ClearSky clear_sky(const ClearSkyInput& input);

}  // namespace xiaoyuan::sun
