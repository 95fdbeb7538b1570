#include "optimum/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "optimum/lane_loops.hpp"
#include "optimum/step_costs.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double slack_kwh = 1e-9;

/// To a Wh, on the side that can be reached.
double rounded_down(double kwh) { return std::floor(kwh * 1000.0 + 1e-6) / 1000.0; }
double rounded_up(double kwh) { return std::ceil(kwh * 1000.0 - 1e-6) / 1000.0; }

Error wrong(std::string field, std::string en, std::string zh) {
  return {Fault::bad_input, {std::move(en), std::move(zh)}, {"", 0, std::move(field)}};
}
Error impossible(std::string en, std::string zh) {
  return {Fault::impossible, {std::move(en), std::move(zh)}, {}};
}

/// A series with what its numbers may be.
struct Named {
  const char* name;
  std::span<const double> values;
  bool is_needed;
  bool may_be_negative;
};

std::vector<Named> series_of(const StoreYear& year) {
  return {{"load_kwh", year.load_kwh, true, year.load == Load::net},
          {"pv_kwh", year.pv_kwh, true, false},
          {"buy", year.buy, true, true},
          {"sell", year.sell, true, true},
          {"export_limits_kwh", year.export_limits_kwh, false, false},
          {"import_limits_kwh", year.import_limits_kwh, false, false},
          {"charge_limits_kwh", year.charge_limits_kwh, false, false},
          {"discharge_limits_kwh", year.discharge_limits_kwh, false, false},
          {"least_kwh", year.least_kwh, false, true},
          {"most_kwh", year.most_kwh, false, true},
          {"drain_kwh", year.drain_kwh, false, true}};
}

void check_series(const StoreYear& year, Errors& errors) {
  for (const Named& series : series_of(year)) {
    if (series.values.empty() && !series.is_needed) {
      continue;
    }
    if (series.values.size() != year.size()) {
      errors.push_back(wrong(series.name,
                             fmt::format("expected {} values, one a step as load_kwh has, found {}",
                                         year.size(), series.values.size()),
                             fmt::format("应与 load_kwh 一样每步一个值,共 {} 个,实为 {} 个",
                                         year.size(), series.values.size())));
      continue;
    }
    const auto range = lane_loops::range_of(series.values.data(), series.values.size());
    if (range.is_finite && (series.may_be_negative || range.least >= 0.0)) {
      continue;
    }
    for (std::size_t t = 0; t < series.values.size(); ++t) {
      const double value = series.values[t];
      if (!std::isfinite(value) || (value < 0.0 && !series.may_be_negative)) {
        const char* allowed = series.may_be_negative ? "a finite number" : "a number from 0 up";
        const char* allowed_zh = series.may_be_negative ? "有限数值" : "不小于 0 的数值";
        errors.push_back(wrong(series.name,
                               fmt::format("step {}: expected {}, found {}", t, allowed, value),
                               fmt::format("第 {} 步:应为{},实为 {}", t, allowed_zh, value)));
        break;
      }
    }
  }
}

void check_store(const battery::Spec& spec, Errors& errors) {
  const auto number = [&](const char* name, double value, double least, double most) {
    if (value >= least && value <= most) {
      return;
    }
    errors.push_back(
        wrong(name, fmt::format("expected a number from {} to {}, found {}", least, most, value),
              fmt::format("应为 {} 至 {} 之间的数值,实为 {}", least, most, value)));
  };
  constexpr double large = 1e9;
  number("charge_efficiency", spec.charge_efficiency, 0.01, 1.0);
  number("discharge_efficiency", spec.discharge_efficiency, 0.01, 1.0);
  number("floor_kwh", spec.floor_kwh, 0.0, large);
  number("ceiling_kwh", spec.ceiling_kwh, 0.0, large);
  number("charge_kw", spec.charge_kw, 0.0, large);
  number("discharge_kw", spec.discharge_kw, 0.0, large);
  number("standing_loss_per_hour", spec.standing_loss_per_hour, 0.0, 0.5);
  number("wear_yuan_per_kwh", spec.wear_yuan_per_kwh, 0.0, large);
  if (spec.ceiling_kwh < spec.floor_kwh) {
    errors.push_back(
        wrong("ceiling_kwh",
              fmt::format("the capacity in use ({} kWh) lies below the reserve ({} kWh); raise the "
                          "capacity to {} kWh or lower the reserve to {} kWh",
                          spec.ceiling_kwh, spec.floor_kwh, spec.floor_kwh, spec.ceiling_kwh),
              fmt::format("可用容量上限({} 千瓦时)低于备用电量({} 千瓦时);请将容量提高到 {} "
                          "千瓦时,或将备用电量降到 {} 千瓦时",
                          spec.ceiling_kwh, spec.floor_kwh, spec.floor_kwh, spec.ceiling_kwh)));
  }
}

void check_tiers(const DispatchProblem& problem, Errors& errors) {
  const auto& limits = problem.tier_limits_kwh;
  const auto& additions = problem.tier_additions_yuan;
  if (limits.empty()) {
    return;
  }
  if (additions.size() != limits.size() + 1 || additions.front() != 0.0) {
    errors.push_back(wrong(
        "tier_additions_yuan",
        fmt::format("expected {} additions, the first 0, found {}", limits.size() + 1,
                    additions.size()),
        fmt::format("应有 {} 个加价,首个为 0,实有 {} 个", limits.size() + 1, additions.size())));
    return;
  }
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const bool rises =
        additions[i + 1] >= additions[i] && limits[i] >= (i == 0 ? 0.0 : limits[i - 1]);
    if (!rises) {
      errors.push_back(wrong(
          "tier_additions_yuan",
          fmt::format("tier {} does not rise above tier {}: where a later kWh costs less, "
                      "the exact optimum does not apply",
                      i + 2, i + 1),
          fmt::format("第 {} 档未高于第 {} 档:后用电量更便宜时,精确最优不适用", i + 2, i + 1)));
    }
  }
  const auto& periods = problem.tier_period_of_step;
  if (!periods.empty() && periods.size() != problem.year.size()) {
    errors.push_back(
        wrong("tier_period_of_step",
              fmt::format("expected {} values, found {}", problem.year.size(), periods.size()),
              fmt::format("应有 {} 个值,实有 {} 个", problem.year.size(), periods.size())));
  }
}

void check_cap(const DispatchProblem& problem, Errors& errors) {
  if (!(problem.export_cap_kwh >= 0.0)) {
    errors.push_back(wrong(
        "export_cap_kwh",
        fmt::format("expected a number from 0 up, found {}; 0 sells everything at the price beyond",
                    problem.export_cap_kwh),
        fmt::format("应不小于 0,实为 {};取 0 表示全部按超出部分的价格结算",
                    problem.export_cap_kwh)));
  }
  if (!std::isfinite(problem.export_beyond_yuan)) {
    errors.push_back(
        wrong("export_beyond_yuan",
              fmt::format("expected a finite number, found {}", problem.export_beyond_yuan),
              fmt::format("应为有限数值,实为 {}", problem.export_beyond_yuan)));
  }
}

/// How far the store can be filled and emptied, step by step.
struct Reach {
  double least;
  double most;
};

/// What a step can add to the store and take from it; nothing when its own limits leave no balance.
std::optional<Reach> changes_of(const StoreYear& year, std::size_t t) {
  const double load = year.load_kwh[t];
  const double low = std::max(-export_limit(year, t) - load, -discharge_limit(year, t));
  const double high =
      std::min(year.pv_kwh[t] + import_limit(year, t) - load, charge_limit(year, t));
  if (low > high + slack_kwh) {
    return std::nullopt;
  }
  return Reach{battery::stored_change_kwh(year.battery, low),
               battery::stored_change_kwh(year.battery, high)};
}

/// The step whose load cannot be met, even by the store at its full power.
Error no_balance(const StoreYear& year, std::size_t t) {
  const double missing =
      year.load_kwh[t] - year.pv_kwh[t] - import_limit(year, t) - discharge_limit(year, t);
  const double limit = import_limit(year, t) + missing;
  return impossible(
      fmt::format("step {}: the load of {:.3f} kWh cannot be met by {:.3f} kWh of PV, {:.3f} kWh "
                  "of import and {:.3f} kWh from the store; raise the import limit to {:.3f} kWh "
                  "or lower the load by {:.3f} kWh",
                  t, year.load_kwh[t], year.pv_kwh[t], import_limit(year, t),
                  discharge_limit(year, t), limit, missing),
      fmt::format("第 {} 步:负荷 {:.3f} 千瓦时无法由光伏 {:.3f}、购电 {:.3f} 与储能放电 {:.3f} "
                  "千瓦时满足;请将购电限值提高到 {:.3f} 千瓦时,或将负荷降低 {:.3f} 千瓦时",
                  t, year.load_kwh[t], year.pv_kwh[t], import_limit(year, t),
                  discharge_limit(year, t), limit, missing));
}

/// More is needed in the store by the end of a step than can be there.
Error not_filled(std::size_t t, double needed, double reached, double most_change, double steps) {
  const bool helps = most_change > slack_kwh && steps < 1e4;
  return impossible(
      fmt::format("the store needs {:.3f} kWh by the end of step {} but at most {:.3f} kWh can be "
                  "there; lower the need to {:.3f} kWh{}",
                  needed, t, reached, rounded_down(reached),
                  helps ? fmt::format(" or begin {:.0f} steps earlier", std::ceil(steps)) : ""),
      fmt::format("第 {} 步末储能需达到 {:.3f} 千瓦时,但最多只能达到 {:.3f} 千瓦时;请将需求降到 "
                  "{:.3f} 千瓦时{}",
                  t, needed, reached, rounded_down(reached),
                  helps ? fmt::format(",或提前 {:.0f} 步开始充电", std::ceil(steps)) : ""));
}

/// More stays in the store than it may hold.
Error not_emptied(std::size_t t, double allowed, double reached) {
  return impossible(
      fmt::format("the store may hold at most {:.3f} kWh at the end of step {} but cannot be "
                  "brought below {:.3f} kWh; raise that bound to {:.3f} kWh",
                  allowed, t, reached, rounded_up(reached)),
      fmt::format(
          "第 {} 步末储能不得超过 {:.3f} 千瓦时,但最低只能降到 {:.3f} 千瓦时;请将该上限提高到 "
          "{:.3f} 千瓦时",
          t, allowed, reached, rounded_up(reached)));
}

/// The least energy before a step from which the rest of the year can be walked, found backwards;
/// used to tell a shortage that begins earlier from one at the step itself.
double end_need(const DispatchProblem& problem) {
  if (problem.end != YearEnd::not_below && problem.end != YearEnd::equal) {
    return -std::numeric_limits<double>::infinity();
  }
  return problem.end_kwh < 0.0 ? problem.start_kwh : problem.end_kwh;
}

}  // namespace

Errors wrong_data(const DispatchProblem& problem) {
  Errors errors;
  const StoreYear& year = problem.year;
  if (year.size() == 0) {
    errors.push_back(wrong("load_kwh", "the series is empty: a dispatch needs one step at least",
                           "序列为空:优化调度至少需要一个时间步"));
    return errors;
  }
  if (!(year.step_hours > 0.0 && year.step_hours <= 24.0)) {
    errors.push_back(
        wrong("step_hours",
              fmt::format("expected a number above 0 and up to 24, found {}", year.step_hours),
              fmt::format("应为大于 0 且不超过 24 的数值,实为 {}", year.step_hours)));
  }
  check_series(year, errors);
  check_store(year.battery, errors);
  if (!(year.import_limit_kwh >= 0.0) || !(year.export_limit_kwh >= 0.0)) {
    errors.push_back(wrong("import_limit_kwh", "limits of import and export must be 0 or more",
                           "购电与上网限值应不小于 0"));
  }
  check_tiers(problem, errors);
  check_cap(problem, errors);
  const battery::Spec& spec = year.battery;
  const bool starts_outside = !(problem.start_kwh >= spec.floor_kwh - slack_kwh &&
                                problem.start_kwh <= spec.ceiling_kwh + slack_kwh);
  if (problem.end != YearEnd::cyclic && starts_outside) {
    errors.push_back(
        wrong("start_kwh",
              fmt::format("expected a number from {} to {}, what the store holds, found {}",
                          spec.floor_kwh, spec.ceiling_kwh, problem.start_kwh),
              fmt::format("应在储能可用范围 {} 至 {} 之间,实为 {}", spec.floor_kwh,
                          spec.ceiling_kwh, problem.start_kwh)));
  }
  return errors;
}

Errors no_way(const DispatchProblem& problem) {
  const StoreYear& year = problem.year;
  const std::size_t size = year.size();
  const double kept = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  const bool is_cyclic = problem.end == YearEnd::cyclic;
  Reach reach{is_cyclic ? least_stored(year, size - 1) : problem.start_kwh,
              is_cyclic ? most_stored(year, size - 1) : problem.start_kwh};
  for (std::size_t t = 0; t < size; ++t) {
    const auto changes = changes_of(year, t);
    if (!changes) {
      return {no_balance(year, t)};
    }
    reach.least = kept * reach.least + changes->least - drain(year, t);
    reach.most = kept * reach.most + changes->most - drain(year, t);
    const bool is_end = t + 1 == size;
    double needed = least_stored(year, t);
    double allowed = most_stored(year, t);
    if (is_end) {
      needed = std::max(needed, end_need(problem));
      allowed = problem.end == YearEnd::equal ? std::min(allowed, end_need(problem)) : allowed;
    }
    if (needed > allowed + slack_kwh) {
      return {impossible(
          fmt::format("at the end of step {} the store must hold at least {:.3f} kWh and at most "
                      "{:.3f} kWh; lower the first to {:.3f} kWh",
                      t, needed, allowed, allowed),
          fmt::format("第 {} 步末储能要求不低于 {:.3f} 千瓦时且不高于 {:.3f} "
                      "千瓦时,二者矛盾;请将下限降到 {:.3f} 千瓦时",
                      t, needed, allowed, allowed))};
    }
    if (reach.most < needed - slack_kwh) {
      const double change = battery::stored_change_kwh(year.battery, charge_limit(year, t));
      return {not_filled(t, needed, reach.most, change, (needed - reach.most) / change)};
    }
    if (reach.least > allowed + slack_kwh) {
      return {not_emptied(t, allowed, reach.least)};
    }
    reach = {std::max(reach.least, needed), std::min(reach.most, allowed)};
  }
  return {impossible(
      fmt::format("the year cannot end as it began: from any start the store ends between {:.3f} "
                  "and {:.3f} kWh after the last step; let the end be free, or lower the drains",
                  reach.least, reach.most),
      fmt::format("全年无法首尾一致:最后一步末储能只能在 {:.3f} 至 {:.3f} "
                  "千瓦时之间;请放开末态要求或减少外部消耗",
                  reach.least, reach.most))};
}

}  // namespace xiaoyuan::optimum
