#include "plan/loads.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/random.hpp"
#include "demand/heat_pump.hpp"
#include "demand/load_file.hpp"

namespace xiaoyuan::plan {

namespace {

std::vector<double> to_energy(std::vector<double> kw, double hours) {
  for (double& value : kw) {
    value *= hours;
  }
  return kw;
}

class Loads {
 public:
  Loads(const Shared& shared, const model::Household& home, const HouseholdWords& words, Site& site)
      : inputs_(shared.inputs), home_(home), words_(words), site_(site) {}

  Result<void> add() {
    if (auto added = home_.load_file.empty() ? add_profile() : add_file(); !added) {
      return added;
    }
    if (home_.heating.exists()) {
      add_heating();
    }
    if (words_.car) {
      add_car();
    }
    return {};
  }

 private:
  double value(std::string_view key) const { return inputs_.village.assumptions.value(key); }
  std::uint64_t seed(const char* of) const { return seed_of(home_.id + of, inputs_.village.seed); }
  std::vector<std::uint8_t> away() const {
    return demand::away_steps(inputs_.times, words_.absences);
  }

  Result<void> add_profile() {
    std::vector<double> kw =
        demand::household_load_kw(inputs_.profile, inputs_.times,
                                  {.year_kwh = home_.load_kwh,
                                   .step_hours = inputs_.step_hours(),
                                   .seed = seed(""),
                                   .spring_festivals = inputs_.calendar.spring_festivals});
    if (!words_.absences.empty()) {
      demand::keep_share_away(kw, away(), value("demand.vacant_share"));
    }
    site_.load_kwh = to_energy(std::move(kw), inputs_.step_hours());
    return {};
  }

  Result<void> add_file();
  void add_heating();
  void add_car();
  void add_to_load(const std::vector<double>& kwh) {
    std::ranges::transform(site_.load_kwh, kwh, site_.load_kwh.begin(), std::plus{});
  }

  const Inputs& inputs_;
  const model::Household& home_;
  const HouseholdWords& words_;
  Site& site_;
};

Result<void> Loads::add_file() {
  TRY(const std::string bytes, inputs_.folder.read(home_.load_file));
  TRY(demand::LoadFile file,
      demand::read_load(bytes, home_.load_file, inputs_.village.axis, inputs_.village.zone));
  site_.load_kwh = to_energy(std::move(file.load.values), inputs_.step_hours());
  site_.notes = std::move(file.notes);
  const Where where{home_.load_file, 1, "pv_kw"};
  if (file.has_pv() && !home_.makes_energy() && !home_.without_pv) {
    return fail(Fault::bad_input,
                {fmt::format("{} has measured PV, but its mode is none", home_.id),
                 fmt::format("{} 有实测光伏,但其 mode 为 none", home_.id)},
                where);
  }
  if (!file.has_pv() && home_.makes_energy() && home_.roofs.empty()) {
    return fail(
        Fault::bad_input,
        {fmt::format("is missing; {} has no roof, so its PV must be measured here", home_.id),
         fmt::format("缺失;{} 没有屋顶数据,其光伏须在此实测给出", home_.id)},
        where);
  }
  if (file.has_pv() && home_.makes_energy()) {
    site_.pv_kwh = to_energy(std::move(file.pv.values), inputs_.step_hours());
  }
  return {};
}

void Loads::add_heating() {
  const demand::HeatPump pump{
      .base_c = value("demand.heating_base_c"),
      .cop_at_7c = value("demand.cop_at_7c"),
      .cop_per_k = value("demand.cop_per_k"),
      .awake_gain_k = value("demand.awake_gain_k"),
      .season = {value("demand.heating_first_day"), value("demand.heating_last_day")},
      .rating_kw = home_.heating.rating_kw};
  const auto& outdoor_c = inputs_.weather.temperature_c;
  demand::HeatUse use;
  if (home_.heating.loss_w_per_k > 0.0) {
    const demand::HeatLoss house{.loss_w_per_k = home_.heating.loss_w_per_k,
                                 .set_point_c = value("demand.set_point_c"),
                                 .night_set_back_k = value("demand.night_set_back_k"),
                                 .internal_gain_w = value("demand.internal_gain_w")};
    use = demand::heat_by_loss(pump, house, outdoor_c, inputs_.times, inputs_.step_hours());
  } else {
    use = demand::heat_by_season(pump, outdoor_c, inputs_.times, home_.heating.season_kwh,
                                 inputs_.step_hours());
  }
  if (!words_.absences.empty()) {
    const double share = value("demand.vacant_heating_share");
    demand::keep_share_away(use.kw, away(), share);
    demand::keep_share_away(use.heat_kw, away(), share);
  }
  site_.heat_pump_kwh = to_energy(std::move(use.kw), inputs_.step_hours());
  for (const double kw : use.heat_kw) {
    site_.heat_kwh += kw * inputs_.step_hours();
  }
  add_to_load(site_.heat_pump_kwh);
}

void Loads::add_car() {
  const demand::CarUse use = demand::car_charging(*words_.car, inputs_.times, inputs_.step_hours(),
                                                  inputs_.buying.yuan_per_kwh, seed("-car"));
  site_.car_kwh = to_energy(use.kw, inputs_.step_hours());
  add_to_load(site_.car_kwh);
  if (use.unmet_kwh > 0.5) {
    site_.notes.push_back(
        {fmt::format("{}: the car's stays are too short for {:.0f} kWh of the year", home_.id,
                     use.unmet_kwh),
         fmt::format("{}:电动汽车停留时间不足,全年有 {:.0f} kWh 无法充入", home_.id,
                     use.unmet_kwh)});
  }
}

}  // namespace

Result<void> add_loads(const Shared& shared, const model::Household& home,
                       const HouseholdWords& words, Site& site) {
  return Loads(shared, home, words, site).add();
}

}  // namespace xiaoyuan::plan
