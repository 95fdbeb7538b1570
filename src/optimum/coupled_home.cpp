#include "optimum/coupled_home.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

double kept_share(const StoreYear& year) {
  return 1.0 - battery::standing_loss(year.battery, year.step_hours);
}

double energy_cost(const StoreYear& year, std::size_t step, double grid) {
  return grid * (grid > 0.0 ? year.buy[step] : year.sell[step]);
}

/// Stored energy before every step. Rounding is taken off at the bounds, so that two schedules that
/// are empty there hold the same energy to the last bit.
void lay_stored(const StoreYear& year, const StorePath& path, std::vector<double>& stored) {
  constexpr double same_kwh = 1e-9;
  const double kept = kept_share(year);
  const std::size_t size = year.size();
  stored.resize(size + 1);
  stored[0] = path.start_kwh;
  for (std::size_t t = 0; t < size; ++t) {
    const double next = kept * stored[t] + path.change_kwh[t] - drain(year, t);
    const double least = least_stored(year, t);
    const double most = most_stored(year, t);
    stored[t + 1] = next < least + same_kwh ? least : next > most - same_kwh ? most : next;
  }
}

double step_cost_of(const DispatchProblem& household, const Schedule& schedule, double kept,
                    std::size_t step) {
  const StoreYear& year = household.year;
  double cost = energy_cost(year, step, schedule.grid_kwh[step]);
  if (year.battery.wear_yuan_per_kwh > 0.0 && !schedule.stored_kwh.empty()) {
    const double change =
        schedule.stored_kwh[step + 1] - kept * schedule.stored_kwh[step] + drain(year, step);
    cost += year.battery.wear_yuan_per_kwh * std::abs(change);
  }
  return cost;
}

double tiers_cost(const DispatchProblem& household, const Schedule& schedule) {
  const Tiers tiers{household.tier_limits_kwh, household.tier_additions_yuan};
  if (tiers.limits_kwh.empty()) {
    return 0.0;
  }
  const auto& periods = household.tier_period_of_step;
  std::vector<double> imports(periods.empty() ? 1 : 1UL + *std::ranges::max_element(periods), 0.0);
  for (std::size_t t = 0; t < schedule.grid_kwh.size(); ++t) {
    imports[periods.empty() ? 0 : periods[t]] += std::max(schedule.grid_kwh[t], 0.0);
  }
  double cost = 0.0;
  for (const double kwh : imports) {
    cost += tier_cost(tiers, kwh);
  }
  return cost;
}

}  // namespace

bool has_store(const DispatchProblem& household) {
  return household.year.battery.exists() || !household.year.drain_kwh.empty();
}

bool bears_no_burning(const DispatchProblem& household) {
  return has_store(household) || !household.tier_limits_kwh.empty();
}

std::vector<double> changes_of(const DispatchProblem& household, const Schedule& schedule) {
  const double kept = kept_share(household.year);
  std::vector<double> changes(schedule.grid_kwh.size(), 0.0);
  for (std::size_t t = 0; t < changes.size() && !schedule.stored_kwh.empty(); ++t) {
    changes[t] =
        schedule.stored_kwh[t + 1] - kept * schedule.stored_kwh[t] + drain(household.year, t);
  }
  return changes;
}

double cost_of(const DispatchProblem& household, const Schedule& schedule) {
  const double kept = kept_share(household.year);
  double cost = tiers_cost(household, schedule);
  for (std::size_t t = 0; t < schedule.grid_kwh.size(); ++t) {
    cost += step_cost_of(household, schedule, kept, t);
  }
  return cost;
}

/// Only curtailment is free, and flow_of decides it; tiers see an import that nothing changes.
void AnswerMaker::answer_without_store(const DispatchProblem& household, Answer& answer) const {
  answer.schedule.stored_kwh.clear();
  answer.priced_yuan = 0.0;
  for (std::size_t t = 0; t < household.year.size(); ++t) {
    const StepFlow flow = flow_of(priced_.year, t, 0.0);
    answer.schedule.grid_kwh[t] = flow.import_kwh - flow.export_kwh;
    answer.priced_yuan += buy_[t] * flow.import_kwh - sell_[t] * flow.export_kwh;
  }
  answer.priced_yuan += tiers_cost(household, answer.schedule);
  answer.cost_yuan = cost_of(household, answer.schedule);
  answer.without_yuan = answer.cost_yuan;
}

Result<void> AnswerMaker::answer(const DispatchProblem& household, std::span<const double> prices,
                                 Answer& answer) {
  const StoreYear& year = household.year;
  const std::size_t size = year.size();
  buy_.resize(size);
  sell_.resize(size);
  const bool is_held = bears_no_burning(household);
  for (std::size_t t = 0; t < size; ++t) {
    const double price = is_held ? std::max(prices[t], -year.buy[t]) : prices[t];
    buy_[t] = year.buy[t] + price;
    sell_[t] = year.sell[t] + price;
  }
  priced_ = household;
  priced_.year.buy = buy_;
  priced_.year.sell = sell_;
  answer.schedule.grid_kwh.resize(size);
  if (!has_store(household)) {
    answer_without_store(household, answer);
    return {};
  }
  if (auto solved = optimiser_.solve(priced_, result_); !solved) {
    return solved;
  }
  lay_stored(year, result_.path, answer.schedule.stored_kwh);
  answer.priced_yuan = result_.bound_yuan;
  answer.without_yuan = result_.without_yuan;
  for (std::size_t t = 0; t < size; ++t) {
    const StepFlow flow = flow_of(priced_.year, t, result_.path.change_kwh[t]);
    answer.schedule.grid_kwh[t] = flow.import_kwh - flow.export_kwh;
  }
  answer.cost_yuan = cost_of(household, answer.schedule);
  return {};
}

void find_stretches(const DispatchProblem& household, const Schedule& mixture, Answer& answer) {
  const StoreYear& year = household.year;
  const Schedule& other = answer.schedule;
  const std::size_t size = year.size();
  const double kept = kept_share(year);
  answer.stretches.clear();
  // Tiers count a whole period's import, which only a store can change.
  if (!household.tier_limits_kwh.empty() && has_store(household)) {
    answer.stretches.push_back({0, size, answer.cost_yuan - cost_of(household, mixture)});
    return;
  }
  std::size_t begin = 0;
  double change = 0.0;
  for (std::size_t t = 0; t < size; ++t) {
    change += step_cost_of(household, other, kept, t) - step_cost_of(household, mixture, kept, t);
    const bool is_same =
        other.stored_kwh.empty() || other.stored_kwh[t + 1] == mixture.stored_kwh[t + 1];
    if (is_same || t + 1 == size) {
      answer.stretches.push_back({begin, t + 1, change});
      begin = t + 1;
      change = 0.0;
    }
  }
  const bool is_joined =
      !other.stored_kwh.empty() && other.stored_kwh.front() != mixture.stored_kwh.front();
  if (is_joined && answer.stretches.size() > 1) {
    const Stretch first = answer.stretches.front();
    answer.stretches.erase(answer.stretches.begin());
    answer.stretches.back().end = size + first.end;
    answer.stretches.back().cost_change += first.cost_change;
  }
}

void blend(Schedule& mixture, const Schedule& answer, const Stretch& stretch, double share) {
  const std::size_t size = mixture.grid_kwh.size();
  const auto mix = [share](double& now, double then) {
    now = share == 1.0 ? then : now + share * (then - now);
  };
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    const std::size_t t = i % size;
    mix(mixture.grid_kwh[t], answer.grid_kwh[t]);
    if (!answer.stored_kwh.empty()) {
      mix(mixture.stored_kwh[t + 1], answer.stored_kwh[t + 1]);
    }
  }
  if (!answer.stored_kwh.empty() && (stretch.begin == 0 || stretch.end > size)) {
    mix(mixture.stored_kwh[0], answer.stored_kwh[0]);
  }
}

}  // namespace xiaoyuan::optimum
