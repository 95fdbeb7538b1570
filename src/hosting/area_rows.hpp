// The limits of an area as the optimiser sees them: sums of what houses draw, each weighed by how
// much it moves the limit.
//
//   used_m(d + Δd) ≈ used_m(d) − Σ_h w_mh·Δd_h
//
// d is what a house draws (kW), `used` the share of a limit (wires/limits.hpp). The weights are the
// network's sensitivities at the moment that binds, by the exact power flow with one kW more drawn
// at one house after another; used_m(d) is exact in every step of the year. Whoever moves far from
// d asks again from there: the weights change little, and what they miss is in used_m.
#pragma once
#include <vector>

#include "hosting/capacity_trials.hpp"

namespace xiaoyuan::hosting {

/// What the village's households pay and are paid for a kWh, by step, yuan.
struct EnergyPrices {
  std::vector<double> buy;
  std::vector<double> sell;
};

struct LimitRow {
  wires::LimitUse use;          ///< the moment it was linearised at
  std::vector<double> weights;  ///< by house: how much less is used for one kW drawn there

  bool is_of(const wires::LimitUse& other) const {
    return use.kind == other.kind && use.element == other.element && use.wire == other.wire;
  }
  /// V, kVA, A or a share: what all of the limit is, from nominal on.
  double whole(const VillageYear& village) const;
  /// "V", "kVA", "A"; empty for a share
  const char* unit() const;
};

/// A year of an area in one state of the village.
struct AreaYear {
  std::vector<wires::LimitUse> hardest;   ///< by step
  std::vector<std::vector<double>> used;  ///< by row and step
  const wires::LimitUse& worst() const;
};

/// A share of a limit that is beyond it by rounding only.
inline constexpr double kept_to_share = 1e-7;

/// The village of the grid as it is at present; the grid may be used again after a change of its
/// powers.
AreaYear area_year(const TrialGrid& grid, std::size_t transformer,
                   const std::vector<LimitRow>& rows, const Spread& spread);
LimitRow limit_row(const TrialGrid& grid, const wires::LimitUse& use);
/// Adds a row for each limit that the year breaks and that has none; true where there are new ones.
bool add_broken_rows(const TrialGrid& grid, const AreaYear& year, std::vector<LimitRow>& rows);

}  // namespace xiaoyuan::hosting
