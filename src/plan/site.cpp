#include "plan/site.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/random.hpp"
#include "demand/heat_pump.hpp"
#include "demand/load_file.hpp"
#include "solar/solar.hpp"

namespace xiaoyuan::plan {

namespace {

std::vector<double> to_energy(std::vector<double> kw, double hours) {
  for (double& value : kw) {
    value *= hours;
  }
  return kw;
}

void scale(std::vector<double>& values, double factor) {
  if (factor != 1.0) {
    for (double& value : values) {
      value *= factor;
    }
  }
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
    array.near_shading = assumptions.value("pv.near_shading");
    array.soiling.fill(assumptions.value("pv.soiling"));
    array.snow.fill(assumptions.value("pv.snow"));
    array.losses = {.nameplate = assumptions.value("pv.nameplate"),
                    .light_induced = assumptions.value("pv.light_induced"),
                    .mismatch = assumptions.value("pv.mismatch"),
                    .wiring = assumptions.value("pv.wiring"),
                    .connections = assumptions.value("pv.connections")};
    array.albedo = assumptions.value("pv.albedo");
    array.transposition = shared.inputs.village.sky_model == model::SkyModel::perez
                              ? solar::Transposition::perez
                              : solar::Transposition::hay_davies;
    arrays.push_back(array);
  }
  const solar::InverterSpec inverter{.ac_rating_kw = site.inverter_kw,
                                     .efficiency = assumptions.value("pv.inverter_efficiency"),
                                     .unavailable_fraction = assumptions.value("pv.availability")};
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
  if (file.has_pv() && !home.makes_energy() && !home.without_pv) {
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

Shared share(const Inputs& inputs) {
  return {inputs, solar::sky_over(inputs.weather), months_of(inputs.times)};
}

Result<Site> site_of(const Shared& shared, const model::Household& home) {
  const Inputs& inputs = shared.inputs;
  const model::Assumptions& assumptions = inputs.village.assumptions;
  Site site;
  if (auto added = add_load(shared, home, site); !added) {
    return std::unexpected(std::move(added.error()));
  }
  if (home.heating.exists()) {
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
  scale(site.pv_kwh, inputs.generation_factor);
  scale(site.load_kwh, inputs.load_factor);
  scale(site.heat_pump_kwh, inputs.load_factor);
  return site;
}

}  // namespace xiaoyuan::plan
