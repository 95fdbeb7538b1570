#include <algorithm>

#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/plan_handlers.hpp"
#include "api/plan_json.hpp"
#include "api/world.hpp"

namespace xiaoyuan::api {

namespace {

/// One answer for a secret that is wrong, over or taken back.
Result<desk::SharedPlan> shared_of(const Call& call) {
  auto shared = call.world.plans->find_shared(call["link"], call.now);
  if (!shared) {
    return fail(Fault::not_found, {"this link leads nowhere, or no longer", "链接无效或已失效"});
  }
  return std::move(*shared);
}

}  // namespace

Result<http::Response> share_plan(const Call& call) {
  TRY(const desk::PlanRecord plan, plan_of(call));
  AskedBody body(call.request.body);
  const auto until = body.instant_if("until_unix_s");
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  TRY(const desk::MadeLink made_link, call.world.plans->share(plan.id, until, call.now));
  if (auto noted = call.note("plan.shared", "village/" + plan.asked.village + "/plan/" + plan.id +
                                                "/link/" + made_link.link.id);
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return made("/api/v1/plans/" + plan.id + "/links/" + made_link.link.id,
              made_link_json(made_link));
}

Result<http::Response> revoke_link(const Call& call) {
  TRY(const desk::PlanRecord plan, plan_of(call));
  const std::string link(call["link"]);
  if (auto revoked = call.world.plans->revoke(plan.id, link); !revoked) {
    return std::unexpected(std::move(revoked.error()));
  }
  if (auto noted = call.note("plan.link_revoked", "village/" + plan.asked.village + "/plan/" +
                                                      plan.id + "/link/" + link);
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return nothing();
}

Result<http::Response> get_link(const Call& call) {
  TRY(const desk::SharedPlan shared, shared_of(call));
  return json_answer(call, shared_json(shared));
}

Result<http::Response> get_link_file(const Call& call) {
  TRY(const desk::SharedPlan shared, shared_of(call));
  const std::string name(call["file"]);
  const auto files = shared_files(shared.plan);
  if (std::ranges::find(files, name) == files.end()) {
    return fail(Fault::not_found, {"the link shows no such file", "链接中没有此文件"},
                {name, 0, ""});
  }
  return plan_file_answer(call, shared.plan, name);
}

}  // namespace xiaoyuan::api
