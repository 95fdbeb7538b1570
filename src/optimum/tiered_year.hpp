// A year whose import, or export, is paid by tiers: the optimum of its curves.
//
//   minimise Σ_t f_t(u_t) + Σ_p A_p(Σ_{t in p} import_t) + B(Σ_t export_t)
//
// A_p is what the tiers add to the import of a period, B what a cap takes from the income of what
// is sold beyond it: both convex. Schedules that are best at some multipliers μ_p, ν are columns of
// a small linear program (optimum/tier_master.hpp), until none is cheaper than the mixture of those
// at hand. Where a step is not convex its hull stands for it: the mixture is then a bound, and
// exact once every such step is held on one side (optimum/tiered_branching.hpp).
#pragma once
#include <optional>
#include <vector>

#include "optimum/tier_master.hpp"
#include "optimum/year_solver.hpp"

namespace xiaoyuan::optimum {

/// What is counted, and by which tiers; without limits it is not.
struct Counted {
  Tiers import_tiers;
  std::size_t import_periods = 1;
  std::span<const std::uint16_t> period_of_step;  ///< empty: all are one
  Tiers export_tiers;

  bool counts_import() const { return !import_tiers.limits_kwh.empty(); }
  bool counts_export() const { return !export_tiers.limits_kwh.empty(); }
  std::size_t period(std::size_t step) const {
    return period_of_step.empty() ? 0 : period_of_step[step];
  }
};

/// What a schedule comes to at the prices of the year, without tiers.
struct PlainCost {
  double yuan = 0.0;
  std::vector<double> import_kwh;  ///< by tier period
  double export_kwh = 0.0;
};

/// `grid_kwh`: through the meter by step, import positive; empty: as is cheapest for each change.
PlainCost plain_cost(const StoreYear& year, const Counted& counted, const StorePath& path,
                     std::span<const double> grid_kwh);

/// The multipliers: what a kWh of import adds, by period (none where it is not counted), and what a
/// kWh sold loses.
struct Multipliers {
  std::vector<double> additions;
  double export_fall = 0.0;
};

struct TieredTrial {
  Trial trial;
  Multipliers at;           ///< where the bound is highest
  double bound_yuan = 0.0;  ///< no schedule within the curves and restrictions costs less
  /// Through the meter, by step, of the mixture; empty where the changes alone tell it.
  std::vector<double> grid_kwh;
};

/// Does a change alone tell what flows? Not with tiers beside steps that are not convex, nor where
/// the price beyond a cap lies below 0.
enum class GridIs { told_by_change, mixed };

/// Nothing when the limits leave no way through the year. `costs` is left priced at the
/// multipliers.
std::optional<TieredTrial> solve_tiered(StepCosts& costs, const Ends& ends, const Counted& counted,
                                        GridIs grid);

/// The tiers' part of the cost.
double all_tiers(const Counted& counted, const PlainCost& plain);
/// What they add to a bound.
double all_conjugates(const Counted& counted, const Multipliers& at);

}  // namespace xiaoyuan::optimum
