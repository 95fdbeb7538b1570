// Villages: their cards, one village by month and year, and whether everybody may look.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/asked_body.hpp"
#include "api/village_doors.hpp"
#include "api/village_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/village_settings.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

namespace {

std::size_t homes_with_pv(const model::Village& village) {
  return static_cast<std::size_t>(std::ranges::count_if(
      village.households, [](const model::Household& home) { return home.makes_energy(); }));
}

Json card_json(const desk::VillageView& view, const std::optional<Instant>& last_data) {
  const model::Village* village = view.plan ? &view.plan->village : nullptr;
  const std::span<const desk::MonthView> months(view.months);
  const auto last_month = months.last(std::min<std::size_t>(1, months.size()));
  const int year = months.empty() ? 0 : desk::year_of(months.back().text);
  return {{"name", view.name},
          {"title", report::both(village ? village->name : Text{view.name, view.name})},
          {"illustrative", village != nullptr && village->illustrative},
          {"is_open", view.is_open},
          {"settles", view.office != nullptr},
          {"homes", village ? village->households.size() : 0},
          {"homes_with_pv", village ? homes_with_pv(*village) : 0},
          {"capacity_kwp", village ? report::number(village->capacity_kwp()) : Json(0)},
          {"last_month", totals_json(desk::totals_of(last_month))},
          {"this_year", totals_json(desk::totals_of(desk::months_of_year(view, year)))},
          {"last_data_unix_s", instant_json(last_data)},
          {"errors", view.errors.size()}};
}

/// A village whose store does not read has a card all the same.
std::optional<Instant> last_data_of(const Call& call, const desk::VillageDesk& village) {
  const auto figures = call.world.energy.figures(village);
  return figures ? (*figures)->last_data : std::nullopt;
}

Json village_json(const Call& call, const desk::VillageDesk& desk) {
  const auto view = desk.view();
  Json json{{"card", card_json(*view, last_data_of(call, desk))}};
  const model::Village none{};
  const model::Village& village = view->plan ? view->plan->village : none;
  json["note"] = report::both(village.note);
  json["region"] = village.region;
  json["latitude_deg"] = view->plan ? Json(village.place.latitude_deg) : Json(nullptr);
  json["longitude_deg"] = view->plan ? Json(village.place.longitude_deg) : Json(nullptr);
  json["zone"] = village.zone.name();
  json["months"] = Json::array();
  json["years"] = Json::array();
  const std::span<const desk::MonthView> months(view->months);
  for (std::size_t i = 0; i < months.size(); ++i) {
    json["months"].push_back(totals_json(desk::totals_of(months.subspan(i, 1))));
    const int year = desk::year_of(months[i].text);
    if (i + 1 == months.size() || desk::year_of(months[i + 1].text) != year) {
      json["years"].push_back(totals_json(desk::totals_of(desk::months_of_year(*view, year))));
    }
  }
  json["problems"] = Json::array();
  if (Sight::of(call.caller, *view).sees_problems()) {
    for (const Error& error : view->errors) {
      json["problems"].push_back(message(error, call.language));
    }
  }
  return json;
}

Result<http::Response> list_villages(const Call& call) {
  TRY(const PageOf page, page_of(call));
  Json items = Json::array();
  Json next = nullptr;
  for (const auto& village : villages_seen(call)) {
    if (village->name() <= page.after) {
      continue;
    }
    if (items.size() == page.limit) {
      next = items.back()["name"];
      break;
    }
    items.push_back(card_json(*village->view(), last_data_of(call, *village)));
  }
  return json_answer(call, Json{{"items", std::move(items)}, {"next", next}}.dump());
}

Result<http::Response> read_village(const Call& call) {
  return json_answer(call, village_json(call, *desk_of(call)).dump());
}

Result<http::Response> change_village(const Call& call) {
  AskedBody body(call.request.body);
  const bool is_wanted = body.truth("is_open");
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  const auto desk = desk_of(call);
  const auto openness = is_wanted ? desk::Openness::open : desk::Openness::closed;
  if (auto done = desk::set_openness(*desk, openness, call.now); !done) {
    return std::unexpected(std::move(done.error()));
  }
  auto noted =
      call.note(is_wanted ? "village.opened" : "village.closed", "village/" + desk->name());
  if (!noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return json_answer(call, village_json(call, *desk).dump());
}

}  // namespace

std::span<const Route> village_routes() {
  using enum http::Method;
  using enum Runs;
  static constexpr Route rows[] = {
      {get, "/villages", "yyyyyyyy", on_worker, list_villages},
      {get, "/villages/{village}", totals_rights, on_worker, read_village},
      {patch, "/villages/{village}", "--v-----", on_worker, change_village},
      {get, "/villages/{village}/households", "-ovov--v", on_worker, list_households},
      {get, "/villages/{village}/households/{household}", "-ov-v---", on_worker, read_household},
      {get, "/villages/{village}/households/{household}/energy", "-ov-v---", on_worker,
       read_household_energy},
      {put, "/villages/{village}/households/{household}/consent", "-ov-----", on_worker,
       set_consent},
      {get, "/villages/{village}/energy", totals_rights, on_worker, read_village_energy},
      {get, "/villages/{village}/transformers", totals_rights, on_worker, list_transformers},
      {get, "/villages/{village}/map", totals_rights, on_worker, read_map},
      {get, "/villages/{village}/carbon", totals_rights, on_worker, read_carbon},
      {get, "/villages/{village}/points", "-ov-----", on_worker, read_points},
      {get, "/villages/{village}/live", totals_rights, on_worker, read_live},
  };
  return rows;
}

}  // namespace xiaoyuan::api
