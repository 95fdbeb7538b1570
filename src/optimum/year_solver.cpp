#include "optimum/year_solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

constexpr int most_climbs = 200;

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

double curve_cost(const StepCosts& costs, const StorePath& path) {
  double cost = 0.0;
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    cost += costs.cost(t, path.change_kwh[t]);
  }
  return cost;
}

std::optional<Trial> YearSolver::trial(const EndOfYear& end, std::optional<double> start) {
  Trial trial;
  if (!recursion_.solve(end, start, trial.path)) {
    return std::nullopt;
  }
  return trial;
}

/// Climbs D(λ) = min [ cost + λ·(start − end) ] to its top. D is concave and piecewise linear:
/// `above` holds a line that still rises in λ, `below` one that falls; where they meet, no dual
/// value can be higher, and when the trial there lies on them the optimum is their mixture.
std::optional<Trial> YearSolver::climb() {
  struct Line {
    Trial trial;
    double cost;
  };
  std::optional<Line> above;
  std::optional<Line> below;
  double bound = -std::numeric_limits<double>::infinity();
  double lambda = 0.0;
  double step = 1.0;
  for (int round = 0; round < most_climbs; ++round) {
    auto next = trial({ends_.least_kwh, ends_.most_kwh, lambda}, std::nullopt);
    if (!next) {
      return std::nullopt;
    }
    next->cycle_value = lambda;
    const double imbalance = next->imbalance();
    if (std::abs(imbalance) < 1e-9) {
      return next;
    }
    const double cost = curve_cost(costs_, next->path);
    bound = std::max(bound, cost + lambda * imbalance);
    (imbalance > 0.0 ? above : below) = Line{std::move(*next), cost};
    if (!above || !below) {
      lambda += above ? step : -step;
      step *= 2.0;
      continue;
    }
    const double width = above->trial.imbalance() - below->trial.imbalance();
    lambda = (below->cost - above->cost) / width;
    const double top = above->cost + lambda * above->trial.imbalance();
    if (top - bound <= 1e-10 * std::max(1.0, std::abs(top))) {
      return Trial{blend(above->trial.path, below->trial.path, -below->trial.imbalance() / width),
                   lambda};
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
