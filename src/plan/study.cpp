#include "plan/study.hpp"

#include <algorithm>

namespace xiaoyuan::plan {

namespace {

/// What another kWh would cost the grid company, the mean over the year: the feed-in price, which
/// is the benchmark price of coal power, or the market's price where a mechanism stands beside it.
double purchase_price(const Inputs& inputs) {
  double prices = 0.0;
  for (const std::uint16_t slot : inputs.selling.slot) {
    prices += inputs.selling.slots[slot].price.yuan_per_kwh();
  }
  return prices / static_cast<double>(inputs.selling.slot.size());
}

Result<VillageNetwork> network_of(const Inputs& inputs, WiresYear wires,
                                  const StudyOptions& options) {
  TRY(hosting::VillageYear village, std::move(wires).year());
  Crew crew(options.workers.threads);
  return village_network(inputs, std::move(village), {crew.spread(), options.on_wires});
}

/// Puts the checks of the power flow behind the grades of the village's transformers.
void take_checks(const WiresInput& wires, const VillageNetwork& network,
                 std::vector<TransformerYear>& transformers) {
  for (std::size_t t = 0; t < network.checks.size(); ++t) {
    TransformerYear& year = transformers[wires.transformers[t]];
    year.grade_2025 = hosting::checked(year.grade_2025, network.checks[t]);
    year.grade_2019 = hosting::checked(year.grade_2019, network.checks[t]);
    year.is_checked = true;
  }
}

}  // namespace

Result<Study> study(const Inputs& inputs, const StudyOptions& options) {
  Study study;
  VillageSums sums(inputs);
  std::optional<WiresYear> wires;
  if (inputs.wires && options.depth == Depth::full) {
    wires.emplace(inputs);
  }
  const auto take = [&](const model::Household& home, HouseholdYear&& year) {
    sums.add(home, year);
    if (wires) {
      wires->add(home, year);
    }
    if (options.on_household) {
      options.on_household(home, year);
    }
    std::ranges::copy(year.plan.notes, std::back_inserter(study.notes));
    study.households.push_back(std::move(year.plan));
  };
  TRY(study.coordinations, every_household(inputs, options.depth, options.workers, take));
  for (const Coordination& one : study.coordinations) {
    std::ranges::copy(one.notes, std::back_inserter(study.notes));
  }
  study.energy = sums.energy;
  study.flows = sums.flows;
  study.hourly_matched_share = sums.hourly_matched_share();
  study.months = sums.months;
  study.typical_days = sums.typical_days();
  study.net_power_kw = sums.net_power_kw();
  study.transformers = sums.transformers();
  study.finance = finance_of(sums.money, inputs.village.assumptions.value("money.discount_rate"));
  study.capex = sums.capex;
  study.parties = sums.parties.forms(
      contracts_of(inputs.village.assumptions, purchase_price(inputs)), inputs.village.life_years);
  study.carbon = carbon_year(inputs, sums);
  study.waterfall = sums.waterfall;
  if (wires) {
    TRY(study.network, network_of(inputs, std::move(*wires), options));
    take_checks(*inputs.wires, *study.network, study.transformers);
  }
  return study;
}

}  // namespace xiaoyuan::plan
