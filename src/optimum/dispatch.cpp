#include "optimum/dispatch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/check.hpp"
#include "optimum/branching.hpp"
#include "optimum/lanes.hpp"
#include "optimum/refusal.hpp"
#include "optimum/tiered_branching.hpp"

namespace xiaoyuan::optimum {

namespace {

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

Counted counted_in(const DispatchProblem& problem) {
  Counted counted{.import_tiers = {problem.tier_limits_kwh, problem.tier_additions_yuan},
                  .import_periods = periods_of(problem),
                  .period_of_step = problem.tier_period_of_step,
                  .export_tiers = {}};
  if (problem.has_export_cap()) {
    expects(problem.export_beyond_yuan < 0.0);
    counted.export_tiers = {{problem.export_cap_kwh}, {0.0, -problem.export_beyond_yuan}};
  }
  return counted;
}

/// What flows through the meter for the changes of a path, import positive.
std::vector<double> grid_of(const StoreYear& year, const StorePath& path) {
  std::vector<double> grid;
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    const StepFlow flow = flow_of(year, t, path.change_kwh[t]);
    grid.push_back(flow.import_kwh - flow.export_kwh);
  }
  return grid;
}

/// Is the change of stored energy enough to tell what flows? See GridIs.
GridIs grid_in(const DispatchProblem& problem) {
  const StoreYear& year = problem.year;
  const bool has_cap = problem.has_export_cap();
  for (std::size_t t = 0; t < year.size(); ++t) {
    if (!is_convex(year, t) || (has_cap && year.sell[t] + problem.export_beyond_yuan < 0.0)) {
      return GridIs::mixed;
    }
  }
  return GridIs::told_by_change;
}

}  // namespace

StepFlow flow_in(const DispatchProblem& problem, const DispatchResult& result, std::size_t step) {
  if (result.grid_kwh.empty()) {
    return flow_of(problem.year, step, result.path.change_kwh[step]);
  }
  const double grid = result.grid_kwh[step];
  const double net = problem.year.load_kwh[step] +
                     battery::ac_energy_kwh(problem.year.battery, result.path.change_kwh[step]) -
                     problem.year.pv_kwh[step];
  return {std::max(grid, 0.0), std::max(-grid, 0.0), std::max(0.0, grid - net)};
}

double DispatchResult::gap() const {
  return (cost_yuan - bound_yuan) / std::max(1.0, std::abs(without_yuan) + std::abs(cost_yuan));
}

/// What a solve needs besides its result; kept from one to the next.
struct Optimiser::Memory {
  const DispatchProblem* problem = nullptr;
  DispatchResult* result = nullptr;
  Counted counted;
  Ends ends;
  StepCosts costs;
  Lanes lanes;
  std::vector<double> scratch;
  std::vector<double> beyond_sell;
  DispatchResult beyond;

  bool solve_one(const DispatchProblem& one, DispatchResult& answer);
  bool solve_cases(const DispatchProblem& whole, DispatchResult& answer);
  bool solve_plain();
  bool solve();
  bool solve_tiers();
  void take_sums(const PlainYear& sums, double addition);
  void finish(Trial trial, const Multipliers& at, std::vector<double> grid_kwh);
};

/// Values and bound of the schedule under the costs as they are priced now.
void Optimiser::Memory::finish(Trial trial, const Multipliers& at, std::vector<double> grid_kwh) {
  result->path = std::move(trial.path);
  result->grid_kwh = std::move(grid_kwh);
  Ends joined = ends;
  joined.cycle_value = trial.cycle_value;
  result->stored_value = stored_values(costs, joined, result->path);
  result->tier_additions = at.additions;
  result->export_fall_yuan = at.export_fall;
  if (costs.is_ordinary() && at.additions.size() <= 1 && !counted.counts_export()) {
    const double addition = at.additions.empty() ? 0.0 : at.additions.front();
    if (const auto sums = plain_sums(problem->year, joined, addition,
                                     {result->path.change_kwh, result->stored_value}, scratch)) {
      take_sums(*sums, addition);
      return;
    }
  }
  const PlainCost plain = plain_cost(problem->year, counted, result->path, result->grid_kwh);
  result->cost_yuan = plain.yuan + all_tiers(counted, plain);
  result->import_kwh = std::accumulate(plain.import_kwh.begin(), plain.import_kwh.end(), 0.0);
  result->export_kwh = plain.export_kwh;
  result->bound_yuan =
      lower_bound(costs, joined, result->stored_value) + all_conjugates(counted, at);
  StorePath idle;
  idle.change_kwh.assign(problem->year.size(), 0.0);
  const PlainCost without = plain_cost(problem->year, counted, idle, {});
  result->without_yuan = without.yuan + all_tiers(counted, without);
}

/// The result's figures from sums that count one addition on all import.
void Optimiser::Memory::take_sums(const PlainYear& sums, double addition) {
  const auto true_cost = [&](double cost, double import_kwh) {
    return cost - addition * import_kwh + tier_cost(counted.import_tiers, import_kwh);
  };
  result->cost_yuan = true_cost(sums.cost_yuan, sums.import_kwh);
  result->without_yuan = true_cost(sums.without_yuan, sums.idle_import_kwh);
  result->bound_yuan = sums.bound_yuan + tier_conjugate(counted.import_tiers, addition);
  result->import_kwh = sums.import_kwh;
  result->export_kwh = sums.export_kwh;
}

bool Optimiser::Memory::solve_tiers() {
  const GridIs grid = grid_in(*problem);
  if (result->bent_steps.empty()) {
    auto found = solve_tiered(costs, ends, counted, grid);
    if (!found) {
      return false;
    }
    const double bound = found->bound_yuan;
    finish(std::move(found->trial), found->at, std::move(found->grid_kwh));
    result->bound_yuan = std::max(result->bound_yuan, bound);
    result->proof = Proof::exact;
    return true;
  }
  auto branched = branch_tiered(problem->year, costs, ends, counted);
  if (!branched) {
    return false;
  }
  finish(std::move(branched->best.trial), branched->best.at, std::move(branched->best.grid_kwh));
  result->bound_yuan = branched->bound_yuan;
  result->proof = branched->is_proved ? Proof::branched : Proof::bounded;
  return true;
}

/// The fast way, for a plain year whose import stays within one tier. False where it does not
/// apply.
bool Optimiser::Memory::solve_plain() {
  if (!problem->tier_period_of_step.empty() || counted.counts_export()) {
    return false;
  }
  const Tiers& tiers = counted.import_tiers;
  for (std::size_t tier = 0; tier <= tiers.limits_kwh.size(); ++tier) {
    const double addition = tiers.limits_kwh.empty() ? 0.0 : tiers.additions_yuan[tier];
    PlainYear sums;
    if (!lanes.solve(problem->year, ends, addition, {result->path, result->stored_value, sums})) {
      return false;
    }
    const bool is_above = tier == 0 || sums.import_kwh >= tiers.limits_kwh[tier - 1];
    const bool is_last = tier == tiers.limits_kwh.size();
    if (!is_above) {  // jumped over a limit: the optimum lies on it
      return false;
    }
    if (is_last || sums.import_kwh <= tiers.limits_kwh[tier]) {
      take_sums(sums, addition);
      result->tier_additions.assign(tiers.limits_kwh.empty() ? 0 : 1, addition);
      result->proof = Proof::exact;
      return true;
    }
  }
  return false;
}

bool Optimiser::Memory::solve() {
  for (std::size_t t = 0; t < problem->year.size(); ++t) {
    if (!is_convex(problem->year, t)) {
      result->bent_steps.push_back(t);
    }
  }
  costs.reset(problem->year);
  if (counted.counts_import() || counted.counts_export()) {
    return solve_tiers();
  }
  costs.price({}, {});
  if (result->bent_steps.empty()) {
    auto trial = YearSolver(costs, ends).solve();
    if (!trial) {
      return false;
    }
    result->proof = Proof::exact;
    finish(std::move(*trial), {}, {});
    return true;
  }
  auto branched = branch(costs, ends);
  if (!branched) {
    return false;
  }
  finish(std::move(branched->best), {}, {});
  result->bound_yuan = branched->bound_yuan;
  result->proof = branched->is_proved ? Proof::branched : Proof::bounded;
  return true;
}

/// A problem whose cap, if any, takes from what is sold beyond it.
bool Optimiser::Memory::solve_one(const DispatchProblem& one, DispatchResult& answer) {
  problem = &one;
  result = &answer;
  counted = counted_in(one);
  ends = ends_of(one);
  answer.grid_kwh.clear();
  answer.bent_steps.clear();
  answer.export_fall_yuan = 0.0;
  answer.cap_case = CapCase::none;
  answer.other_case = {};
  if (!solve_plain() && !solve()) {
    return false;
  }
  answer.bound_yuan = std::min(answer.bound_yuan, answer.cost_yuan);
  return true;
}

/// The cap reached or not, each for itself. A schedule of the one may lie on the other side: it is
/// billed as it is.
bool Optimiser::Memory::solve_cases(const DispatchProblem& whole, DispatchResult& answer) {
  const double beyond_yuan = whole.export_beyond_yuan;
  const double at_cap_yuan = beyond_yuan * whole.export_cap_kwh;
  DispatchProblem one = whole;
  one.export_beyond_yuan = 0.0;
  if (!solve_one(one, answer)) {
    return false;
  }
  const auto billed = [&](double cost, double sold_kwh) {
    return cost - std::max(0.0, beyond_yuan * sold_kwh - at_cap_yuan);
  };
  beyond_sell.assign(whole.year.sell.begin(), whole.year.sell.end());
  for (double& price : beyond_sell) {
    price += beyond_yuan;
  }
  one.year.sell = beyond_sell;
  if (!solve_one(one, beyond)) {
    return false;
  }
  StorePath idle;
  idle.change_kwh.assign(whole.year.size(), 0.0);
  const double idle_within = plain_cost(whole.year, counted, idle, {}).export_kwh;
  const double idle_beyond = plain_cost(one.year, counted, idle, {}).export_kwh;
  const auto billed_beyond = [&](double cost, double sold_kwh) {
    return billed(cost + beyond_yuan * sold_kwh, sold_kwh);
  };
  const double without_yuan = std::min(billed(answer.without_yuan, idle_within),
                                       billed_beyond(beyond.without_yuan, idle_beyond));
  const double bound = std::min(answer.bound_yuan, beyond.bound_yuan + at_cap_yuan);
  answer.cost_yuan = billed(answer.cost_yuan, answer.export_kwh);
  beyond.cost_yuan = billed_beyond(beyond.cost_yuan, beyond.export_kwh);
  answer.cap_case = CapCase::within;
  beyond.cap_case = CapCase::beyond;
  if (beyond.grid_kwh.empty()) {  // its prices, not the year's own, say what is curtailed
    beyond.grid_kwh = grid_of(one.year, beyond.path);
  }
  if (answer.grid_kwh.empty()) {
    answer.grid_kwh = grid_of(whole.year, answer.path);
  }
  const bool is_bounded = answer.proof == Proof::bounded || beyond.proof == Proof::bounded;
  if (beyond.cost_yuan < answer.cost_yuan) {
    std::swap(answer, beyond);
  }
  answer.other_case = {beyond.cap_case, beyond.cost_yuan, beyond.stored_value,
                       beyond.tier_additions};
  answer.without_yuan = without_yuan;
  answer.bound_yuan = std::min(bound, answer.cost_yuan);
  answer.proof = is_bounded ? Proof::bounded : Proof::cases;
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
  const bool has_cases = problem.has_export_cap() && problem.export_beyond_yuan > 0.0;
  const bool is_solved =
      has_cases ? memory_->solve_cases(problem, result) : memory_->solve_one(problem, result);
  if (!is_solved) {
    return std::unexpected(no_way(problem));
  }
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
