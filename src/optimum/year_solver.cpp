#include "optimum/year_solver.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr int most_rounds = 200;

}  // namespace

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

void YearSolver::price(Trial& trial) const {
  trial.cost = 0.0;
  for (std::size_t t = 0; t < trial.path.change_kwh.size(); ++t) {
    trial.cost += costs_.cost(t, trial.path.change_kwh[t]);
  }
}

std::optional<Trial> YearSolver::trial(const EndOfYear& end, std::optional<double> start) {
  Trial trial;
  if (!recursion_.solve(end, start, trial.path)) {
    return std::nullopt;
  }
  price(trial);
  return trial;
}

/// Climbs D(λ) = min [ cost + λ·(start − end) ] to its top. D is concave and piecewise linear:
/// `above` holds a line that still rises in λ, `below` one that falls; where they meet, no dual
/// value can be higher, and when the trial there lies on them the optimum is their mixture.
std::optional<Trial> YearSolver::climb() {
  std::optional<Trial> above;
  std::optional<Trial> below;
  double bound = -INFINITY;
  double lambda = 0.0;
  double step = 1.0;
  for (int round = 0; round < most_rounds; ++round) {
    auto next = trial({ends_.least_kwh, ends_.most_kwh, lambda}, std::nullopt);
    if (!next) {
      return std::nullopt;
    }
    next->cycle_value = lambda;
    bound = std::max(bound, next->cost + lambda * next->imbalance());
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
    lambda = (below->cost - above->cost) / width;
    const double top = above->cost + lambda * above->imbalance();
    if (top - bound <= 1e-10 * std::max(1.0, std::abs(top))) {
      Trial mixed;
      mixed.path = blend(above->path, below->path, -below->imbalance() / width);
      mixed.cycle_value = lambda;
      price(mixed);
      return mixed;
    }
  }
  return std::nullopt;
}

std::optional<Trial> YearSolver::solve() {
  if (!ends_.is_cyclic) {
    return trial({ends_.least_kwh, ends_.most_kwh, 0.0}, ends_.start_kwh);
  }
  if (const auto turn = turn_of_year(costs_)) {
    auto cycle = trial({turn->stored_kwh, turn->stored_kwh, 0.0}, turn->stored_kwh);
    if (cycle) {
      cycle->cycle_value = turn->value;
      return cycle;
    }
  }
  return climb();
}

}  // namespace xiaoyuan::optimum
