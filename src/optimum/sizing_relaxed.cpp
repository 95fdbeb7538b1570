// The least of cuts and hulls in a branch, and the schedules at the sizes that were found.
#include <algorithm>
#include <cmath>

#include "optimum/sizing_master.hpp"
#include "optimum/sizing_search.hpp"
#include "optimum/year_solver.hpp"

namespace xiaoyuan::optimum {

// Outside the unnamed namespace, for a class of the header holds them.
/// A straight part of a hull: a column of the program, from 0 to 1.
struct ProgramSegment {
  std::size_t axis;
  double length;
  double capex_yuan;
  double outlay_yuan;
};

struct ProgramColumns {
  std::vector<ProgramSegment> segments;
  double capex_yuan = 0.0;  ///< at the branch's low corner
  double outlay_yuan = 0.0;
};

namespace {

double least_over_box(const Cut& cut, const Sizes& low, const Sizes& high) {
  double value = cut.constant;
  for (std::size_t axis = 0; axis < low.size(); ++axis) {
    value += std::min(cut.slopes[axis] * low[axis], cut.slopes[axis] * high[axis]);
  }
  return value;
}

void add_hull(const Purchase& purchase, std::size_t axis, double low, double high,
              ProgramColumns& all) {
  const auto hull = capex_hull(purchase, low, high);
  all.capex_yuan += hull.front().capex_yuan;
  all.outlay_yuan += purchase.counted * hull.front().capex_yuan + purchase.upkeep_yuan * low;
  for (std::size_t i = 1; i < hull.size(); ++i) {
    const double length = hull[i].size - hull[i - 1].size;
    const double capex = hull[i].capex_yuan - hull[i - 1].capex_yuan;
    all.segments.push_back(
        {axis, length, capex, purchase.counted * capex + purchase.upkeep_yuan * length});
  }
}

}  // namespace

/// The linear program of a branch. ProgramColumns: the segments, then what the cuts' left side lies
/// above `floor_`.
class SizingSearch::BranchProgram {
 public:
  BranchProgram(const SizingSearch& search, const Branch& branch);
  std::optional<Relaxed> solve();

 private:
  bool is_cost() const { return search_.hunt_.target == Target::cost; }
  double left_share(const Cut& cut) const {
    return is_cost() ? cut.blend.cost_share : cut.blend.quantity_price;
  }
  /// What the limit of the quantity allows in a cut.
  double allowance(const Cut& cut) const {
    return is_cost() && cut.blend.quantity_price > 0.0
               ? cut.blend.quantity_price * search_.hunt_.most_quantity
               : 0.0;
  }
  void hold_segments(SmallProgram& program);
  void hold_power(SmallProgram& program, double energy_share, double power_share);
  void hold_budget(SmallProgram& program);
  void hold_cuts(SmallProgram& program);
  Relaxed answer(const SmallProgram& program) const;

  const SizingSearch& search_;
  const Branch& branch_;
  std::size_t energy_;  ///< its axis; that of power follows
  ProgramColumns all_;
  std::vector<Cut> cuts_;  ///< that count here, as planes below them in this branch
  double floor_ = -no_limit;
  std::vector<double> row_;
  std::vector<std::pair<std::size_t, double>> cut_rows_;  ///< with the cut's quantity price
};

SizingSearch::BranchProgram::BranchProgram(const SizingSearch& search, const Branch& branch)
    : search_(search), branch_(branch), energy_(search.problem_.roofs.size()) {
  const Visit alone = search.product_alone(branch.product);
  all_.capex_yuan = alone.capex_yuan;
  all_.outlay_yuan = alone.outlay_yuan;
  for (std::size_t axis = 0; axis < search.axes(); ++axis) {
    if (!search.is_fixed(branch.product, axis)) {
      add_hull(search.purchase(axis), axis, branch.low[axis], branch.high[axis], all_);
    }
  }
  for (const Cut& cut : search.cuts_) {
    if (search.is_usable(cut)) {
      cuts_.push_back(search.years_.fitted(cut, branch.low, branch.high));
    }
  }
  for (const Cut& cut : cuts_) {
    if (left_share(cut) > 0.0) {
      floor_ = std::max(floor_, (least_over_box(cut, branch.low, branch.high) - allowance(cut)) /
                                    left_share(cut));
    }
  }
  row_.resize(all_.segments.size() + 1);
}

void SizingSearch::BranchProgram::hold_segments(SmallProgram& program) {
  for (std::size_t i = 0; i < all_.segments.size(); ++i) {
    std::ranges::fill(row_, 0.0);
    row_[i] = 1.0;
    program.add_row(row_, 1.0);
  }
}

/// energy_share · E + power_share · K ≤ 0
void SizingSearch::BranchProgram::hold_power(SmallProgram& program, double energy_share,
                                             double power_share) {
  for (std::size_t i = 0; i < all_.segments.size(); ++i) {
    const ProgramSegment& one = all_.segments[i];
    row_[i] = one.axis == energy_       ? energy_share * one.length
              : one.axis == energy_ + 1 ? power_share * one.length
                                        : 0.0;
  }
  row_.back() = 0.0;
  program.add_row(row_,
                  -energy_share * branch_.low[energy_] - power_share * branch_.low[energy_ + 1]);
}

void SizingSearch::BranchProgram::hold_budget(SmallProgram& program) {
  for (std::size_t i = 0; i < all_.segments.size(); ++i) {
    row_[i] = all_.segments[i].capex_yuan;
  }
  row_.back() = 0.0;
  program.add_row(row_, search_.problem_.budget_yuan - all_.capex_yuan);
}

void SizingSearch::BranchProgram::hold_cuts(SmallProgram& program) {
  for (const Cut& cut : cuts_) {
    for (std::size_t i = 0; i < all_.segments.size(); ++i) {
      row_[i] = cut.slopes[all_.segments[i].axis] * all_.segments[i].length;
    }
    row_.back() = -left_share(cut);
    const double right = left_share(cut) * floor_ + allowance(cut) - cut.at(branch_.low);
    cut_rows_.emplace_back(program.add_row(row_, right), cut.blend.quantity_price);
  }
}

SizingSearch::Relaxed SizingSearch::BranchProgram::answer(const SmallProgram& program) const {
  Relaxed relaxed{program.objective() + floor_ + (is_cost() ? all_.outlay_yuan : 0.0), branch_.low,
                  0.0};
  for (std::size_t i = 0; i < all_.segments.size(); ++i) {
    relaxed.sizes[all_.segments[i].axis] +=
        std::clamp(program.value(i), 0.0, 1.0) * all_.segments[i].length;
  }
  const Purchase& power = search_.problem_.battery.power;
  if (!search_.is_fixed(branch_.product, energy_ + 1) && outlay_slope(power, 0.0) == 0.0 &&
      power.pieces.size() == 1 && power.entry_yuan == 0.0) {  // power is free: take all
    relaxed.sizes[energy_ + 1] = std::min(
        branch_.high[energy_ + 1], search_.years_.useful_kw_per_kwh() * relaxed.sizes[energy_]);
  }
  for (const auto& [number, quantity_price] : cut_rows_) {
    relaxed.multiplier += is_cost() ? program.price(number) * quantity_price : 0.0;
  }
  return relaxed;
}

std::optional<SizingSearch::Relaxed> SizingSearch::BranchProgram::solve() {
  const bool has_cost = floor_ > -no_limit;
  if (!has_cost && !search_.has_usable_cut()) {
    return Relaxed{-no_limit, search_.start_of(branch_), 0.0};
  }
  floor_ = has_cost ? floor_ : 0.0;  // only cuts of what is unmet: sizes that keep them, no bound
  std::vector<double> costs(row_.size(), 0.0);
  for (std::size_t i = 0; is_cost() && i < all_.segments.size(); ++i) {
    costs[i] = std::max(0.0, all_.segments[i].outlay_yuan);
  }
  costs.back() = 1.0;
  SmallProgram program(std::move(costs));
  hold_segments(program);
  if (!branch_.product) {
    hold_power(program, -search_.years_.useful_kw_per_kwh(), 1.0);
    hold_power(program, search_.years_.needed_kw_per_kwh(), -1.0);
  }
  if (search_.problem_.budget_yuan < no_limit) {
    hold_budget(program);
  }
  hold_cuts(program);
  if (!program.solve()) {
    return std::nullopt;
  }
  Relaxed relaxed = answer(program);
  if (!has_cost) {
    relaxed.bound = -no_limit;
  }
  return relaxed;
}

std::optional<SizingSearch::Relaxed> SizingSearch::relax(const Branch& branch) const {
  return BranchProgram(*this, branch).solve();
}

SizingSearch::Settled SizingSearch::settle(const Visit& visit, double most_quantity,
                                           double multiplier) {
  constexpr int most_trials = 40;
  Settled under;
  under.blend = {1.0, most_quantity < no_limit ? multiplier : 0.0};
  const auto keeps = [&](const Weighed& one) {
    return one.quantity <= most_quantity * (1.0 + 1e-12) + 1e-12;
  };
  const auto at = [&](const Blend& blend) {
    Settled one;
    one.blend = blend;
    one.energy = years_.dispatch(visit.sizes, blend, one.cut);
    one.paths = years_.paths();
    if (blend.cost_share == 1.0 && blend.quantity_price == 0.0 &&
        visit.sizes[problem_.roofs.size()] < years_.least_kwh()) {
      StorePath idle;
      idle.change_kwh.assign(years_.size(), 0.0);
      one.paths.assign(problem_.years.size(), idle);
      one.energy = years_.weigh(visit.sizes, blend, one.paths);
    }
    return one;
  };
  Settled free = at({});
  if (most_quantity == no_limit || keeps(free.energy)) {
    return free;
  }
  Settled over = std::move(free);
  under = at({0.0, 1.0});
  for (int trial = 0; trial < most_trials; ++trial) {
    const double between = over.energy.quantity - under.energy.quantity;
    const double price =
        std::max(0.0, (under.energy.cost_yuan - over.energy.cost_yuan) / std::max(1e-12, between));
    Settled next = at({1.0, price});
    const double top = under.energy.cost_yuan + price * under.energy.quantity;
    const double value = next.energy.cost_yuan + price * next.energy.quantity;
    if (top - value <= 1e-9 * std::max(1.0, std::abs(top))) {
      break;
    }
    (keeps(next.energy) ? under : over) = std::move(next);
  }
  const double between = over.energy.quantity - under.energy.quantity;
  const double share = between > 1e-12
                           ? std::clamp((most_quantity - under.energy.quantity) / between, 0.0, 1.0)
                           : 0.0;
  for (std::size_t k = 0; k < under.paths.size(); ++k) {
    under.paths[k] = blend(over.paths[k], under.paths[k], share);
  }
  under.energy = years_.weigh(visit.sizes, under.blend, under.paths);
  return under;
}

}  // namespace xiaoyuan::optimum
