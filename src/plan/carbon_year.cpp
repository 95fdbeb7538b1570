#include "plan/carbon_year.hpp"

namespace xiaoyuan::plan {

namespace {

/// A battery that is charged from roof and grid gives back both in the proportion in which it took
/// them in; what it loses of the roof's energy is uncounted.
carbon::GenerationKwh generation_of(const VillageSums& sums) {
  const FlowSums& flows = sums.flows;
  const double charged = flows.pv_to_battery + flows.grid_to_battery;
  const double from_roof = charged > 0.0 ? flows.pv_to_battery / charged : 0.0;
  carbon::GenerationKwh kwh;
  kwh.generation = sums.energy.pv_kwh;
  kwh.self_used_stored = from_roof * flows.battery_to_load;
  kwh.exported = flows.pv_to_grid;
  kwh.exported_stored = from_roof * flows.battery_to_grid;
  kwh.battery_loss = flows.pv_to_battery - kwh.self_used_stored - kwh.exported_stored;
  kwh.curtailed = flows.pv_curtailed;
  return kwh;
}

std::optional<CoalReplaced> coal_of(const Inputs& inputs, const VillageSums& sums) {
  if (sums.heated_homes == 0) {
    return std::nullopt;
  }
  const model::Assumptions& assumptions = inputs.village.assumptions;
  const carbon::CoalStove stove{.efficiency = assumptions.value("carbon.stove_efficiency"),
                                .coal_gj_per_t = assumptions.value("carbon.coal_gj_per_t"),
                                .coal_t_per_tj = assumptions.value("carbon.coal_t_per_tj")};
  return CoalReplaced{sums.heated_homes, sums.heat_kwh,
                      carbon::displaced_coal({sums.heat_kwh, sums.energy.heat_pump_kwh}, stove,
                                             inputs.factor().kg_per_kwh)};
}

}  // namespace

CarbonYear carbon_year(const Inputs& inputs, const VillageSums& sums) {
  const model::Assumptions& assumptions = inputs.village.assumptions;
  const EnergySums& energy = sums.energy;
  CarbonYear year;
  year.avoided_kwh = energy.pv_kwh - energy.curtailed_kwh - energy.battery_loss_kwh;
  const carbon::Claims claims =
      carbon::claims_of(carbon::generation_of(generation_of(sums)),
                        {.share_sold = assumptions.value("carbon.certificates_sold")});
  year.states = carbon::state_rows(claims, inputs.factor());
  year.life = carbon::avoided_over_life(
      year.avoided_kwh, inputs.factor(),
      {.years = inputs.village.life_years,
       .factor_decline_per_year = assumptions.value("carbon.factor_decline_per_year"),
       .first_year_loss = assumptions.value("pv.first_year_loss"),
       .yearly_loss = assumptions.value("pv.yearly_loss")});
  year.coal = coal_of(inputs, sums);
  return year;
}

}  // namespace xiaoyuan::plan
