// Plans as answers tell them (docs/openapi.yaml: PlanCard, Plan, PlanLink, SharedPlan).
#pragma once
#include <string>

#include "desk/plans.hpp"

namespace xiaoyuan::api {

std::string card_json(const desk::PlanRecord& plan, const desk::Jobs& jobs);
std::string plan_json(const desk::PlanRecord& plan, const desk::Jobs& jobs);
std::string made_link_json(const desk::MadeLink& made);
std::string shared_json(const desk::SharedPlan& shared);
/// The files of a plan that a link shows: the report's, not the village's.
std::vector<std::string> shared_files(const desk::PlanRecord& plan);

}  // namespace xiaoyuan::api
