#include "api/plan_json.hpp"

#include <nlohmann/json.hpp>

#include "desk/plans_changes.hpp"

namespace xiaoyuan::api {

namespace {

using PlanJson = nlohmann::ordered_json;

std::string written(const PlanJson& json) {
  return json.dump(-1, ' ', false, PlanJson::error_handler_t::replace);
}

/// Of what was kept as JSON; `otherwise` while there is none.
PlanJson kept_json(const std::string& text, PlanJson otherwise) {
  return text.empty() ? std::move(otherwise) : PlanJson::parse(text, nullptr, false);
}

/// A plan whose job is long forgotten and that has no figures was never made.
desk::JobState state_of(const desk::PlanRecord& plan, const desk::Jobs& jobs) {
  if (plan.is_done()) {
    return desk::JobState::done;
  }
  const auto job = jobs.find(plan.job);
  return job ? job->state : desk::JobState::failed;
}

const char* word_of_language(const desk::PlanRecord& plan) {
  return plan.asked.language == Language::chinese ? "zh" : "en";
}

PlanJson card(const desk::PlanRecord& plan, const desk::Jobs& jobs) {
  const desk::JobState state = state_of(plan, jobs);
  const PlanJson changes = kept_json(plan.asked.changes, PlanJson::object());
  return {{"id", plan.id},
          {"village", plan.asked.village},
          {"name", plan.asked.name},
          {"state", desk::words_of(state).at(static_cast<std::size_t>(state))},
          {"job", plan.job},
          {"asked_unix_s", plan.asked_at.time_since_epoch().count()},
          {"language", word_of_language(plan)},
          {"has_changes", !changes.empty()},
          {"figures", kept_json(plan.figures, nullptr)},
          {"files", plan.files}};
}

PlanJson until_json(const desk::PlanLink& link) {
  return link.until ? PlanJson(link.until->time_since_epoch().count()) : PlanJson(nullptr);
}

PlanJson link_json(const desk::PlanLink& link) {
  return {{"id", link.id},
          {"made_unix_s", link.made_at.time_since_epoch().count()},
          {"until_unix_s", until_json(link)}};
}

}  // namespace

std::string card_json(const desk::PlanRecord& plan, const desk::Jobs& jobs) {
  return written(card(plan, jobs));
}

std::string plan_json(const desk::PlanRecord& plan, const desk::Jobs& jobs) {
  PlanJson links = PlanJson::array();
  for (const desk::PlanLink& link : plan.links) {
    links.push_back(link_json(link));
  }
  return written({{"card", card(plan, jobs)},
                  {"changes", kept_json(plan.asked.changes, PlanJson::object())},
                  {"scenarios", kept_json(plan.scenarios, PlanJson::array())},
                  {"links", std::move(links)}});
}

std::string made_link_json(const desk::MadeLink& made) {
  PlanJson json = link_json(made.link);
  json["secret"] = made.secret;
  return written(json);
}

std::vector<std::string> shared_files(const desk::PlanRecord& plan) {
  std::vector<std::string> files = plan.files;
  std::erase_if(files, [](const std::string& name) {
    return name != "results.json" && name != "report.html" && name != "households.xlsx";
  });
  return files;
}

std::string shared_json(const desk::SharedPlan& shared) {
  const desk::PlanRecord& plan = shared.plan;
  return written({{"name", plan.asked.name},
                  {"village_name", {{"en", plan.village_name.en}, {"zh", plan.village_name.zh}}},
                  {"asked_unix_s", plan.asked_at.time_since_epoch().count()},
                  {"language", word_of_language(plan)},
                  {"figures", kept_json(plan.figures, nullptr)},
                  {"scenarios", kept_json(plan.scenarios, PlanJson::array())},
                  {"files", shared_files(plan)},
                  {"until_unix_s", until_json(shared.link)}});
}

}  // namespace xiaoyuan::api
