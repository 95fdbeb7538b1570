#include "plan/household_dispatch.hpp"

namespace xiaoyuan::plan {

optimum::StorePath rule_path(const optimum::StoreYear& year) {
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

optimum::DispatchProblem dispatch_problem(const Shared& shared, const optimum::StoreYear& year) {
  optimum::DispatchProblem problem;
  problem.year = year;
  if (const auto& tiers = shared.inputs.buying.tiers) {
    if (tiers->period == tariff::TierPeriod::month) {
      problem.tier_period_of_step = shared.months.of_step;
    }
    problem.tier_limits_kwh = tiers->limits_kwh;
    for (const Price& addition : tiers->additions) {
      problem.tier_additions_yuan.push_back(addition.yuan_per_kwh());
    }
  }
  return problem;
}

Result<Flows> flows_alone(const Shared& shared, const model::Household& home, const Site& site,
                          const std::vector<double>& pv_kwh) {
  const Inputs& inputs = shared.inputs;
  if (!has_battery(home)) {
    return flows_without_battery(inputs, home, site, pv_kwh);
  }
  const optimum::StoreYear year = store_year(inputs, home, site, pv_kwh);
  if (inputs.village.dispatch == model::Dispatch::self_consumption) {
    return flows_with(year, rule_path(year));
  }
  TRY(const optimum::DispatchResult best,
      optimum::optimal_dispatch(dispatch_problem(shared, year)));
  return flows_with(year, best.path);
}

}  // namespace xiaoyuan::plan
