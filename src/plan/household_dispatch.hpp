// How a household's battery is run when nobody else is thought of: by the plain rule or by the
// exact optimum, as the village chose.
#pragma once
#include "optimum/dispatch.hpp"
#include "plan/flows.hpp"

namespace xiaoyuan::plan {

inline bool has_battery(const model::Household& home) { return home.battery.energy_kwh > 0.0; }

/// The schedule of the plain rule: charge with what is left over, discharge to what is missing.
optimum::StorePath rule_path(const optimum::StoreYear& year);
/// A year with the tiers of the village's tariff.
optimum::DispatchProblem dispatch_problem(const Shared& shared, const optimum::StoreYear& year);

/// The flows of a household alone; `pv_kwh` stands in place of the site's own.
Result<Flows> flows_alone(const Shared& shared, const model::Household& home, const Site& site,
                          const std::vector<double>& pv_kwh);

}  // namespace xiaoyuan::plan
