#include <nlohmann/json.hpp>

#include "report/results_parts.hpp"

namespace xiaoyuan::report {

namespace {

Json weighed_json(const plan::WeighedSizes& weighed) {
  return {{"pv_kwp", number(weighed.sizes.kwp())},
          {"battery_kwh", number(weighed.sizes.battery_kwh)},
          {"battery_kw", number(weighed.sizes.battery_kw)},
          {"total_yuan", number(weighed.total_yuan)},
          {"capex_yuan", number(weighed.capex_yuan)},
          {"import_kwh", number(weighed.import_kwh)},
          {"self_sufficiency", number(weighed.self_sufficiency)}};
}

Json roofs_json(const plan::HouseholdSizing& home) {
  Json list = Json::array();
  for (const plan::SizedRoof& roof : home.roofs) {
    list.push_back({{"room_kwp", number(roof.room_kwp)},
                    {"kwp", number(roof.kwp)},
                    {"price_yuan", number(roof.price_yuan)},
                    {"changes_at_yuan", number(roof.changes_at_yuan)}});
  }
  return list;
}

Json sized_household_json(const plan::HouseholdSizing& home) {
  if (!home.is_sized()) {
    return {{"id", home.id}, {"refusal", both(home.refusal)}};
  }
  return {{"id", home.id},
          {"refusal", nullptr},
          {"planned", weighed_json(home.planned)},
          {"proved", weighed_json(home.proved)},
          {"bound_yuan", number(home.bound_yuan)},
          {"gap", number(home.gap)},
          {"quantity_gap", number(home.quantity_gap)},
          {"saved_yuan", number(home.saved_yuan)},
          {"saved_yuan_per_year", number(home.saved_yuan_per_year)},
          {"roofs", roofs_json(home)},
          {"battery_price_yuan", number(home.battery_price_yuan)},
          {"battery_changes_at_yuan", number(home.battery_changes_at_yuan)}};
}

Json sizing_sums_json(const plan::SizingSums& sums) {
  return {{"households", sums.households},
          {"with_battery", sums.with_battery},
          {"planned_kwp", number(sums.planned_kwp)},
          {"planned_battery_kwh", number(sums.planned_battery_kwh)},
          {"planned_yuan", number(sums.planned_yuan)},
          {"pv_kwp", number(sums.kwp)},
          {"battery_kwh", number(sums.battery_kwh)},
          {"total_yuan", number(sums.total_yuan)},
          {"bound_yuan", number(sums.bound_yuan)},
          {"capex_yuan", number(sums.capex_yuan)},
          {"saved_yuan", number(sums.saved_yuan)},
          {"saved_yuan_per_year", number(sums.saved_yuan_per_year)}};
}

Json front_json(const std::optional<plan::SizingFront>& front) {
  if (!front) {
    return nullptr;
  }
  Json points = Json::array();
  for (const plan::FrontPoint& point : front->points) {
    points.push_back({{"self_sufficiency", number(point.self_sufficiency)},
                      {"total_yuan", number(point.total_yuan)},
                      {"capex_yuan", number(point.capex_yuan)},
                      {"pv_kwp", number(point.sizes.kwp())},
                      {"battery_kwh", number(point.sizes.battery_kwh)},
                      {"battery_kw", number(point.sizes.battery_kw)},
                      {"gap", number(point.gap)}});
  }
  return {{"household", front->household}, {"points", std::move(points)}};
}

}  // namespace

Json sizing_json(const plan::Inputs& inputs, const std::optional<plan::VillageSizing>& sizing) {
  if (!sizing) {
    return nullptr;
  }
  const model::SizingChoice& choice = *inputs.village.sizing;
  Json households = Json::array();
  for (const plan::HouseholdSizing& home : sizing->households) {
    households.push_back(sized_household_json(home));
  }
  Json notes = Json::array();
  for (const Text& note : sizing->notes) {
    notes.push_back(both(note));
  }
  return {{"objective", names_of(choice.objective)[static_cast<std::size_t>(choice.objective)]},
          {"aim", names_of(choice.aim)[static_cast<std::size_t>(choice.aim)]},
          {"pv", choice.pv},
          {"battery", choice.battery},
          {"applied", choice.apply},
          {"budget_yuan", number(choice.budget_yuan)},
          {"asked_gap", choice.gap},
          {"sums", sizing_sums_json(sizing->sums)},
          {"households", std::move(households)},
          {"front", front_json(sizing->front)},
          {"notes", std::move(notes)}};
}

}  // namespace xiaoyuan::report
