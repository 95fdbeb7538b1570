#include "weather/beam_split.hpp"

#include <algorithm>
#include <cmath>

#include "sun/clear_sky.hpp"
#include "sun/decomposition.hpp"

namespace xiaoyuan::weather {

namespace {

/// Lower than 2° of sun the hour is diffuse: its beam is a guess and of no use to a roof.
constexpr double least_cos_zenith = 0.035;
constexpr double most_exponent = 20.0;
constexpr double least_height_weight = -1.0;
constexpr double most_height_weight = 2.0;
constexpr int exact_steps = 60;
constexpr int rough_steps = 24;
constexpr int weight_steps = 14;

}  // namespace

BeamSplit::BeamSplit(const SunHours& sun, const std::vector<double>& ghi_w_m2,
                     const std::vector<double>& brightest_dni_w_m2)
    : dni_w_m2(sun.axis.size, 0.0),
      dhi_w_m2(sun.axis.size, 0.0),
      sun_(&sun),
      ghi_(&ghi_w_m2),
      clearness_(sun.axis.size, 0.0),
      clearness_any_height_(sun.axis.size, 0.0),
      least_share_(sun.axis.size, 1.0) {
  for (std::size_t hour = 0; hour < sun.axis.size; ++hour) {
    const double cos_zenith = sun.cos_zenith[hour];
    const double ghi = ghi_w_m2[hour];
    if (cos_zenith < least_cos_zenith || ghi <= 0.0) {
      continue;
    }
    const double air_mass = sun::relative_air_mass(sun.apparent_zenith_deg[hour]);
    clearness_[hour] = ghi / (sun.extraterrestrial_w_m2[hour] * cos_zenith);
    clearness_any_height_[hour] =
        clearness_[hour] / (1.031 * std::exp(-1.4 / (0.9 + 9.4 / air_mass)) + 0.1);
    least_share_[hour] = 1.0 - brightest_dni_w_m2[hour] * cos_zenith / ghi;
  }
}

double BeamSplit::diffuse_share(std::size_t hour, const Recipe& recipe) const {
  if (least_share_[hour] >= 1.0) {
    return 1.0;
  }
  const double clearness =
      clearness_[hour] + recipe.height_weight * (clearness_any_height_[hour] - clearness_[hour]);
  return std::max(std::pow(sun::erbs_diffuse_share(clearness), recipe.exponent),
                  least_share_[hour]);
}

BeamSplit::Sums BeamSplit::sums(const std::vector<std::size_t>& hours, const Recipe& recipe) const {
  Sums sums;
  for (const std::size_t hour : hours) {
    const double beam = (*ghi_)[hour] * (1.0 - diffuse_share(hour, recipe));
    sums.beam_wh += beam;
    sums.dni_wh += beam / sun_->cos_zenith[hour];
  }
  return sums;
}

BeamSplit::Recipe BeamSplit::solved(const std::vector<std::size_t>& hours, double beam_wh,
                                    double height_weight, int steps) const {
  const auto beam_at = [&](double exponent) {
    return sums(hours, {exponent, height_weight}).beam_wh;
  };
  return {solve_rising(beam_at, beam_wh, 0.0, most_exponent, steps), height_weight};
}

bool BeamSplit::split(int month, const LightOfMonth& wanted) {
  std::vector<std::size_t> hours;
  double ghi_wh = 0.0;
  for (std::size_t hour = 0; hour < sun_->axis.size; ++hour) {
    if (sun_->month_of_hour(hour) == month && sun_->cos_zenith[hour] > 0.0) {
      hours.push_back(hour);
      ghi_wh += (*ghi_)[hour];
    }
  }
  const double beam_wh = (1.0 - wanted.diffuse_share) * ghi_wh;
  double weight = 1.0;
  if (wanted.dni_wh_m2) {
    const auto dni_at = [&](double height_weight) {
      return sums(hours, solved(hours, beam_wh, height_weight, rough_steps)).dni_wh;
    };
    weight = solve_rising(dni_at, *wanted.dni_wh_m2, least_height_weight, most_height_weight,
                          weight_steps);
  }
  if (sums(hours, {most_exponent, weight}).beam_wh < beam_wh) {
    return false;
  }
  const Recipe recipe = solved(hours, beam_wh, weight, exact_steps);
  for (const std::size_t hour : hours) {
    dhi_w_m2[hour] = (*ghi_)[hour] * diffuse_share(hour, recipe);
    dni_w_m2[hour] = ((*ghi_)[hour] - dhi_w_m2[hour]) / sun_->cos_zenith[hour];
  }
  return true;
}

}  // namespace xiaoyuan::weather
