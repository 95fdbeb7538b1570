#include "plan/site.hpp"

#include "plan/loads.hpp"
#include "plan/roofs.hpp"

namespace xiaoyuan::plan {

namespace {

void scale(std::vector<double>& values, double factor) {
  if (factor != 1.0) {
    for (double& value : values) {
      value *= factor;
    }
  }
}

/// Generation of the roofs, and where the light went on the way.
void add_roofs(const Shared& shared, const model::Household& home, const HouseholdWords& words,
               Site& site) {
  const Inputs& inputs = shared.inputs;
  solar::PvYield yield =
      solar::pv_yield(shared.sky, arrays_of(inputs.village, inputs.pv, home, words),
                      inverter_of(inputs.village.assumptions, inputs.pv, site.inverter_kw));
  site.waterfall = yield.waterfall;
  site.pv_kwh = std::move(yield.ac.values);
  scale(site.pv_kwh, inputs.step_hours());
}

}  // namespace

Shared share(const Inputs& inputs) {
  return {inputs, solar::sky_over(inputs.weather), months_of(inputs.times)};
}

Result<Site> site_of(const Shared& shared, const model::Household& home) {
  const Inputs& inputs = shared.inputs;
  const model::Assumptions& assumptions = inputs.village.assumptions;
  TRY(const HouseholdWords words, words_of(home, assumptions, inputs.pv.horizon));
  Site site;
  if (auto added = add_loads(shared, home, words, site); !added) {
    return std::unexpected(std::move(added.error()));
  }
  site.inverter_kw = home.inverter_kw > 0.0
                         ? home.inverter_kw
                         : home.capacity_kwp() / assumptions.value("pv.dc_ac_ratio");
  if (site.pv_kwh.empty() && home.makes_energy() && !home.roofs.empty()) {
    add_roofs(shared, home, words, site);
    scale(site.pv_kwh, inputs.generation_factor);
  } else {
    scale(site.pv_kwh, inputs.measured_factor);
  }
  if (site.pv_kwh.empty()) {
    site.pv_kwh.assign(site.load_kwh.size(), 0.0);
  }
  scale(site.load_kwh, inputs.load_factor);
  scale(site.heat_pump_kwh, inputs.load_factor);
  scale(site.car_kwh, inputs.load_factor);
  return site;
}

}  // namespace xiaoyuan::plan
