// Degrees and radians.
#pragma once
#include <numbers>

namespace xiaoyuan {

inline constexpr double rad_per_deg = std::numbers::pi / 180.0;
inline constexpr double deg_per_rad = 180.0 / std::numbers::pi;

}  // namespace xiaoyuan
