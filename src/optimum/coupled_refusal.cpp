#include "optimum/coupled_refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double rounding_kwh = 1e-9;

Error unfit(std::string field, std::string en, std::string zh) {
  return {Fault::bad_input, {std::move(en), std::move(zh)}, {"", 0, std::move(field)}};
}
Error beyond_limit(std::string en, std::string zh) {
  return {Fault::impossible, {std::move(en), std::move(zh)}, {}};
}

void check_side(const std::string& name, std::span<const double> limits, std::size_t size,
                Errors& errors) {
  if (limits.empty()) {
    return;
  }
  if (limits.size() != size) {
    errors.push_back(
        unfit(name, fmt::format("expected {} values, one a step, found {}", size, limits.size()),
              fmt::format("应每步一个值,共 {} 个,实为 {} 个", size, limits.size())));
    return;
  }
  for (std::size_t t = 0; t < size; ++t) {
    if (std::isnan(limits[t])) {
      errors.push_back(unfit(name,
                             fmt::format("step {}: expected a number, found {}", t, limits[t]),
                             fmt::format("第 {} 步:应为数值,实为 {}", t, limits[t])));
      return;
    }
  }
}

void check_weights(const std::string& name, const std::vector<double>& weights,
                   std::size_t households, Errors& errors) {
  const bool are_numbers = std::ranges::all_of(weights, [](double w) { return std::isfinite(w); });
  if (!weights.empty() && (weights.size() != households || !are_numbers)) {
    errors.push_back(
        unfit(name, fmt::format("expected {} finite numbers, one a household, or none", households),
              fmt::format("应每户一个有限数值,共 {} 个,或留空", households)));
  }
}

void check_limit(const CoupledProblem& problem, std::size_t index, Errors& errors) {
  const SharedLimit& limit = problem.limits[index];
  const std::size_t size = problem.households.front().year.size();
  const std::string name = fmt::format("limits[{}].", index);
  const std::size_t before = errors.size();
  check_side(name + "import_limits_kwh", limit.import_limits_kwh, size, errors);
  check_side(name + "export_limits_kwh", limit.export_limits_kwh, size, errors);
  check_weights(name + "weights", limit.weights, problem.households.size(), errors);
  if (errors.size() > before || limit.import_limits_kwh.empty() ||
      limit.export_limits_kwh.empty()) {
    return;
  }
  for (std::size_t t = 0; t < size; ++t) {
    const double most = limit.import_limits_kwh[t];
    const double least = -limit.export_limits_kwh[t];
    if (least > most) {
      errors.push_back(
          unfit(name + "export_limits_kwh",
                fmt::format("step {}: nothing lies between {} kWh at least and {} kWh at most", t,
                            least, most),
                fmt::format("第 {} 步:下限 {} 千瓦时高于上限 {} 千瓦时", t, least, most)));
      return;
    }
  }
}

void check_household(const CoupledProblem& problem, std::size_t i, Errors& errors) {
  const StoreYear& first = problem.households.front().year;
  const StoreYear& year = problem.households[i].year;
  const std::string name = fmt::format("households[{}]", i);
  const bool is_even = year.size() == first.size() && year.step_hours == first.step_hours &&
                       year.pv_kwh.size() == first.size() && year.buy.size() == first.size() &&
                       year.sell.size() == first.size();
  if (!is_even) {
    errors.push_back(unfit(
        name,
        fmt::format("all households share one time axis: expected {} steps of {} h in every series",
                    first.size(), first.step_hours),
        fmt::format("各户须使用同一时间轴:每个序列应为 {} 步,步长 {} 小时", first.size(),
                    first.step_hours)));
    return;
  }
  if (problem.households[i].has_export_cap()) {
    errors.push_back(unfit(name, "shared limits take no yearly cap of what is sold",
                           "共享限值不支持年度上网电量上限"));
    return;
  }
  for (std::size_t t = 0; t < year.size(); ++t) {
    if (!is_convex(year, t)) {
      errors.push_back(unfit(
          name,
          fmt::format("step {}: shared limits need 0 <= buy and sell <= buy, found buy {} and sell "
                      "{}",
                      t, year.buy[t], year.sell[t]),
          fmt::format("第 {} 步:共享限值要求购电价不小于 0 且上网电价不高于购电价,实为购电价 {}、"
                      "上网电价 {}",
                      t, year.buy[t], year.sell[t])));
      return;
    }
  }
}

/// The least that goes through a meter in a step, with the store at its full power; the most, with
/// all PV curtailed.
double least_grid(const StoreYear& year, std::size_t step) {
  const double room =
      (most_stored(year, step) - year.battery.floor_kwh) * year.battery.discharge_efficiency;
  const double given =
      year.battery.exists() ? std::min(discharge_limit(year, step), std::max(0.0, room)) : 0.0;
  return std::max(year.load_kwh[step] - year.pv_kwh[step] - given, -export_limit(year, step));
}
double most_grid_of(const StoreYear& year, std::size_t step) {
  const double taken = year.battery.exists() ? charge_limit(year, step) : 0.0;
  return std::min(year.load_kwh[step] + taken, import_limit(year, step));
}

/// The least that a limit's sum can be in a step.
double least_sum(const CoupledProblem& problem, const SharedLimit& limit, std::size_t step) {
  double least = 0.0;
  for (std::size_t i = 0; i < problem.households.size(); ++i) {
    const StoreYear& year = problem.households[i].year;
    const double weight = weight_of(limit, i);
    least += weight * (weight >= 0.0 ? least_grid(year, step) : most_grid_of(year, step));
  }
  return least;
}

void check_loads(const CoupledProblem& problem, Errors& errors) {
  const auto worst = import_shortfall(problem);
  if (!worst) {
    return;
  }
  const double limit = problem.limits[worst->limit].import_limits_kwh[worst->step];
  const double nearest = std::ceil(worst->least_kwh * 1000.0) / 1000.0;
  errors.push_back(beyond_limit(
      fmt::format(
          "step {}: the households together import {:.3f} kWh at least, with every store at "
          "its full power, but the shared limit is {:.3f} kWh; raise it to {:.3f} kWh",
          worst->step, worst->least_kwh, limit, nearest),
      fmt::format("第 {} 步:即使全部储能满功率放电,各户合计仍至少购电 {:.3f} 千瓦时,"
                  "超过共享限值 {:.3f} 千瓦时;请将限值提高到 {:.3f} 千瓦时",
                  worst->step, worst->least_kwh, limit, nearest)));
}

}  // namespace

std::optional<ImportShortfall> import_shortfall(const CoupledProblem& problem) {
  std::optional<ImportShortfall> worst;
  double most_beyond = rounding_kwh;
  for (std::size_t m = 0; m < problem.limits.size(); ++m) {
    const SharedLimit& limit = problem.limits[m];
    const double unit = greatest_weight(limit);
    for (std::size_t t = 0; t < limit.import_limits_kwh.size(); ++t) {
      const double least = least_sum(problem, limit, t);
      if (const double beyond = (least - limit.import_limits_kwh[t]) / unit; beyond > most_beyond) {
        most_beyond = beyond;
        worst = ImportShortfall{m, t, least};
      }
    }
  }
  return worst;
}

Errors wrong_data(const CoupledProblem& problem) {
  Errors errors;
  if (problem.households.empty() || problem.households.front().year.size() == 0) {
    errors.push_back(unfit("households", "there is no household, or it has no steps",
                           "没有住户,或住户序列为空"));
    return errors;
  }
  if (!(problem.gap > 0.0) || problem.most_rounds < 1) {
    errors.push_back(unfit("gap", "the gap to stop at must be above 0, the rounds 1 at least",
                           "停止间隙应大于 0,轮数至少为 1"));
  }
  for (std::size_t m = 0; m < problem.limits.size(); ++m) {
    check_limit(problem, m, errors);
  }
  for (std::size_t i = 0; i < problem.households.size(); ++i) {
    check_household(problem, i, errors);
  }
  if (errors.empty()) {
    check_loads(problem, errors);
  }
  return errors;
}

Errors limits_not_kept(const CoupledProblem& problem, const Missed& missed) {
  const bool is_import = missed.import_kwh >= missed.export_kwh;
  const SharedLimit& limit = problem.limits[missed.limit];
  const auto limits = is_import ? limit.import_limits_kwh : limit.export_limits_kwh;
  const double beyond = is_import ? missed.import_kwh : missed.export_kwh;
  const double nearest = std::ceil((limits[missed.step] + beyond) * 1000.0) / 1000.0;
  return {beyond_limit(
      fmt::format("no schedules were found that keep the shared limit of {}: at step {} it is "
                  "missed by {:.3f} kWh, nowhere by more; limits raised by {:.3f} kWh would do "
                  "({:.3f} kWh at this step)",
                  is_import ? "import" : "export", missed.step, beyond, beyond, nearest),
      fmt::format("未找到满足共享{}限值的调度方案:第 {} 步超出 {:.3f} 千瓦时,为最大超出量;"
                  "将限值提高 {:.3f} 千瓦时即可满足(该步为 {:.3f} 千瓦时)",
                  is_import ? "购电" : "上网", missed.step, beyond, beyond, nearest))};
}

}  // namespace xiaoyuan::optimum
