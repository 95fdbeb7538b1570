#include "solar/plane_of_array.hpp"

#include "base/angle.hpp"

#include <cmath>

namespace xiaoyuan::solar {

Facing::Facing(const Plane& plane, double albedo) {
  const double tilt = plane.tilt_deg * rad_per_deg;
  const double azimuth = plane.azimuth_deg * rad_per_deg;
  sin_tilt = std::sin(tilt);
  east = sin_tilt * std::sin(azimuth);
  north = sin_tilt * std::cos(azimuth);
  up = std::cos(tilt);
  sky_share = (1.0 + up) / 2.0;
  ground_share = albedo * (1.0 - up) / 2.0;
  const double sin_half = std::sin(tilt / 2.0);
  sin_cubed_half = sin_half * sin_half * sin_half;
}

}  // namespace xiaoyuan::solar
