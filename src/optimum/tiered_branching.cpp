#include "optimum/tiered_branching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <queue>

namespace xiaoyuan::optimum {

namespace {

constexpr std::size_t most_branched_steps = 32;
constexpr double tiered_rounds = 4e5;  // rounds × steps of the year
constexpr double no_cost = std::numeric_limits<double>::infinity();

/// One step held on its sides, on top of what the parent holds.
struct Side {
  std::size_t step;
  double least_kwh;
  double most_kwh;
  MeterSide meter;
  std::shared_ptr<const Side> parent;
};

struct TieredPart {
  double bound;
  std::shared_ptr<const Side> held;
  std::size_t split_step;
};

struct LaterPart {
  bool operator()(const TieredPart& a, const TieredPart& b) const { return a.bound > b.bound; }
};

class TieredSearch {
 public:
  TieredSearch(const StoreYear& year, StepCosts& costs, const Ends& ends, const Counted& counted)
      : year_(year), costs_(costs), ends_(ends), counted_(counted) {
    for (std::size_t t = 0; t < year.size(); ++t) {
      if (!is_convex(year, t)) {
        bent_.push_back(t);
      }
    }
  }
  std::optional<TieredBranched> run();

 private:
  void look_into(const std::shared_ptr<const Side>& held, double parent_bound);
  void split(const TieredPart& part);
  void hold(const Side* held);
  std::optional<std::size_t> loosest_step(const StorePath& path) const;
  bool is_done(double bound) const {
    return best_cost_ - bound <= 1e-9 * std::max(1.0, std::abs(best_cost_));
  }

  const StoreYear& year_;
  StepCosts& costs_;
  const Ends& ends_;
  const Counted& counted_;
  std::vector<std::size_t> bent_;
  std::priority_queue<TieredPart, std::vector<TieredPart>, LaterPart> open_;
  TieredTrial best_;
  double best_cost_ = no_cost;
  double least_closed_ = no_cost;  ///< of the bounds of parts with nothing left to hold
  std::shared_ptr<const Side> best_held_;
};

void TieredSearch::hold(const Side* held) {
  costs_.lift_restrictions();
  for (; held != nullptr; held = held->parent.get()) {
    costs_.restrict_step(held->step, held->least_kwh, held->most_kwh, held->meter);
  }
}

/// The free step whose hull lies furthest below its true cost, at the multipliers in force.
std::optional<std::size_t> TieredSearch::loosest_step(const StorePath& path) const {
  std::optional<std::size_t> loosest;
  double worst = -no_cost;
  for (const std::size_t step : bent_) {
    if (costs_.is_held(step)) {
      continue;
    }
    const double change = path.change_kwh[step];
    const double rise =
        step_cost(costs_.year(), step, change, costs_.addition(step)) - costs_.cost(step, change);
    if (rise > worst) {
      worst = rise;
      loosest = step;
    }
  }
  return loosest;
}

/// Solves a part: keeps its schedule when it is the best so far, and the part when it is not done.
void TieredSearch::look_into(const std::shared_ptr<const Side>& held, double parent_bound) {
  hold(held.get());
  auto found = solve_tiered(costs_, ends_, counted_, GridIs::mixed);
  if (!found) {
    return;
  }
  const double bound = std::max(parent_bound, found->bound_yuan);
  const auto loosest = loosest_step(found->trial.path);
  const PlainCost plain = plain_cost(year_, counted_, found->trial.path, found->grid_kwh);
  const double cost = plain.yuan + all_tiers(counted_, plain);
  if (cost < best_cost_) {
    best_ = std::move(*found);
    best_cost_ = cost;
    best_held_ = held;
  }
  if (is_done(bound)) {
    return;
  }
  if (loosest) {
    open_.push({bound, held, *loosest});
  } else {  // rounding: the gap stays as it is
    least_closed_ = std::min(least_closed_, bound);
  }
}

void TieredSearch::split(const TieredPart& part) {
  const std::size_t step = part.split_step;
  const bool buying_earns = year_.buy[step] < 0.0;
  for (const MeterSide meter : {MeterSide::buys, MeterSide::sells}) {
    if (!buying_earns) {
      look_into(std::make_shared<Side>(Side{step, -1e300, 1e300, meter, part.held}), part.bound);
      continue;
    }
    look_into(std::make_shared<Side>(Side{step, -1e300, 0.0, meter, part.held}), part.bound);
    look_into(std::make_shared<Side>(Side{step, 0.0, 1e300, meter, part.held}), part.bound);
  }
}

std::optional<TieredBranched> TieredSearch::run() {
  look_into(nullptr, -no_cost);
  const bool is_few = bent_.size() <= most_branched_steps;
  const int rounds =
      is_few ? std::clamp(static_cast<int>(tiered_rounds / static_cast<double>(year_.size())), 20,
                          4000)
             : 0;
  for (int round = 0; round < rounds && !open_.empty() && !is_done(open_.top().bound); ++round) {
    const TieredPart part = open_.top();
    open_.pop();
    split(part);
  }
  if (best_cost_ == no_cost) {
    return std::nullopt;
  }
  hold(best_held_.get());
  costs_.lower_sell(best_.at.export_fall);
  costs_.price(best_.at.additions, counted_.period_of_step);
  TieredBranched result;
  const double bound = std::min(least_closed_, open_.empty() ? no_cost : open_.top().bound);
  result.is_proved = is_done(bound);
  result.bound_yuan = std::min(best_cost_, bound);
  result.best = std::move(best_);
  return result;
}

}  // namespace

std::optional<TieredBranched> branch_tiered(const StoreYear& year, StepCosts& costs,
                                            const Ends& ends, const Counted& counted) {
  return TieredSearch(year, costs, ends, counted).run();
}

}  // namespace xiaoyuan::optimum
