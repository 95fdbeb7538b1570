#include "optimum/second_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double window_slack_kwh = 1e-9;
constexpr double any_kwh = 1e9;

double value_at(std::span<const double> series, std::size_t step, double otherwise) {
  return series.empty() ? otherwise : series[step];
}

/// The least that must be stored before each step so that all later needs can be met, found from
/// the end; and after the last.
std::vector<double> least_needed(const SecondStore& store, double step_hours, std::size_t steps) {
  const double kept = 1.0 - standing_loss(store, step_hours);
  std::vector<double> needed(steps + 1);
  needed[steps] = held_at_end(store, steps - 1).least_kwh;
  for (std::size_t t = steps; t-- > 0;) {
    const double heated = cop(store, t) * heater_limit(store, step_hours, t);
    const double least = t > 0 ? least_stored(store, t - 1) : store.floor_kwh;
    needed[t] = std::max(least, (needed[t + 1] + use(store, t) - heated) / kept);
  }
  return needed;
}

Errors wrong_windows(std::span<const LoadWindow> windows, std::size_t steps) {
  std::size_t free_from = 0;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const LoadWindow& window = windows[i];
    if (window.begin >= window.end || window.end > steps || window.begin < free_from ||
        !(window.needed_kwh >= 0.0)) {
      return {{Fault::bad_input,
               {fmt::format("window {}: expected a need from 0 up between step {} and step {}, the "
                            "beginning before the end, found {} kWh between {} and {}",
                            i, free_from, steps, window.needed_kwh, window.begin, window.end),
                fmt::format("第 {} 个时间窗:应在第 {} 步至第 {} 步之间,起点早于终点,用电量不小于 "
                            "0;实为第 {} 步至第 {} 步,{} 千瓦时",
                            i, free_from, steps, window.begin, window.end, window.needed_kwh)},
               {"", 0, "windows"}}};
    }
    free_from = window.end;
  }
  return {};
}

Error not_met(std::size_t i, const LoadWindow& window, double power_kw, double hours) {
  const double most = power_kw * hours;
  const double enough_kw = std::ceil(window.needed_kwh / hours * 1000.0 - 1e-6) / 1000.0;
  return {Fault::impossible,
          {fmt::format("window {}: {:.3f} kWh cannot be taken in {:g} h at {:g} kW; at most {:.3f} "
                       "kWh can; raise the power to {:.3f} kW or lower the need",
                       i, window.needed_kwh, hours, power_kw, most, enough_kw),
           fmt::format("第 {} 个时间窗:{:g} 小时内以 {:g} 千瓦无法用完 {:.3f} 千瓦时,至多 {:.3f} "
                       "千瓦时;请将功率提高到 {:.3f} 千瓦,或减少用电量",
                       i, hours, power_kw, window.needed_kwh, most, enough_kw)},
          {"", 0, "windows"}};
}

}  // namespace

double heater_limit(const SecondStore& store, double step_hours, std::size_t step) {
  const double constant = store.heater_kw * step_hours;
  return std::min(constant, value_at(store.heater_limits_kwh, step, constant));
}
double cop(const SecondStore& store, std::size_t step) { return value_at(store.cop, step, 1.0); }
double use(const SecondStore& store, std::size_t step) {
  return value_at(store.use_kwh, step, 0.0);
}
double least_stored(const SecondStore& store, std::size_t step) {
  return std::max(store.floor_kwh, value_at(store.least_kwh, step, store.floor_kwh));
}
double most_stored(const SecondStore& store, std::size_t step) {
  return std::min(store.ceiling_kwh, value_at(store.most_kwh, step, store.ceiling_kwh));
}
double standing_loss(const SecondStore& store, double step_hours) {
  return 1.0 - std::pow(1.0 - store.standing_loss_per_hour, step_hours);
}

HeldRange held_at_end(const SecondStore& store, std::size_t last_step) {
  HeldRange held{least_stored(store, last_step), most_stored(store, last_step)};
  const double end = store.end_kwh < 0.0 ? store.start_kwh : store.end_kwh;
  if (store.end == YearEnd::not_below || store.end == YearEnd::equal) {
    held.least_kwh = std::max(held.least_kwh, end);
  }
  if (store.end == YearEnd::equal) {
    held.most_kwh = std::min(held.most_kwh, end);
  }
  return held;
}

std::vector<double> unplanned_kwh(const SecondStore& store, double step_hours, std::size_t steps) {
  if (!store.unplanned_kwh.empty()) {
    return {store.unplanned_kwh.begin(), store.unplanned_kwh.end()};
  }
  const HeldRange end = held_at_end(store, steps - 1);
  SecondStore lazy = store;
  if (store.end == YearEnd::cyclic) {  // what the year's beginning needs must be there at its end
    const double needed = least_needed(store, step_hours, steps).front();
    lazy.start_kwh = std::clamp(needed, end.least_kwh, std::max(end.least_kwh, end.most_kwh));
    lazy.end = YearEnd::not_below;
    lazy.end_kwh = -1.0;
  }
  const std::vector<double> needed = least_needed(lazy, step_hours, steps);
  return following(lazy, step_hours, lazy.start_kwh, std::span(needed).subspan(1)).heater_kwh;
}

HeaterPath following(const SecondStore& store, double step_hours, double start_kwh,
                     std::span<const double> wanted_kwh) {
  const double kept = 1.0 - standing_loss(store, step_hours);
  HeaterPath path;
  path.start_kwh = start_kwh;
  double stored = start_kwh;
  for (std::size_t t = 0; t < wanted_kwh.size(); ++t) {
    const double wanted = std::clamp(wanted_kwh[t], least_stored(store, t),
                                     std::max(least_stored(store, t), most_stored(store, t)));
    const double left = kept * stored - use(store, t);
    const double heater =
        std::clamp((wanted - left) / cop(store, t), 0.0, heater_limit(store, step_hours, t));
    stored = left + cop(store, t) * heater;
    path.heater_kwh.push_back(heater);
    path.stored_kwh.push_back(stored);
  }
  return path;
}

/// Empty between windows; within a window it fills, by its end it is full, and then what it holds
/// is used. The last step of a window that ends the year keeps it: nothing can use it after.
Result<ShiftableLoad> ShiftableLoad::of(std::span<const LoadWindow> windows, double power_kw,
                                        double step_hours, std::size_t steps,
                                        std::span<const double> unplanned_kwh) {
  Errors errors = wrong_windows(windows, steps);
  for (std::size_t i = 0; i < windows.size() && errors.empty(); ++i) {
    const double hours = static_cast<double>(windows[i].end - windows[i].begin) * step_hours;
    if (windows[i].needed_kwh > power_kw * hours + window_slack_kwh) {
      errors.push_back(not_met(i, windows[i], power_kw, hours));
      break;
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  ShiftableLoad load;
  load.limits_kwh_.assign(steps, 0.0);
  load.least_kwh_.assign(steps, 0.0);
  load.most_kwh_.assign(steps, 0.0);
  load.use_kwh_.assign(steps, 0.0);
  load.unplanned_kwh_.assign(unplanned_kwh.begin(), unplanned_kwh.end());
  load.unplanned_kwh_.resize(steps, 0.0);
  for (const LoadWindow& window : windows) {
    double waiting = window.needed_kwh;
    for (std::size_t t = window.begin; t < window.end; ++t) {
      if (unplanned_kwh.empty()) {
        load.unplanned_kwh_[t] = std::min(waiting, power_kw * step_hours);
        waiting -= load.unplanned_kwh_[t];
      }
      load.limits_kwh_[t] = any_kwh;  // there the power alone limits it
      load.most_kwh_[t] = window.needed_kwh;
    }
    load.least_kwh_[window.end - 1] = window.needed_kwh;
    if (window.end < steps) {
      load.use_kwh_[window.end] = window.needed_kwh;
    }
    load.store_.ceiling_kwh = std::max(load.store_.ceiling_kwh, window.needed_kwh);
  }
  load.store_.heater_kw = power_kw;
  load.store_.use_kwh = load.use_kwh_;
  load.store_.heater_limits_kwh = load.limits_kwh_;
  load.store_.least_kwh = load.least_kwh_;
  load.store_.most_kwh = load.most_kwh_;
  load.store_.end = YearEnd::free;
  load.store_.unplanned_kwh = load.unplanned_kwh_;
  return load;
}

}  // namespace xiaoyuan::optimum
