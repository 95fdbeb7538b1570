#include "plan/dispatch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace xiaoyuan::plan {

namespace {

constexpr int most_rounds = 200;

/// A schedule with what its line of a dual function needs.
struct Trial {
  StorePath path;
  double cost = 0.0;    ///< without tiers, at the true prices
  double import = 0.0;  ///< kWh of the year
  double imbalance() const { return path.start_kwh - path.end_kwh; }
};

/// Energy cost and wear, without tiers.
double plain_cost(const StoreYear& year, const StorePath& path, double& import_kwh) {
  double cost = 0.0;
  import_kwh = 0.0;
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    const double change = path.change_kwh[t];
    const StepFlow flow = flow_of(year, t, change);
    cost += year.buy[t] * flow.import_kwh - year.sell[t] * flow.export_kwh +
            year.battery.wear_yuan_per_kwh * std::abs(change);
    import_kwh += flow.import_kwh;
  }
  return cost;
}

double addition_cost(const DispatchProblem& problem, double import_kwh) {
  double cost = 0.0;
  for (std::size_t i = 0; i < problem.tier_limits_kwh.size(); ++i) {
    cost += (problem.tier_additions_yuan[i + 1] - problem.tier_additions_yuan[i]) *
            std::max(0.0, import_kwh - problem.tier_limits_kwh[i]);
  }
  return cost;
}

/// share · a + (1 − share) · b
StorePath blend(const StorePath& a, const StorePath& b, double share) {
  StorePath path;
  path.start_kwh = share * a.start_kwh + (1.0 - share) * b.start_kwh;
  path.end_kwh = share * a.end_kwh + (1.0 - share) * b.end_kwh;
  path.change_kwh.resize(a.change_kwh.size());
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    path.change_kwh[t] = share * a.change_kwh[t] + (1.0 - share) * b.change_kwh[t];
  }
  return path;
}

class Solver {
 public:
  explicit Solver(const DispatchProblem& problem) : problem_(problem), recursion_(problem.year) {}

  bool solve(DispatchResult& result);
  std::size_t infeasible_step() const { return recursion_.infeasible_step(); }

 private:
  std::optional<Trial> at_addition(double mu);
  std::optional<Trial> guessed_cycle(double mu, const StoreRecursion::CyclicGuess& guess);
  std::optional<Trial> climb(double mu, double lambda, double step);
  std::optional<Trial> trial(double end_value);
  Trial blended(const Trial& a, const Trial& b, double share);
  bool between_tiers(std::size_t tier, Trial low, Trial high, Trial& best);

  const DispatchProblem& problem_;
  StoreRecursion recursion_;
  double bound_ = 0.0;  ///< of the last at_addition, without the tiers' conjugate
};

Trial Solver::blended(const Trial& a, const Trial& b, double share) {
  Trial trial;
  trial.path = blend(a.path, b.path, share);
  trial.cost = plain_cost(problem_.year, trial.path, trial.import);
  return trial;
}

std::optional<Trial> Solver::trial(double end_value) {
  Trial trial;
  const bool is_cyclic = problem_.end == YearEnd::cyclic;
  const auto start = is_cyclic ? std::optional<double>() : problem_.start_kwh;
  if (!recursion_.solve(end_value, start, trial.path)) {
    return std::nullopt;
  }
  trial.cost = plain_cost(problem_.year, trial.path, trial.import);
  return trial;
}

/// The year that starts where the guess says that it ends: one walk, and the optimum wherever the
/// guess is right and the start is the one that has the choice. Nothing where it is not.
std::optional<Trial> Solver::guessed_cycle(double mu, const StoreRecursion::CyclicGuess& guess) {
  Trial trial;
  if (!recursion_.solve(guess.low, guess.end_kwh, trial.path)) {
    return std::nullopt;
  }
  trial.cost = plain_cost(problem_.year, trial.path, trial.import);
  const double level = trial.cost + mu * trial.import;
  bound_ = level + guess.low * trial.imbalance() - recursion_.regret_of_start();
  const bool is_best = level - bound_ <= 1e-9 * std::max(1.0, std::abs(level));
  if (std::abs(trial.imbalance()) > 1e-9 || !is_best) {
    return std::nullopt;
  }
  return trial;
}

/// Climbs D(λ) = min [ cost + μ·import + λ·(start − end) ] to its top, trying `lambda` first and
/// then a `step` on. `above` holds a line that still rises in λ, `below` one that falls; where they
/// meet, no dual value can be higher.
std::optional<Trial> Solver::climb(double mu, double lambda, double step) {
  const auto level = [mu](const Trial& one) { return one.cost + mu * one.import; };
  std::optional<Trial> above;
  std::optional<Trial> below;
  bound_ = -std::numeric_limits<double>::infinity();
  for (int round = 0; round < most_rounds; ++round) {
    auto next = trial(lambda);
    if (!next) {
      return std::nullopt;
    }
    bound_ = std::max(bound_, level(*next) + lambda * next->imbalance());
    if (std::abs(next->imbalance()) < 1e-9) {
      return next;
    }
    (next->imbalance() > 0.0 ? above : below) = std::move(next);
    if (!above || !below) {
      lambda += above ? step : -step;
      step *= 2.0;
      continue;
    }
    const double width = above->imbalance() - below->imbalance();
    lambda = (level(*below) - level(*above)) / width;
    const double top = level(*above) + lambda * above->imbalance();
    if (top - bound_ <= 1e-9 * std::max(1.0, std::abs(top))) {
      return blended(*above, *below, -below->imbalance() / width);
    }
  }
  return std::nullopt;
}

/// The best schedule when every imported kWh costs μ more; bound_ receives its dual value.
std::optional<Trial> Solver::at_addition(double mu) {
  recursion_.price_import(mu);
  if (problem_.end == YearEnd::cyclic) {
    const auto guess = recursion_.guess_cyclic();
    if (auto cycle = guessed_cycle(mu, guess)) {
      return cycle;
    }
    return climb(mu, guess.low, guess.high - guess.low);
  }
  // An end that is free is worth nothing; one that may not lie below the start is worth λ ≥ 0, and
  // more only where it would lie below.
  auto first = trial(0.0);
  if (first && problem_.end == YearEnd::not_below_it && first->imbalance() > 1e-9) {
    return climb(mu, 0.0, 1.0);
  }
  bound_ = first ? first->cost + mu * first->import : 0.0;
  return first;
}

/// The optimum imports just the limit below `tier`: μ lies between the additions of the two tiers.
/// `low` (at the lower addition) imports more than the limit, `high` less.
bool Solver::between_tiers(std::size_t tier, Trial low, Trial high, Trial& best) {
  const double limit = problem_.tier_limits_kwh[tier - 1];
  const double fixed = addition_cost(problem_, limit);
  for (int round = 0; round < most_rounds; ++round) {
    const double mu = (high.cost - low.cost) / (low.import - high.import);
    auto next = at_addition(mu);
    if (!next) {
      return false;
    }
    const double line = low.cost + mu * (low.import - limit);
    const double value = bound_ - mu * limit;
    if (value > line - 1e-9 * std::max(1.0, std::abs(line)) ||
        std::abs(next->import - limit) < 1e-7) {
      bound_ = value + fixed;
      const double share = (limit - high.import) / (low.import - high.import);
      best = std::abs(next->import - limit) < 1e-7 ? std::move(*next) : blended(low, high, share);
      return true;
    }
    (next->import > limit ? low : high) = std::move(*next);
  }
  return false;
}

bool Solver::solve(DispatchResult& result) {
  const auto finish = [&](Trial trial) {
    result.cost_yuan = trial.cost + addition_cost(problem_, trial.import);
    result.import_kwh = trial.import;
    result.path = std::move(trial.path);
    return true;
  };
  std::optional<Trial> last;
  for (std::size_t tier = 0; tier <= problem_.tier_limits_kwh.size(); ++tier) {
    const double low = tier == 0 ? -1.0 : problem_.tier_limits_kwh[tier - 1];
    const double mu = tier == 0 ? 0.0 : problem_.tier_additions_yuan[tier];
    auto now = at_addition(mu);
    if (!now) {
      return false;
    }
    if (tier > 0 && now->import < low) {  // jumped over the limit: the optimum sits on it
      Trial best;
      const bool found = between_tiers(tier, std::move(*last), std::move(*now), best);
      result.bound_yuan = bound_;
      return found && finish(std::move(best));
    }
    const bool is_last = tier == problem_.tier_limits_kwh.size();
    if (is_last || now->import <= problem_.tier_limits_kwh[tier]) {
      const double reference = tier == 0 ? 0.0 : low;
      result.bound_yuan = bound_ - mu * reference + addition_cost(problem_, reference);
      return finish(std::move(*now));
    }
    last = std::move(now);
  }
  return false;
}

Result<void> check_prices(const StoreYear& year) {
  for (std::size_t t = 0; t < year.buy.size(); ++t) {
    if (year.buy[t] < 0.0) {
      return fail(
          Fault::impossible,
          {fmt::format("the exact optimum needs buying prices that are not negative; step {} "
                       "has {} yuan/kWh",
                       t, year.buy[t]),
           fmt::format("精确最优要求购电价不为负;第 {} 步为 {} 元/千瓦时", t, year.buy[t])});
    }
  }
  return {};
}

/// sell, lowered to buy where it lies above; counts those steps and adds up what export could earn
/// more there than the lowered price says.
std::vector<double> convex_sell(const StoreYear& year, std::size_t& steps, double& slack_yuan) {
  std::vector<double> sell(year.sell.begin(), year.sell.end());
  const double discharge_kwh = year.battery.discharge_kw * year.step_hours;
  for (std::size_t t = 0; t < sell.size(); ++t) {
    if (sell[t] > year.buy[t]) {
      const double most_kwh = year.pv_kwh[t] + discharge_kwh - year.load_kwh[t];
      ++steps;
      slack_yuan += (sell[t] - year.buy[t]) * std::clamp(most_kwh, 0.0, year.export_limit_kwh);
      sell[t] = year.buy[t];
    }
  }
  return sell;
}

}  // namespace

double DispatchResult::gap() const {
  return (cost_yuan - bound_yuan) / std::max(1.0, std::abs(without_yuan) + std::abs(cost_yuan));
}

Result<DispatchResult> optimal_dispatch(const DispatchProblem& problem) {
  if (auto checked = check_prices(problem.year); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  DispatchResult result;
  double slack_yuan = 0.0;
  const std::vector<double> sell = convex_sell(problem.year, result.bounded_steps, slack_yuan);
  DispatchProblem convex = problem;
  convex.year.sell = sell;
  Solver solver(convex);
  if (!solver.solve(result)) {
    return fail(
        Fault::impossible,
        {fmt::format("the limits of import, export and battery leave no way through step {}",
                     solver.infeasible_step()),
         fmt::format("购电、上网与电池的限值使第 {} 步无可行方案", solver.infeasible_step())});
  }
  if (result.bounded_steps > 0) {
    result.cost_yuan = plain_cost(problem.year, result.path, result.import_kwh) +
                       addition_cost(problem, result.import_kwh);
    result.bound_yuan -= slack_yuan;
  }
  StorePath idle;
  idle.change_kwh.assign(problem.year.load_kwh.size(), 0.0);
  double idle_import_kwh = 0.0;
  result.without_yuan =
      plain_cost(problem.year, idle, idle_import_kwh) + addition_cost(problem, idle_import_kwh);
  return result;
}

}  // namespace xiaoyuan::plan
