#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/plan_handlers.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/studio.hpp"

namespace xiaoyuan::api {

namespace {

/// The households that a villager has in the village.
std::vector<std::string> own_households(const Call& call) {
  std::vector<std::string> own;
  for (const people::Grant& grant : call.caller.grants) {
    if (grant.role == people::Role::villager && grant.village == call["village"]) {
      own.push_back(grant.holder);
    }
  }
  return own;
}

bool sees_all(const Call& call) { return call.reach != people::Reach::own; }

Result<desk::TrialAsked> trial_asked(const Call& call) {
  AskedBody body(call.request.body);
  desk::TrialAsked asked{.household = body.text("household"), .changes = {}};
  auto changes = desk::read_changes(body.json_if("changes").value_or(""));
  if (changes) {
    asked.changes = std::move(*changes);
  } else {
    body.take(std::move(changes.error()));
  }
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return asked;
}

}  // namespace

Result<http::Response> get_studio(const Call& call) {
  const auto view = desk_of(call)->view();
  desk::StudioAsked asked{.view = *view,
                          .share = call.world.share,
                          .only = own_households(call),
                          .shows_all = sees_all(call)};
  if (asked.shows_all) {
    const auto plans = call.world.plans->of_village(view->name);
    const auto last = std::ranges::find_if(plans, &desk::PlanRecord::is_done);
    if (last != plans.end()) {
      asked.last = *last;
    }
  }
  TRY(std::string json, desk::studio_json(asked));
  return json_answer(call, std::move(json));
}

Result<http::Response> try_household(const Call& call) {
  const auto began = std::chrono::steady_clock::now();
  TRY(const desk::TrialAsked asked, trial_asked(call));
  const auto own = own_households(call);
  if (!sees_all(call) && std::ranges::find(own, asked.household) == own.end()) {
    return fail(Fault::bad_input, unknown_name(asked.household, own), {"", 0, "household"});
  }
  TRY(const desk::Trial trial,
      call.world.studio.run(*desk_of(call)->view(), call.world.share, asked));
  http::Response response = json_answer(call, desk::trial_json(trial));
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - began;
  response.headers.push_back({"Server-Timing", fmt::format("plan;dur={:.1f}", taken.count())});
  return response;
}

}  // namespace xiaoyuan::api
