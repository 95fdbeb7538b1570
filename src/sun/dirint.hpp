// DIRINT: DISC's beam corrected by the sky's clearness, the sun's height and how steady the light
// is.
//
//   kt'  = kt / (1.031 exp(−1.4 / (0.9 + 9.4/AM)) + 0.1), at most 1
//   Δkt' = ½ (|kt'ᵢ − kt'ᵢ₊₁| + |kt'ᵢ − kt'ᵢ₋₁|); where the sun is down or the series ends on one
//          side, the other side's difference
//   DNI  = DNI of DISC · X(kt', z, Δkt'), from 0 to GHI/cos z;              DHI = GHI − DNI cos z
//
//   kt and AM as in disc.hpp. X is a table of 6 × 6 × 7 numbers (dirint_table.cpp): the published
//   column for an unknown moisture of the air, since weather here carries no dew point.
//
// Source: R. Perez, P. Ineichen, E. Maxwell, R. Seals, A. Zelenka, "Dynamic Global-to-Direct
// Irradiance Conversion Models", ASHRAE Transactions 98 (1992) 354–369.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "sun/disc.hpp"

namespace xiaoyuan::sun {

/// Whether the steps are near enough (1.5 h, says the source) for their changes to tell of clouds.
enum class Steadiness { counted, unknown };

/// Beam and diffuse light of each step of a series of equal steps.
std::vector<Decomposition> dirint(std::span<const GlobalLight> series, Steadiness steadiness);

/// X by bins of kt', of the zenith and of Δkt'; the last of the seven is for an unknown Δkt'.
extern const std::array<std::array<std::array<double, 7>, 6>, 6> dirint_table;

}  // namespace xiaoyuan::sun
