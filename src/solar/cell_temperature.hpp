// How warm the cells of a module become in the sun and the wind, steady models.
//
//   SAPM    Tc = Ta + E (exp(a + b v) + ΔT / 1000)
//   Faiman  Tc = Ta + E / (u0 + u1 v)
//   PVsyst  Tc = Ta + E α (1 − η) / (Uc + Uv v)
//
//   Ta air temperature (°C), E irradiance on the plane (W/m²), v wind at 10 m (m/s); α light that
//   the module takes in, η its efficiency, Uc and Uv what it gives to still and to moving air (W/m²
//   K, W s/m³ K). All are Tc = Ta + E·k with k of the wind and the mount alone.
//
// Sources: D. King, W. Boyson, J. Kratochvil, SAND2004-3535, table 1; D. Faiman, Progress in
// Photovoltaics 16 (2008) 307–315; PVsyst's help, "Array thermal losses", with its defaults. The
// mounts of PVWatts follow fuentes.hpp.
#pragma once

namespace xiaoyuan::solar {

/// How the modules are fixed, which says how the wind cools them.
enum class Mount {
  close_roof_glass_glass,        ///< SAPM: a hand's breadth above the roof
  open_rack_glass_glass,         ///< SAPM
  open_rack_glass_polymer,       ///< SAPM
  insulated_back_glass_polymer,  ///< SAPM: built into the roof
  faiman,                        ///< Faiman with u0 = 25, u1 = 6.84: free standing
  pvsyst,                        ///< PVsyst with Uc = 29, Uv = 0: air all around
  pvsyst_insulated,              ///< PVsyst with Uc = 15, Uv = 0: built into the roof
  pvwatts_rack,                  ///< Fuentes with INOCT 45 °C, as PVWatts 5
  pvwatts_roof,                  ///< Fuentes with INOCT 49 °C, as PVWatts 5
};
/// The mounts before this one are steady: their k depends on the wind alone.
inline constexpr int steady_mounts = 7;
constexpr bool steady(Mount mount) { return static_cast<int>(mount) < steady_mounts; }

/// The figures of PVsyst's form.
struct PvsystModule {
  double constant_w_m2_k = 29.0;   ///< Uc
  double by_wind_w_s_m3_k = 0.0;   ///< Uv
  double efficiency = 0.1;         ///< η
  double absorbed_fraction = 0.9;  ///< α
};
/// k of PVsyst's form.
double heating_k_m2_per_w(const PvsystModule& module, double wind_m_s);

/// k of a steady mount: kelvin that the cells gain for each W/m² on the plane.
double heating_k_m2_per_w(Mount mount, double wind_m_s);

}  // namespace xiaoyuan::solar
