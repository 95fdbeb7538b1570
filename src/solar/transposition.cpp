#include "solar/transposition.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/angle.hpp"
#include "sun/clear_sky.hpp"

namespace xiaoyuan::solar {

namespace {

/// cos 89°: nearer the horizon Hay-Davies would divide by almost nothing.
constexpr double hay_davies_least_cosine = 0.01745;
/// cos 85°.
constexpr double perez_least_cosine = 0.08715574274765817;
constexpr double perez_kappa = 1.041;

struct Brightness {
  double constant;
  double per_brightness;
  double per_zenith;
  double at(double delta, double zenith_rad) const {
    return constant + per_brightness * delta + per_zenith * zenith_rad;
  }
};
struct PerezBin {
  Brightness circumsolar;  // f11, f12, f13
  Brightness horizon;      // f21, f22, f23
};

constexpr std::array<double, 7> clearness_limits = {1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2};
constexpr std::array<PerezBin, 8> perez_bins = {{
    {{-0.008, 0.588, -0.062}, {-0.060, 0.072, -0.022}},
    {{0.130, 0.683, -0.151}, {-0.019, 0.066, -0.029}},
    {{0.330, 0.487, -0.221}, {0.055, -0.064, -0.026}},
    {{0.568, 0.187, -0.295}, {0.109, -0.152, -0.014}},
    {{0.873, -0.392, -0.362}, {0.226, -0.462, 0.001}},
    {{1.132, -1.237, -0.412}, {0.288, -0.823, 0.056}},
    {{1.060, -1.600, -0.359}, {0.264, -1.127, 0.131}},
    {{0.678, -0.327, -0.250}, {0.156, -1.377, 0.251}},
}};

DiffuseParts hay_davies(const SkyMoment& moment) {
  const double cos_zenith = std::cos(moment.apparent_zenith_deg * rad_per_deg);
  const double anisotropy = moment.dni_w_m2 / moment.extraterrestrial_w_m2;
  return {.circumsolar_w_m2 =
              moment.dhi_w_m2 * anisotropy / std::max(cos_zenith, hay_davies_least_cosine),
          .dome_w_m2 = moment.dhi_w_m2 * (1.0 - anisotropy)};
}

DiffuseParts perez(const SkyMoment& moment) {
  if (moment.dhi_w_m2 <= 0.0 || moment.apparent_zenith_deg > 90.0) {
    return {};
  }
  const double zenith_rad = moment.apparent_zenith_deg * rad_per_deg;
  const double cubed = perez_kappa * zenith_rad * zenith_rad * zenith_rad;
  const double clearness = 1.0 + moment.dni_w_m2 / moment.dhi_w_m2 / (1.0 + cubed);
  const auto bin = std::ranges::upper_bound(clearness_limits, clearness) - clearness_limits.begin();
  const PerezBin& f = perez_bins[static_cast<std::size_t>(bin)];
  const double delta = moment.dhi_w_m2 * sun::relative_air_mass(moment.apparent_zenith_deg) /
                       moment.extraterrestrial_w_m2;
  const double around_sun = std::max(f.circumsolar.at(delta, zenith_rad), 0.0);
  return {.circumsolar_w_m2 =
              moment.dhi_w_m2 * around_sun / std::max(std::cos(zenith_rad), perez_least_cosine),
          .dome_w_m2 = moment.dhi_w_m2 * (1.0 - around_sun),
          .horizon_w_m2 = moment.dhi_w_m2 * f.horizon.at(delta, zenith_rad)};
}

DiffuseParts klucher(const SkyMoment& moment) {
  const double cloud = moment.ghi_w_m2 > 0.0 ? moment.dhi_w_m2 / moment.ghi_w_m2 : 1.0;
  const double brightening = std::clamp(1.0 - cloud * cloud, 0.0, 1.0);
  const double sin_zenith = std::sin(moment.apparent_zenith_deg * rad_per_deg);
  return {.dome_w_m2 = moment.dhi_w_m2,
          .brightening = brightening,
          .near_sun = brightening * sin_zenith * sin_zenith * sin_zenith};
}

}  // namespace

DiffuseParts diffuse_parts(const SkyMoment& moment, Transposition transposition) {
  switch (transposition) {
    case Transposition::hay_davies:
      return hay_davies(moment);
    case Transposition::perez:
      return perez(moment);
    case Transposition::klucher:
      return klucher(moment);
    case Transposition::isotropic:
      break;
  }
  return {.dome_w_m2 = moment.dhi_w_m2};
}

}  // namespace xiaoyuan::solar
