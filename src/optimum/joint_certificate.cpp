#include "optimum/joint_certificate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

double here(std::span<const double> series, std::size_t t, double otherwise) {
  return series.empty() ? otherwise : series[t];
}

/// A store's data of a step, as the checker reads them.
struct HeldStep {
  double cop, used, most_heater, least, most;
};

HeldStep held_of(const SecondStore& store, double hours, std::size_t t) {
  return {here(store.cop, t, 1.0), here(store.use_kwh, t, 0.0),
          std::min(store.heater_kw * hours, here(store.heater_limits_kwh, t, 1e300)),
          std::max(store.floor_kwh, here(store.least_kwh, t, -1e300)),
          std::min(store.ceiling_kwh, here(store.most_kwh, t, 1e300))};
}

double end_of(const SecondStore& store) {
  return store.end_kwh < 0.0 ? store.start_kwh : store.end_kwh;
}

/// Says the first thing that does not hold, and remembers the largest miss.
class Watch {
 public:
  Watch(Certificate& all, double miss, std::size_t store) : all_(all), miss_(miss), store_(store) {}
  void hold(double overshoot, std::size_t t, const Text& what) {
    all_.largest_miss_kwh = std::max(all_.largest_miss_kwh, overshoot);
    if (!(overshoot <= miss_) && all_.wrong.en.empty()) {
      all_.wrong = {fmt::format("store {}, step {}: {}", store_ + 1, t, what.en),
                    fmt::format("第 {} 个附加储能,第 {} 步:{}", store_ + 1, t, what.zh)};
    }
  }

 private:
  Certificate& all_;
  double miss_;
  std::size_t store_;
};

void walk_store(const SecondStore& store, double hours, const HeaterPath& path, Watch& watch) {
  const double kept = std::pow(1.0 - store.standing_loss_per_hour, hours);
  double stored = path.start_kwh;
  const std::size_t steps = path.heater_kwh.size();
  for (std::size_t t = 0; t < steps; ++t) {
    const HeldStep at = held_of(store, hours, t);
    const double heater = path.heater_kwh[t];
    stored = kept * stored + at.cop * heater - at.used;
    watch.hold(std::max(-heater, heater - at.most_heater), t,
               {"the heater is out of its limits", "加热功率越限"});
    watch.hold(std::max(at.least - stored, stored - at.most), t,
               {"stored heat is out of its bounds", "储热量越限"});
    watch.hold(std::abs(stored - path.stored_kwh[t]), t,
               {"stored heat is not what it is said to be", "储热量与计划不符"});
  }
  const Text what{"the end does not fit the start", "末态与初态要求不符"};
  if (store.end == YearEnd::cyclic) {
    watch.hold(std::abs(stored - path.start_kwh), steps - 1, what);
    return;
  }
  watch.hold(std::abs(path.start_kwh - store.start_kwh), 0, what);
  if (store.end == YearEnd::equal) {
    watch.hold(std::abs(stored - end_of(store)), steps - 1, what);
  } else if (store.end == YearEnd::not_below) {
    watch.hold(end_of(store) - stored, steps - 1, what);
  }
}

double least_product_of(double factor, double low, double high) {
  return std::min(factor * low, factor * high);
}

/// What a store's stored energy adds to the bound: λ against its bounds, step by step.
double stored_bound(const SecondStore& store, double hours, const std::vector<double>& values) {
  const double kept = std::pow(1.0 - store.standing_loss_per_hour, hours);
  const std::size_t last = values.size() - 1;
  double bound = 0.0;
  for (std::size_t t = 0; t <= last; ++t) {
    const HeldStep at = held_of(store, hours, t);
    bound += values[t] * at.used;
    if (t < last) {
      bound += least_product_of(values[t] - kept * values[t + 1], at.least, at.most);
    }
  }
  const HeldStep end = held_of(store, hours, last);
  const double at_start = kept * values.front();
  if (store.end == YearEnd::cyclic) {
    return bound + least_product_of(values[last] - at_start, end.least, end.most);
  }
  const double wanted = end_of(store);
  const double least = store.end == YearEnd::free ? end.least : std::max(end.least, wanted);
  const double most = store.end == YearEnd::equal ? std::min(end.most, wanted) : end.most;
  return bound - at_start * store.start_kwh + least_product_of(values[last], least, most);
}

/// The battery as a store whose bounds are walked like the others'.
SecondStore battery_as_store(const DispatchProblem& home) {
  const battery::Spec& spec = home.year.battery;
  return {.floor_kwh = spec.floor_kwh,
          .ceiling_kwh = spec.ceiling_kwh,
          .standing_loss_per_hour = spec.standing_loss_per_hour,
          .use_kwh = home.year.drain_kwh,
          .least_kwh = home.year.least_kwh,
          .most_kwh = home.year.most_kwh,
          .end = home.end,
          .start_kwh = home.start_kwh,
          .end_kwh = home.end_kwh};
}

/// What meter, battery and heaters do at the least in a step, at prices of energy.
double step_bound(const JointProblem& problem, const JointValues& values, std::size_t t,
                  double addition) {
  const StoreYear& year = problem.home.year;
  const battery::Spec& spec = year.battery;
  const double price = values.house_price[t];
  const double worth = values.battery[t];
  const double most_charge =
      std::min(spec.charge_kw * year.step_hours, here(year.charge_limits_kwh, t, 1e300));
  const double most_discharge =
      std::min(spec.discharge_kw * year.step_hours, here(year.discharge_limits_kwh, t, 1e300));
  double bound = price * year.load_kwh[t] + std::min(0.0, -price * year.pv_kwh[t]);
  double taken = year.load_kwh[t] + most_charge;
  for (std::size_t j = 0; j < problem.stores.size(); ++j) {
    const HeldStep at = held_of(problem.stores[j], year.step_hours, t);
    bound += std::min(0.0, (price - values.stores[j][t] * at.cop) * at.most_heater);
    taken += at.most_heater;
  }
  // No more than could ever flow: a meter without a limit then costs no sharpness.
  const double most_import =
      std::min({year.import_limit_kwh, here(year.import_limits_kwh, t, 1e300), taken});
  const double most_export =
      std::min({year.export_limit_kwh, here(year.export_limits_kwh, t, 1e300),
                year.pv_kwh[t] + most_discharge});
  bound += std::min(
      {0.0, (year.buy[t] + addition - price) * most_import, (price - year.sell[t]) * most_export});
  const double wear = spec.wear_yuan_per_kwh;
  const double charging = price + (wear - worth) * spec.charge_efficiency;
  const double drawing = (wear + worth) / spec.discharge_efficiency - price;
  return bound + std::min({0.0, charging * most_charge, drawing * most_discharge});
}

double tiers_bound(const DispatchProblem& home, double addition) {
  double least = 0.0;
  double cost = 0.0;
  double from = 0.0;
  for (std::size_t k = 0; k < home.tier_limits_kwh.size(); ++k) {
    cost += (home.tier_limits_kwh[k] - from) * home.tier_additions_yuan[k];
    from = home.tier_limits_kwh[k];
    least = std::min(least, cost - addition * from);
  }
  return least;
}

double joint_bound(const JointProblem& problem, const JointValues& values) {
  const DispatchProblem& home = problem.home;
  std::vector<double> additions = values.tier_additions;
  for (double& addition : additions) {  // outside the tiers a multiplier proves nothing
    addition = std::clamp(addition, 0.0, home.tier_additions_yuan.back());
  }
  double bound = stored_bound(battery_as_store(home), home.year.step_hours, values.battery);
  for (std::size_t j = 0; j < problem.stores.size(); ++j) {
    bound += stored_bound(problem.stores[j], home.year.step_hours, values.stores[j]);
  }
  for (std::size_t t = 0; t < home.year.load_kwh.size(); ++t) {
    const auto& periods = home.tier_period_of_step;
    bound += step_bound(problem, values, t,
                        additions.empty() ? 0.0 : additions[periods.empty() ? 0 : periods[t]]);
  }
  for (const double addition : additions) {
    bound += tiers_bound(home, addition);
  }
  return bound;
}

}  // namespace

Certificate certified(const JointProblem& problem, const JointResult& result, double miss_kwh) {
  const double hours = problem.home.year.step_hours;
  std::vector<double> load(problem.home.year.load_kwh.begin(), problem.home.year.load_kwh.end());
  for (const HeaterPath& path : result.stores) {
    for (std::size_t t = 0; t < load.size(); ++t) {
      load[t] += std::max(0.0, path.heater_kwh[t]);
    }
  }
  DispatchProblem home = problem.home;
  home.year.load_kwh = load;
  DispatchResult battery;
  battery.path = result.battery;
  battery.stored_value = result.values.battery;
  Certificate all = certified(home, battery, miss_kwh);
  for (std::size_t j = 0; j < problem.stores.size(); ++j) {
    Watch watch(all, miss_kwh, j);
    walk_store(problem.stores[j], hours, result.stores[j], watch);
  }
  all.proved_yuan = joint_bound(problem, result.values);
  return all;
}

}  // namespace xiaoyuan::optimum
