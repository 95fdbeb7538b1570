#include "optimum/certificate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace xiaoyuan::optimum {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// One step's data, with the stricter of constant and series already chosen.
struct Step {
  double load, pv, buy, sell;
  double most_import, most_export, most_charge, most_discharge;
  double least, most, drain;
};

double chosen(double constant, std::span<const double> series, std::size_t t, bool larger) {
  if (series.empty()) {
    return constant;
  }
  return larger ? std::max(constant, series[t]) : std::min(constant, series[t]);
}

Step step_of(const StoreYear& year, std::size_t t) {
  const battery::Spec& spec = year.battery;
  const double hours = year.step_hours;
  return {year.load_kwh[t],
          year.pv_kwh[t],
          year.buy[t],
          year.sell[t],
          chosen(year.import_limit_kwh, year.import_limits_kwh, t, false),
          chosen(year.export_limit_kwh, year.export_limits_kwh, t, false),
          chosen(spec.charge_kw * hours, year.charge_limits_kwh, t, false),
          chosen(spec.discharge_kw * hours, year.discharge_limits_kwh, t, false),
          chosen(spec.floor_kwh, year.least_kwh, t, true),
          chosen(spec.ceiling_kwh, year.most_kwh, t, false),
          year.drain_kwh.empty() ? 0.0 : year.drain_kwh[t]};
}

struct Meter {
  double cost = infinite;
  double import_kwh = 0.0;
  double export_kwh = 0.0;
};

/// The cheapest way to meet `net` kWh from PV and grid, by trying every corner of PV use.
Meter cheapest(const Step& step, double net, double miss) {
  Meter best;
  const std::array corners{0.0, step.pv, net, net + step.most_export, net - step.most_import};
  for (const double corner : corners) {
    if (corner < -miss || corner > step.pv + miss) {
      continue;
    }
    const double grid = net - std::clamp(corner, 0.0, step.pv);
    if (grid < -step.most_export - miss || grid > step.most_import + miss) {
      continue;
    }
    const double cost = grid > 0.0 ? grid * step.buy : grid * step.sell;
    const double imported = std::max(grid, 0.0);
    const bool ties = std::abs(cost - best.cost) < 1e-12;  // of equals, the one that imports less
    if (ties ? imported < best.import_kwh : cost < best.cost) {
      best = {cost, imported, std::max(-grid, 0.0)};
    }
  }
  return best;
}

/// The cost of a given energy through the meter; endless where PV and the limits do not allow it.
Meter metered(const Step& step, double net, double grid, double miss) {
  const bool is_met = grid <= net + miss && grid >= net - step.pv - miss &&
                      grid <= step.most_import + miss && grid >= -step.most_export - miss;
  return is_met ? Meter{grid * (grid > 0.0 ? step.buy : step.sell), std::max(grid, 0.0),
                        std::max(-grid, 0.0)}
                : Meter{};
}

double tiers_of(const DispatchProblem& problem, double import_kwh) {
  double cost = 0.0;
  double from = 0.0;
  for (std::size_t tier = 0; tier < problem.tier_additions_yuan.size(); ++tier) {
    const double to =
        tier < problem.tier_limits_kwh.size() ? problem.tier_limits_kwh[tier] : infinite;
    if (import_kwh > from) {
      cost += (std::min(import_kwh, to) - from) * problem.tier_additions_yuan[tier];
    }
    from = to;
  }
  return cost;
}

std::size_t period_of(const DispatchProblem& problem, std::size_t t) {
  return problem.tier_period_of_step.empty() ? 0 : problem.tier_period_of_step[t];
}

class Walk {
 public:
  Walk(const DispatchProblem& problem, const DispatchResult& result, double miss)
      : problem_(problem), result_(result), miss_(miss) {
    kept_ = std::pow(1.0 - problem.year.battery.standing_loss_per_hour, problem.year.step_hours);
  }
  void run(Certificate& all);

 private:
  void step(std::size_t t, Certificate& all);
  void hold(double overshoot, std::size_t t, const Text& what, Certificate& all) const;
  void check_ends(Certificate& all) const;

  const DispatchProblem& problem_;
  const DispatchResult& result_;
  double miss_;
  double kept_ = 1.0;
  double stored_ = 0.0;
  std::vector<double> imports_;
  double sold_kwh_ = 0.0;
};

void Walk::hold(double overshoot, std::size_t t, const Text& what, Certificate& all) const {
  all.largest_miss_kwh = std::max(all.largest_miss_kwh, overshoot);
  if (!(overshoot <= miss_) && all.wrong.en.empty()) {
    all.wrong = {fmt::format("step {}: {}", t, what.en), fmt::format("第 {} 步:{}", t, what.zh)};
  }
}

void Walk::step(std::size_t t, Certificate& all) {
  const Step step = step_of(problem_.year, t);
  const battery::Spec& spec = problem_.year.battery;
  const double u = result_.path.change_kwh[t];
  const double ac = u > 0.0 ? u / spec.charge_efficiency : u * spec.discharge_efficiency;
  stored_ = kept_ * stored_ + u - step.drain;
  hold(std::max(step.least - stored_, stored_ - step.most), t,
       {"stored energy is out of its bounds", "储能电量越限"}, all);
  hold(std::max(ac - step.most_charge, -ac - step.most_discharge), t,
       {"the power is out of its limits", "充放电功率越限"}, all);
  const Meter meter = result_.grid_kwh.empty()
                          ? cheapest(step, step.load + ac, miss_)
                          : metered(step, step.load + ac, result_.grid_kwh[t], miss_);
  if (!std::isfinite(meter.cost)) {
    hold(infinite, t, {"energy does not balance within the limits", "限值内电量无法平衡"}, all);
    return;
  }
  all.cost_yuan += meter.cost + spec.wear_yuan_per_kwh * std::abs(u);
  const std::size_t period = period_of(problem_, t);
  imports_.resize(std::max(imports_.size(), period + 1), 0.0);
  imports_[period] += meter.import_kwh;
  sold_kwh_ += meter.export_kwh;
}

void Walk::check_ends(Certificate& all) const {
  const std::size_t last = problem_.year.size() - 1;
  const double start = result_.path.start_kwh;
  const double end = problem_.end_kwh < 0.0 ? problem_.start_kwh : problem_.end_kwh;
  const Text what{"the end does not fit the start", "末态与初态要求不符"};
  if (problem_.end == YearEnd::cyclic) {
    hold(std::abs(stored_ - start), last, what, all);
    return;
  }
  hold(std::abs(start - problem_.start_kwh), 0, what, all);
  if (problem_.end == YearEnd::equal) {
    hold(std::abs(stored_ - end), last, what, all);
  } else if (problem_.end == YearEnd::not_below) {
    hold(end - stored_, last, what, all);
  }
}

void Walk::run(Certificate& all) {
  stored_ = result_.path.start_kwh;
  for (std::size_t t = 0; t < problem_.year.size(); ++t) {
    step(t, all);
  }
  check_ends(all);
  for (const double import_kwh : imports_) {
    all.cost_yuan += tiers_of(problem_, import_kwh);
  }
  if (problem_.has_export_cap()) {
    all.cost_yuan -=
        problem_.export_beyond_yuan * std::max(0.0, sold_kwh_ - problem_.export_cap_kwh);
  }
}

/// min over u of f(u) − λ u, by trying every change at which anything begins to bind.
double least_lagrangian(const Step& step, const battery::Spec& spec, double value) {
  const double bend = step.sell == step.buy ? 0.0 : step.sell * step.pv / (step.sell - step.buy);
  const double capped_export = step.buy == 0.0 ? 0.0 : -step.sell * step.most_export / step.buy;
  const double capped_import =
      step.sell == 0.0 ? 0.0 : step.pv + step.buy * step.most_import / step.sell;
  const std::array nets{0.0,
                        step.pv,
                        step.pv - step.most_export,
                        step.most_import,
                        step.pv + step.most_import,
                        -step.most_export,
                        bend,
                        capped_export,
                        capped_import};
  double best = infinite;
  const auto look = [&](double ac) {
    if (ac < -step.most_discharge - 1e-12 || ac > step.most_charge + 1e-12) {
      return;
    }
    const double u = ac > 0.0 ? ac * spec.charge_efficiency : ac / spec.discharge_efficiency;
    const Meter meter = cheapest(step, step.load + ac, 1e-9);
    best = std::min(best, meter.cost + spec.wear_yuan_per_kwh * std::abs(u) - value * u);
  };
  for (const double net : nets) {
    look(net - step.load);
  }
  look(0.0);
  look(-step.most_discharge);
  look(step.most_charge);
  return best;
}

double least_of(double factor, double low, double high) {
  return std::min(factor * low, factor * high);
}

/// What the end adds to the bound: its value times what may be stored there, at the least.
double ends_bound(const DispatchProblem& problem, double at_start, double at_end) {
  const Step last = step_of(problem.year, problem.year.size() - 1);
  if (problem.end == YearEnd::cyclic) {
    return least_of(at_end - at_start, std::max(last.least, problem.year.battery.floor_kwh),
                    last.most);
  }
  const double end = problem.end_kwh < 0.0 ? problem.start_kwh : problem.end_kwh;
  const double least = problem.end == YearEnd::free ? last.least : std::max(last.least, end);
  const double most = problem.end == YearEnd::equal ? std::min(last.most, end) : last.most;
  return -at_start * problem.start_kwh + least_of(at_end, least, most);
}

/// λ and μ, with what every kWh sold earns more than the year says.
struct Prices {
  const std::vector<double>& values;
  const std::vector<double>& additions;
  double sell_rise;
};

double proved_at(const DispatchProblem& problem, const Prices& prices) {
  const auto& values = prices.values;
  const auto& additions = prices.additions;
  const double kept =
      std::pow(1.0 - problem.year.battery.standing_loss_per_hour, problem.year.step_hours);
  double bound = 0.0;
  for (std::size_t t = 0; t < values.size(); ++t) {
    Step step = step_of(problem.year, t);
    step.buy += additions.empty() ? 0.0 : additions[period_of(problem, t)];
    step.sell += prices.sell_rise;
    bound += least_lagrangian(step, problem.year.battery, values[t]) + values[t] * step.drain;
    if (t > 0) {
      const Step before = step_of(problem.year, t - 1);
      bound += least_of(values[t - 1] - kept * values[t], before.least, before.most);
    }
  }
  for (const double addition : additions) {  // min over imports of what tiers add less μ · import
    double least = 0.0;
    for (const double limit : problem.tier_limits_kwh) {
      least = std::min(least, tiers_of(problem, limit) - addition * limit);
    }
    bound += least;
  }
  return bound + ends_bound(problem, kept * values.front(), values.back());
}

/// What is proved with the cap, if any: where it takes, ν lies between nothing and all that it
/// takes, and ν · cap is lost; where it gives, both of its sides must be proved.
double proved(const DispatchProblem& problem, const DispatchResult& result) {
  const double cap = problem.export_cap_kwh;
  const double beyond = problem.export_beyond_yuan;
  if (!problem.has_export_cap()) {
    return proved_at(problem, {result.stored_value, result.tier_additions, 0.0});
  }
  if (beyond < 0.0) {
    const double fall = std::clamp(result.export_fall_yuan, 0.0, -beyond);
    return proved_at(problem, {result.stored_value, result.tier_additions, -fall}) - fall * cap;
  }
  const auto side = [&](CapCase which, const std::vector<double>& values,
                        const std::vector<double>& additions) {
    return which == CapCase::beyond ? proved_at(problem, {values, additions, beyond}) + beyond * cap
                                    : proved_at(problem, {values, additions, 0.0});
  };
  const OtherCase& other = result.other_case;
  if (result.cap_case == CapCase::none || other.side == CapCase::none ||
      other.side == result.cap_case) {
    return -infinite;
  }
  return std::min(side(result.cap_case, result.stored_value, result.tier_additions),
                  side(other.side, other.stored_value, other.tier_additions));
}

}  // namespace

Certificate certified(const DispatchProblem& problem, const DispatchResult& result,
                      double miss_kwh) {
  Certificate all;
  Walk(problem, result, miss_kwh).run(all);
  all.proved_yuan = proved(problem, result);
  return all;
}

}  // namespace xiaoyuan::optimum
