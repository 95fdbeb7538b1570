// Light on a tilted plane: beam, around the sun, the rest of the sky, and ground.
//
//   beam = DNI max(cos θ, 0)      ground = GHI ρ (1 − cos tilt)/2
//   sky  = max(0, c max(cos θ, 0) + d (1 + cos tilt)/2 + h sin tilt)
//   cos θ = sun · normal
//
//   θ angle of incidence, ρ albedo; c, d, h the parts of the diffuse light (transposition.hpp),
//   d brightened where the model is Klucher's. The light of c comes from where the sun stands, and
//   what hides or dulls the sun's beam does the same to it.
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
  double sky_share;       ///< (1 + cos tilt)/2
  double ground_share;    ///< ρ (1 − cos tilt)/2
  double sin_cubed_half;  ///< sin³(tilt/2)
};

/// Light on a plane in one step, W/m²; no part is below 0.
struct Incident {
  double beam_w_m2 = 0.0;
  double circumsolar_w_m2 = 0.0;
  double dome_w_m2 = 0.0;  ///< the rest of the sky: dome and horizon band
  double ground_w_m2 = 0.0;
  double cos_incidence = 0.0;  ///< negative when the sun stands behind the plane
  double total_w_m2() const { return beam_w_m2 + circumsolar_w_m2 + dome_w_m2 + ground_w_m2; }
};

/// The light of lit step k; `diffuse` is the sky's for one transposition.
inline Incident incident(const Sky& sky, const DiffuseSteps& diffuse, std::size_t k,
                         const Facing& facing) {
  const double cosine =
      sky.sun_east[k] * facing.east + sky.sun_north[k] * facing.north + sky.sun_up[k] * facing.up;
  const double toward_sun = std::max(cosine, 0.0);
  double even = diffuse.dome_w_m2[k] * facing.sky_share;
  if (!diffuse.brightening.empty()) {
    even *= (1.0 + diffuse.brightening[k] * facing.sin_cubed_half) *
            (1.0 + diffuse.near_sun[k] * toward_sun * toward_sun);
  }
  // A dark horizon band (h below 0) may take all of the dome's light and some from around the sun.
  const double dome = even + diffuse.horizon_w_m2[k] * facing.sin_tilt;
  const double around_sun = diffuse.circumsolar_w_m2[k] * toward_sun + std::min(dome, 0.0);
  return {.beam_w_m2 = sky.dni_w_m2[k] * toward_sun,
          .circumsolar_w_m2 = std::max(around_sun, 0.0),
          .dome_w_m2 = std::max(dome, 0.0),
          .ground_w_m2 = sky.ghi_w_m2[k] * facing.ground_share,
          .cos_incidence = cosine};
}

}  // namespace xiaoyuan::solar
