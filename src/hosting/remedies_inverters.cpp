#include <numeric>

#include "hosting/remedies_makers.hpp"
#include "hosting/remedies_words.hpp"

namespace xiaoyuan::hosting {

namespace {

/// What the area's inverters hold back in a year, of what they could feed in with `pv_kw` more.
Result<double> held_back_kwh(const AreaRoom& room, const AreaChange& change,
                             const std::vector<double>& pv_kw, const Spread& spread) {
  VillageYear changed = room.village();
  change.apply(changed);
  const TrialGrid::Rules rules = change.rules.value_or(TrialGrid::Rules{});
  const Added added{pv_kw};
  TRY(const TrialGrid grid, TrialGrid::of(changed, rules));
  TRY(const wires::Flow flow, grid.flow_with(added));
  std::vector<std::size_t> light;
  for (std::size_t step = 0; step < changed.steps; ++step) {
    if (changed.light[step] > 0.0F) {
      light.push_back(step);
    }
  }
  const wires::YearOfPowers year = powers_at(changed, light, added);
  wires::Series series;
  series.steps = year.steps;
  series.powers = year.powers;
  series.accuracy = trial_accuracy;
  std::vector<double> kwh(series.chunks(), 0.0);
  series.seen = [&](std::size_t chunk, const wires::Steps& steps) {
    for (std::size_t h = 0; h < changed.houses.size(); ++h) {
      for (std::size_t lane = 0; room.is_own(changed.houses[h]) && lane < steps.count; ++lane) {
        const std::size_t step = light[steps.first + lane];
        const double could_kw = changed.made_kw[h][step] + pv_kw[h] * changed.light[step];
        const double fed_kw = -steps.drawn_kva(2 * h + 1, lane).real();
        kwh[chunk] += std::max(0.0, could_kw - fed_kw) * changed.step_hours;
      }
    }
  };
  static_cast<void>(wires::run(flow, series, spread));
  return std::accumulate(kwh.begin(), kwh.end(), 0.0);
}

}  // namespace

double inverters(const AreaRoom& room, const std::vector<double>& pv_kw) {
  double count = 0.0;
  for (std::size_t h = 0; h < room.village().houses.size(); ++h) {
    const House& house = room.village().houses[h];
    count += room.is_own(house) && (house.pv_kw > 0.0 || pv_kw[h] > 0.0) ? 1.0 : 0.0;
  }
  return count;
}

MaybeRemedy as_set(const RemedyCase& area, const InverterSetting& setting) {
  const AreaRoom& room = *area.room;
  const AreaChange change{let_inverters_grow,
                          rules_of(setting, room.village(), room.transformer())};
  TRY(const double most_kw, room.at_most_kw(change));
  if (!brings_something(area, most_kw)) {
    return nothing(area, setting.key, setting.name);
  }
  TRY(const Capacity capacity, room.capacity(change, *area.spread));
  if (!brings_something(area, capacity.kw)) {
    return nothing(area, setting.key, setting.name);
  }
  MadeRemedy made{remedy_of(area, setting.key, capacity), change};
  TRY(made.remedy.lost_kwh, held_back_kwh(room, change, capacity.pv_kw, *area.spread));
  const double count = inverters(room, capacity.pv_kw);
  made.remedy.name = setting.name;
  made.remedy.detail = setting_detail(setting, count, capacity);
  put_price(made.remedy, area.costs->inverter_setting_yuan, count,
            "network.costs.inverter_setting_yuan");
  return made;
}

}  // namespace xiaoyuan::hosting
