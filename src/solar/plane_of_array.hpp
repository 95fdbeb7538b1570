// Light on a tilted plane: beam, sky and ground.
//
//   beam = DNI max(cos θ, 0)      ground = GHI ρ (1 − cos tilt)/2
//   sky  = max(0, c max(cos θ, 0) + d (1 + cos tilt)/2 + h sin tilt)
//   cos θ = sun · normal
//
//   θ angle of incidence, ρ albedo; c, d, h the parts of the diffuse light (transposition.hpp).
#pragma once
#include <algorithm>
#include <cstddef>

#include "solar/sky.hpp"

namespace xiaoyuan::solar {

struct Plane {
  double tilt_deg = 0.0;       ///< 0 is level, 90 upright
  double azimuth_deg = 180.0;  ///< where it faces, from north, clockwise
};

/// A plane in the terms of the formula above.
struct Facing {
  Facing(const Plane& plane, double albedo);
  double east;  ///< unit normal
  double north;
  double up;
  double sin_tilt;
  double sky_share;     ///< (1 + cos tilt)/2
  double ground_share;  ///< ρ (1 − cos tilt)/2
};

/// Light on a plane in one step, W/m².
struct Incident {
  double beam_w_m2 = 0.0;
  double sky_w_m2 = 0.0;
  double ground_w_m2 = 0.0;
  double cos_incidence = 0.0;  ///< negative when the sun stands behind the plane
  double total_w_m2() const { return beam_w_m2 + sky_w_m2 + ground_w_m2; }
};

/// The light of lit step k; `diffuse` is the sky's for one transposition.
inline Incident incident(const Sky& sky, const DiffuseSteps& diffuse, std::size_t k,
                         const Facing& facing) {
  const double cosine =
      sky.sun_east[k] * facing.east + sky.sun_north[k] * facing.north + sky.sun_up[k] * facing.up;
  const double toward_sun = std::max(cosine, 0.0);
  const double from_sky = diffuse.circumsolar_w_m2[k] * toward_sun +
                          diffuse.dome_w_m2[k] * facing.sky_share +
                          diffuse.horizon_w_m2[k] * facing.sin_tilt;
  return {.beam_w_m2 = sky.dni_w_m2[k] * toward_sun,
          .sky_w_m2 = std::max(from_sky, 0.0),
          .ground_w_m2 = sky.ghi_w_m2[k] * facing.ground_share,
          .cos_incidence = cosine};
}

}  // namespace xiaoyuan::solar
