// What a household uses, step by step: its load from a file or the profile, heat pump, car, and
// what absences take away.
#pragma once
#include "plan/site.hpp"

namespace xiaoyuan::plan {

/// Adds load, heat pump and car to a site; measured PV of a load file is returned in pv_kwh.
Result<void> add_loads(const Shared& shared, const model::Household& home,
                       const HouseholdWords& words, Site& site);

}  // namespace xiaoyuan::plan
