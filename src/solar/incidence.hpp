// Light that a module's cover throws back when it strikes at a slant.
//
//   glass (De Soto)  sin θ' = sin θ / n,  τ(θ) = exp(−K L / cos θ') (1 − (r_s + r_p) / 2)
//                    r_s = ((cos θ − n cos θ') / (cos θ + n cos θ'))²
//                    r_p = ((n cos θ − cos θ') / (n cos θ + cos θ'))²,  m(θ) = τ(θ) / τ(0)
//   ASHRAE           m(θ) = max(0, 1 − b0 (1/cos θ − 1))
//   Martin–Ruiz      m(θ) = (1 − exp(−cos θ / a_r)) / (1 − exp(−1 / a_r))
//
//   m is the share that passes, over that of light straight on; θ angle of incidence, n refractive
//   index, K extinction (1/m), L thickness (m), b0 = 0.05, a_r = 0.16. The beam and the light from
//   around the sun have their own θ. The rest of the sky and the ground have
//
//   Martin–Ruiz      m = 1 − exp(−(4/(3π) s + (a_r/2 − 0.154) s²) / a_r)
//                    sky s = sin β + (π − β − sin β)/(1 + cos β)
//                    ground s = sin β + (β − sin β)/(1 − cos β)
//   glass, ASHRAE    m(θ_e): sky θ_e = 59.7 − 0.1388 β + 0.001497 β²
//                            ground θ_e = 90 − 0.5788 β + 0.002693 β²
//
//   β tilt (rad in the first, degrees in the second).
//
// Sources: W. De Soto, S. Klein, W. Beckman, Solar Energy 80 (2006) 78–88; A. Souka, H. Safwat,
// Solar Energy 10 (1966) 170–174, ASHRAE 93-77; N. Martin, J. Ruiz, Solar Energy Materials & Solar
// Cells 70 (2001) 25–38, and Progress in Photovoltaics 13 (2005) 75–84 with its corrigendum 21
// (2013) 294; M. Brandemuehl, W. Beckman, Solar Energy 24 (1980) 511–513.
#pragma once
#include <algorithm>
#include <cmath>

namespace xiaoyuan::solar {

enum class Incidence {
  none,         ///< nothing is thrown back
  glass,        ///< De Soto; diffuse light by Brandemuehl's effective angles
  glass_beam,   ///< De Soto for the beam alone, as PVWatts 5
  ashrae,       ///< b0 = 0.05; diffuse light by Brandemuehl's effective angles
  martin_ruiz,  ///< a_r = 0.16, usual glass with some dust; diffuse light by the same authors
};

/// The cover of a module; the defaults are plain solar glass.
struct Glass {
  double refractive_index = 1.526;
  double extinction_per_m = 4.0;
  double thickness_m = 0.002;
};

/// τ for a cosine of incidence above 0.
inline double transmittance(const Glass& glass, double cos_incidence) {
  const double n = glass.refractive_index;
  const double cos_inside = std::sqrt(1.0 - (1.0 - cos_incidence * cos_incidence) / (n * n));
  const double across = (cos_incidence - n * cos_inside) / (cos_incidence + n * cos_inside);
  const double along = (n * cos_incidence - cos_inside) / (n * cos_incidence + cos_inside);
  return std::exp(-glass.extinction_per_m * glass.thickness_m / cos_inside) *
         (1.0 - 0.5 * (across * across + along * along));
}

/// m of glass: 1 for light straight on, 0 at 90° and from behind.
inline double incidence_modifier(const Glass& glass, double cos_incidence) {
  const double cosine = std::clamp(cos_incidence, 0.0, 1.0);
  return transmittance(glass, cosine) / transmittance(glass, 1.0);
}

inline constexpr double ashrae_b0 = 0.05;
/// m of ASHRAE; 0 from behind.
inline double ashrae_modifier(double b0, double cos_incidence) {
  return cos_incidence > 0.0 ? std::max(1.0 - b0 * (1.0 / cos_incidence - 1.0), 0.0) : 0.0;
}

inline constexpr double martin_ruiz_a_r = 0.16;
/// m of Martin and Ruiz; 0 from behind.
inline double martin_ruiz_modifier(double a_r, double cos_incidence) {
  return -std::expm1(-std::max(cos_incidence, 0.0) / a_r) / -std::expm1(-1.0 / a_r);
}

/// m for light that comes from everywhere.
struct DiffuseModifiers {
  double sky = 1.0;
  double ground = 1.0;
};
/// Martin and Ruiz for a tilt; nothing comes from the ground at 0°, nor from the sky at 180°.
DiffuseModifiers martin_ruiz_diffuse(double a_r, double tilt_deg);
/// m of a model for a tilt.
DiffuseModifiers diffuse_modifiers(Incidence by, double tilt_deg);

/// A model made ready for many steps.
class Cover {
 public:
  explicit Cover(Incidence by)
      : by_(by),
        straight_(transmittance(glass_, 1.0)),
        whole_(-std::expm1(-1.0 / martin_ruiz_a_r)) {}
  /// m of the beam at a cosine of incidence.
  double beam(double cos_incidence) const {
    switch (by_) {
      case Incidence::none:
        break;
      case Incidence::glass:
      case Incidence::glass_beam:
        return transmittance(glass_, std::clamp(cos_incidence, 0.0, 1.0)) / straight_;
      case Incidence::ashrae:
        return ashrae_modifier(ashrae_b0, cos_incidence);
      case Incidence::martin_ruiz:
        return (1.0 - std::exp(-std::max(cos_incidence, 0.0) / martin_ruiz_a_r)) / whole_;
    }
    return 1.0;
  }

 private:
  Incidence by_;
  Glass glass_;
  double straight_;
  double whole_;
};

}  // namespace xiaoyuan::solar
