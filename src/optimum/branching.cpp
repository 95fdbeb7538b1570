#include "optimum/branching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <queue>

namespace xiaoyuan::optimum {

namespace {

constexpr int most_rounds = 400;
constexpr int most_roundings = 4;
constexpr double endless_cost = std::numeric_limits<double>::infinity();
constexpr double step_rounds = 2e6;  // rounds × steps of the year: keeps a long year's time in hand
constexpr std::size_t most_branched = 64;  // steps that are not convex; with more only rounding

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
  void look_into(const std::shared_ptr<const Held>& held, double parent_bound);
  void keep(Trial trial, const std::shared_ptr<const Held>& held);
  std::shared_ptr<const Held> rounded(const StorePath& path,
                                      std::shared_ptr<const Held> held) const;
  void round_sides();
  void hold(const Held* held);
  double true_cost(const StorePath& path) const;
  double corner_beside(std::size_t step, double change_kwh) const;
  bool is_done(double bound) const {
    return best_cost_ - bound <= 1e-9 * std::max(1.0, std::abs(best_cost_));
  }

  StepCosts& costs_;
  Ends ends_;
  std::priority_queue<Part, std::vector<Part>, Later> open_;
  Trial best_;
  double best_cost_ = endless_cost;
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
  double least = endless_cost;
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

/// Remembers the schedule that is best so far.
void Search::keep(Trial trial, const std::shared_ptr<const Held>& held) {
  const double cost = true_cost(trial.path);
  if (cost < best_cost_) {
    best_ = std::move(trial);
    best_cost_ = cost;
    best_held_ = held;
  }
}

/// Solves a part: keeps its schedule when it is the best so far, and the part when it is not done.
void Search::look_into(const std::shared_ptr<const Held>& held, double parent_bound) {
  hold(held.get());
  auto trial = YearSolver(costs_, ends_).solve();
  if (!trial) {
    return;
  }
  const double bound = std::max(parent_bound, curve_cost(costs_, trial->path));
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
  keep(std::move(*trial), held);
  if (worst > 1e-12 && !is_done(bound)) {
    open_.push(part);
  }
}

/// Holds every step that a path uses between two corners beside the corner above them, on the side
/// that its share says. Shares are carried on from step to step, so that a run of hours that should
/// half charge and half sell takes turns.
std::shared_ptr<const Held> Search::rounded(const StorePath& path,
                                            std::shared_ptr<const Held> held) const {
  double carried = 0.0;
  for (const std::size_t step : costs_.bent_steps()) {
    const double change = path.change_kwh[step];
    if (step_cost(costs_.year(), step, change) - costs_.cost(step, change) <= 1e-12) {
      continue;
    }
    const double corner = corner_beside(step, change);
    const HullPart part = costs_.hull_part(step, change);
    const double share = (change - part.left_kwh) / (part.right_kwh - part.left_kwh) + carried;
    const bool goes_right = share >= 0.5;
    carried = share - (goes_right ? 1.0 : 0.0);
    held = std::make_shared<Held>(goes_right ? Held{step, corner, 1e300, held}
                                             : Held{step, -1e300, corner, held});
  }
  return held;
}

/// A good schedule where there are too many steps to branch: what the last one used between corners
/// is held, and the year solved again, until nothing is used so.
void Search::round_sides() {
  std::shared_ptr<const Held> held;
  StorePath path = best_.path;
  for (int round = 0; round < most_roundings; ++round) {
    const auto more = rounded(path, held);
    if (more == held) {
      break;
    }
    held = more;
    hold(held.get());
    auto trial = YearSolver(costs_, ends_).solve();
    if (!trial) {
      break;
    }
    path = trial->path;
    keep(std::move(*trial), held);
  }
}

std::optional<Branched> Search::run() {
  look_into(nullptr, -endless_cost);
  if (best_cost_ == endless_cost) {
    return std::nullopt;
  }
  int rounds = std::clamp(static_cast<int>(step_rounds / static_cast<double>(costs_.year().size())),
                          20, most_rounds);
  if (costs_.bent_steps().size() > most_branched) {
    round_sides();
    rounds = 0;
  }
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
  result.bound_yuan = open_.empty() ? best_cost_ : std::min(best_cost_, open_.top().bound);
  result.best = std::move(best_);
  return result;
}

}  // namespace

std::optional<Branched> branch(StepCosts& costs, const Ends& ends) {
  return Search(costs, ends).run();
}

}  // namespace xiaoyuan::optimum
