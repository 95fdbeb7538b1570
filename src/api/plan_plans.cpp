#include <algorithm>

#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/plan_handlers.hpp"
#include "api/plan_json.hpp"
#include "api/plan_lists.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "people/words.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::size_t most_of_name = 120;
constexpr std::string_view rights_of_plans = "--v----v";

Result<desk::PlanAsked> plan_asked(const Call& call) {
  AskedBody body(call.request.body);
  desk::PlanAsked asked{.village = std::string(call["village"]),
                        .account = call.caller.account,
                        .name = body.text_if("name").value_or(""),
                        .changes = body.json_if("changes").value_or(""),
                        .compares = body.truth_if("compares").value_or(true),
                        .draws = 0,
                        .language = call.language};
  const std::int64_t draws = body.whole_if("draws").value_or(0);
  if (std::in_range<std::size_t>(draws)) {
    asked.draws = static_cast<std::size_t>(draws);
  } else {
    body.take({{Fault::bad_input,
                number_expected({0.0, 1000.0}, std::to_string(draws)),
                {"", 0, "draws"}}});
  }
  if (const auto language = body.choice_if("language", {"en", "zh"})) {
    asked.language = *language == 1 ? Language::chinese : Language::english;
  }
  if (auto name = people::check_line(asked.name, most_of_name, "name"); !name) {
    body.take(std::move(name.error()));
  }
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return asked;
}

const char* type_of(const std::string& name) {
  return name.ends_with(".json")   ? "application/json"
         : name.ends_with(".html") ? "text/html; charset=utf-8"
         : name.ends_with(".csv")  ? "text/csv; charset=utf-8"
         : name.ends_with(".xlsx")
             ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
             : "text/plain; charset=utf-8";
}

/// A report may run its own script and nothing else: it sees no session and reaches no server.
void shut_in(http::Response& response) {
  response.headers.push_back({"Content-Security-Policy",
                              "default-src 'none'; script-src 'unsafe-inline'; style-src "
                              "'unsafe-inline'; img-src data: blob:; font-src data:; "
                              "frame-ancestors 'self'; sandbox allow-scripts allow-downloads"});
  response.headers.push_back({"X-Frame-Options", "SAMEORIGIN"});
}

}  // namespace

Result<desk::PlanRecord> plan_of(const Call& call) {
  auto plan = call.world.plans->find(std::string(call["plan"]));
  const bool may_see = plan && people::reach_of(call.caller, {.rights = rights_of_plans,
                                                              .village = plan->asked.village,
                                                              .holder = {},
                                                              .is_open = false});
  if (!may_see) {
    return fail(Fault::not_found, {"there is no such plan", "没有此规划"},
                {"", 0, std::string(call["plan"])});
  }
  return std::move(*plan);
}

Result<http::Response> list_plans(const Call& call) {
  TRY(const PageOf page, page_of(call));
  ListOfPage list(page);
  for (const desk::PlanRecord& plan : call.world.plans->of_village(std::string(call["village"]))) {
    list.add(plan.id, [&] { return card_json(plan, *call.world.jobs); });
  }
  return json_answer(call, std::move(list).json());
}

Result<http::Response> make_plan(const Call& call) {
  TRY(const desk::PlanAsked asked, plan_asked(call));
  TRY(const desk::PlanRecord plan,
      desk::ask_for_plan(*call.world.plans, *call.world.jobs, asked, call.now));
  if (auto noted = call.note("plan.asked", "village/" + asked.village + "/plan/" + plan.id);
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return accepted(plan.job, card_json(plan, *call.world.jobs));
}

Result<http::Response> get_plan(const Call& call) {
  TRY(const desk::PlanRecord plan, plan_of(call));
  return json_answer(call, plan_json(plan, *call.world.jobs));
}

Result<http::Response> delete_plan(const Call& call) {
  TRY(const desk::PlanRecord plan, plan_of(call));
  if (!plan.is_done() && call.world.jobs->find(plan.job)) {
    TRY(const desk::Job cancelled, call.world.jobs->cancel(plan.job));
  }
  if (auto removed = call.world.plans->remove(plan.id); !removed) {
    return std::unexpected(std::move(removed.error()));
  }
  if (auto noted = call.note("plan.removed", "village/" + plan.asked.village + "/plan/" + plan.id);
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return nothing();
}

Result<http::Response> plan_file_answer(const Call& call, const desk::PlanRecord& plan,
                                        const std::string& name) {
  TRY(std::string bytes, call.world.plans->file(plan.id, name));
  const bool shows = name == "report.html" && call.request.parameter("show") == "true";
  http::Response response = file_answer(
      call,
      {.name = plan.asked.name + "-" + name, .type = type_of(name), .bytes = std::move(bytes)});
  if (shows) {
    std::erase_if(response.headers,
                  [](const http::Header& header) { return header.name == "Content-Disposition"; });
    shut_in(response);
  }
  return response;
}

Result<http::Response> get_plan_file(const Call& call) {
  TRY(const desk::PlanRecord plan, plan_of(call));
  return plan_file_answer(call, plan, std::string(call["file"]));
}

}  // namespace xiaoyuan::api
