#include "plan/battery_rolling.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::plan {

namespace {

constexpr double settling_hours = 7 * 24.0;
constexpr double hours_between_exact_plans = 6.0;  // nothing is to be mended, only seen further

/// What the tier adds, by step, in which the step's period ends without the battery.
std::vector<double> reached_additions(const optimum::DispatchProblem& problem) {
  const optimum::StoreYear& year = problem.year;
  const auto& period = problem.tier_period_of_step;
  std::vector<double> import_kwh(period.empty() ? 1 : std::ranges::max(period) + 1);
  const auto period_of = [&](std::size_t t) { return period.empty() ? 0 : period[t]; };
  for (std::size_t t = 0; t < year.size(); ++t) {
    import_kwh[period_of(t)] += optimum::flow_of(year, t, 0.0).import_kwh;
  }
  std::vector<double> additions(year.size());
  for (std::size_t t = 0; t < year.size(); ++t) {
    const auto tier = std::ranges::lower_bound(problem.tier_limits_kwh, import_kwh[period_of(t)]) -
                      problem.tier_limits_kwh.begin();
    additions[t] = problem.tier_additions_yuan[static_cast<std::size_t>(tier)];
  }
  return additions;
}

/// The last steps of a year; limits by step are cut along with load, PV and prices.
optimum::StoreYear last_steps(const optimum::StoreYear& year, std::size_t count) {
  using Year = optimum::StoreYear;
  Year last = year;
  for (auto series :
       {&Year::load_kwh, &Year::pv_kwh, &Year::buy, &Year::sell, &Year::export_limits_kwh,
        &Year::import_limits_kwh, &Year::charge_limits_kwh, &Year::discharge_limits_kwh,
        &Year::least_kwh, &Year::most_kwh, &Year::drain_kwh}) {
    if (!(year.*series).empty()) {
      last.*series = (year.*series).last(count);
    }
  }
  return last;
}

}  // namespace

RollingYear::RollingYear(const optimum::DispatchProblem& problem) : year_(problem.year) {
  if (problem.tier_limits_kwh.empty()) {
    return;
  }
  buy_ = reached_additions(problem);
  std::ranges::transform(buy_, year_.buy, buy_.begin(), std::plus{});
  year_.buy = buy_;
}

Result<optimum::StorePath> RollingYear::run(optimum::Forecast forecast, std::uint64_t seed) const {
  optimum::RollingPlan plan{.forecast = forecast, .seed = seed};
  if (forecast == optimum::Forecast::perfect) {
    plan.hours_between_plans = hours_between_exact_plans;
  }
  const auto settling = static_cast<std::size_t>(settling_hours / year_.step_hours);
  double start_kwh = year_.battery.floor_kwh;
  if (settling < year_.size()) {
    TRY(const optimum::RollingResult week,
        optimum::rolling_dispatch(last_steps(year_, settling), start_kwh, plan));
    start_kwh = week.path.end_kwh;
  }
  TRY(optimum::RollingResult whole, optimum::rolling_dispatch(year_, start_kwh, plan));
  return std::move(whole.path);
}

}  // namespace xiaoyuan::plan
