// The least of cuts and hulls in a branch, and the schedules at the sizes that were found.
#include <algorithm>
#include <cmath>

#include "optimum/sizing_master.hpp"
#include "optimum/sizing_search.hpp"
#include "optimum/year_solver.hpp"

namespace xiaoyuan::optimum {

namespace {

/// A straight part of a hull: a column of the program, from 0 to 1.
struct Segment {
  std::size_t axis;
  double length;
  double capex_yuan;
  double outlay_yuan;
};

struct Columns {
  std::vector<Segment> segments;
  double capex_yuan = 0.0;  ///< at the branch's low corner
  double outlay_yuan = 0.0;
};

double least_over_box(const Cut& cut, const Sizes& low, const Sizes& high) {
  double value = cut.constant;
  for (std::size_t axis = 0; axis < low.size(); ++axis) {
    value += std::min(cut.slopes[axis] * low[axis], cut.slopes[axis] * high[axis]);
  }
  return value;
}

void add_hull(const Purchase& purchase, std::size_t axis, double low, double high, Columns& all) {
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

/// Columns: the segments, then what the cut's left side lies above `floor`.
std::optional<SizingSearch::Relaxed> SizingSearch::relax(const Branch& branch) const {
  Columns all;
  const Visit alone = product_alone(branch.product);
  all.capex_yuan = alone.capex_yuan;
  all.outlay_yuan = alone.outlay_yuan;
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    if (!is_fixed(branch.product, axis)) {
      add_hull(purchase(axis), axis, branch.low[axis], branch.high[axis], all);
    }
  }
  const bool is_cost = hunt_.target == Target::cost;
  const double limit = hunt_.most_quantity;
  const auto left_share = [&](const Cut& cut) {
    return is_cost ? cut.blend.cost_share : cut.blend.quantity_price;
  };
  const auto allowance = [&](const Cut& cut) {
    return is_cost && cut.blend.quantity_price > 0.0 ? cut.blend.quantity_price * limit : 0.0;
  };
  double floor = -no_limit;
  for (const Cut& cut : cuts_) {
    if (is_usable(cut) && left_share(cut) > 0.0) {
      floor = std::max(
          floor, (least_over_box(cut, branch.low, branch.high) - allowance(cut)) / left_share(cut));
    }
  }
  if (floor == -no_limit) {
    return Relaxed{-no_limit, start_of(branch), 0.0};
  }
  const std::size_t columns = all.segments.size() + 1;
  std::vector<double> costs(columns, 0.0);
  for (std::size_t i = 0; is_cost && i < all.segments.size(); ++i) {
    costs[i] = std::max(0.0, all.segments[i].outlay_yuan);
  }
  costs.back() = 1.0;
  SmallProgram program(std::move(costs));
  std::vector<double> row(columns);
  for (std::size_t i = 0; i < all.segments.size(); ++i) {
    std::ranges::fill(row, 0.0);
    row[i] = 1.0;
    program.add_row(row, 1.0);
  }
  const std::size_t energy = problem_.roofs.size();
  const double ratio = years_.useful_kw_per_kwh();
  const auto hold_power = [&](double energy_share, double power_share) {
    for (std::size_t i = 0; i < all.segments.size(); ++i) {
      const Segment& one = all.segments[i];
      row[i] = one.axis == energy       ? energy_share * one.length
               : one.axis == energy + 1 ? power_share * one.length
                                        : 0.0;
    }
    row.back() = 0.0;
    program.add_row(row, -energy_share * branch.low[energy] - power_share * branch.low[energy + 1]);
  };
  if (!branch.product) {
    hold_power(-ratio, 1.0);
    hold_power(years_.needed_kw_per_kwh(), -1.0);
  }
  if (problem_.budget_yuan < no_limit) {
    std::ranges::fill(row, 0.0);
    for (std::size_t i = 0; i < all.segments.size(); ++i) {
      row[i] = all.segments[i].capex_yuan;
    }
    program.add_row(row, problem_.budget_yuan - all.capex_yuan);
  }
  std::vector<std::pair<std::size_t, double>> priced_rows;  // with the cut's quantity price
  for (const Cut& cut : cuts_) {
    if (!is_usable(cut)) {
      continue;
    }
    for (std::size_t i = 0; i < all.segments.size(); ++i) {
      row[i] = cut.slopes[all.segments[i].axis] * all.segments[i].length;
    }
    row.back() = -left_share(cut);
    const std::size_t number =
        program.add_row(row, left_share(cut) * floor + allowance(cut) - cut.at(branch.low));
    priced_rows.emplace_back(number, cut.blend.quantity_price);
  }
  if (!program.solve()) {
    return std::nullopt;
  }
  Relaxed relaxed{program.objective() + floor + (is_cost ? all.outlay_yuan : 0.0), branch.low, 0.0};
  for (std::size_t i = 0; i < all.segments.size(); ++i) {
    relaxed.sizes[all.segments[i].axis] +=
        std::clamp(program.value(i), 0.0, 1.0) * all.segments[i].length;
  }
  if (!is_fixed(branch.product, energy + 1) && outlay_slope(problem_.battery.power, 0.0) == 0.0 &&
      problem_.battery.power.entry_yuan == 0.0) {  // power is free: take all
    relaxed.sizes[energy + 1] = std::min(branch.high[energy + 1], ratio * relaxed.sizes[energy]);
  }
  for (const auto& [number, quantity_price] : priced_rows) {
    relaxed.multiplier += is_cost ? program.price(number) * quantity_price : 0.0;
  }
  return relaxed;
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
