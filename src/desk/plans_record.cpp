#include "desk/plans_record.hpp"

#include <nlohmann/json.hpp>

namespace xiaoyuan::desk {

namespace {

using KeptPlanJson = nlohmann::ordered_json;

KeptPlanJson link_json(const PlanLink& link) {
  return {{"id", link.id},
          {"secret_sha256", hex(link.secret)},
          {"made_at", link.made_at.time_since_epoch().count()},
          {"until", link.until ? KeptPlanJson(link.until->time_since_epoch().count())
                               : KeptPlanJson(nullptr)}};
}

Instant moment(const KeptPlanJson& json) {
  return Instant{std::chrono::seconds{json.get<std::int64_t>()}};
}

PlanLink link_of(const KeptPlanJson& json) {
  PlanLink link;
  link.id = json.at("id").get<std::string>();
  link.secret = digest_from_hex(json.at("secret_sha256").get<std::string>()).value_or(Digest{});
  link.made_at = moment(json.at("made_at"));
  if (!json.at("until").is_null()) {
    link.until = moment(json.at("until"));
  }
  return link;
}

PlanRecord read_plan(const KeptPlanJson& json) {
  PlanRecord plan;
  plan.id = json.at("id").get<std::string>();
  plan.asked.village = json.at("village").get<std::string>();
  plan.asked.account = json.at("account").get<std::string>();
  plan.asked.name = json.at("name").get<std::string>();
  plan.asked.changes = json.at("changes").get<std::string>();
  plan.asked.compares = json.at("compares").get<bool>();
  plan.asked.draws = json.at("draws").get<std::size_t>();
  plan.asked.language = json.at("language") == "zh" ? Language::chinese : Language::english;
  plan.asked_at = moment(json.at("asked_at"));
  plan.job = json.at("job").get<std::string>();
  plan.village_name = {json.at("village_en").get<std::string>(),
                       json.at("village_zh").get<std::string>()};
  plan.figures = json.at("figures").get<std::string>();
  plan.scenarios = json.at("scenarios").get<std::string>();
  plan.files = json.at("files").get<std::vector<std::string>>();
  for (const KeptPlanJson& link : json.at("links")) {
    plan.links.push_back(link_of(link));
  }
  return plan;
}

}  // namespace

std::string record_of(const PlanRecord& plan) {
  KeptPlanJson links = KeptPlanJson::array();
  for (const PlanLink& link : plan.links) {
    links.push_back(link_json(link));
  }
  const KeptPlanJson json{{"id", plan.id},
                          {"village", plan.asked.village},
                          {"account", plan.asked.account},
                          {"name", plan.asked.name},
                          {"changes", plan.asked.changes},
                          {"compares", plan.asked.compares},
                          {"draws", plan.asked.draws},
                          {"language", plan.asked.language == Language::chinese ? "zh" : "en"},
                          {"asked_at", plan.asked_at.time_since_epoch().count()},
                          {"job", plan.job},
                          {"village_en", plan.village_name.en},
                          {"village_zh", plan.village_name.zh},
                          {"figures", plan.figures},
                          {"scenarios", plan.scenarios},
                          {"files", plan.files},
                          {"links", std::move(links)}};
  return json.dump(1, ' ', false, KeptPlanJson::error_handler_t::replace);
}

Result<PlanRecord> plan_from(std::string_view record) {
  try {
    return read_plan(KeptPlanJson::parse(record));
  } catch (const nlohmann::json::exception&) {
    return fail(Fault::unreadable, {"is no record of a plan", "不是规划记录"},
                {"plan.json", 0, ""});
  }
}

}  // namespace xiaoyuan::desk
