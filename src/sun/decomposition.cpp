#include "sun/decomposition.hpp"

#include "base/angle.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::sun {

double erbs_diffuse_share(double clearness) {
  const double k = std::max(clearness, 0.0);
  if (k <= 0.22) {
    return 1.0 - 0.09 * k;
  }
  if (k <= 0.8) {
    return 0.9511 + k * (-0.1604 + k * (4.388 + k * (-16.638 + k * 12.336)));
  }
  return 0.165;
}

Decomposition erbs(double ghi_w_m2, double zenith_deg, double extraterrestrial_w_m2) {
  const double cos_zenith = std::cos(zenith_deg * rad_per_deg);
  const double above = extraterrestrial_w_m2 * std::max(cos_zenith, least_cos_zenith);
  const double kt = std::clamp(ghi_w_m2 / above, 0.0, 1.0);
  if (zenith_deg > most_beam_zenith_deg || ghi_w_m2 <= 0.0) {
    return {.dni_w_m2 = 0.0, .dhi_w_m2 = std::max(ghi_w_m2, 0.0), .clearness = kt};
  }
  const double dhi = ghi_w_m2 * erbs_diffuse_share(kt);
  return {.dni_w_m2 = (ghi_w_m2 - dhi) / cos_zenith, .dhi_w_m2 = dhi, .clearness = kt};
}

}  // namespace xiaoyuan::sun
