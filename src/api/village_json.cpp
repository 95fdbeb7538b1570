#include "api/village_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "api/world.hpp"
#include "base/expected.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

Json energy_json(const std::optional<MeteredEnergy>& energy) {
  return energy ? Json(energy->mwh) : Json(nullptr);
}

Json energy_json(const desk::Energy& energy) {
  return {{"made_mWh", energy_json(energy.made)},
          {"self_used_mWh", energy_json(energy.self_used)},
          {"sold_mWh", energy_json(energy.sold)},
          {"bought_mWh", energy_json(energy.bought)},
          {"used_mWh", energy_json(energy.used)}};
}

Json totals_json(const std::optional<desk::PeriodTotals>& totals) {
  if (!totals) {
    return nullptr;
  }
  return {{"from", totals->from},
          {"to", totals->to},
          {"months", totals->months},
          {"households", totals->households},
          {"energy", energy_json(totals->energy)},
          {"earned_fen", totals->money.earned.fen},
          {"paid_fen", totals->money.paid.fen},
          {"gco2e", totals->gco2e ? Json(*totals->gco2e) : Json(nullptr)},
          {"estimated", totals->estimated}};
}

Json so_far_json(const std::optional<desk::EnergySoFar>& part) {
  if (!part) {
    return nullptr;
  }
  return {{"from_unix_s", part->from.time_since_epoch().count()},
          {"to_unix_s", part->to.time_since_epoch().count()},
          {"energy", energy_json(part->energy)},
          {"missing_steps", part->missing_steps}};
}

Json used_factor_json(const carbon::Factor& factor) {
  return {{"id", factor.id},
          {"name", report::both(factor.name)},
          {"kg_per_kwh", factor.kg_per_kwh},
          {"document", factor.document},
          {"source", factor.source},
          {"confidence", factor.confidence}};
}

desk::Energy seen(const desk::Energy& energy, const HouseholdEyes& eyes) {
  desk::Energy visible;
  if (eyes.plant) {
    visible.made = energy.made;
    visible.sold = energy.sold;
  }
  if (eyes.use) {
    visible.bought = energy.bought;
    visible.used = energy.used;
  }
  if (eyes.plant && eyes.use) {
    visible.self_used = energy.self_used;
  }
  return visible;
}

Result<std::shared_ptr<const desk::VillageFigures>> figures_of(const Call& call) {
  const auto desk = desk_of(call);
  if (const auto view = desk->view(); !view->plan) {
    return std::unexpected(view->errors);
  }
  return call.world.energy.figures(*desk);
}

Result<std::size_t> household_index(const Call& call, const desk::VillageView& view) {
  const auto& homes = view.plan->village.households;
  const auto place = std::ranges::find(homes, call["household"], &model::Household::id);
  if (place == homes.end()) {
    std::vector<std::string> ids;
    for (const model::Household& home : homes) {
      ids.push_back(home.id);
    }
    return fail(Fault::not_found, unknown_name(call["household"], ids), {"", 0, "household"});
  }
  return static_cast<std::size_t>(place - homes.begin());
}

Result<std::size_t> choice_of(const Call& call, std::string_view parameter,
                              const std::vector<std::string>& choices) {
  const auto word = call.request.parameter(parameter);
  if (!word) {
    return 0;
  }
  const auto place = std::ranges::find(choices, *word);
  if (place == choices.end()) {
    return fail(Fault::bad_input, choice_expected(choices, *word), {"", 0, std::string(parameter)});
  }
  return static_cast<std::size_t>(place - choices.begin());
}

Result<int> year_wanted(const Call& call, std::string_view last_month) {
  constexpr int first_year = 2000;
  constexpr int last_year = 2100;
  if (const auto word = call.request.parameter("year")) {
    int year = 0;
    const auto [end, error] = std::from_chars(word->data(), word->data() + word->size(), year);
    if (error != std::errc() || end != word->data() + word->size() || year < first_year ||
        year > last_year) {
      return fail(Fault::bad_input, number_expected({first_year, last_year}, *word),
                  {"", 0, "year"});
    }
    return year;
  }
  if (!last_month.empty()) {
    return desk::year_of(last_month);
  }
  return int(Date(std::chrono::floor<std::chrono::days>(call.now)).year());
}

bool sees_village(const people::Caller& caller, const desk::VillageView& view) {
  return people::reach_of(
             caller,
             {.rights = totals_rights, .village = view.name, .holder = "", .is_open = view.is_open})
      .has_value();
}

std::vector<std::shared_ptr<desk::VillageDesk>> villages_seen(const Call& call) {
  std::vector<std::shared_ptr<desk::VillageDesk>> seen;
  for (std::shared_ptr<desk::VillageDesk>& village : call.world.villages->all()) {
    if (sees_village(call.caller, *village->view())) {
      seen.push_back(std::move(village));
    }
  }
  return seen;
}

std::string last_month_of(const std::vector<std::shared_ptr<desk::VillageDesk>>& villages) {
  std::string last;
  for (const std::shared_ptr<desk::VillageDesk>& village : villages) {
    const auto view = village->view();
    last = view->months.empty() ? last : std::max(last, view->months.back().text);
  }
  return last;
}

}  // namespace xiaoyuan::api
