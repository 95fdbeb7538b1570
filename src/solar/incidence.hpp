// Beam light that a module's glass throws back when it strikes at a slant.
//
//   sin θ' = sin θ / n,   τ(θ) = exp(−K L / cos θ') (1 − (r_s + r_p) / 2),   loss = 1 − τ(θ) / τ(0)
//   r_s = ((cos θ − n cos θ') / (cos θ + n cos θ'))²
//   r_p = ((n cos θ − cos θ') / (n cos θ + cos θ'))²
//
//   θ angle of incidence, n refractive index, K extinction (1/m), L thickness (m).
//
// Source: W. De Soto, S. Klein, W. Beckman, Solar Energy 80 (2006) 78–88.
#pragma once
#include <algorithm>
#include <cmath>

namespace xiaoyuan::solar {

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

/// τ(θ)/τ(0): 1 for light straight on, 0 at 90° and from behind.
inline double incidence_modifier(const Glass& glass, double cos_incidence) {
  const double cosine = std::clamp(cos_incidence, 0.0, 1.0);
  return transmittance(glass, cosine) / transmittance(glass, 1.0);
}

}  // namespace xiaoyuan::solar
