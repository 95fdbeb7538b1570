// How a household's energy went over the plan's year, step by step, with and without a battery.
#pragma once
#include <optional>
#include <vector>

#include "optimum/store_year.hpp"
#include "plan/site.hpp"

namespace xiaoyuan::plan {

/// How energy went, by step, kWh.
struct Flows {
  std::vector<double> import_kwh;
  std::vector<double> export_kwh;
  std::vector<double> curtailed_kwh;
  std::vector<double> battery_kwh;  ///< AC side, charging positive; empty without a battery
  double battery_start_kwh = 0.0;
  double battery_end_kwh = 0.0;
};

/// The battery of a household in the planner's terms.
battery::Spec battery_of(const model::Household& home, const model::Assumptions& assumptions);

/// The data of a household's year for the dispatch, with `pv_kwh` in place of the site's own. The
/// spans point into `site`, `pv_kwh` and `inputs`.
optimum::StoreYear store_year(const Inputs& inputs, const model::Household& home, const Site& site,
                              const std::vector<double>& pv_kwh);

/// The flows without a battery: PV serves the house first where the mode lets it.
Flows flows_without_battery(const Inputs& inputs, const model::Household& home, const Site& site,
                            const std::vector<double>& pv_kwh);
/// What a household may do when all behind its transformer are run together
/// (plan/coordination.hpp).
struct Granted {
  optimum::StorePath path;  ///< of its battery; no changes without one
  std::vector<double>
      grid_kwh;  ///< import − export, by step; of the PV's meter where it has its own
  /// PV curtailed for the others' sake, by step.
  std::vector<double> withheld_kwh;
};
/// With new modules and with those of the plant's last year; none where no limit is met.
struct GrantedYears {
  std::optional<Granted> first;
  std::optional<Granted> last;
};

/// The flows of what was granted.
Flows flows_granted(const Inputs& inputs, const model::Household& home, const Site& site,
                    const std::vector<double>& pv_kwh, const Granted& granted);
/// The PV that is left to whoever else might own the roof.
std::vector<double> left_by(const std::optional<Granted>& granted,
                            const std::vector<double>& pv_kwh);
/// The flows of given changes of stored energy.
Flows flows_with(const optimum::StoreYear& year, const optimum::StorePath& path);

}  // namespace xiaoyuan::plan
