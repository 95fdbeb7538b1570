#include "sun/dirint.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace xiaoyuan::sun {

namespace {

// Upper ends of the bins; what lies at or above the last of them is in the bin behind it.
constexpr std::array<double, 5> clearness_ends = {0.24, 0.40, 0.56, 0.70, 0.80};
constexpr std::array<double, 5> zenith_ends_deg = {25.0, 40.0, 55.0, 70.0, 80.0};
constexpr std::array<double, 5> change_ends = {0.015, 0.035, 0.07, 0.15, 0.30};
constexpr std::size_t unknown_change_bin = 6;
constexpr double horizon_deg = 90.0;

std::size_t bin_of(double value, const std::array<double, 5>& ends) {
  return static_cast<std::size_t>(std::ranges::upper_bound(ends, value) - ends.begin());
}

/// kt', the clearness that does not depend on the height of the sun.
double clearness_any_height(double kt, double air_mass) {
  return std::min(kt / (1.031 * std::exp(-1.4 / (0.9 + 9.4 / air_mass)) + 0.1), 1.0);
}

/// kt' of each step with the sun up.
using Clearnesses = std::vector<std::optional<double>>;

std::size_t change_bin(const Clearnesses& clearness, std::size_t i, Steadiness steadiness) {
  double change = 0.0;
  int sides = 0;
  for (const std::size_t other : {i - 1, i + 1}) {  // 0 − 1 is past the end
    if (other < clearness.size() && clearness[other]) {
      change += std::abs(*clearness[i] - *clearness[other]);
      ++sides;
    }
  }
  return steadiness == Steadiness::unknown || sides == 0 ? unknown_change_bin
                                                         : bin_of(change / sides, change_ends);
}

}  // namespace

std::vector<Decomposition> dirint(std::span<const GlobalLight> series, Steadiness steadiness) {
  std::vector<Decomposition> split;
  Clearnesses clearness;
  for (const GlobalLight& light : series) {
    split.push_back(disc(light));
    clearness.push_back(
        light.zenith_deg < horizon_deg
            ? std::optional(clearness_any_height(split.back().clearness, disc_air_mass(light)))
            : std::nullopt);
  }
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (clearness[i]) {
      const double factor = dirint_table[bin_of(*clearness[i], clearness_ends)][bin_of(
          series[i].zenith_deg, zenith_ends_deg)][change_bin(clearness, i, steadiness)];
      split[i] = beam_within_global(series[i], split[i].dni_w_m2 * factor, split[i].clearness);
    }
  }
  return split;
}

}  // namespace xiaoyuan::sun
