// Plans every household of a village, on all cores (plan/crew.hpp).
#pragma once
#include <functional>

#include "plan/coordination.hpp"
#include "plan/crew.hpp"

namespace xiaoyuan::plan {

/// Runs households behind one transformer together where the village asks for it
/// (plan/coordination.hpp), plans all and hands each over in the order of households.csv, whatever
/// the number of threads; at most a few are in memory at a time. Errors of all households together;
/// once there is one, no further household is handed over. Returns what was found for each
/// transformer.
Result<std::vector<Coordination>> every_household(
    const Inputs& inputs, Depth depth, const Workers& workers,
    const std::function<void(const model::Household&, HouseholdYear&&)>& take);

}  // namespace xiaoyuan::plan
