#include "plan/household_year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "demand/heat_pump.hpp"
#include "demand/load_file.hpp"
#include "solar/solar.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double no_limit_kwh = 1e9;

std::vector<double> to_energy(std::vector<double> kw, double hours) {
  for (double& value : kw) {
    value *= hours;
  }
  return kw;
}

/// Generation of the roofs, and the AC rating of their inverter.
void add_roofs(const Shared& shared, const model::Household& home, Site& site) {
  const model::Assumptions& assumptions = shared.inputs.village.assumptions;
  std::vector<solar::ArraySpec> arrays;
  for (const model::Roof& roof : home.roofs) {
    solar::ArraySpec array;
    array.plane = {roof.tilt_deg, roof.azimuth_deg};
    array.capacity_kwp = roof.capacity_kwp;
    array.temperature_coefficient_per_k = assumptions.value("pv.temperature_coefficient_per_k");
    array.loss_fraction = assumptions.value("pv.loss");
    array.albedo = assumptions.value("pv.albedo");
    array.transposition = shared.inputs.village.sky_model == model::SkyModel::perez
                              ? solar::Transposition::perez
                              : solar::Transposition::hay_davies;
    arrays.push_back(array);
  }
  const solar::InverterSpec inverter{site.inverter_kw, assumptions.value("pv.inverter_efficiency")};
  site.pv_kwh =
      to_energy(solar::ac_power(shared.sky, arrays, inverter).values, shared.inputs.step_hours());
}

Result<void> add_load(const Shared& shared, const model::Household& home, Site& site) {
  const Inputs& inputs = shared.inputs;
  if (home.load_file.empty()) {
    site.load_kwh = to_energy(demand::household_load_kw(inputs.profile, inputs.times,
                                                        {home.load_kwh, inputs.step_hours(),
                                                         seed_of(home.id, inputs.village.seed)}),
                              inputs.step_hours());
    return {};
  }
  TRY(const std::string bytes, inputs.folder.read(home.load_file));
  TRY(demand::LoadFile file,
      demand::read_load(bytes, home.load_file, inputs.village.axis, inputs.village.zone));
  site.load_kwh = to_energy(std::move(file.load.values), inputs.step_hours());
  site.notes = std::move(file.notes);
  const Where where{home.load_file, 1, "pv_kw"};
  if (file.has_pv() && !home.makes_energy()) {
    return fail(Fault::bad_input,
                {fmt::format("{} has measured PV, but its mode is none", home.id),
                 fmt::format("{} 有实测光伏,但其 mode 为 none", home.id)},
                where);
  }
  if (!file.has_pv() && home.makes_energy() && home.roofs.empty()) {
    return fail(
        Fault::bad_input,
        {fmt::format("is missing; {} has no roof, so its PV must be measured here", home.id),
         fmt::format("缺失;{} 没有屋顶数据,其光伏须在此实测给出", home.id)},
        where);
  }
  if (file.has_pv() && home.makes_energy()) {
    site.pv_kwh = to_energy(std::move(file.pv.values), inputs.step_hours());
  }
  return {};
}

}  // namespace

Shared share(const Inputs& inputs) { return {inputs, solar::sky_over(inputs.weather)}; }

Result<Site> site_of(const Shared& shared, const model::Household& home) {
  const Inputs& inputs = shared.inputs;
  const model::Assumptions& assumptions = inputs.village.assumptions;
  Site site;
  if (auto added = add_load(shared, home, site); !added) {
    return std::unexpected(std::move(added.error()));
  }
  if (home.heat_pump_kwh > 0.0) {
    const demand::HeatPump pump{.base_c = assumptions.value("demand.heating_base_c"),
                                .cop_at_7c = assumptions.value("demand.cop_at_7c"),
                                .cop_per_k = assumptions.value("demand.cop_per_k"),
                                .awake_gain_k = assumptions.value("demand.awake_gain_k"),
                                .season = {assumptions.value("demand.heating_first_day"),
                                           assumptions.value("demand.heating_last_day")}};
    site.heat_pump_kwh =
        to_energy(demand::heat_by_season(pump, inputs.weather.temperature_c, inputs.times,
                                         home.heat_pump_kwh, inputs.step_hours())
                      .kw,
                  inputs.step_hours());
    std::ranges::transform(site.load_kwh, site.heat_pump_kwh, site.load_kwh.begin(), std::plus{});
  }
  site.inverter_kw = home.inverter_kw > 0.0
                         ? home.inverter_kw
                         : home.capacity_kwp() / assumptions.value("pv.dc_ac_ratio");
  if (site.pv_kwh.empty() && home.makes_energy() && !home.roofs.empty()) {
    add_roofs(shared, home, site);
  }
  if (site.pv_kwh.empty()) {
    site.pv_kwh.assign(site.load_kwh.size(), 0.0);
  }
  return site;
}

battery::Spec battery_of(const model::Household& home, const model::Assumptions& assumptions) {
  const double energy = home.battery.energy_kwh;
  const double one_way = std::sqrt(assumptions.value("battery.round_trip_efficiency"));
  return {.floor_kwh = energy * assumptions.value("battery.least_charge"),
          .ceiling_kwh = energy * assumptions.value("battery.most_charge"),
          .charge_kw = home.battery.power_kw,
          .discharge_kw = home.battery.power_kw,
          .charge_efficiency = one_way,
          .discharge_efficiency = one_way,
          .standing_loss_per_hour = assumptions.value("battery.standing_loss_per_month") / 730.0,
          .wear_yuan_per_kwh = assumptions.value("battery.wear_yuan_per_kwh") / 2.0};
}

StoreYear store_year(const Inputs& inputs, const model::Household& home, const Site& site,
                     const std::vector<double>& pv_kwh) {
  StoreYear year;
  year.load_kwh = site.load_kwh;
  year.pv_kwh = pv_kwh;
  year.buy = inputs.buying.yuan_per_kwh;
  year.sell = inputs.selling.yuan_per_kwh;
  year.step_hours = inputs.step_hours();
  year.export_limit_kwh = home.mode == model::Mode::self_use_surplus ? no_limit_kwh : 0.0;
  year.import_limit_kwh = no_limit_kwh;
  year.battery = battery_of(home, inputs.village.assumptions);
  return year;
}

Flows flows_with(const StoreYear& year, const StorePath& path) {
  const std::size_t size = year.load_kwh.size();
  Flows flows;
  flows.import_kwh.resize(size);
  flows.export_kwh.resize(size);
  flows.curtailed_kwh.resize(size);
  flows.battery_kwh.resize(size);
  flows.battery_start_kwh = path.start_kwh;
  flows.battery_end_kwh = path.end_kwh;
  for (std::size_t t = 0; t < size; ++t) {
    const StepFlow flow = flow_of(year, t, path.change_kwh[t]);
    flows.import_kwh[t] = flow.import_kwh;
    flows.export_kwh[t] = flow.export_kwh;
    flows.curtailed_kwh[t] = flow.curtailed_kwh;
    flows.battery_kwh[t] = battery::ac_energy_kwh(year.battery, path.change_kwh[t]);
  }
  return flows;
}

Flows flows_without_battery(const Inputs& inputs, const model::Household& home, const Site& site,
                            const std::vector<double>& pv_kwh) {
  Flows flows;
  if (home.mode == model::Mode::full_export) {  // two meters: the house never sees its PV
    flows.import_kwh = site.load_kwh;
    flows.export_kwh = pv_kwh;
    flows.curtailed_kwh.assign(pv_kwh.size(), 0.0);
    return flows;
  }
  const StoreYear year = store_year(inputs, home, site, pv_kwh);
  const std::size_t size = pv_kwh.size();
  flows.import_kwh.resize(size);
  flows.export_kwh.resize(size);
  flows.curtailed_kwh.resize(size);
  for (std::size_t t = 0; t < size; ++t) {
    const StepFlow flow = flow_of(year, t, 0.0);
    flows.import_kwh[t] = flow.import_kwh;
    flows.export_kwh[t] = flow.export_kwh;
    flows.curtailed_kwh[t] = flow.curtailed_kwh;
  }
  return flows;
}

}  // namespace xiaoyuan::plan
