// Transformers with their grades, and the plan of the village.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/village_doors.hpp"
#include "api/village_json.hpp"
#include "api/world.hpp"
#include "desk/energy_transformers.hpp"
#include "desk/map.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

namespace {

const char* grade_word(hosting::Grade grade) {
  switch (grade) {
    case hosting::Grade::green:
      return "green";
    case hosting::Grade::yellow:
      return "yellow";
    case hosting::Grade::red:
      break;
  }
  return "red";
}

Json grade_json(const desk::HostingGrade& grade) {
  return {{"basis", desk::words_of(grade.basis)[static_cast<std::size_t>(grade.basis)]},
          {"standard", desk::words_of(grade.edition)[static_cast<std::size_t>(grade.edition)]},
          {"grade", grade_word(grade.grade)},
          {"name", report::both(hosting::name_of(grade.grade))},
          {"allowed_kw", report::number(grade.allowed_kw)},
          {"room_kw", report::number(grade.room_kw)},
          {"room_after_registered_kw", report::number(grade.room_after_registered_kw)},
          {"load_kw", report::number(grade.load_kw)},
          {"pv_kw", report::number(grade.pv_kw)},
          {"connected_kw", report::number(grade.connected_kw)}};
}

Json flow_json(const std::optional<desk::SeenFlow>& flow) {
  if (!flow) {
    return nullptr;
  }
  return {{"kw", report::number(flow->kw)},
          {"share_of_rating", report::number(flow->share_of_rating)},
          {"at_unix_s", flow->at.time_since_epoch().count()}};
}

Json transformer_row_json(const desk::TransformerRow& row, const model::Transformer& transformer) {
  Json json{{"id", transformer.id},
            {"rating_kva", report::number(transformer.rating_kva)},
            {"in_parallel", transformer.in_parallel},
            {"homes", row.homes},
            {"homes_with_pv", row.homes_with_pv},
            {"capacity_kwp", report::number(row.capacity_kwp)},
            {"reverse_limit_kw", report::number(row.reverse_limit_kw)},
            {"grades", Json::array()},
            {"worst_reverse", flow_json(row.worst_reverse)},
            {"worst_import", flow_json(row.worst_import)},
            {"hours_seen", row.hours_seen},
            {"impossible_steps", row.impossible_steps}};
  for (const desk::HostingGrade& grade : row.grades) {
    json["grades"].push_back(grade_json(grade));
  }
  return json;
}

Json place_json(const Position& place) {
  return {{"x_m", report::number(place.x_m)}, {"y_m", report::number(place.y_m)}};
}

Json houses_json(const desk::VillageMap& map, const desk::VillageView& view, const Sight& sight) {
  Json houses = Json::array();
  for (std::size_t i = 0; i < map.houses.size(); ++i) {
    const model::Household& home = view.plan->village.households[i];
    const HouseholdEyes eyes = sight.on(home.id);
    const bool sees_balance = eyes.plant && eyes.use;
    const auto balance = sees_balance ? desk::row_of(view, i).balance : desk::Balance::unknown;
    houses.push_back(
        {{"id", eyes.listed ? Json(home.id) : Json(nullptr)},
         {"name", eyes.listed ? Json(home.name) : Json(nullptr)},
         {"x_m", report::number(map.houses[i].x_m)},
         {"y_m", report::number(map.houses[i].y_m)},
         {"capacity_kwp", eyes.listed ? report::number(home.capacity_kwp()) : Json(nullptr)},
         {"balance", desk::words_of(balance)[static_cast<std::size_t>(balance)]}});
  }
  return houses;
}

}  // namespace

Result<http::Response> list_transformers(const Call& call) {
  TRY(const auto figures, figures_of(call));
  TRY(const auto planned, call.world.energy.planned(*desk_of(call)));
  const auto rows = desk::transformer_rows(*figures, *planned);
  Json items = Json::array();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    items.push_back(transformer_row_json(rows[i], planned->inputs->village.transformers[i]));
  }
  return json_answer(call, Json{{"items", std::move(items)}}.dump());
}

Result<http::Response> read_map(const Call& call) {
  const auto view = desk_of(call)->view();
  if (!view->plan) {
    return std::unexpected(view->errors);
  }
  const desk::VillageMap map = desk::map_of(*view->plan);
  Json transformers = Json::array();
  for (std::size_t i = 0; i < map.transformers.size(); ++i) {
    Json json{{"id", view->plan->village.transformers[i].id}};
    json.update(place_json(map.transformers[i]));
    transformers.push_back(std::move(json));
  }
  Json poles = Json::array();
  for (const Position& pole : map.poles) {
    poles.push_back(place_json(pole));
  }
  Json lines = Json::array();
  for (const desk::MapLine& line : map.lines) {
    lines.push_back({{"kind", line.is_drop ? "drop" : "line"},
                     {"from_x_m", report::number(line.from.x_m)},
                     {"from_y_m", report::number(line.from.y_m)},
                     {"to_x_m", report::number(line.to.x_m)},
                     {"to_y_m", report::number(line.to.y_m)}});
  }
  return json_answer(call, Json{{"is_assumed", map.is_assumed},
                                {"note", report::both(map.note)},
                                {"min_x_m", report::number(map.least.x_m)},
                                {"min_y_m", report::number(map.least.y_m)},
                                {"max_x_m", report::number(map.most.x_m)},
                                {"max_y_m", report::number(map.most.y_m)},
                                {"transformers", std::move(transformers)},
                                {"poles", std::move(poles)},
                                {"houses", houses_json(map, *view, Sight::of(call.caller, *view))},
                                {"lines", std::move(lines)}}
                               .dump());
}

}  // namespace xiaoyuan::api
