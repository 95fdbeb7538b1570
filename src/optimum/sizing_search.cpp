#include "optimum/sizing_search.hpp"

#include <algorithm>
#include <cmath>

#include "optimum/sizing_master.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr int most_visits = 300;      // dispatches in a branch
constexpr int most_idle_rounds = 20;  // that neither cut nor improve
constexpr int most_branches = 3000;
constexpr int most_bent_idle_rounds = 2;  // where steps are not convex no gap closes by cuts alone
constexpr int most_bent_branches = 40;
constexpr double small_yuan = 1e-9;

}  // namespace

SizingSearch::SizingSearch(const SizingProblem& problem, SizedYears& years)
    : problem_(problem), years_(years) {
  Visit nothing;
  nothing.sizes.assign(axes(), 0.0);
  nothing.energy = years.without_store(nothing.sizes);
  visits_.push_back(std::move(nothing));
}

const Purchase& SizingSearch::purchase(std::size_t axis) const {
  const std::size_t roofs = problem_.roofs.size();
  return axis < roofs    ? problem_.roofs[axis].purchase
         : axis == roofs ? problem_.battery.energy
                         : problem_.battery.power;
}

bool SizingSearch::is_fixed(const std::optional<std::size_t>& product, std::size_t axis) const {
  const std::size_t energy = problem_.roofs.size();
  return product &&
         (axis == energy || (axis == energy + 1 && problem_.battery.catalogue[*product].kw > 0.0));
}

Visit SizingSearch::product_alone(const std::optional<std::size_t>& product) const {
  Visit alone{Sizes(axes(), 0.0), product, {}, 0.0, 0.0};
  if (product) {
    alone.sizes[axes() - 2] = problem_.battery.catalogue[*product].kwh;
    alone.sizes[axes() - 1] = problem_.battery.catalogue[*product].kw;
    price(alone);
  }
  return alone;
}

/// Outlay and capex of a visit at the true prices.
void SizingSearch::price(Visit& visit) const {
  visit.outlay_yuan = 0.0;
  visit.capex_yuan = 0.0;
  const bool is_priced =
      visit.product && problem_.battery.catalogue[*visit.product].capex_yuan.has_value();
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    const double size = visit.sizes[axis];
    if (is_priced && is_fixed(visit.product, axis)) {
      visit.outlay_yuan += purchase(axis).upkeep_yuan * size;
      continue;
    }
    visit.outlay_yuan += outlay_of(purchase(axis), size);
    visit.capex_yuan += capex_of(purchase(axis), size);
  }
  if (is_priced) {
    const double capex = *problem_.battery.catalogue[*visit.product].capex_yuan;
    visit.capex_yuan += capex;
    visit.outlay_yuan += problem_.battery.energy.counted * capex;
  }
}

bool SizingSearch::is_usable(const Cut& cut) const {
  if (hunt_.target == Target::quantity) {
    return cut.blend.cost_share == 0.0;
  }
  return hunt_.most_quantity < no_limit || cut.blend.quantity_price == 0.0;
}

bool SizingSearch::has_usable_cut() const {
  return std::ranges::any_of(cuts_, [&](const Cut& cut) { return is_usable(cut); });
}

double SizingSearch::tolerance() const {
  const double best = best_ ? std::abs(best_->of(hunt_.target)) : 0.0;
  const bool may_be_nothing = nothing().energy.is_feasible;  // as the gap that is told counts it
  return hunt_.gap *
         std::max(1.0, (may_be_nothing ? std::abs(nothing().of(hunt_.target)) : 0.0) + best);
}

bool SizingSearch::keeps_quantity(double quantity) const {
  return quantity <= hunt_.most_quantity + 1e-9 * std::max(1.0, std::abs(hunt_.most_quantity));
}

bool SizingSearch::is_whole(const Visit& visit) const {
  for (std::size_t i = 0; i < problem_.roofs.size(); ++i) {
    const double module = problem_.roofs[i].module_kwp;
    const double count = module > 0.0 ? visit.sizes[i] / module : 0.0;
    if (std::abs(count - std::round(count)) > 1e-7) {
      return false;
    }
  }
  return visit.capex_yuan <= problem_.budget_yuan + small_yuan * std::max(1.0, visit.capex_yuan);
}

bool SizingSearch::is_inside(const Branch& branch, const Visit& visit) const {
  if (branch.product != visit.product) {
    return false;
  }
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    if (visit.sizes[axis] < branch.low[axis] - 1e-9 ||
        visit.sizes[axis] > branch.high[axis] + 1e-9) {
      return false;
    }
  }
  return true;
}

/// What a visit comes to when the prices are the branch's hulls; none where that breaks the budget.
double SizingSearch::hull_value(const Branch& branch, const Visit& visit) const {
  const Visit alone = product_alone(branch.product);
  double capex = alone.capex_yuan;
  double outlay = alone.outlay_yuan;
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    if (is_fixed(branch.product, axis)) {
      continue;
    }
    const Purchase& one = purchase(axis);
    const double size = visit.sizes[axis];
    const double yuan = hull_at(capex_hull(one, branch.low[axis], branch.high[axis]), size);
    capex += yuan;
    outlay += one.counted * yuan + one.upkeep_yuan * size;
  }
  if (capex > problem_.budget_yuan + small_yuan * std::max(1.0, capex)) {
    return no_limit;
  }
  return hunt_.target == Target::cost ? visit.energy.cost_yuan + outlay : visit.energy.quantity;
}

Sizes SizingSearch::start_of(const Branch& branch) const {
  Sizes sizes(axes());
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    sizes[axis] = branch.low[axis] + 0.4 * (branch.high[axis] - branch.low[axis]);
  }
  return sizes;
}

void SizingSearch::offer_whole(const Visit& visit) {
  if (!keeps_quantity(visit.energy.quantity)) {
    return;
  }
  candidates_.push_back(visit);
  if (is_whole(visit) && (!best_ || visit.of(hunt_.target) < best_->of(hunt_.target))) {
    best_ = visit;
  }
}

/// Mixtures with the visits on the other side of the limit, at the limit.
void SizingSearch::offer_mixtures(const Visit& visit) {
  const double limit = hunt_.most_quantity;
  const bool is_over = !keeps_quantity(visit.energy.quantity);
  Visit least;
  double best = no_limit;
  for (const Visit& other : visits_) {
    const bool is_other_over = !keeps_quantity(other.energy.quantity);
    if (!other.energy.is_feasible || is_over == is_other_over || other.product != visit.product) {
      continue;
    }
    const double share =
        (limit - other.energy.quantity) / (visit.energy.quantity - other.energy.quantity);
    if (!(share >= 0.0 && share <= 1.0)) {
      continue;  // both lie on the limit but for rounding
    }
    Visit mixed = visit;
    for (std::size_t axis = 0; axis < axes(); ++axis) {
      mixed.sizes[axis] = share * visit.sizes[axis] + (1.0 - share) * other.sizes[axis];
    }
    mixed.energy = {share * visit.energy.cost_yuan + (1.0 - share) * other.energy.cost_yuan, limit};
    price(mixed);
    if (mixed.of(hunt_.target) < best) {
      best = mixed.of(hunt_.target);
      least = mixed;
    }
    if (is_whole(mixed)) {
      offer_whole(mixed);
    }
  }
  if (best < no_limit) {
    candidates_.push_back(least);
  }
}

void SizingSearch::offer(const Visit& visit) {
  if (!visit.energy.is_feasible) {
    return;
  }
  offer_whole(visit);
  if (hunt_.target == Target::cost && hunt_.most_quantity < no_limit) {
    offer_mixtures(visit);
  }
}

/// A dispatch at these sizes: its cut and the visit, which is remembered.
Visit SizingSearch::visited(const Branch& branch, const Sizes& sizes, const Blend& blend) {
  Cut cut;
  Visit visit{sizes, branch.product, {}, 0.0, 0.0};
  visit.energy = years_.dispatch(sizes, blend, cut);
  cuts_.push_back(std::move(cut));
  if (!visit.energy.is_feasible) {
    return visit;
  }
  const std::size_t energy = problem_.roofs.size();
  if (!branch.product && (sizes[energy] < years_.least_kwh() || sizes[energy + 1] <= 0.0)) {
    visit.sizes[energy] = visit.sizes[energy + 1] = 0.0;  // it could store nothing
    visit.energy = years_.without_store(visit.sizes);
  }
  price(visit);
  offer(visit);
  visits_.push_back(visit);
  return visit;
}

/// The multiplier of the quantity's limit at these sizes, by the crossing of two lines; every trial
/// gives a cut. False where the sizes break a limit.
bool SizingSearch::seek(const Branch& branch, const Sizes& sizes, double multiplier) {
  constexpr int most_trials = 25;
  std::optional<Weighed> over;  // more than the limit allows
  std::optional<Weighed> under;
  double price = multiplier;
  for (int trial = 0; trial < most_trials; ++trial) {
    const Weighed here = visited(branch, sizes, {1.0, price}).energy;
    if (!here.is_feasible) {
      return false;
    }
    if (over && under) {
      const double top = under->cost_yuan + price * (under->quantity - hunt_.most_quantity);
      const double value = here.cost_yuan + price * (here.quantity - hunt_.most_quantity);
      if (top - value <= 0.1 * tolerance()) {
        return true;
      }
    }
    (keeps_quantity(here.quantity) ? under : over) = here;
    if (!over) {
      if (price == 0.0) {
        return true;
      }
      price = price > 0.05 ? 0.25 * price : 0.0;
      continue;
    }
    if (!under) {
      if (trial == 1 || price > 1e3) {
        under = visited(branch, sizes, {0.0, 1.0}).energy;
        if (!keeps_quantity(under->quantity)) {
          return true;
        }
      } else {
        price = std::max(0.2, 4.0 * price);
        continue;
      }
    }
    price = std::max(0.0, (under->cost_yuan - over->cost_yuan) /
                              std::max(1e-12, over->quantity - under->quantity));
  }
  return true;
}

/// False where the sizes break a limit: then only a cut was won.
bool SizingSearch::visit(const Branch& branch, const Sizes& sizes, double multiplier) {
  if (hunt_.target == Target::quantity) {
    return visited(branch, sizes, {0.0, 1.0}).energy.is_feasible;
  }
  if (hunt_.most_quantity < no_limit) {
    return seek(branch, sizes, multiplier);
  }
  return visited(branch, sizes, {}).energy.is_feasible;
}

void SizingSearch::note_inner(const Branch& branch, Inner& inner) const {
  inner = {};
  for (const Visit& one : candidates_) {
    if (is_inside(branch, one)) {
      const double value = hull_value(branch, one);
      if (value < inner.value) {
        inner = {one.sizes, value};
      }
    }
  }
}

/// Halfway from the least of the cuts to the best sizes known, but all the way to a roof that is to
/// be empty or full, or to no battery at all: corners are answers, and not to be crept up on.
Sizes SizingSearch::between(const Branch& branch, const Sizes& least, const Sizes& known) const {
  const std::size_t energy = problem_.roofs.size();
  Sizes next = least;
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    const bool is_corner = least[axis] <= branch.low[axis] || least[axis] >= branch.high[axis];
    const bool has_no_battery = axis >= energy && least[energy] <= 0.0;
    if (!(axis < energy && is_corner) && !has_no_battery) {
      next[axis] += 0.5 * (known[axis] - next[axis]);
    }
  }
  return next;
}

/// Visits until the branch is solved within the tolerance (true), or closed.
bool SizingSearch::refine(Branch& branch, Inner& inner) {
  double last = no_limit;
  int idle = 0;
  for (int round = 0; round < most_visits; ++round) {
    note_inner(branch, inner);
    if (!has_usable_cut()) {
      visit(branch, start_of(branch), 0.0);
      continue;
    }
    const auto relaxed = relax(branch);
    if (!relaxed) {
      branch.bound = no_limit;
      return false;
    }
    branch.bound = std::max(branch.bound, relaxed->bound);
    if (best_ && best_->of(hunt_.target) - branch.bound <= tolerance()) {
      return false;
    }
    if (inner.value - branch.bound <= 0.5 * tolerance()) {
      return true;
    }
    const double unproved = inner.value - branch.bound;
    idle = unproved < last - 1e-12 * std::max(1.0, std::abs(branch.bound)) ? 0 : idle + 1;
    last = unproved;
    if (idle > (years_.has_bent_steps() ? most_bent_idle_rounds : most_idle_rounds)) {
      return true;  // rounding: the gap stays as it is
    }
    multiplier_ = relaxed->multiplier;
    const bool is_between = inner.value < no_limit && idle % 2 == 0;
    const bool is_feasible =
        visit(branch, is_between ? between(branch, relaxed->sizes, inner.sizes) : relaxed->sizes,
              relaxed->multiplier);
    idle = is_feasible ? idle : 0;
  }
  return true;
}

std::optional<Found> SizingSearch::find(const Hunt& hunt) {
  hunt_ = hunt;
  best_.reset();
  candidates_.clear();
  multiplier_ = 0.0;
  const std::vector<Visit> known = std::move(visits_);
  visits_.clear();
  for (const Visit& one : known) {
    offer(one);
    visits_.push_back(one);
  }
  std::vector<Branch> open = roots();
  double bound = no_limit;
  double multiplier = 0.0;
  const int rounds = years_.has_bent_steps() ? most_bent_branches : most_branches;
  for (int round = 0; round < rounds && !open.empty(); ++round) {
    for (Branch& branch : open) {
      if (branch.bound == -no_limit && has_usable_cut()) {
        const auto relaxed = relax(branch);
        branch.bound = relaxed ? relaxed->bound : no_limit;
      }
    }
    const auto next = std::ranges::min_element(open, {}, &Branch::bound);
    Branch branch = *next;
    open.erase(next);
    if (best_ && best_->of(hunt_.target) - branch.bound <= tolerance()) {
      bound = std::min(bound, branch.bound);
      break;
    }
    Inner inner;
    const std::optional<Visit> before = best_;
    const bool is_solved = refine(branch, inner);
    if (best_ && (!before || best_->of(hunt_.target) < before->of(hunt_.target))) {
      multiplier = multiplier_;
    }
    const std::size_t count = open.size();
    if (is_solved) {
      split(branch, inner, open);
    }
    if (open.size() == count) {
      bound = std::min(bound, branch.bound);
    }
  }
  if (!best_) {
    return std::nullopt;
  }
  for (const Branch& branch : open) {
    bound = std::min(bound, branch.bound);
  }
  return Found{*best_, std::min(bound, best_->of(hunt_.target)), multiplier};
}

}  // namespace xiaoyuan::optimum
