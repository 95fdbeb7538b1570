#include "optimum/dispatch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "optimum/branching.hpp"
#include "optimum/lanes.hpp"
#include "optimum/refusal.hpp"
#include "optimum/year_solver.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr int most_columns = 400;
constexpr double proved = 1e-9;

std::size_t periods_of(const DispatchProblem& problem) {
  const auto& periods = problem.tier_period_of_step;
  return periods.empty() ? 1 : 1UL + *std::ranges::max_element(periods);
}

Ends ends_of(const DispatchProblem& problem) {
  const StoreYear& year = problem.year;
  Ends ends{.least_kwh = least_stored(year, year.size() - 1),
            .most_kwh = most_stored(year, year.size() - 1),
            .step_hours = year.step_hours};
  const double end = problem.end_kwh < 0.0 ? problem.start_kwh : problem.end_kwh;
  ends.is_cyclic = problem.end == YearEnd::cyclic;
  ends.start_kwh = problem.start_kwh;
  if (ends.is_cyclic) {
    ends.least_kwh = std::max(ends.least_kwh, year.battery.floor_kwh);
  }
  if (problem.end == YearEnd::not_below || problem.end == YearEnd::equal) {
    ends.least_kwh = std::max(ends.least_kwh, end);
  }
  if (problem.end == YearEnd::equal) {
    ends.most_kwh = std::min(ends.most_kwh, end);
  }
  return ends;
}

/// Energy and wear at the prices of the year, and the import of every tier period.
double plain_cost(const DispatchProblem& problem, const StorePath& path,
                  std::vector<double>& imports) {
  const StoreYear& year = problem.year;
  imports.assign(periods_of(problem), 0.0);
  double cost = 0.0;
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    const double change = path.change_kwh[t];
    const StepFlow flow = flow_of(year, t, change);
    cost += year.buy[t] * flow.import_kwh - year.sell[t] * flow.export_kwh +
            year.battery.wear_yuan_per_kwh * std::abs(change);
    imports[problem.tier_period_of_step.empty() ? 0 : problem.tier_period_of_step[t]] +=
        flow.import_kwh;
  }
  return cost;
}

double all_tiers(const Tiers& tiers, const std::vector<double>& imports) {
  double cost = 0.0;
  for (const double kwh : imports) {
    cost += tier_cost(tiers, kwh);
  }
  return cost;
}

double all_conjugates(const Tiers& tiers, const std::vector<double>& additions) {
  double cost = 0.0;
  for (const double addition : additions) {
    cost += tier_conjugate(tiers, addition);
  }
  return cost;
}

double without_store(const DispatchProblem& problem, const Tiers& tiers) {
  std::vector<double> imports;
  StorePath idle;
  idle.change_kwh.assign(problem.year.size(), 0.0);
  const double cost = plain_cost(problem, idle, imports);
  return cost + all_tiers(tiers, imports);
}

}  // namespace

double DispatchResult::gap() const {
  return (cost_yuan - bound_yuan) / std::max(1.0, std::abs(without_yuan) + std::abs(cost_yuan));
}

/// What a solve needs besides its result; kept from one to the next.
struct Optimiser::Memory {
  const DispatchProblem* problem = nullptr;
  DispatchResult* result = nullptr;
  Tiers tiers;
  Ends ends;
  StepCosts costs;
  Lanes lanes;

  bool solve_plain();
  bool solve();
  bool solve_tiers();
  std::optional<Trial> at(const std::vector<double>& additions);
  void finish(Trial trial, const std::vector<double>& additions);
};

std::optional<Trial> Optimiser::Memory::at(const std::vector<double>& additions) {
  costs.price(additions, problem->tier_period_of_step);
  return YearSolver(costs, ends).solve();
}

/// Values and bound of the schedule under the costs as they are priced now.
void Optimiser::Memory::finish(Trial trial, const std::vector<double>& additions) {
  std::vector<double> imports;
  result->path = std::move(trial.path);
  result->cost_yuan = plain_cost(*problem, result->path, imports) + all_tiers(tiers, imports);
  result->import_kwh = 0.0;
  for (const double kwh : imports) {
    result->import_kwh += kwh;
  }
  Ends joined = ends;
  joined.cycle_value = trial.cycle_value;
  result->stored_value = stored_values(costs, joined, result->path);
  result->bound_yuan =
      lower_bound(costs, joined, result->stored_value) + all_conjugates(tiers, additions);
  result->tier_additions = additions;
  result->bent_steps = costs.bent_steps();
}

/// Columns of the master: schedules that are best at some additions, until none is cheaper than the
/// mixture of those at hand.
bool Optimiser::Memory::solve_tiers() {
  const std::size_t periods = periods_of(*problem);
  TierMaster master(tiers, periods);
  std::vector<Trial> trials;
  std::vector<double> imports;
  std::vector<double> additions(periods, 0.0);
  std::vector<double> best_additions = additions;
  double best_cycle_value = 0.0;
  double bound = -std::numeric_limits<double>::infinity();
  Mixture mixture;
  while (trials.size() < most_columns) {
    auto trial = at(additions);
    if (!trial) {
      return false;
    }
    if (const double here = trial->cost + all_conjugates(tiers, additions); here > bound) {
      bound = here;
      best_additions = additions;
      best_cycle_value = trial->cycle_value;
    }
    const double cost = plain_cost(*problem, trial->path, imports);
    master.add(cost, imports);
    trials.push_back(std::move(*trial));
    mixture = master.solve();
    if (mixture.cost_yuan - bound <= proved * std::max(1.0, std::abs(mixture.cost_yuan))) {
      break;
    }
    additions = mixture.additions;
  }
  Trial mixed;
  double share = 0.0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (mixture.shares[i] <= 0.0) {
      continue;
    }
    share += mixture.shares[i];
    mixed.path = share == mixture.shares[i]
                     ? trials[i].path
                     : blend(trials[i].path, mixed.path, mixture.shares[i] / share);
  }
  mixed.cycle_value = best_cycle_value;
  costs.price(best_additions, problem->tier_period_of_step);
  finish(std::move(mixed), best_additions);
  result->bound_yuan = std::max(result->bound_yuan, bound);
  return true;
}

/// The fast way, for a plain year whose import stays within one tier. False where it does not
/// apply.
bool Optimiser::Memory::solve_plain() {
  if (problem->tier_period_of_step.empty()) {
    for (std::size_t tier = 0; tier <= tiers.limits_kwh.size(); ++tier) {
      const double addition = tiers.limits_kwh.empty() ? 0.0 : tiers.additions_yuan[tier];
      PlainYear sums;
      if (!lanes.solve(problem->year, ends, addition, result->path, result->stored_value, sums)) {
        return false;
      }
      const bool is_above = tier == 0 || sums.import_kwh >= tiers.limits_kwh[tier - 1];
      const bool is_last = tier == tiers.limits_kwh.size();
      if (!is_above) {  // jumped over a limit: the optimum lies on it
        return false;
      }
      if (is_last || sums.import_kwh <= tiers.limits_kwh[tier]) {
        const double moved = tiers.limits_kwh.empty() ? 0.0 : tier_conjugate(tiers, addition);
        result->cost_yuan =
            sums.cost_yuan - addition * sums.import_kwh + tier_cost(tiers, sums.import_kwh);
        result->bound_yuan = sums.bound_yuan + moved;
        result->without_yuan = sums.without_yuan - addition * sums.idle_import_kwh +
                               tier_cost(tiers, sums.idle_import_kwh);
        result->import_kwh = sums.import_kwh;
        result->tier_additions.assign(tiers.limits_kwh.empty() ? 0 : 1, addition);
        result->bent_steps.clear();
        result->proof = Proof::exact;
        return true;
      }
    }
  }
  return false;
}

bool Optimiser::Memory::solve() {
  if (!tiers.limits_kwh.empty()) {
    const bool solved = solve_tiers();
    result->proof = result->bent_steps.empty() ? Proof::exact : Proof::bounded;
    return solved;
  }
  auto trial = at({});
  if (!trial) {
    return false;
  }
  if (costs.bent_steps().empty()) {
    result->proof = Proof::exact;
    finish(std::move(*trial), {});
    return true;
  }
  auto branched = branch(costs, ends);
  if (!branched) {
    return false;
  }
  finish(std::move(branched->best), {});
  result->bound_yuan = branched->bound_yuan;
  result->proof = branched->is_proved ? Proof::branched : Proof::bounded;
  return true;
}

Optimiser::Optimiser() : memory_(std::make_unique<Memory>()) {}
Optimiser::~Optimiser() = default;
Optimiser::Optimiser(Optimiser&&) noexcept = default;
Optimiser& Optimiser::operator=(Optimiser&&) noexcept = default;

Result<void> Optimiser::solve(const DispatchProblem& problem, DispatchResult& result) {
  if (auto errors = wrong_data(problem); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  memory_->problem = &problem;
  memory_->result = &result;
  memory_->tiers = {problem.tier_limits_kwh, problem.tier_additions_yuan};
  memory_->ends = ends_of(problem);
  if (memory_->solve_plain()) {
    result.bound_yuan = std::min(result.bound_yuan, result.cost_yuan);
    return {};
  }
  memory_->costs.reset(problem.year);
  if (!memory_->solve()) {
    return std::unexpected(no_way(problem));
  }
  result.without_yuan = without_store(problem, memory_->tiers);
  result.bound_yuan = std::min(result.bound_yuan, result.cost_yuan);
  return {};
}

Result<DispatchResult> optimal_dispatch(const DispatchProblem& problem) {
  DispatchResult result;
  if (auto solved = Optimiser().solve(problem, result); !solved) {
    return std::unexpected(std::move(solved.error()));
  }
  return result;
}

}  // namespace xiaoyuan::optimum
