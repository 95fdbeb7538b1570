#include "optimum/rolling.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "optimum/refusal.hpp"
#include "optimum/store_recursion.hpp"

namespace xiaoyuan::optimum {

namespace {

double mean(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) {
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

std::span<const double> part(std::span<const double> series, std::size_t first, std::size_t count) {
  return series.empty() ? series : series.subspan(first, count);
}

/// One run through the year.
class Roller {
 public:
  Roller(const DispatchProblem& problem, const RollingPlan& plan)
      : problem_(problem),
        year_(problem.year),
        plan_(plan),
        tiers_{problem.tier_limits_kwh, problem.tier_additions_yuan},
        recursion_(costs_),
        random_(plan.seed) {
    const auto& periods = problem.tier_period_of_step;
    bought_kwh_.resize(periods.empty() ? 1 : 1UL + *std::ranges::max_element(periods));
    const auto steps = [&](double hours) {
      return std::max<std::size_t>(1, std::lround(hours / year_.step_hours));
    };
    horizon_ = steps(plan.horizon_hours);
    every_ = steps(plan.hours_between_plans);
    day_ = steps(24.0);
    load_kwh_.resize(horizon_);
    pv_kwh_.resize(horizon_);
  }

  RollingResult run(double start_kwh) {
    RollingResult result;
    const double kept = 1.0 - battery::standing_loss(year_.battery, year_.step_hours);
    double stored = start_kwh;
    result.path.start_kwh = start_kwh;
    for (std::size_t t = 0; t < year_.size(); ++t) {
      if (t % every_ == 0) {
        price(t, result.export_kwh);
        plan_from(t, stored);
        ++result.plans;
      }
      const double change = possible(t, kept * stored, window_.change_kwh[t % every_]);
      const StepFlow flow = flow_of(year_, t, change);
      bought_kwh_[period(t)] += flow.import_kwh;
      result.cost_yuan += year_.buy[t] * flow.import_kwh - year_.sell[t] * flow.export_kwh +
                          year_.battery.wear_yuan_per_kwh * std::abs(change);
      result.import_kwh += flow.import_kwh;
      result.export_kwh += flow.export_kwh;
      result.path.change_kwh.push_back(change);
      stored = kept * stored + change - drain(year_, t);
    }
    for (const double kwh : bought_kwh_) {
      result.cost_yuan += tier_cost(tiers_, kwh);
    }
    if (problem_.has_export_cap()) {
      result.cost_yuan -=
          problem_.export_beyond_yuan * std::max(0.0, result.export_kwh - problem_.export_cap_kwh);
    }
    result.path.end_kwh = stored;
    result.kept_yuan = (stored - start_kwh) * worth(year_.sell);
    result.cost_yuan -= result.kept_yuan;
    return result;
  }

 private:
  std::size_t period(std::size_t t) const {
    return problem_.tier_period_of_step.empty() ? 0 : problem_.tier_period_of_step[t];
  }

  /// What the tier reached adds, and what the cap takes or gives, seen from a step.
  void price(std::size_t now, double sold_kwh) {
    const bool is_beyond = problem_.has_export_cap() && sold_kwh >= problem_.export_cap_kwh;
    rise_ = is_beyond ? problem_.export_beyond_yuan : 0.0;
    if (tiers_.limits_kwh.empty()) {
      return;
    }
    additions_.assign(bought_kwh_.size(), 0.0);
    const auto reached = std::ranges::upper_bound(tiers_.limits_kwh, bought_kwh_[period(now)]);
    additions_[period(now)] =
        tiers_.additions_yuan[static_cast<std::size_t>(reached - tiers_.limits_kwh.begin())];
  }

  double worth(std::span<const double> sell) const {
    return std::max(0.0, mean(sell)) * year_.battery.discharge_efficiency;
  }

  void forecast(std::size_t now, std::size_t count) {
    const std::size_t size = year_.size();
    for (std::size_t h = 0; h < count; ++h) {
      std::size_t at = now + h;
      if (plan_.forecast == Forecast::persistence) {
        at = h < every_ ? now : (now + h % day_ + size - std::min(day_, size)) % size;
      }
      load_kwh_[h] = year_.load_kwh[at];
      pv_kwh_[h] = year_.pv_kwh[at];
      if (plan_.forecast == Forecast::noisy) {
        const double days = static_cast<double>(h) / static_cast<double>(day_);
        const double spread = plan_.noise_per_day * std::sqrt(days);
        load_kwh_[h] *= std::exp(spread * random_.normal() - 0.5 * spread * spread);
        pv_kwh_[h] *= std::exp(spread * random_.normal() - 0.5 * spread * spread);
      }
    }
  }

  /// The steps from `first` on, with load and PV as forecast.
  StoreYear window(std::size_t first, std::size_t count) const {
    StoreYear window = year_;
    window.load_kwh = std::span(load_kwh_).first(count);
    window.pv_kwh = std::span(pv_kwh_).first(count);
    for (auto series : {&StoreYear::buy, &StoreYear::sell, &StoreYear::export_limits_kwh,
                        &StoreYear::import_limits_kwh, &StoreYear::charge_limits_kwh,
                        &StoreYear::discharge_limits_kwh, &StoreYear::least_kwh,
                        &StoreYear::most_kwh, &StoreYear::drain_kwh}) {
      window.*series = part(year_.*series, first, count);
    }
    return window;
  }

  /// Fills window_; where the forecast leaves no way, the store rests.
  void plan_from(std::size_t now, double stored) {
    const std::size_t count = std::min(horizon_, year_.size() - now);
    forecast(now, count);
    const StoreYear ahead = window(now, count);
    costs_.reset(ahead);
    costs_.lower_sell(-rise_);
    const std::span<const std::uint16_t> periods = problem_.tier_period_of_step;
    costs_.price(additions_, periods.empty() ? periods : periods.subspan(now, count));
    const double most = most_stored(ahead, count - 1);
    const double least = least_stored(ahead, count - 1);
    EndOfYear end{least, most, 0.0};
    if (plan_.end == WindowEnd::valued) {
      end.value = worth(ahead.sell);
    } else {
      end.least_kwh = std::clamp(stored, least, most);
    }
    if (!recursion_.solve(end, stored, window_) &&
        !recursion_.solve({least, most, 0.0}, stored, window_)) {
      window_.change_kwh.assign(count, 0.0);
    }
  }

  /// The planned change, as far as the store and the limits of the real step allow it.
  double possible(std::size_t t, double left_kwh, double planned) const {
    const battery::Spec& spec = year_.battery;
    const double load = year_.load_kwh[t];
    const double low = std::max(-export_limit(year_, t) - load, -discharge_limit(year_, t));
    const double high =
        std::min(year_.pv_kwh[t] + import_limit(year_, t) - load, charge_limit(year_, t));
    const double before = left_kwh - drain(year_, t);
    const double least = std::max(battery::stored_change_kwh(spec, low),
                                  std::max(spec.floor_kwh, least_stored(year_, t)) - before);
    const double most = std::min(battery::stored_change_kwh(spec, std::max(high, low)),
                                 most_stored(year_, t) - before);
    return std::min(std::max(planned, least), most);
  }

  const DispatchProblem& problem_;
  const StoreYear& year_;
  const RollingPlan& plan_;
  Tiers tiers_;
  std::vector<double> bought_kwh_;  ///< so far, by tier period
  std::vector<double> additions_;   ///< by tier period; empty without tiers
  double rise_ = 0.0;               ///< what a kWh sold earns more than the year says
  StepCosts costs_;
  StoreRecursion recursion_;
  Random random_;
  std::size_t horizon_ = 1;
  std::size_t every_ = 1;
  std::size_t day_ = 1;
  std::vector<double> load_kwh_;  ///< as forecast
  std::vector<double> pv_kwh_;
  StorePath window_;
};

}  // namespace

Result<RollingResult> rolling_dispatch(const DispatchProblem& problem, const RollingPlan& plan) {
  Errors errors = wrong_data(problem);
  const bool is_right = plan.hours_between_plans > 0.0 &&
                        plan.horizon_hours >= plan.hours_between_plans && plan.noise_per_day >= 0.0;
  if (!is_right) {
    errors.push_back(
        {Fault::bad_input,
         {"the horizon must be as long as the time between plans at least, that time above 0 and "
          "the noise 0 or more",
          "预测时域不得短于重新规划的间隔,间隔应大于 0,噪声应不小于 0"},
         {"", 0, "horizon_hours"}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return Roller(problem, plan).run(problem.start_kwh);
}

Result<RollingResult> rolling_dispatch(const StoreYear& year, double start_kwh,
                                       const RollingPlan& plan) {
  DispatchProblem problem;
  problem.year = year;
  problem.end = YearEnd::free;
  problem.start_kwh = start_kwh;
  return rolling_dispatch(problem, plan);
}

}  // namespace xiaoyuan::optimum
