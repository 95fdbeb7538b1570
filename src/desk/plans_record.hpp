// A plan as its folder keeps it: plan.json.
#pragma once
#include <string>
#include <string_view>

#include "desk/plans.hpp"

namespace xiaoyuan::desk {

std::string record_of(const PlanRecord& plan);
/// Errors: bytes that `record_of` has not written.
Result<PlanRecord> plan_from(std::string_view record);

}  // namespace xiaoyuan::desk
