#include "optimum/joint_marginal.hpp"

#include <algorithm>

namespace xiaoyuan::optimum {

namespace {

constexpr double unlimited_kwh = 1e300;

double limit_at(std::span<const double> series, std::size_t t) {
  return series.empty() ? unlimited_kwh : series[t];
}

/// A store's bounds, of the battery or another.
struct Bounded {
  double floor_kwh, ceiling_kwh, kept;
  std::span<const double> least_kwh, most_kwh;
  YearEnd end;
  double end_kwh;
};

/// What the constant bounds are worth: λ_t − (1 − σ) λ_{t+1} is positive where the store is empty
/// and would rather hold less, negative where it is full and would rather hold more.
void add_jumps(const Bounded& store, const std::vector<double>& values, StoreMarginals& all) {
  const std::size_t last = values.size() - 1;
  for (std::size_t t = 0; t <= last; ++t) {
    const bool is_cyclic = store.end == YearEnd::cyclic;
    const double after = t < last ? values[t + 1] : is_cyclic ? values.front() : 0.0;
    const double jump = values[t] - store.kept * after;
    const bool is_end = t == last && !is_cyclic && store.end != YearEnd::free;
    const bool ceiling_holds =
        limit_at(store.most_kwh, t) > store.ceiling_kwh && !(is_end && store.end == YearEnd::equal);
    const bool floor_holds = (store.least_kwh.empty() || store.least_kwh[t] < store.floor_kwh) &&
                             !(is_end && store.end_kwh >= store.floor_kwh);
    all.ceiling_kwh += ceiling_holds ? std::max(0.0, -jump) : 0.0;
    all.floor_kwh -= floor_holds ? std::max(0.0, jump) : 0.0;
  }
}

double end_of(YearEnd end, double end_kwh, double start_kwh) {
  return end == YearEnd::free ? -unlimited_kwh : end_kwh < 0.0 ? start_kwh : end_kwh;
}

StoreMarginals store_marginals(const SecondStore& store, double hours,
                               const std::vector<double>& values,
                               const std::vector<double>& prices) {
  StoreMarginals all;
  for (std::size_t t = 0; t < values.size(); ++t) {
    if (limit_at(store.heater_limits_kwh, t) > store.heater_kw * hours) {
      all.heater_kw += hours * std::max(0.0, values[t] * cop(store, t) - prices[t]);
    }
  }
  add_jumps({store.floor_kwh, store.ceiling_kwh, 1.0 - standing_loss(store, hours), store.least_kwh,
             store.most_kwh, store.end, end_of(store.end, store.end_kwh, store.start_kwh)},
            values, all);
  return all;
}

void add_meter(const DispatchProblem& home, const JointValues& values, std::size_t t,
               MarginalValues& all) {
  const StoreYear& year = home.year;
  const auto& periods = home.tier_period_of_step;
  const double addition =
      values.tier_additions.empty() ? 0.0 : values.tier_additions[periods.empty() ? 0 : periods[t]];
  const double price = values.house_price[t];
  if (limit_at(year.import_limits_kwh, t) > year.import_limit_kwh) {
    all.import_limit_kwh += std::max(0.0, price - year.buy[t] - addition);
  }
  const bool may_export = year.pv_kwh[t] + discharge_limit(year, t) > 0.0;
  if (may_export && limit_at(year.export_limits_kwh, t) > year.export_limit_kwh) {
    all.export_limit_kwh += std::max(0.0, year.sell[t] - price);
  }
}

MarginalValues home_marginals(const DispatchProblem& home, const JointValues& values) {
  const StoreYear& year = home.year;
  const battery::Spec& spec = year.battery;
  const double hours = year.step_hours;
  MarginalValues all;
  all.house_price = values.house_price;
  for (std::size_t t = 0; t < year.size(); ++t) {
    const double price = values.house_price[t];
    const double worth = values.battery[t];
    const double wear = spec.wear_yuan_per_kwh;
    if (limit_at(year.charge_limits_kwh, t) > spec.charge_kw * hours) {
      all.charge_kw += hours * std::max(0.0, (worth - wear) * spec.charge_efficiency - price);
    }
    if (limit_at(year.discharge_limits_kwh, t) > spec.discharge_kw * hours) {
      all.discharge_kw += hours * std::max(0.0, price - (worth + wear) / spec.discharge_efficiency);
    }
    add_meter(home, values, t, all);
  }
  StoreMarginals bounds;
  add_jumps(
      {spec.floor_kwh, spec.ceiling_kwh, 1.0 - battery::standing_loss(spec, hours), year.least_kwh,
       year.most_kwh, home.end, end_of(home.end, home.end_kwh, home.start_kwh)},
      values.battery, bounds);
  all.ceiling_kwh = bounds.ceiling_kwh;
  all.floor_kwh = bounds.floor_kwh;
  return all;
}

}  // namespace

JointMarginals marginal_values(const JointProblem& problem, const JointResult& result) {
  JointMarginals all{home_marginals(problem.home, result.values), {}};
  for (std::size_t j = 0; j < problem.stores.size(); ++j) {
    all.stores.push_back(store_marginals(problem.stores[j], problem.home.year.step_hours,
                                         result.values.stores[j], result.values.house_price));
  }
  return all;
}

}  // namespace xiaoyuan::optimum
