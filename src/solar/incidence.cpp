#include "solar/incidence.hpp"

#include <numbers>

#include "base/angle.hpp"

namespace xiaoyuan::solar {

namespace {

struct EffectiveAngles {
  double sky_deg;
  double ground_deg;
};
EffectiveAngles effective_angles(double tilt_deg) {
  return {59.7 - 0.1388 * tilt_deg + 0.001497 * tilt_deg * tilt_deg,
          90.0 - 0.5788 * tilt_deg + 0.002693 * tilt_deg * tilt_deg};
}

}  // namespace

DiffuseModifiers martin_ruiz_diffuse(double a_r, double tilt_deg) {
  constexpr double none = 1e-9;  // of a half-space that a plane hardly sees
  const double tilt = tilt_deg * rad_per_deg;
  const double sine = std::sin(tilt);
  const double of_sky = 1.0 + std::cos(tilt);
  const double of_ground = 1.0 - std::cos(tilt);
  const auto modifier = [a_r](double s) {
    const double bent = (0.5 * a_r - 0.154) * s + 4.0 / (3.0 * std::numbers::pi);
    return -std::expm1(-bent * s / a_r);
  };
  return {of_sky > none ? modifier(sine + (std::numbers::pi - tilt - sine) / of_sky) : 0.0,
          of_ground > none ? modifier(sine + (tilt - sine) / of_ground) : 0.0};
}

DiffuseModifiers diffuse_modifiers(Incidence by, double tilt_deg) {
  switch (by) {
    case Incidence::none:
    case Incidence::glass_beam:
      break;
    case Incidence::glass:
    case Incidence::ashrae: {
      const EffectiveAngles angles = effective_angles(tilt_deg);
      const Cover cover(by);
      return {cover.beam(std::cos(angles.sky_deg * rad_per_deg)),
              cover.beam(std::cos(angles.ground_deg * rad_per_deg))};
    }
    case Incidence::martin_ruiz:
      return martin_ruiz_diffuse(martin_ruiz_a_r, tilt_deg);
  }
  return {};
}

}  // namespace xiaoyuan::solar
