// What inverters that follow the voltage hold back of the energy that added PV could make.
#pragma once
#include "hosting/capacity_search.hpp"

namespace xiaoyuan::hosting {

/// Of a year, by the PV of one area: (held back with what is added − held back today) over what the
/// added PV could make; so what it makes its neighbours lose counts as its own.
class LostEnergy {
 public:
  static Result<LostEnergy> of(const TrialGrid& grid, const GrowthPath& path, const Spread& spread);
  Result<double> share(double kw) const;
  /// The most up to `end_kw` (within the tolerance) that loses no more than `most_share`. What is
  /// lost rises with what is added.
  Result<double> most_kw(double end_kw, double most_share, double tolerance_kw) const;

 private:
  LostEnergy(const TrialGrid& grid, const GrowthPath& path, const Spread& spread)
      : grid_(&grid), path_(&path), spread_(&spread) {}
  Result<double> held_back_kwh(const Added& added) const;

  const TrialGrid* grid_;
  const GrowthPath* path_;
  const Spread* spread_;
  double light_hours_ = 0.0;
  double today_kwh_ = 0.0;
};

}  // namespace xiaoyuan::hosting
