// Energy step by step, of a household and of the whole village, and the last known values.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/village_doors.hpp"
#include "api/village_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

namespace {

Result<Date> energy_day(const Call& call, const char* parameter) {
  const std::string_view word = call.request.parameter(parameter).value_or("");
  Date day;
  if (!parse_date(word, day)) {
    return fail(Fault::bad_input, date_expected(word), {"", 0, parameter});
  }
  return day;
}

Result<desk::EnergyWanted> energy_wanted(const Call& call) {
  static const std::vector<std::string> usual_first{"day", "quarter", "hour", "month"};
  Errors errors;
  auto from = energy_day(call, "from");
  auto to = energy_day(call, "to");
  auto step = choice_of(call, "step", usual_first);
  gather(from, errors);
  gather(to, errors);
  gather(step, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const auto& words = desk::words_of(desk::EnergyStepLength{});
  const auto place = std::ranges::find(words, usual_first[*step]);
  return desk::checked({.from = *from,
                        .to = *to,
                        .step = static_cast<desk::EnergyStepLength>(place - words.begin())});
}

Json energy_column(const desk::EnergySeries& series,
                   std::optional<MeteredEnergy> desk::Energy::* figure) {
  Json values = Json::array();
  for (const desk::EnergyStep& step : series.steps) {
    values.push_back(energy_json(step.energy.*figure));
  }
  return values;
}

Json series_json(const desk::EnergySeries& series, const desk::EnergyWanted& wanted,
                 const std::string& holder, const Zone& zone) {
  const auto step = static_cast<std::size_t>(wanted.step);
  Json json{{"holder", holder},
            {"step", desk::words_of(desk::EnergyStepLength{})[step]},
            {"zone", zone.name()},
            {"starts_unix_s", Json::array()},
            {"end_unix_s", series.end.time_since_epoch().count()},
            {"made_mWh", energy_column(series, &desk::Energy::made)},
            {"self_used_mWh", energy_column(series, &desk::Energy::self_used)},
            {"sold_mWh", energy_column(series, &desk::Energy::sold)},
            {"bought_mWh", energy_column(series, &desk::Energy::bought)},
            {"used_mWh", energy_column(series, &desk::Energy::used)},
            {"quality", Json::array()},
            {"source", Json::array()},
            {"heard", Json::array()}};
  for (const desk::EnergyStep& each : series.steps) {
    json["starts_unix_s"].push_back(each.start.time_since_epoch().count());
    json["quality"].push_back(
        readings::words_of(readings::Quality{})[static_cast<std::size_t>(each.quality)]);
    json["source"].push_back(
        desk::words_of(desk::EnergySource{})[static_cast<std::size_t>(each.source)]);
    json["heard"].push_back(each.heard);
  }
  json["sums"] = energy_json(series.sums);
  json["missing_steps"] = series.missing_steps;
  return json;
}

/// Days and months come from memory; quarters and hours from the store.
Result<desk::EnergySeries> asked_series(const Call& call, const desk::VillageFigures& figures,
                                        const desk::EnergyWanted& wanted,
                                        std::span<const std::size_t> households) {
  const desk::EnergyPlace place = figures.place_of(households);
  if (wanted.step == desk::EnergyStepLength::day || wanted.step == desk::EnergyStepLength::month) {
    return desk::series_of_days(place, wanted);
  }
  desk::EnergySeries series;
  auto done = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    TRY(series, desk::series_of_steps(place, wanted, table.store));
    return {};
  });
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  return series;
}

std::unexpected<Errors> does_not_settle() {
  return fail(Fault::not_found,
              {"the village has no meters.csv and settlement.toml, so nothing is measured",
               "本村没有 meters.csv 与 settlement.toml,无计量数据"},
              {"", 0, "village"});
}

Result<http::Response> answer_energy(const Call& call, const desk::VillageFigures& figures,
                                     std::span<const std::size_t> households,
                                     const std::string& holder) {
  TRY(const desk::EnergyWanted wanted, energy_wanted(call));
  TRY(const desk::EnergySeries series, asked_series(call, figures, wanted, households));
  const Zone& zone = figures.view->plan->village.zone;
  return json_answer(call, series_json(series, wanted, holder, zone).dump());
}

}  // namespace

Result<http::Response> read_household_energy(const Call& call) {
  TRY(const auto figures, figures_of(call));
  TRY(const std::size_t index, household_index(call, *figures->view));
  if (!figures->view->office) {
    return does_not_settle();
  }
  const std::array<std::size_t, 1> one{index};
  return answer_energy(call, *figures, one, std::string(call["household"]));
}

Result<http::Response> read_village_energy(const Call& call) {
  TRY(const auto figures, figures_of(call));
  if (!figures->view->office) {
    return does_not_settle();
  }
  const std::vector<std::size_t> all = figures->all_households();
  return answer_energy(call, *figures, all, figures->view->name);
}

std::string live_json(const desk::VillageFigures& figures, Instant now) {
  const auto kw = [&](const std::optional<MeteredEnergy>& energy) -> Json {
    constexpr double seconds_an_hour = 3600.0;
    return energy ? report::number(energy->kwh() * seconds_an_hour /
                                   static_cast<double>(figures.live->step.count()))
                  : Json(nullptr);
  };
  const auto& live = figures.live;
  const desk::Energy energy = live ? live->energy : desk::Energy{};
  const std::size_t homes = figures.view->plan ? figures.view->plan->village.households.size() : 0;
  return Json{{"at_unix_s", live ? instant_json(live->at) : Json(nullptr)},
              {"age_s", live ? Json((now - live->at).count()) : Json(nullptr)},
              {"step_s", live ? Json(live->step.count()) : Json(nullptr)},
              {"made_kw", kw(energy.made)},
              {"used_kw", kw(energy.used)},
              {"sold_kw", kw(energy.sold)},
              {"bought_kw", kw(energy.bought)},
              {"heard", live ? live->heard : 0},
              {"homes", homes},
              {"today", so_far_json(live ? live->today : std::nullopt)}}
      .dump();
}

Result<http::Response> read_live(const Call& call) {
  TRY(const auto figures, figures_of(call));
  return json_answer(call, live_json(*figures, call.now));
}

}  // namespace xiaoyuan::api
