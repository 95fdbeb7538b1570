#include <nlohmann/json.hpp>

#include "report/results_parts.hpp"

namespace xiaoyuan::report {

namespace {

const char* word_of(plan::Outcome outcome) {
  switch (outcome) {
    case plan::Outcome::not_asked:
      return "not_asked";
    case plan::Outcome::within_limits:
      return "within_limits";
    case plan::Outcome::coordinated:
      return "coordinated";
    case plan::Outcome::not_possible:
      break;
  }
  return "not_possible";
}

Json beyond_json(const plan::BeyondLimits& beyond) {
  return {{"import_hours", number(beyond.import.hours)},
          {"import_kwh", number(beyond.import.kwh)},
          {"peak_import_kw", number(beyond.import.peak_kw)},
          {"export_hours", number(beyond.exported.hours)},
          {"export_kwh", number(beyond.exported.kwh)},
          {"peak_export_kw", number(beyond.exported.peak_kw)}};
}

Json price_json(const plan::CapacityPrice& price) {
  Json days = nullptr;
  if (price.hours > 0.0) {
    days = Json::array();
    for (const std::array<double, 24>& hours : price.yuan_per_kw) {
      days.push_back(rough_numbers({hours.begin(), hours.end()}, 4));
    }
  }
  return {{"yuan_per_kw_year", number(price.yuan_per_kw_year)},
          {"hours", number(price.hours)},
          {"yuan_per_kw", std::move(days)}};
}

Json rules_json(const plan::Inputs& inputs, const plan::Coordination& coordination) {
  Json list = Json::array();
  for (const plan::RuleFigures& rule : coordination.rules) {
    list.push_back({{"curtailment", name_of(rule.rule)},
                    {"cost_yuan", number(rule.cost_yuan)},
                    {"more_than_least_yuan", number(coordination.more_than_least_yuan(rule))},
                    {"curtailed_kwh", number(rule.withheld_kwh)},
                    {"least_share", number(rule.least_share)},
                    {"median_share", number(rule.median_share)},
                    {"most_share", number(rule.most_share)},
                    {"worst_household", inputs.village.households[rule.worst_household].id},
                    {"worst_lost_yuan", number(rule.worst_lost_yuan)}});
  }
  return list;
}

Json given_up_json(const plan::Inputs& inputs, const plan::Coordination& coordination) {
  Json list = Json::array();
  for (const plan::GivenUp& home : coordination.households) {
    list.push_back({{"id", inputs.village.households[home.household].id},
                    {"curtailed_kwh", number(home.withheld_kwh)},
                    {"curtailed_share", number(home.withheld_share)},
                    {"alone_yuan", number(home.alone_yuan)},
                    {"cost_yuan", number(home.cost_yuan)},
                    {"lost_yuan", number(home.lost_yuan())}});
  }
  return list;
}

}  // namespace

Json coordination_json(const plan::Inputs& inputs, const plan::Coordination& coordination) {
  if (coordination.outcome == plan::Outcome::not_asked) {
    return nullptr;
  }
  Json proof = nullptr;
  Json price = nullptr;
  if (coordination.has_least_cost()) {
    proof = {{"alone_yuan", number(coordination.alone_yuan)},
             {"cost_yuan", number(coordination.least_cost_yuan)},
             {"bound_yuan", number(coordination.bound_yuan)},
             {"gap", coordination.gap},
             {"rounds", coordination.rounds}};
    price = {{"first_day", text_of(inputs.times.front().date())},
             {"import", price_json(coordination.import_price)},
             {"export", price_json(coordination.export_price)}};
  }
  return {{"outcome", word_of(coordination.outcome)},
          {"curtailment", name_of(coordination.rule)},
          {"import_limit_kw", number(coordination.limits.import_kw)},
          {"export_limit_kw", number(coordination.limits.export_kw)},
          {"keeps_import_limit", coordination.together.import.hours == 0.0},
          {"alone", beyond_json(coordination.alone)},
          {"together", beyond_json(coordination.together)},
          {"duration_alone_kw", numbers(coordination.duration_alone_kw)},
          {"least_cost", std::move(proof)},
          {"capacity_price", std::move(price)},
          {"rules", rules_json(inputs, coordination)},
          {"households", given_up_json(inputs, coordination)}};
}

}  // namespace xiaoyuan::report
