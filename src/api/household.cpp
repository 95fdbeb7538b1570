// Households: the list that is searched and sorted, one household, its consent to research.
#include <fmt/format.h>

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

Json fen_json(Money money, const HouseholdEyes& eyes) {
  return eyes.money ? Json(money.fen) : Json(nullptr);
}

Json gco2e_json(const std::optional<std::int64_t>& gco2e, const HouseholdEyes& eyes) {
  return gco2e && eyes.plant ? Json(*gco2e) : Json(nullptr);
}

Json household_month_json(const desk::HouseholdMonth& month, const HouseholdEyes& eyes) {
  return {{"month", month.month},
          {"revision", month.revision},
          {"energy", energy_json(seen(month.energy, eyes))},
          {"earned_fen", fen_json(month.money.earned, eyes)},
          {"paid_fen", fen_json(month.money.paid, eyes)},
          {"total_fen", fen_json(month.total, eyes)},
          {"gco2e", gco2e_json(month.gco2e, eyes)},
          {"estimated", month.estimated},
          {"open_disputes", eyes.money ? month.open_disputes : 0}};
}

Json household_year_json(const desk::HouseholdYear& year, const HouseholdEyes& eyes) {
  return {{"year", year.year},
          {"months", year.months},
          {"energy", energy_json(seen(year.energy, eyes))},
          {"earned_fen", fen_json(year.money.earned, eyes)},
          {"paid_fen", fen_json(year.money.paid, eyes)},
          {"total_fen", fen_json(year.total, eyes)},
          {"gco2e", gco2e_json(year.gco2e, eyes)}};
}

Json household_row_json(const desk::VillageView& view, const desk::HouseholdRow& row,
                        const HouseholdEyes& eyes) {
  const model::Village& village = view.plan->village;
  const model::Household& home = village.households[row.index];
  const bool sees_both = eyes.plant && eyes.use;
  const bool sees_month = row.last_month && (eyes.plant || eyes.use);
  const auto balance = sees_both ? row.balance : desk::Balance::unknown;
  return {{"id", home.id},
          {"name", home.name},
          {"owner", model::name_of(home.owner)},
          {"mode", model::name_of(home.mode)},
          {"transformer", village.transformers[home.transformer].id},
          {"phase", model::name_of(home.phase)},
          {"capacity_kwp", report::number(home.capacity_kwp())},
          {"battery_kwh", report::number(home.battery.energy_kwh)},
          {"balance", desk::words_of(balance)[static_cast<std::size_t>(balance)]},
          {"last_month", sees_month ? household_month_json(*row.last_month, eyes) : Json(nullptr)},
          {"consented", eyes.consent ? Json(std::ranges::binary_search(view.consented, home.id))
                                     : Json(nullptr)}};
}

/// "-sold": the most first.
Result<void> take_sort(const Call& call, desk::HouseholdSearch& search) {
  std::string_view word = call.request.parameter("sort").value_or("id");
  if (word.starts_with('-')) {
    search.order = desk::Order::falling;
    word.remove_prefix(1);
  }
  const auto& words = desk::words_of(desk::HouseholdSort{});
  const auto place = std::ranges::find(words, word);
  if (place == words.end()) {
    return fail(Fault::bad_input, choice_expected(words, word), {"", 0, "sort"});
  }
  search.sort = static_cast<desk::HouseholdSort>(place - words.begin());
  return {};
}

Json roofs_json(const model::Household& home) {
  Json roofs = Json::array();
  for (const model::Roof& roof : home.roofs) {
    roofs.push_back({{"capacity_kwp", report::number(roof.capacity_kwp)},
                     {"tilt_deg", report::number(roof.tilt_deg)},
                     {"azimuth_deg", report::number(roof.azimuth_deg)}});
  }
  return roofs;
}

Json meter_points_json(const desk::VillageView& view, const std::string& household) {
  Json points = Json::array();
  if (!view.office) {
    return points;
  }
  for (const readings::MeterPoint& point : view.office->points) {
    if (point.household != household) {
      continue;
    }
    Json services = Json::array();
    for (const readings::Service& service : point.services) {
      services.push_back({{"meter", service.meter},
                          {"multiplier", service.multiplier},
                          {"from_unix_s", service.from.time_since_epoch().count()},
                          {"to_unix_s", instant_json(service.to)}});
    }
    const auto channel = static_cast<std::size_t>(point.channel);
    points.push_back({{"channel", readings::words_of(readings::Channel{})[channel]},
                      {"most_w", point.most_w ? Json(*point.most_w) : Json(nullptr)},
                      {"services", std::move(services)}});
  }
  return points;
}

/// What readings say of the household that is not settled yet.
void put_readings(Json& json, const desk::VillageFigures& figures, std::size_t index) {
  json["today"] = nullptr;
  json["this_month"] = nullptr;
  json["known_until_unix_s"] = nullptr;
  if (!figures.view->office) {
    return;
  }
  const std::array<std::size_t, 1> one{index};
  const desk::SoFar part = desk::so_far(figures.place_of(one));
  json["today"] = so_far_json(part.today);
  json["this_month"] = so_far_json(part.this_month);
  json["known_until_unix_s"] = instant_json(figures.days->households[index].known_to());
}

Json household_json(const Call& call, const desk::VillageFigures& figures, std::size_t index) {
  const desk::VillageView& view = *figures.view;
  const model::Household& home = view.plan->village.households[index];
  const HouseholdEyes eyes = Sight::of(call.caller, view).on(home.id);
  const std::string owner = desk::plant_owner(view, home);
  Json json{{"row", household_row_json(view, desk::row_of(view, index), eyes)},
            {"registered_by", model::name_of(home.registered_by)},
            {"plant_owner", owner.empty() ? Json(nullptr) : Json(owner)},
            {"connected", report::day(home.connected)},
            {"roofs", roofs_json(home)},
            {"inverter_kw", home.inverter_kw > 0.0 ? Json(home.inverter_kw) : Json(nullptr)},
            {"battery_kw", report::number(home.battery.power_kw)},
            {"heat_pump", home.heating.exists()},
            {"car", home.car.exists()},
            {"planned_load_kwh", home.load_kwh > 0.0 ? Json(home.load_kwh) : Json(nullptr)},
            {"meter_points", meter_points_json(view, home.id)},
            {"months", Json::array()},
            {"years", Json::array()}};
  const auto months = desk::months_of(view, home.id);
  for (const desk::HouseholdMonth& month : months) {
    json["months"].push_back(household_month_json(month, eyes));
  }
  for (const desk::HouseholdYear& year : desk::years_of(months)) {
    json["years"].push_back(household_year_json(year, eyes));
  }
  put_readings(json, figures, index);
  return json;
}

struct WantedConsent {
  bool consented = false;
  std::string document;
};

Result<WantedConsent> read_consent(const Call& call) {
  constexpr std::size_t most_bytes = 300;
  AskedBody body(call.request.body);
  WantedConsent wanted{.consented = body.truth("consented"),
                       .document = body.text_if("document").value_or("")};
  if (wanted.document.size() > most_bytes) {
    body.take({{Fault::bad_input,
                {fmt::format("expected text of at most {} bytes", most_bytes),
                 fmt::format("文本不应超过 {} 字节", most_bytes)},
                {"", 0, "document"}}});
  }
  // Whoever is not the household itself says what the household has signed.
  if (call.reach != people::Reach::own && wanted.consented && wanted.document.empty()) {
    body.take({{Fault::bad_input,
                {"name the household's written consent", "请注明该户的书面同意书"},
                {"", 0, "document"}}});
  }
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return wanted;
}

}  // namespace

Result<http::Response> list_households(const Call& call) {
  const auto view = desk_of(call)->view();
  if (!view->plan) {
    return std::unexpected(view->errors);
  }
  TRY(const PageOf page_wanted, page_of(call));
  const Sight sight = Sight::of(call.caller, *view);
  desk::HouseholdSearch search{
      .text = std::string(call.request.parameter("search").value_or("")),
      .after = page_wanted.after,
      .limit = page_wanted.limit,
      .is_shown = [&](const std::string& id) { return sight.on(id).listed; }};
  if (auto done = take_sort(call, search); !done) {
    return std::unexpected(std::move(done.error()));
  }
  // An order tells of figures: who does not see them all may not ask for it.
  const bool is_by_figure = search.sort > desk::HouseholdSort::capacity;
  const HouseholdEyes least = sight.on("");
  const bool is_money =
      search.sort == desk::HouseholdSort::earned || search.sort == desk::HouseholdSort::total;
  if (is_by_figure && (!least.use || (is_money && !least.money))) {
    search.sort = desk::HouseholdSort::id;
    search.order = desk::Order::rising;
  }
  TRY(const desk::HouseholdPage page, desk::page_of(*view, search));
  Json items = Json::array();
  for (const desk::HouseholdRow& row : page.rows) {
    const std::string& id = view->plan->village.households[row.index].id;
    items.push_back(household_row_json(*view, row, sight.on(id)));
  }
  const bool sees_balance = least.plant && least.use;
  return json_answer(call, Json{{"items", std::move(items)},
                                {"next", page.next.empty() ? Json(nullptr) : Json(page.next)},
                                {"count", page.count},
                                {"giving", sees_balance ? page.giving : 0},
                                {"taking", sees_balance ? page.taking : 0}}
                               .dump());
}

Result<http::Response> read_household(const Call& call) {
  TRY(const auto figures, figures_of(call));
  TRY(const std::size_t index, household_index(call, *figures->view));
  return json_answer(call, household_json(call, *figures, index).dump());
}

Result<http::Response> set_consent(const Call& call) {
  TRY(const WantedConsent wanted, read_consent(call));
  const auto desk = desk_of(call);
  const std::string household(call["household"]);
  const auto consent = wanted.consented ? desk::Consent::given : desk::Consent::withdrawn;
  if (auto done = desk::set_consent(*desk, household, consent, call.now); !done) {
    return std::unexpected(std::move(done.error()));
  }
  auto noted = call.note(wanted.consented ? "consent.given" : "consent.withdrawn",
                         "village/" + desk->name() + "/household/" + household,
                         Json{{"document", wanted.document}}.dump());
  if (!noted) {
    return std::unexpected(std::move(noted.error()));
  }
  Json json{{"consented", wanted.consented}};
  if (!wanted.document.empty()) {
    json["document"] = wanted.document;
  }
  return json_answer(call, json.dump());
}

}  // namespace xiaoyuan::api
