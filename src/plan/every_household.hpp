// Plans every household of a village, on all cores (plan/in_order.hpp).
#pragma once
#include <functional>

#include "plan/household_plan.hpp"
#include "plan/in_order.hpp"

namespace xiaoyuan::plan {

/// Plans all and hands each over in the order of households.csv. Errors of all households together;
/// once there is one, no further household is handed over.
Result<void> every_household(
    const Inputs& inputs, Depth depth, const Workers& workers,
    const std::function<void(const model::Household&, HouseholdYear&&)>& take);

}  // namespace xiaoyuan::plan
