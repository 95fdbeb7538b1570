#include "plan/flows.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::plan {

namespace {

constexpr double no_limit_kwh = 1e9;
constexpr double rounding_kwh = 1e-12;

}  // namespace

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

optimum::StoreYear store_year(const Inputs& inputs, const model::Household& home, const Site& site,
                              const std::vector<double>& pv_kwh) {
  optimum::StoreYear year;
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

Flows flows_with(const optimum::StoreYear& year, const optimum::StorePath& path) {
  const std::size_t size = year.load_kwh.size();
  Flows flows;
  flows.import_kwh.resize(size);
  flows.export_kwh.resize(size);
  flows.curtailed_kwh.resize(size);
  flows.battery_kwh.resize(size);
  flows.battery_start_kwh = path.start_kwh;
  flows.battery_end_kwh = path.end_kwh;
  for (std::size_t t = 0; t < size; ++t) {
    const optimum::StepFlow flow = optimum::flow_of(year, t, path.change_kwh[t]);
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
  const optimum::StoreYear year = store_year(inputs, home, site, pv_kwh);
  const std::size_t size = pv_kwh.size();
  flows.import_kwh.resize(size);
  flows.export_kwh.resize(size);
  flows.curtailed_kwh.resize(size);
  for (std::size_t t = 0; t < size; ++t) {
    const optimum::StepFlow flow = optimum::flow_of(year, t, 0.0);
    flows.import_kwh[t] = flow.import_kwh;
    flows.export_kwh[t] = flow.export_kwh;
    flows.curtailed_kwh[t] = flow.curtailed_kwh;
  }
  return flows;
}

Flows flows_granted(const Inputs& inputs, const model::Household& home, const Site& site,
                    const std::vector<double>& pv_kwh, const Granted& granted) {
  const bool is_apart = home.mode == model::Mode::full_export;
  const bool has_store = !granted.path.change_kwh.empty();
  const battery::Spec spec = battery_of(home, inputs.village.assumptions);
  const std::size_t size = pv_kwh.size();
  Flows flows;
  flows.import_kwh.resize(size);
  flows.export_kwh.resize(size);
  flows.curtailed_kwh.resize(size);
  flows.battery_kwh.resize(has_store ? size : 0);
  flows.battery_start_kwh = granted.path.start_kwh;
  flows.battery_end_kwh = granted.path.end_kwh;
  for (std::size_t t = 0; t < size; ++t) {
    const double grid = granted.grid_kwh[t];
    double net = is_apart ? 0.0 : site.load_kwh[t];
    if (has_store) {
      flows.battery_kwh[t] = battery::ac_energy_kwh(spec, granted.path.change_kwh[t]);
      net += flows.battery_kwh[t];
    }
    flows.import_kwh[t] = is_apart ? site.load_kwh[t] : std::max(0.0, grid);
    flows.export_kwh[t] = std::max(0.0, -grid);
    const double curtailed = grid - (net - pv_kwh[t]);
    flows.curtailed_kwh[t] = curtailed > rounding_kwh ? curtailed : 0.0;
  }
  return flows;
}

std::vector<double> left_by(const std::optional<Granted>& granted,
                            const std::vector<double>& pv_kwh) {
  std::vector<double> left = pv_kwh;
  for (std::size_t t = 0; granted && t < left.size(); ++t) {
    left[t] = std::max(0.0, left[t] - granted->withheld_kwh[t]);
  }
  return left;
}

}  // namespace xiaoyuan::plan
