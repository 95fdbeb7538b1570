// The periodic terms of NREL's Solar Position Algorithm: the Earth's heliocentric longitude,
// latitude and radius vector, and the nutation of its axis.
//
//   X(τ) = Σ_k τ^k Σ_i A_ki cos(B_ki + C_ki τ) · 1e-8      τ in Julian millennia from J2000.0
//
// Source: NREL/TP-560-34302, Tables A4.2 and A4.3.
#pragma once
#include <array>
#include <span>

namespace xiaoyuan::sun {

/// One term A cos(B + C τ).
struct PeriodicTerm {
  double amplitude;  ///< A, 1e-8 rad (longitude, latitude) or 1e-8 AU (radius)
  double phase_rad;  ///< B
  double frequency;  ///< C, rad per Julian millennium
};

/// One term of the nutation: (a + b T) sin(Σ Y X) and (c + d T) cos(Σ Y X), in 1e-4 arc seconds;
/// T in Julian centuries, X the five arguments of Sun and Moon.
struct NutationTerm {
  std::array<double, 5> y;
  double a;
  double b;
  double c;
  double d;
};

/// The sums that belong to the powers of τ, from τ⁰ up.
using PeriodicSeries = std::span<const std::span<const PeriodicTerm>>;

PeriodicSeries heliocentric_longitude_terms();
PeriodicSeries heliocentric_latitude_terms();
PeriodicSeries radius_vector_terms();
std::span<const NutationTerm> nutation_terms();

}  // namespace xiaoyuan::sun
