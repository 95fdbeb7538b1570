#include "plan/household_battery.hpp"

#include <algorithm>

#include "battery/backup.hpp"
#include "plan/economics.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::plan {

namespace {

optimum::StorePath by_rule(const optimum::StoreYear& year) {
  std::vector<double> surplus(year.load_kwh.size());
  for (std::size_t t = 0; t < surplus.size(); ++t) {
    surplus[t] = year.pv_kwh[t] - year.load_kwh[t];
  }
  optimum::StorePath path;
  path.start_kwh = battery::cyclic_start_kwh(year.battery, surplus, year.step_hours);
  path.change_kwh =
      battery::self_consumption(year.battery, surplus, year.step_hours, path.start_kwh);
  const double kept = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  path.end_kwh = path.start_kwh;
  for (const double change : path.change_kwh) {
    path.end_kwh = kept * path.end_kwh + change;
  }
  return path;
}

double year_yuan(const tariff::Schedule& schedule, std::span<const double> kwh) {
  return tariff::total(tariff::bills(schedule, tariff::energy_by_slot(schedule, kwh))).yuan();
}

}  // namespace

double HouseholdBattery::cost(const Flows& flows) const {
  return year_yuan(inputs_.buying, flows.import_kwh) - year_yuan(inputs_.selling, flows.export_kwh);
}

optimum::DispatchProblem HouseholdBattery::problem(const optimum::StoreYear& year) const {
  optimum::DispatchProblem problem;
  problem.year = year;
  if (const auto& tiers = inputs_.buying.tiers) {
    if (tiers->period == tariff::TierPeriod::month) {
      problem.tier_period_of_step = shared_.months.of_step;
    }
    problem.tier_limits_kwh = tiers->limits_kwh;
    for (const Price& addition : tiers->additions) {
      problem.tier_additions_yuan.push_back(addition.yuan_per_kwh());
    }
  }
  return problem;
}

Result<void> HouseholdBattery::solve(const optimum::StoreYear& year) {
  return optimiser_.solve(problem(year), best_);
}

Result<Flows> HouseholdBattery::flows(const Site& site, const std::vector<double>& pv_kwh) {
  const optimum::StoreYear year = store_year(inputs_, home_, site, pv_kwh);
  if (inputs_.village.dispatch == model::Dispatch::self_consumption) {
    return flows_with(year, by_rule(year));
  }
  if (auto solved = solve(year); !solved) {
    return std::unexpected(std::move(solved.error()));
  }
  return flows_with(year, best_.path);
}

Result<BatteryVerdict> HouseholdBattery::verdict(const Site& site, const Flows& chosen) {
  BatteryVerdict verdict;
  optimum::StoreYear year = store_year(inputs_, home_, site, site.pv_kwh);
  verdict.without_cost_yuan = cost(flows_without_battery(inputs_, home_, site, site.pv_kwh));
  verdict.rule_cost_yuan = cost(flows_with(year, by_rule(year)));
  year.battery.wear_yuan_per_kwh = 0.0;  // wear is in the battery's price, counted below
  if (auto solved = solve(year); !solved) {
    return std::unexpected(std::move(solved.error()));
  }
  verdict.gap = best_.gap();
  const bool is_met = best_.proof != optimum::Proof::bounded;
  verdict.bounded_steps = is_met ? 0 : best_.bent_steps.size();
  verdict.optimum_cost_yuan = cost(flows_with(year, best_.path));
  if (!is_met) {  // not the optimum itself: another way of running may be cheaper
    verdict.optimum_cost_yuan =
        std::min({verdict.optimum_cost_yuan, verdict.rule_cost_yuan, verdict.without_cost_yuan});
  }
  verdict.saving_yuan = verdict.without_cost_yuan - cost(chosen);
  verdict.best_saving_yuan = verdict.without_cost_yuan - verdict.optimum_cost_yuan;
  verdict.cost_per_year_yuan =
      home_.battery.energy_kwh * value("money.battery_yuan_per_kwh") *
      annuity(value("money.discount_rate"), value("money.battery_life_years"));
  return verdict;
}

BackupYear HouseholdBattery::backup(const Site& site, const Flows& chosen) const {
  const battery::Spec spec = battery_of(home_, inputs_.village.assumptions);
  const double kept = 1.0 - battery::standing_loss(spec, inputs_.step_hours());
  std::vector<double> stored{chosen.battery_start_kwh};
  for (const double ac_kwh : chosen.battery_kwh) {
    stored.push_back(kept * stored.back() + battery::stored_change_kwh(spec, ac_kwh));
  }
  const double critical_kw =
      home_.critical_kw > 0.0 ? home_.critical_kw : value("backup.critical_kw");
  const battery::Backup found = battery::backup({.stored_kwh = stored,
                                                 .pv_kwh = site.pv_kwh,
                                                 .critical_kw = critical_kw,
                                                 .battery = spec,
                                                 .step_hours = inputs_.step_hours()});
  return {critical_kw, found.least_hours, found.median_hours, found.share_bridged_24h};
}

}  // namespace xiaoyuan::plan
