#include "plan/village_wires.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "plan/crew.hpp"

namespace xiaoyuan::plan {

namespace {

hosting::RemedyCosts costs_of(const model::NetworkCosts& given) {
  hosting::RemedyCosts costs;
  costs.phase_change_yuan = given.phase_change_yuan;
  costs.inverter_setting_yuan = given.inverter_setting_yuan;
  costs.tap_yuan = given.tap_yuan;
  for (const model::NamedPrice& price : given.line_yuan_per_m) {
    costs.line_yuan_per_m[price.name] = price.yuan;
  }
  for (const model::NamedPrice& price : given.transformer_yuan) {
    costs.transformer_yuan[price.name] = price.yuan;
  }
  return costs;
}

/// Prices of a kWh at the first tier: what moves at noon is never a tier's last kWh by much.
hosting::RemedyEnergy energy_of(const Inputs& inputs, std::size_t steps) {
  const auto value = [&](const char* key) { return inputs.village.assumptions.value(key); };
  hosting::RemedyEnergy energy;
  for (std::size_t step = 0; step < steps; ++step) {
    energy.prices.buy.push_back(inputs.buying.slots[inputs.buying.slot[step]].price.yuan_per_kwh());
    energy.prices.sell.push_back(
        inputs.selling.slots[inputs.selling.slot[step]].price.yuan_per_kwh());
  }
  energy.battery.round_trip_efficiency = value("battery.round_trip_efficiency");
  energy.battery.least_charge = value("battery.least_charge");
  energy.battery.most_charge = value("battery.most_charge");
  energy.battery.standing_loss_per_hour = value("battery.standing_loss_per_month") / 730.0;
  energy.battery.wear_yuan_per_kwh = value("battery.wear_yuan_per_kwh");
  energy.battery_yuan_per_kwh = value("money.battery_yuan_per_kwh");
  energy.battery_life_years = value("money.battery_life_years");
  energy.life_years = inputs.village.life_years;
  energy.most_lost_share = value("network.most_lost_share");
  return energy;
}

/// Parts of the work, each told when it is done.
class WiresStudy {
 public:
  WiresStudy(const Inputs& inputs, hosting::VillageYear village, const WiresWork& work)
      : inputs_(inputs), choice_(inputs.village.network), work_(work) {
    found_.village = std::move(village);
    found_.terminals = hosting::terminals(found_.village);
    found_.feeders = wires::feeders_of(found_.village.network);
  }

  Result<VillageNetwork> study();

 private:
  Result<void> assess();
  Result<void> find_room();
  hosting::RandomOptions random_options() const;
  Result<void> find_remedies();
  Result<void> look_closely(const wires::Flow& flow, const wires::YearOfPowers& year,
                            const wires::LimitWatch& watch);

  const Inputs& inputs_;
  const model::NetworkChoice& choice_;
  const WiresWork& work_;
  VillageNetwork found_;
};

Result<void> WiresStudy::assess() {
  TRY(const wires::Flow flow, wires::Flow::of(hosting::connected(found_.village)));
  const hosting::Added nothing;
  const wires::YearOfPowers year = hosting::powers(found_.village, nothing);
  const wires::LimitWatch watch(flow.network(), found_.terminals, found_.village.limits);
  found_.assessment = wires::assess(flow, year, watch, work_.spread);
  found_.checks = hosting::checks_by_area(found_.assessment, found_.village.network,
                                          found_.terminals, found_.village.limits);
  return look_closely(flow, year, watch);
}

/// The moments of the highest and the lowest voltage. A step without voltages has none.
Result<void> WiresStudy::look_closely(const wires::Flow& flow, const wires::YearOfPowers& year,
                                      const wires::LimitWatch& watch) {
  const auto& terminals = found_.assessment.terminals;
  if (terminals.empty() || found_.assessment.unsolved.size() == year.steps) {
    return {};
  }
  const auto highest = std::ranges::max_element(
      terminals, {}, [](const wires::TerminalYear& one) { return one.highest_v.value; });
  const auto lowest = std::ranges::min_element(
      terminals, {}, [](const wires::TerminalYear& one) { return one.lowest_v.value; });
  const auto index = [&](auto found) {
    return static_cast<std::size_t>(found - terminals.begin());
  };
  TRY(found_.highest, wires::why(flow, year, watch, index(highest), highest->highest_v.step));
  TRY(found_.lowest, wires::why(flow, year, watch, index(lowest), lowest->lowest_v.step));
  TRY(found_.at_highest, wires::profile(flow, year, highest->highest_v.step));
  TRY(found_.at_lowest, wires::profile(flow, year, lowest->lowest_v.step));
  return {};
}

hosting::RandomOptions WiresStudy::random_options() const {
  const double single_phase_kw = inputs_.village.assumptions.value("grid.single_phase_kw");
  hosting::RandomOptions options;
  options.draws = static_cast<std::size_t>(choice_.draws);
  options.adopter_kw = choice_.adopter_kw.value_or(single_phase_kw);
  options.single_phase_kw = std::max(single_phase_kw, options.adopter_kw);
  options.seed = inputs_.village.seed;
  return options;
}

Result<void> WiresStudy::find_room() {
  if (!choice_.hosting) {
    return {};
  }
  WiresRoom room;
  hosting::CapacityOptions options;
  options.spreading = room.spreading;
  TRY(room.areas, hosting::area_capacities(found_.village, options, work_.spread));
  TRY(room.houses, hosting::house_capacities(found_.village, options, work_.spread));
  if (choice_.draws > 0) {
    TRY(room.random, hosting::random_adopters(found_.village, random_options(), work_.spread));
  }
  found_.room = std::move(room);
  return {};
}

Result<void> WiresStudy::find_remedies() {
  if (!choice_.remedies) {
    return {};
  }
  hosting::RemedyOptions options;
  options.settings = inputs_.wires->settings;
  options.library = inputs_.wires->library;
  options.energy = energy_of(inputs_, found_.village.steps);
  TRY(found_.remedies,
      hosting::remedies(found_.village, costs_of(choice_.costs), options, work_.spread));
  return {};
}

Result<VillageNetwork> WiresStudy::study() {
  using Part = Result<void> (WiresStudy::*)();
  constexpr Part parts[] = {&WiresStudy::assess, &WiresStudy::find_room,
                            &WiresStudy::find_remedies};
  std::size_t done = 0;
  for (const Part part : parts) {
    if (work_.on_progress && !work_.on_progress(done++, std::size(parts))) {
      return std::unexpected(interrupted());
    }
    if (auto made = (this->*part)(); !made) {
      return std::unexpected(std::move(made.error()));
    }
  }
  found_.village.use_kw = {};
  found_.village.made_kw = {};
  return std::move(found_);
}

}  // namespace

Result<VillageNetwork> village_network(const Inputs& inputs, hosting::VillageYear village,
                                       const WiresWork& work) {
  expects(inputs.wires.has_value());
  return WiresStudy(inputs, std::move(village), work).study();
}

}  // namespace xiaoyuan::plan
