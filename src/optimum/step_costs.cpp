#include "optimum/step_costs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace xiaoyuan::optimum {

namespace {

constexpr double tiny_kwh = 1e-12;

/// Slopes of the meter's three regions, net energy from low to high. What cannot be exported is
/// curtailed; where export costs money, PV is curtailed before.
std::array<double, 3> grid_slopes(double buy, double sell) {
  return sell >= 0.0 ? std::array{0.0, sell, buy} : std::array{sell, 0.0, buy};
}

double slope_of(const battery::Spec& spec, double grid_slope, bool charging) {
  return charging ? grid_slope / spec.charge_efficiency + spec.wear_yuan_per_kwh
                  : grid_slope * spec.discharge_efficiency - spec.wear_yuan_per_kwh;
}

struct KeyHash {
  std::size_t operator()(const std::array<std::uint64_t, 3>& key) const {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const std::uint64_t part : key) {
      hash = (hash ^ part) * 1099511628211ULL;
      hash ^= hash >> 29;
    }
    return hash;
  }
};

}  // namespace

double Curve::least_kwh() const {
  double least = most_kwh;
  for (std::size_t i = 0; i < count; ++i) {
    least -= pieces[i].length_kwh;
  }
  return least;
}

void StepCosts::reset(const StoreYear& year) {
  year_ = year;
  is_plain_ = year.is_plain();
  charge_kwh_ = year.battery.charge_kw * year.step_hours;
  discharge_kwh_ = year.battery.discharge_kw * year.step_hours;
  drawn_ = 1.0 / year.battery.discharge_efficiency;
  full_sell_ = year.sell;
  lift_restrictions();
}

void StepCosts::lower_sell(double yuan) {
  if (yuan == 0.0) {
    year_.sell = full_sell_;
    return;
  }
  lowered_sell_.assign(full_sell_.begin(), full_sell_.end());
  for (double& price : lowered_sell_) {
    price -= yuan;
  }
  year_.sell = lowered_sell_;
}

bool StepCosts::holds(std::size_t step, double change_kwh) const {
  Curve here;
  return curve(step, here) && change_kwh >= here.least_kwh() - tiny_kwh &&
         change_kwh <= here.most_kwh + tiny_kwh;
}

void StepCosts::price(std::span<const double> additions,
                      std::span<const std::uint16_t> period_of_step) {
  const std::size_t size = year_.size();
  kinds_.clear();
  bent_steps_.clear();
  hulls_.clear();
  pays_for_export_ = false;
  kind_of_step_.resize(size);
  std::unordered_map<std::array<std::uint64_t, 3>, std::uint32_t, KeyHash> known;
  double last_buy = 0.0;
  double last_sell = 0.0;
  double last_addition = 0.0;
  std::uint32_t last = UINT32_MAX;
  for (std::size_t t = 0; t < size; ++t) {
    const double addition =
        additions.empty() ? 0.0 : additions[period_of_step.empty() ? 0 : period_of_step[t]];
    const double buy = year_.buy[t] + addition;
    const double sell = year_.sell[t];
    if (last != UINT32_MAX && buy == last_buy && sell == last_sell && addition == last_addition) {
      kind_of_step_[t] = last;
      continue;
    }
    pays_for_export_ = pays_for_export_ || sell < 0.0;
    if (buy < 0.0 || sell > buy || is_held(t)) {
      kind_of_step_[t] = static_cast<std::uint32_t>(kinds_.size());
      kinds_.push_back({buy, sell, addition, {}, {}, std::int64_t(bent_steps_.size())});
      bent_steps_.push_back(t);
      hulls_.push_back(hull(t, kinds_.back()));
      last = UINT32_MAX;
      continue;
    }
    const auto [found, is_new] =
        known.try_emplace({std::bit_cast<std::uint64_t>(buy), std::bit_cast<std::uint64_t>(sell),
                           std::bit_cast<std::uint64_t>(addition)},
                          static_cast<std::uint32_t>(kinds_.size()));
    if (is_new) {
      kinds_.push_back({buy, sell, addition, {}, {}, -1});
    }
    kind_of_step_[t] = found->second;
    last = kind_of_step_[t];
    last_buy = buy;
    last_sell = sell;
    last_addition = addition;
  }
  number_slopes();
}

std::uint32_t StepCosts::rank_of(double value) const {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(values_, value) - values_.begin());
}

void StepCosts::number_slopes() {
  values_.clear();
  for (Kind& kind : kinds_) {
    const auto grid = grid_slopes(kind.buy, kind.sell);
    for (std::size_t i = 0; i < 6 && kind.bent < 0; ++i) {
      kind.slopes[i] = slope_of(year_.battery, grid[i / 2], i % 2 == 0);
      values_.push_back(kind.slopes[i]);
    }
  }
  for (const Hull& hull : hulls_) {
    for (std::size_t i = 0; i < hull.curve.count; ++i) {
      values_.push_back(hull.curve.pieces[i].value);
    }
  }
  std::ranges::sort(values_);
  values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  for (Kind& kind : kinds_) {
    for (std::size_t i = 0; i < 6 && kind.bent < 0; ++i) {
      kind.ranks[i] = rank_of(kind.slopes[i]);
    }
  }
  for (Hull& hull : hulls_) {
    for (std::size_t i = 0; i < hull.curve.count; ++i) {
      hull.curve.pieces[i].rank = rank_of(hull.curve.pieces[i].value);
    }
  }
}

void StepCosts::restrict_step(std::size_t step, double least_kwh, double most_kwh, MeterSide side) {
  held_.resize(year_.size(), 0);
  restrictions_.push_back({step, least_kwh, most_kwh, side, held_[step]});
  held_[step] = static_cast<std::uint32_t>(restrictions_.size());
}

bool StepCosts::curve(std::size_t step, Curve& curve) const {
  const Kind& kind = kinds_[kind_of_step_[step]];
  if (kind.bent >= 0) {
    curve = hulls_[static_cast<std::size_t>(kind.bent)].curve;
    return std::isfinite(curve.most_kwh);
  }
  return plain_curve(kind, step, curve);
}

bool StepCosts::plain_curve(const Kind& kind, std::size_t step, Curve& curve) const {
  const double load = year_.load_kwh[step];
  const double pv = year_.pv_kwh[step];
  const double export_kwh = is_plain_ ? year_.export_limit_kwh : export_limit(year_, step);
  const double import_kwh = is_plain_ ? year_.import_limit_kwh : import_limit(year_, step);
  const double charge_kwh = is_plain_ ? charge_kwh_ : charge_limit(year_, step);
  const double discharge_kwh = is_plain_ ? discharge_kwh_ : discharge_limit(year_, step);
  // In w = net − load, cut to the power limits and walked from the right.
  const double low = std::max(-export_kwh - load, -discharge_kwh);
  const double high = std::min(pv + import_kwh - load, charge_kwh);
  const double charged = year_.battery.charge_efficiency;
  curve.most_kwh = high * (high > 0.0 ? charged : drawn_);
  curve.count = 0;
  const bool pays_for_export = kind.sell < 0.0;  // then PV is curtailed first
  const std::array<double, 3> begins{low, (pays_for_export ? 0.0 : pv - export_kwh) - load,
                                     pv - load};
  double right = high;
  for (std::size_t region = 3; region-- > 0 && right > low;) {
    const double begin = std::clamp(begins[region], low, right);
    if (const double charging = right - std::max(begin, 0.0); charging > tiny_kwh) {
      curve.pieces[curve.count++] = {kind.slopes[2 * region], charging * charged,
                                     kind.ranks[2 * region]};
    }
    if (const double drawing = std::min(right, 0.0) - begin; drawing > tiny_kwh) {
      curve.pieces[curve.count++] = {kind.slopes[2 * region + 1], drawing * drawn_,
                                     kind.ranks[2 * region + 1]};
    }
    right = begin;
  }
  return low <= high + 1e-9;
}

Corners corners(const StoreYear& year, std::size_t step, double addition) {
  const double buy = year.buy[step] + addition;
  const double sell = year.sell[step];
  const double load = year.load_kwh[step];
  const double pv = year.pv_kwh[step];
  const double most_export = export_limit(year, step);
  const double most_import = import_limit(year, step);
  const double low = std::max(-most_export - load, -discharge_limit(year, step));
  const double high = std::min(pv + most_import - load, charge_limit(year, step));
  Corners all;
  const auto add = [&](double ac_kwh) {
    if (ac_kwh >= low && ac_kwh <= high) {
      all.changes_kwh[all.count++] = battery::stored_change_kwh(year.battery, ac_kwh);
    }
  };
  // Net energies where a limit or PV begins to bind, and where using PV and not using it cost
  // alike.
  for (const double net : {0.0, pv, pv - most_export, most_import}) {
    add(net - load);
  }
  if (sell != buy) {
    add(sell * pv / (sell - buy) - load);
  }
  if (buy != 0.0) {
    add(-sell * most_export / buy - load);
  }
  if (sell != 0.0) {
    add(pv + buy * most_import / sell - load);
  }
  for (const double ac_kwh : {low, 0.0, high}) {
    add(ac_kwh);
  }
  const auto begin = all.changes_kwh.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(all.count);
  std::sort(begin, end);
  all.count = static_cast<std::size_t>(
      std::unique(begin, end, [](double a, double b) { return b - a < tiny_kwh; }) - begin);
  return all;
}

StepCosts::Hull StepCosts::hull(std::size_t step, const Kind& kind) const {
  double least = -1e300;
  double most = 1e300;
  MeterSide side = MeterSide::any;
  for (std::uint32_t at = held_.empty() ? 0 : held_[step]; at > 0;) {
    const Restriction& one = restrictions_[at - 1];
    least = std::max(least, one.least_kwh);
    most = std::min(most, one.most_kwh);
    side = one.side == MeterSide::any ? side : one.side;
    at = one.before;
  }
  struct Point {
    double change, grid, cost;
  };
  std::array<Point, most_corners> points;
  std::size_t count = 0;
  for (const double change : corners(year_, step, kind.addition)) {
    if (change < least - tiny_kwh || change > most + tiny_kwh) {
      continue;
    }
    const double grid = bent_grid(year_, step, change, kind.addition, side);
    if (std::isnan(grid)) {
      continue;
    }
    const Point next{change, grid,
                     grid * (grid > 0.0 ? kind.buy : kind.sell) +
                         year_.battery.wear_yuan_per_kwh * std::abs(change)};
    const auto bends_down = [&] {  // the last point lies on or above the line to the next
      const Point& a = points[count - 2];
      const Point& b = points[count - 1];
      return (b.cost - a.cost) * (next.change - a.change) >=
             (next.cost - a.cost) * (b.change - a.change);
    };
    while (count >= 2 && bends_down()) {
      --count;
    }
    points[count++] = next;
  }
  Hull hull;
  hull.most_cost = count == 0 ? 0.0 : points[count - 1].cost;
  hull.curve.most_kwh =
      count == 0 ? -std::numeric_limits<double>::infinity() : points[count - 1].change;
  for (std::size_t i = count; i-- > 0;) {
    hull.grids_kwh[count - 1 - i] = points[i].grid;
    if (i > 0) {
      const double length = points[i].change - points[i - 1].change;
      hull.curve.pieces[hull.curve.count++] = {(points[i].cost - points[i - 1].cost) / length,
                                               length, 0};
    }
  }
  return hull;
}

double StepCosts::cost(std::size_t step, double change_kwh) const {
  const Kind& kind = kinds_[kind_of_step_[step]];
  if (kind.bent < 0) {
    return step_cost(year_, step, change_kwh, kind.addition);
  }
  const Hull& hull = hulls_[static_cast<std::size_t>(kind.bent)];
  double cost = hull.most_cost;
  double rest = hull.curve.most_kwh - change_kwh;
  for (std::size_t i = 0; i < hull.curve.count && rest > 0.0; ++i) {
    const double taken = std::min(rest, hull.curve.pieces[i].length_kwh);
    cost -= hull.curve.pieces[i].value * taken;
    rest -= taken;
  }
  return cost;
}

HullPart StepCosts::hull_part(std::size_t step, double change_kwh) const {
  const Curve& curve = hulls_[static_cast<std::size_t>(kinds_[kind_of_step_[step]].bent)].curve;
  double right = curve.most_kwh;
  for (std::size_t i = 0; i < curve.count; ++i) {
    const double left = right - curve.pieces[i].length_kwh;
    if (change_kwh > left) {
      return {left, right};
    }
    right = left;
  }
  return {right, right};
}

StepFlow StepCosts::flow(std::size_t step, double change_kwh) const {
  const Kind& kind = kinds_[kind_of_step_[step]];
  if (kind.bent < 0) {
    return flow_of(year_, step, change_kwh, kind.addition);
  }
  const Hull& hull = hulls_[static_cast<std::size_t>(kind.bent)];
  double rest = std::max(0.0, hull.curve.most_kwh - change_kwh);
  std::size_t at = 0;
  while (at < hull.curve.count && rest > hull.curve.pieces[at].length_kwh) {
    rest -= hull.curve.pieces[at++].length_kwh;
  }
  const double right = hull.grids_kwh[at];
  const double left = hull.grids_kwh[std::min(at + 1, hull.curve.count)];
  const double share = at < hull.curve.count ? rest / hull.curve.pieces[at].length_kwh : 0.0;
  const auto mixed = [&](double a, double b) { return (1.0 - share) * a + share * b; };
  StepFlow flow{mixed(std::max(right, 0.0), std::max(left, 0.0)),
                mixed(std::max(-right, 0.0), std::max(-left, 0.0)), 0.0};
  const double net =
      year_.load_kwh[step] + battery::ac_energy_kwh(year_.battery, change_kwh) - year_.pv_kwh[step];
  flow.curtailed_kwh = std::max(0.0, flow.import_kwh - flow.export_kwh - net);
  return flow;
}

}  // namespace xiaoyuan::optimum
