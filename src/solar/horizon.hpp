// Hills, trees and houses round a roof: the profile of the horizon and the sky that it leaves.
//
//   hidden when e < h(φ) and h(φ) > 0, e the sun's apparent elevation, φ its azimuth
//   v = ∫∫_{e > h(φ)} max(cos θ, 0) cos e de dφ  /  ∫∫_{e > 0} max(cos θ, 0) cos e de dφ
//   cos θ = cos β sin e + sin β cos e cos(φ − γ)
//
//   h the horizon's elevation, between points in a straight line; β tilt up to 90°, γ azimuth of
//   the plane; v the share of an even dome's light on the plane that is left. The inner integral is
//   taken exactly, the outer one over 360 slices. On a level plane under a horizon of one height h,
//   v = cos²h. While the sun is hidden, the beam and the light around the sun are; the horizon band
//   of a Perez sky and Klucher's brightening are dimmed as the dome is. The light that the ground
//   throws back stays: whatever hides the sky also throws light back. A horizon at 0 hides nothing,
//   for the weather has already counted it.
//
// Source: geometry; e.g. M. Iqbal, An Introduction to Solar Radiation (1983), chapter 11.
#pragma once
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solar/plane_of_array.hpp"

namespace xiaoyuan::solar {

struct HorizonPoint {
  double azimuth_deg = 0.0;    ///< from north, clockwise; 0 to below 360
  double elevation_deg = 0.0;  ///< 0 to 90
};

/// The profile round a roof; without points the view is free.
struct Horizon {
  std::vector<HorizonPoint> points;  ///< azimuths rising
  bool free() const { return points.empty(); }
};

/// h at an azimuth from 0 to 360: between the points in a straight line, round through north.
double elevation_deg(const Horizon& horizon, double azimuth_deg);

/// True when the sun of lit step k stands behind the horizon.
inline bool hides_sun(const Horizon& horizon, const Sky& sky, std::size_t k) {
  const double height_deg = elevation_deg(horizon, sky.sun_azimuth_deg[k]);
  return height_deg > 0.0 && sky.sun_elevation_deg[k] < height_deg;
}

/// v of a plane.
double sky_view(const Horizon& horizon, const Plane& plane);

/// Reads "90:12 120:25 150:8": azimuth and elevation of each point in degrees. An empty text is a
/// free view. `where` goes into the errors.
Result<Horizon> parse_horizon(std::string_view text, const Where& where = {});

}  // namespace xiaoyuan::solar
