#include "plan/shared_year.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.hpp"
#include "base/expected.hpp"
#include "optimum/coupled_fair.hpp"

namespace xiaoyuan::plan {

namespace {

bool is_apart(const model::Household& home) { return home.mode == model::Mode::full_export; }

/// A battery that runs by the rule or on forecasts does not know of its neighbours.
bool runs_alone(const Shared& shared, const model::Household& home) {
  return has_battery(home) && shared.inputs.village.dispatch != model::Dispatch::optimal;
}

Result<Neighbour> neighbour_of(const Shared& shared, std::size_t household, double yield) {
  const model::Household& home = shared.inputs.village.households[household];
  TRY(Site site, site_of(shared, home));
  for (double& kwh : site.pv_kwh) {
    kwh *= yield;
  }
  optimum::Optimiser optimiser;
  TRY(Flows flows, flows_alone(shared, home, optimiser, site, site.pv_kwh));
  Neighbour neighbour;
  neighbour.home = &home;
  neighbour.household = household;
  if (runs_alone(shared, home)) {
    const optimum::StoreYear year = store_year(shared.inputs, home, site, site.pv_kwh);
    TRY(neighbour.path, HouseholdBattery(shared, home, optimiser).path(year));
  }
  neighbour.rating_kw = home.makes_energy() ? site.inverter_kw : 0.0;
  neighbour.load_kwh = std::move(site.load_kwh);
  neighbour.pv_kwh = std::move(site.pv_kwh);
  neighbour.curtailed_kwh = std::move(flows.curtailed_kwh);
  neighbour.net_kwh = std::move(flows.import_kwh);
  for (std::size_t t = 0; t < neighbour.net_kwh.size(); ++t) {
    neighbour.net_kwh[t] -= flows.export_kwh[t];
  }
  return neighbour;
}

optimum::Rule rule_of(model::Curtailment curtailment) {
  switch (curtailment) {
    case model::Curtailment::equal_power:
      return optimum::Rule::equal_power;
    case model::Curtailment::equal_share:
      return optimum::Rule::equal_share;
    default:
      expects(curtailment == model::Curtailment::pro_rata);
      return optimum::Rule::pro_rata;
  }
}

/// Where stores are free the optimiser keeps limits to a millionth of what flows; asked for a
/// little less, the limit itself is kept to the last digit.
double asked_kwh(double limit_kwh, const std::vector<optimum::DispatchProblem>& households) {
  const bool any_store =
      std::ranges::any_of(households, [](const auto& home) { return home.year.battery.exists(); });
  return any_store ? std::max(0.0, limit_kwh - 2e-6 * std::max(1.0, limit_kwh)) : limit_kwh;
}

}  // namespace

Result<SharedYear> SharedYear::of(const Shared& shared, std::size_t transformer, double yield,
                                  const xiaoyuan::Spread& spread) {
  const auto& homes = shared.inputs.village.households;
  std::vector<std::size_t> behind;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    if (homes[i].transformer == transformer) {
      behind.push_back(i);
    }
  }
  std::vector<std::optional<Result<Neighbour>>> found(behind.size());
  spread(behind.size(), [&](std::size_t i) { found[i] = neighbour_of(shared, behind[i], yield); });
  SharedYear year(shared);
  year.nothing_.assign(shared.inputs.times.size(), 0.0);
  Errors errors;
  for (auto& one : found) {
    if (gather(*one, errors)) {
      year.neighbours_.push_back(std::move(**one));
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  for (const Neighbour& neighbour : year.neighbours_) {
    year.add_meters(neighbour);
  }
  year.add_problems();
  return year;
}

void SharedYear::add_meters(const Neighbour& neighbour) {
  const std::size_t index = use_kwh_.size();
  std::vector<double> use = neighbour.load_kwh;
  if (!neighbour.path.change_kwh.empty()) {
    const battery::Spec spec = battery_of(*neighbour.home, shared_->inputs.village.assumptions);
    for (std::size_t t = 0; t < use.size(); ++t) {
      use[t] += battery::ac_energy_kwh(spec, neighbour.path.change_kwh[t]);
    }
  }
  use_kwh_.push_back(std::move(use));
  if (is_apart(*neighbour.home)) {
    meters_.push_back({index, Part::use});
    meters_.push_back({index, Part::pv});
  } else {
    meters_.push_back({index, Part::whole});
  }
}

std::vector<double> SharedYear::alone_kwh() const {
  std::vector<double> total = nothing_;
  for (const Neighbour& neighbour : neighbours_) {
    for (std::size_t t = 0; t < total.size(); ++t) {
      total[t] += neighbour.net_kwh[t];
    }
  }
  return total;
}

void SharedYear::add_problems() {
  for (const Meter& meter : meters_) {
    const Neighbour& neighbour = neighbours_[meter.neighbour];
    optimum::StoreYear year = store_year(shared_->inputs, *neighbour.home, {}, neighbour.pv_kwh);
    year.load_kwh = meter.part == Part::pv ? nothing_ : use_kwh_[meter.neighbour];
    if (meter.part == Part::use) {
      year.pv_kwh = nothing_;
    } else if (meter.part == Part::pv) {
      year.export_limit_kwh = year.import_limit_kwh;  // neither is limited
    }
    if (runs_alone(*shared_, *neighbour.home) || !has_battery(*neighbour.home)) {
      year.battery = {};
    }
    problem_.households.push_back(dispatch_problem(shared_->inputs, shared_->months, year));
    // Shared limits are planned at the price within a mechanism's yearly cap; the bill is exact.
    problem_.households.back().export_cap_kwh = std::numeric_limits<double>::infinity();
  }
}

void SharedYear::set_limits(const TransformerLimits& limits, Limited limited) {
  const double hours = shared_->inputs.step_hours();
  const std::size_t size = nothing_.size();
  export_limits_kwh_.assign(size, asked_kwh(limits.export_kw * hours, problem_.households));
  import_limits_kwh_.assign(limited == Limited::both_ways ? size : 0,
                            asked_kwh(limits.import_kw * hours, problem_.households));
  problem_.limits = {{import_limits_kwh_, export_limits_kwh_, {}}};
}

std::vector<double> SharedYear::ratings_kw() const {
  std::vector<double> ratings_kw;
  for (const Meter& meter : meters_) {
    ratings_kw.push_back(meter.part == Part::use ? 0.0 : neighbours_[meter.neighbour].rating_kw);
  }
  return ratings_kw;
}

/// Takes over what a meter does.
void SharedYear::grant(const optimum::CoupledHousehold& meter, std::size_t index,
                       SharedSchedules& schedules) const {
  const auto [at, part] = meters_[index];
  const Neighbour& neighbour = neighbours_[at];
  schedules.cost_of[at] += meter.cost_yuan;
  schedules.alone_yuan[at] += meter.alone_yuan;
  schedules.cost_yuan += meter.cost_yuan;
  if (part == Part::use) {
    return;
  }
  Granted& granted = schedules.granted[at];
  const optimum::StoreYear& year = problem_.households[index].year;
  granted.grid_kwh = meter.grid_kwh;
  granted.path = year.battery.exists() ? meter.path : neighbour.path;
  granted.withheld_kwh.resize(meter.grid_kwh.size());
  for (std::size_t t = 0; t < meter.grid_kwh.size(); ++t) {
    const double ac_kwh = year.battery.exists()
                              ? battery::ac_energy_kwh(year.battery, meter.path.change_kwh[t])
                              : 0.0;
    const double curtailed = meter.grid_kwh[t] - (year.load_kwh[t] + ac_kwh - year.pv_kwh[t]);
    granted.withheld_kwh[t] = std::max(0.0, curtailed - neighbour.curtailed_kwh[t]);
    schedules.withheld_kwh[at] += granted.withheld_kwh[t];
  }
}

Result<SharedSchedules> SharedYear::run(model::Curtailment rule,
                                        const xiaoyuan::Spread& spread) const {
  SharedSchedules schedules;
  schedules.granted.resize(neighbours_.size());
  for (auto* figures : {&schedules.cost_of, &schedules.alone_yuan, &schedules.withheld_kwh}) {
    figures->assign(neighbours_.size(), 0.0);
  }
  std::vector<optimum::CoupledHousehold> meters;
  if (rule == model::Curtailment::least_cost) {
    TRY(schedules.proof, optimum::coupled_dispatch(problem_, spread));
    meters = std::move(schedules.proof.households);
    schedules.total_kwh = schedules.proof.total_kwh;
  } else {
    TRY(optimum::FairResult fair,
        optimum::fair_dispatch(problem_, rule_of(rule), ratings_kw(), spread));
    meters = std::move(fair.households);
    schedules.total_kwh = std::move(fair.total_kwh);
  }
  for (std::size_t i = 0; i < meters.size(); ++i) {
    grant(meters[i], i, schedules);
  }
  return schedules;
}

}  // namespace xiaoyuan::plan
