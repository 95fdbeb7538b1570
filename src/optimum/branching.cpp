#include "optimum/branching.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <queue>

namespace xiaoyuan::optimum {

namespace {

constexpr int most_rounds = 400;
constexpr double step_rounds = 2e6;  // rounds × steps of the year: keeps a long year's time in hand

/// One step held within a part of its domain, on top of what the parent holds.
struct Held {
  std::size_t step;
  double least_kwh;
  double most_kwh;
  std::shared_ptr<const Held> parent;
};

struct Part {
  double bound;
  std::shared_ptr<const Held> held;
  std::size_t split_step;  ///< where its schedule is dearer than the hulls say
  double split_kwh;        ///< the corner to split it at
};

struct Later {
  bool operator()(const Part& a, const Part& b) const { return a.bound > b.bound; }
};

class Search {
 public:
  Search(StepCosts& costs, const Ends& ends) : costs_(costs), ends_(ends) {}
  std::optional<Branched> run();

 private:
  void look_into(std::shared_ptr<const Held> held, double parent_bound);
  void hold(const Held* held);
  double true_cost(const StorePath& path) const;
  double corner_beside(std::size_t step, double change_kwh) const;
  bool is_done(double bound) const {
    return best_.cost - bound <= 1e-9 * std::max(1.0, std::abs(best_.cost));
  }

  StepCosts& costs_;
  Ends ends_;
  std::priority_queue<Part, std::vector<Part>, Later> open_;
  Trial best_{{}, INFINITY, 0.0};
  std::shared_ptr<const Held> best_held_;
};

double Search::true_cost(const StorePath& path) const {
  double cost = 0.0;
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    cost += step_cost(costs_.year(), t, path.change_kwh[t], costs_.addition(t));
  }
  return cost;
}

void Search::hold(const Held* held) {
  costs_.lift_restrictions();
  for (; held != nullptr; held = held->parent.get()) {
    costs_.restrict_step(held->step, held->least_kwh, held->most_kwh);
  }
  costs_.price({}, {});
}

/// The corner that lies above the hull nearest to a change that does too.
double Search::corner_beside(std::size_t step, double change_kwh) const {
  double best = change_kwh;
  double least = INFINITY;
  for (const double corner : corners(costs_.year(), step, costs_.addition(step))) {
    if (costs_.holds(step, corner) &&
        step_cost(costs_.year(), step, corner) - costs_.cost(step, corner) > 1e-13 &&
        std::abs(corner - change_kwh) < least) {
      best = corner;
      least = std::abs(corner - change_kwh);
    }
  }
  return best;
}

/// Solves a part: keeps its schedule when it is the best so far, and the part when it is not done.
void Search::look_into(std::shared_ptr<const Held> held, double parent_bound) {
  hold(held.get());
  auto trial = YearSolver(costs_, ends_).solve();
  if (!trial) {
    return;
  }
  const double bound = std::max(parent_bound, trial->cost);
  Part part{bound, held, 0, 0.0};
  double worst = 1e-12;
  for (const std::size_t step : costs_.bent_steps()) {
    const double change = trial->path.change_kwh[step];
    const double rise = step_cost(costs_.year(), step, change) - costs_.cost(step, change);
    if (rise > worst) {
      worst = rise;
      part.split_step = step;
      part.split_kwh = corner_beside(step, change);
    }
  }
  const double cost = true_cost(trial->path);
  if (cost < best_.cost) {
    best_ = std::move(*trial);
    best_.cost = cost;
    best_held_ = held;
  }
  if (worst > 1e-12 && !is_done(bound)) {
    open_.push(part);
  }
}

std::optional<Branched> Search::run() {
  look_into(nullptr, -INFINITY);
  if (best_.cost == INFINITY) {
    return std::nullopt;
  }
  const int rounds = std::clamp(
      static_cast<int>(step_rounds / static_cast<double>(costs_.year().size())), 20, most_rounds);
  for (int round = 0; round < rounds && !open_.empty() && !is_done(open_.top().bound); ++round) {
    const Part part = open_.top();
    open_.pop();
    const double corner = part.split_kwh;
    look_into(std::make_shared<Held>(Held{part.split_step, -1e300, corner, part.held}), part.bound);
    look_into(std::make_shared<Held>(Held{part.split_step, corner, 1e300, part.held}), part.bound);
  }
  hold(best_held_.get());
  Branched result;
  result.is_proved = open_.empty() || is_done(open_.top().bound);
  result.bound_yuan = open_.empty() ? best_.cost : std::min(best_.cost, open_.top().bound);
  result.best = std::move(best_);
  return result;
}

}  // namespace

std::optional<Branched> branch(StepCosts& costs, const Ends& ends) {
  return Search(costs, ends).run();
}

}  // namespace xiaoyuan::optimum
