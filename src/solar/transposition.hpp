// How the diffuse light of the sky is spread: a part from around the sun, an even dome and a band
// along the horizon. What a tilted plane sees of each is in plane_of_array.hpp.
//
//   isotropic   c = 0                    d = DHI           h = 0
//   Hay-Davies  c = DHI A / b            d = DHI (1 − A)   h = 0         A = DNI / I0
//   Perez       c = DHI F1 / b           d = DHI (1 − F1)  h = DHI F2
//   Klucher     c = 0                    d = DHI           h = 0         F = 1 − (DHI / GHI)²
//     F1 = max(0, f11 + f12 Δ + f13 z),  F2 = f21 + f22 Δ + f23 z,  Δ = DHI m / I0
//     f from the bin of the clearness ε = 1 + (DNI / DHI) / (1 + 1.041 z³)
//
//   z apparent zenith (rad), m relative air mass, I0 normal irradiance outside the atmosphere,
//   b = max(cos z, cos 89°) for Hay-Davies and max(cos z, cos 85°) for Perez. A plane whose normal
//   is θ off the sun receives max(cos θ, 0)·c + d·(1 + cos tilt)/2 + h·sin tilt. Klucher brightens
//   the dome toward the horizon and the sun: d times (1 + F sin³(tilt/2)) (1 + F sin³z cos²θ), with
//   F held between 0 (overcast) and 1, and cos θ at 0 when the sun stands behind.
//
// Sources: J. Hay, J. Davies, Proc. First Canadian Solar Radiation Data Workshop (1980) 59–72;
// R. Perez et al., Solar Energy 44 (1990) 271–289, all-sites composite; T. Klucher, Solar Energy 23
// (1979) 111–114.
#pragma once

namespace xiaoyuan::solar {

/// Isotropic and Klucher are there to compare with.
enum class Transposition { isotropic, hay_davies, perez, klucher };
inline constexpr int transpositions = 4;

/// The sky at a moment.
struct SkyMoment {
  double apparent_zenith_deg = 90.0;
  double dni_w_m2 = 0.0;
  double dhi_w_m2 = 0.0;
  double ghi_w_m2 = 0.0;  ///< asked by Klucher alone
  double extraterrestrial_w_m2 = 1366.1;
};

/// Diffuse light by where it comes from, W/m².
struct DiffuseParts {
  double circumsolar_w_m2 = 0.0;  ///< c: on a plane that faces the sun
  double dome_w_m2 = 0.0;         ///< d: on a level plane
  double horizon_w_m2 = 0.0;      ///< h: on an upright plane; may be negative
  double brightening = 0.0;       ///< F of Klucher
  double near_sun = 0.0;          ///< F sin³z of Klucher
};

/// Splits the diffuse light of a moment. With the sun below the horizon Perez knows no light.
DiffuseParts diffuse_parts(const SkyMoment& moment, Transposition transposition);

}  // namespace xiaoyuan::solar
