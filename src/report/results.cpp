#include "report/results.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/network_words.hpp"
#include "report/results_parts.hpp"
#include "report/version.hpp"
#include "solar/names.hpp"

namespace xiaoyuan::report {

namespace {

Json village_json(const plan::Inputs& inputs) {
  const model::Village& village = inputs.village;
  std::size_t with_pv = 0;
  std::size_t with_battery = 0;
  std::size_t with_heat_pump = 0;
  double battery_kwh = 0.0;
  for (const model::Household& home : village.households) {
    with_pv += home.makes_energy() ? 1 : 0;
    with_battery += home.battery.energy_kwh > 0.0 ? 1 : 0;
    with_heat_pump += home.heating.exists() ? 1 : 0;
    battery_kwh += home.battery.energy_kwh;
  }
  return {{"id", village.id},
          {"name", both(village.name)},
          {"note", both(village.note)},
          {"illustrative", village.illustrative},
          {"region", village.region},
          {"latitude_deg", village.place.latitude_deg},
          {"longitude_deg", village.place.longitude_deg},
          {"elevation_m", village.place.elevation_m},
          {"time_zone", village.zone.name()},
          {"first_day", text_of(inputs.times.front().date())},
          {"last_day", text_of(inputs.times.back().date())},
          {"step_minutes", village.axis.step.count() / 60},
          {"life_years", village.life_years},
          {"households", village.households.size()},
          {"with_pv", with_pv},
          {"with_battery", with_battery},
          {"with_heat_pump", with_heat_pump},
          {"capacity_kwp", number(village.capacity_kwp())},
          {"battery_kwh", number(battery_kwh)}};
}

Json energy_json(const plan::Inputs& inputs, const plan::Study& study) {
  const plan::EnergySums& sums = study.energy;
  Json json;
  put_energy(json, sums);
  json["battery_loss_kwh"] = number(sums.battery_loss_kwh);
  json["self_consumption"] = number(share(sums.self_used_kwh(), sums.pv_kwh));
  json["self_sufficiency"] = number(share(sums.load_kwh - sums.import_kwh, sums.load_kwh));
  json["net_balance"] = number(share(sums.pv_kwh - sums.curtailed_kwh, sums.load_kwh));
  json["hourly_matched_share"] = number(study.hourly_matched_share);
  json["yield_kwh_per_kwp"] = number(share(sums.pv_kwh, inputs.village.capacity_kwp()));
  return json;
}

constexpr double least_shown_kwh = 1e-6;  // less is the rounding of a year's sums

Json flows_json(const plan::FlowSums& flows) {
  Json list = Json::array();
  const auto add = [&list](const char* from, const char* to, double kwh) {
    if (kwh > least_shown_kwh) {
      list.push_back({{"from", from}, {"to", to}, {"kwh", number(kwh)}});
    }
  };
  add("pv", "load", flows.pv_to_load);
  add("pv", "battery", flows.pv_to_battery);
  add("pv", "grid_out", flows.pv_to_grid);
  add("pv", "curtailed", flows.pv_curtailed);
  add("grid_in", "load", flows.grid_to_load);
  add("grid_in", "battery", flows.grid_to_battery);
  add("battery", "load", flows.battery_to_load);
  add("battery", "grid_out", flows.battery_to_grid);
  add("battery", "loss", flows.battery_loss);
  return list;
}

Json months_json(const std::vector<plan::MonthSums>& months) {
  Json list = Json::array();
  for (const plan::MonthSums& month : months) {
    Json json{{"month", fmt::format("{:04}-{:02}", month.year, month.month)}};
    put_energy(json, month.energy);
    json["import_yuan"] = number(month.import_yuan);
    json["export_yuan"] = number(month.export_yuan);
    list.push_back(std::move(json));
  }
  return list;
}

Json typical_days_json(const std::array<plan::TypicalDay, 4>& days) {
  static constexpr const char* seasons[] = {"spring", "summer", "autumn", "winter"};
  Json list = Json::array();
  for (std::size_t i = 0; i < days.size(); ++i) {
    list.push_back({{"season", seasons[i]},
                    {"days", days[i].days},
                    {"load_kw", numbers(days[i].load_kw)},
                    {"pv_kw", numbers(days[i].pv_kw)},
                    {"import_kw", numbers(days[i].import_kw)},
                    {"export_kw", numbers(days[i].export_kw)}});
  }
  return list;
}

Json transformer_json(const plan::Inputs& inputs, const model::Transformer& transformer,
                      const plan::TransformerYear& year) {
  const hosting::Hosting2025& now = year.standard_2025;
  const hosting::Hosting2019& before = year.standard_2019;
  return {{"id", transformer.id},
          {"rating_kva", transformer.rating_kva * transformer.in_parallel},
          {"in_parallel", transformer.in_parallel},
          {"households", year.households},
          {"connected_kw", number(year.connected_kw)},
          {"registered_kw", number(transformer.registered_kw)},
          {"peak_import_kw", number(year.peak_import_kw)},
          {"peak_export_kw", number(year.peak_export_kw)},
          {"reverse_hours", number(year.reverse_hours)},
          {"over_limit_hours", number(year.over_limit_hours)},
          {"typical_moment",
           {{"time", spoken_time(inputs, year.typical_step)},
            {"load_kw", number(year.typical_load_kw)},
            {"pv_kw", number(year.typical_pv_kw)}}},
          {"standard_2025",
           {{"grade", name_of(year.grade_2025).en},
            {"grade_quick", name_of(now.grade).en},
            {"s_d_kw", number(now.allowed_kw)},
            {"c1_kw", number(now.room_kw)},
            {"c2_kw", number(now.room_after_registered_kw)},
            {"tau_max", number(year.simultaneity)},
            {"beta", number(now.reverse_rate)},
            {"storage_kw", number(year.storage_kw)},
            {"other_generation_kw", number(transformer.other_generation_kw)},
            {"power_factor", inputs.village.assumptions.value("grid.power_factor")}}},
          {"standard_2019",
           {{"grade", name_of(year.grade_2019).en},
            {"grade_quick", name_of(before.grade).en},
            {"lambda", number(before.lambda)},
            {"p_m_kw", number(before.room_kw)}}},
          {"is_checked", year.is_checked},
          {"duration_kw", numbers(year.duration_kw)}};
}

Json factor_json(const carbon::Factor& factor, double kwh, bool chosen) {
  return {{"id", factor.id},
          {"name", both(factor.name)},
          {"kg_per_kwh", factor.kg_per_kwh},
          {"year", factor.year},
          {"kind", names_of(factor.kind)[static_cast<std::size_t>(factor.kind)]},
          {"region", factor.region},
          {"avoided_t", number(carbon::avoided_t(kwh, factor))},
          {"document", factor.document},
          {"source", factor.source},
          {"confidence", factor.confidence},
          {"chosen", chosen}};
}

Json states_json(const plan::CarbonYear& carbon) {
  Json list = Json::array();
  for (const carbon::StateRow& row : carbon.states) {
    list.push_back({{"state", names_of(row.state)[static_cast<std::size_t>(row.state)]},
                    {"kwh", row.energy.kwh()},
                    {"avoided_t", number(row.avoided_t)}});
  }
  return list;
}

Json life_json(const plan::CarbonYear& carbon, double decline) {
  Json years = Json::array();
  for (const carbon::YearAvoided& year : carbon.life) {
    years.push_back({{"year", year.year},
                     {"kg_per_kwh", number(year.kg_per_kwh)},
                     {"avoided_t", number(year.avoided_t)}});
  }
  return {{"decline_per_year", decline},
          {"total_t", number(carbon::total_t(carbon.life))},
          {"years", std::move(years)}};
}

Json heating_json(const std::optional<plan::CoalReplaced>& coal) {
  if (!coal) {
    return nullptr;
  }
  return {{"homes", coal->homes},
          {"heat_kwh", number(coal->heat_kwh)},
          {"coal_t", number(coal->avoided.coal_t)},
          {"coal_co2_t", number(coal->avoided.baseline_t)},
          {"electricity_co2_t", number(coal->avoided.electricity_t)},
          {"avoided_t", number(coal->avoided.avoided_t())},
          {"method", both(coal->avoided.method)}};
}

Json losses_json(const plan::Study& study) {
  Json list = Json::array();
  if (study.waterfall.at(solar::Stage::horizontal) == 0.0) {
    return list;
  }
  for (std::size_t i = 0; i < solar::stages; ++i) {
    const auto stage = static_cast<solar::Stage>(i);
    list.push_back({{"stage", solar::name_of(stage)},
                    {"kind", solar::is_total(stage) ? "total" : "change"},
                    {"kwh", number(study.waterfall.at(stage))}});
  }
  const plan::EnergySums& sums = study.energy;
  list.push_back(
      {{"stage", "curtailed"}, {"kind", "change"}, {"kwh", number(-sums.curtailed_kwh)}});
  list.push_back({{"stage", "self_used"}, {"kind", "part"}, {"kwh", number(sums.self_used_kwh())}});
  list.push_back({{"stage", "sold"}, {"kind", "part"}, {"kwh", number(sums.export_kwh)}});
  return list;
}

Json carbon_json(const plan::Inputs& inputs, const plan::CarbonYear& carbon) {
  const double kwh = carbon.avoided_kwh;
  Json list = Json::array();
  for (const carbon::Factor& factor : inputs.factors) {
    const bool is_near = factor.region == inputs.village.region || factor.region == "china" ||
                         factor.region == inputs.village.grid_region ||
                         factor.id == inputs.factor().id;
    if (is_near) {
      list.push_back(factor_json(factor, kwh, factor.id == inputs.factor().id));
    }
  }
  return {{"method", both(carbon::avoided_method())},
          {"avoided_t", number(carbon::avoided_t(kwh, inputs.factor()))},
          {"factor", factor_json(inputs.factor(), kwh, true)},
          {"by_factor", std::move(list)},
          {"states", states_json(carbon)},
          {"life",
           life_json(carbon, inputs.village.assumptions.value("carbon.factor_decline_per_year"))},
          {"heating", heating_json(carbon.coal)}};
}

Json net_power_json(const plan::Inputs& inputs, const plan::Study& study) {
  Json days = Json::array();
  for (const std::array<double, 24>& hours : study.net_power_kw) {
    days.push_back(rough_numbers({hours.begin(), hours.end()}, 4));
  }
  return {{"first_day", text_of(inputs.times.front().date())}, {"kw", std::move(days)}};
}

Json assumptions_json(const model::Assumptions& assumptions) {
  Json list = Json::array();
  for (const model::Assumption& assumption : assumptions.all) {
    list.push_back({{"key", assumption.key},
                    {"value", assumption.value},
                    {"unit", assumption.unit},
                    {"meaning", both(assumption.meaning)},
                    {"source", assumption.source},
                    {"confidence", assumption.confidence},
                    {"from_village", assumption.from_village}});
  }
  return list;
}

Json versions_json(const std::vector<plan::UsedVersion>& versions) {
  Json list = Json::array();
  for (const plan::UsedVersion& version : versions) {
    list.push_back({{"kind", version.kind},
                    {"id", version.id},
                    {"name", both(version.name)},
                    {"valid_from", day(version.valid_from)},
                    {"valid_to", day(version.valid_to)},
                    {"document", version.document},
                    {"source", version.source},
                    {"confidence", version.confidence}});
  }
  return list;
}

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A line for each key of the root, and for each item of a list of tables: short, and still to be
/// read by line.
std::string laid_out(const Json& root) {
  std::string text = "{";
  for (const auto& [key, value] : root.items()) {
    text += fmt::format("{}\n{}: ", text.size() > 1 ? "," : "", written(key));
    const bool is_list = value.is_array() && !value.empty() && value.front().is_object();
    if (!is_list) {
      text += written(value);
      continue;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      text += fmt::format("{}\n {}", i == 0 ? "[" : ",", written(value[i]));
    }
    text += "\n]";
  }
  return text + "\n}\n";
}

}  // namespace

void put_energy(Json& json, const plan::EnergySums& sums) {
  json["load_kwh"] = number(sums.load_kwh);
  json["heat_pump_kwh"] = number(sums.heat_pump_kwh);
  json["car_kwh"] = number(sums.car_kwh);
  json["pv_kwh"] = number(sums.pv_kwh);
  json["self_used_kwh"] = number(sums.self_used_kwh());
  json["import_kwh"] = number(sums.import_kwh);
  json["export_kwh"] = number(sums.export_kwh);
  json["curtailed_kwh"] = number(sums.curtailed_kwh);
}

std::string results_json(const plan::Inputs& inputs, const Findings& findings) {
  const plan::Study& study = findings.study;
  const model::Village& village = inputs.village;
  Json json{{"schema", "xiaoyuan.plan/2"},
            {"program",
             {{"name", "xiaoyuan"},
              {"version", program_version()},
              {"language", findings.language == Language::chinese ? "zh" : "en"}}},
            {"village", village_json(inputs)},
            {"energy", energy_json(inputs, study)},
            {"flows", flows_json(study.flows)},
            {"months", months_json(study.months)},
            {"typical_days", typical_days_json(study.typical_days)},
            {"money", money_json(study, village.assumptions.value("money.discount_rate"))}};
  Json households = Json::array();
  for (std::size_t i = 0; i < study.households.size(); ++i) {
    households.push_back(household_json(inputs, village.households[i], study.households[i]));
  }
  json["households"] = std::move(households);
  Json transformers = Json::array();
  for (std::size_t i = 0; i < study.transformers.size(); ++i) {
    transformers.push_back(
        transformer_json(inputs, village.transformers[i], study.transformers[i]));
    transformers.back()["coordination"] = coordination_json(inputs, study.coordinations[i]);
  }
  json["transformers"] = std::move(transformers);
  json["network"] = network_json(inputs, study);
  json["net_power"] = net_power_json(inputs, study);
  json["scenarios"] = scenarios_json(findings.scenarios);
  json["parties"] = parties_json(study.parties);
  json["uncertainty"] = uncertainty_json(findings.uncertainty);
  json["sizing"] = sizing_json(inputs, study.sizing);
  json["losses"] = losses_json(study);
  json["carbon"] = carbon_json(inputs, study.carbon);
  json["assumptions"] = assumptions_json(village.assumptions);
  json["versions"] = versions_json(inputs.versions);
  Json warnings = Json::array();
  for (const auto* list : {&inputs.warnings, &study.notes}) {
    for (const Text& warning : *list) {
      warnings.push_back(both(warning));
    }
  }
  json["warnings"] = std::move(warnings);
  return laid_out(json);
}

}  // namespace xiaoyuan::report
