// The handlers of planning: the studio, plans and their links, a village's files, a new village.
#pragma once
#include "api/route.hpp"
#include "desk/plans.hpp"

namespace xiaoyuan::api {

Result<http::Response> get_studio(const Call& call);
Result<http::Response> try_household(const Call& call);

Result<http::Response> list_plans(const Call& call);
Result<http::Response> make_plan(const Call& call);
Result<http::Response> get_plan(const Call& call);
Result<http::Response> delete_plan(const Call& call);
Result<http::Response> get_plan_file(const Call& call);

Result<http::Response> share_plan(const Call& call);
Result<http::Response> revoke_link(const Call& call);
Result<http::Response> get_link(const Call& call);
Result<http::Response> get_link_file(const Call& call);

Result<http::Response> list_files(const Call& call);
Result<http::Response> get_file(const Call& call);
Result<http::Response> put_file(const Call& call);

Result<http::Response> get_wizard(const Call& call);
Result<http::Response> make_village(const Call& call);

/// The plan of {plan}; for who may not see it there is none.
Result<desk::PlanRecord> plan_of(const Call& call);
/// A file of a plan, to be saved or, a report with ?show=true, to be looked at.
Result<http::Response> plan_file_answer(const Call& call, const desk::PlanRecord& plan,
                                        const std::string& name);

}  // namespace xiaoyuan::api
