// Remedies that move or give up energy: batteries and export caps.
#include <algorithm>

#include "hosting/battery_room.hpp"
#include "hosting/export_cap.hpp"
#include "hosting/remedies_makers.hpp"

namespace xiaoyuan::hosting {

namespace {

/// What batteries are to make room for: so much of the transformer's rating.
constexpr double room_of_rating = 0.1;

/// Remedies reckoned from what the area bears today, which may be less than what stands there.
void put_gain(Remedy& remedy, double today_kw, bool does_it) {
  remedy.more_kw = does_it ? remedy.capacity_kw - today_kw : 0.0;
  remedy.capacity_kw = today_kw + remedy.more_kw;
  remedy.yuan_per_kw = remedy.cost_yuan && remedy.more_kw >= least_more_kw
                           ? std::optional(*remedy.cost_yuan / remedy.more_kw)
                           : std::nullopt;
}

Result<Remedy> with_batteries(const RemedyCase& area, const RemedyEnergy& energy,
                              BatteryPlace place) {
  const AreaRoom& room = *area.room;
  const double today_kw = room.today().kw;
  BatteryOptions options;
  options.transformer = room.transformer();
  options.today_kw = std::max(0.0, today_kw);
  options.more_kw = today_kw < 0.0 ? 0.0
                                   : std::min(room_of_rating * room.its_transformer().rating_kva,
                                              room.end_kw() - today_kw);
  options.spreading = room.options().spreading;
  options.place = place;
  options.kind = energy.battery;
  options.yuan_per_kwh = energy.battery_yuan_per_kwh;
  options.life_years = energy.battery_life_years;
  TRY(BatteryRoom found, battery_room(room.village(), energy.prices, options, *area.spread));
  found.remedy.capacity_kw = options.today_kw + options.more_kw;
  put_gain(found.remedy, today_kw, found.is_found);
  return std::move(found.remedy);
}

/// A cap costs its setting at every inverter, and what it loses as long as the plant lives.
Result<Remedy> with_cap(const RemedyCase& area, const RemedyEnergy& energy, CapRule rule) {
  const AreaRoom& room = *area.room;
  ExportCapOptions options;
  options.transformer = room.transformer();
  options.today_kw = std::max(0.0, room.today().kw);
  options.rule = rule;
  options.spreading = room.options().spreading;
  options.most_lost_share = energy.most_lost_share;
  TRY(ExportCap found, export_cap(room.village(), energy.prices, options, *area.spread));
  put_price(found.remedy, area.costs->inverter_setting_yuan, inverters(room, found.pv_kw),
            "network.costs.inverter_setting_yuan");
  if (found.remedy.cost_yuan) {
    *found.remedy.cost_yuan += energy.life_years * found.lost.yuan;
  }
  put_gain(found.remedy, room.today().kw, found.hardest.used <= 1.0 + kept_to_share);
  return std::move(found.remedy);
}

}  // namespace

Result<std::vector<Remedy>> with_energy(const RemedyCase& area) {
  std::vector<Remedy> all;
  if (!area.options->energy) {
    return all;
  }
  const RemedyEnergy& energy = *area.options->energy;
  for (const BatteryPlace place : {BatteryPlace::houses, BatteryPlace::transformer}) {
    TRY(Remedy remedy, with_batteries(area, energy, place));
    all.push_back(std::move(remedy));
  }
  for (const CapRule rule : {CapRule::same_kw, CapRule::same_share}) {
    TRY(Remedy remedy, with_cap(area, energy, rule));
    all.push_back(std::move(remedy));
  }
  return all;
}

}  // namespace xiaoyuan::hosting
