#include "optimum/step_costs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
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
  restrictions_.clear();
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
  bent_curves_.clear();
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
    const bool bent = buy < 0.0 || sell > buy;
    const auto [found, is_new] =
        known.try_emplace({std::bit_cast<std::uint64_t>(buy), std::bit_cast<std::uint64_t>(sell),
                           std::bit_cast<std::uint64_t>(addition)},
                          static_cast<std::uint32_t>(kinds_.size()));
    if (bent || is_new) {
      kinds_.push_back({buy, sell, addition, {}, {}, bent ? std::int64_t(bent_steps_.size()) : -1});
    }
    kind_of_step_[t] = bent ? static_cast<std::uint32_t>(kinds_.size() - 1) : found->second;
    if (bent) {
      bent_steps_.push_back(t);
      bent_curves_.push_back(hull(t, kinds_.back()));
      known.erase(found);
      last = UINT32_MAX;
      continue;
    }
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
  for (const Curve& curve : bent_curves_) {
    for (std::size_t i = 0; i < curve.count; ++i) {
      values_.push_back(curve.pieces[i].value);
    }
  }
  std::ranges::sort(values_);
  values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  for (Kind& kind : kinds_) {
    for (std::size_t i = 0; i < 6 && kind.bent < 0; ++i) {
      kind.ranks[i] = rank_of(kind.slopes[i]);
    }
  }
  for (Curve& curve : bent_curves_) {
    for (std::size_t i = 0; i < curve.count; ++i) {
      curve.pieces[i].rank = rank_of(curve.pieces[i].value);
    }
  }
}

void StepCosts::restrict_step(std::size_t step, double least_kwh, double most_kwh) {
  restrictions_.push_back({step, least_kwh, most_kwh});
}

bool StepCosts::curve(std::size_t step, Curve& curve) const {
  const Kind& kind = kinds_[kind_of_step_[step]];
  if (kind.bent >= 0) {
    curve = bent_curves_[static_cast<std::size_t>(kind.bent)];
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

std::vector<double> corners(const StoreYear& year, std::size_t step, double addition) {
  const double buy = year.buy[step] + addition;
  const double sell = year.sell[step];
  const double load = year.load_kwh[step];
  const double pv = year.pv_kwh[step];
  const double most_export = export_limit(year, step);
  const double most_import = import_limit(year, step);
  const double low = std::max(-most_export - load, -discharge_limit(year, step));
  const double high = std::min(pv + most_import - load, charge_limit(year, step));
  // Net energies where a limit or PV begins to bind, and where using PV and not using it cost
  // alike.
  std::vector<double> nets{0.0, pv, pv - most_export, most_import};
  if (sell != buy) {
    nets.push_back(sell * pv / (sell - buy));
  }
  if (buy != 0.0) {
    nets.push_back(-sell * most_export / buy);
  }
  if (sell != 0.0) {
    nets.push_back(pv + buy * most_import / sell);
  }
  std::vector<double> changes;
  const auto add = [&](double ac_kwh) {
    if (ac_kwh >= low && ac_kwh <= high) {
      changes.push_back(battery::stored_change_kwh(year.battery, ac_kwh));
    }
  };
  for (const double net : nets) {
    add(net - load);
  }
  for (const double ac_kwh : {low, 0.0, high}) {
    add(ac_kwh);
  }
  std::ranges::sort(changes);
  changes.erase(std::unique(changes.begin(), changes.end(),
                            [](double a, double b) { return b - a < tiny_kwh; }),
                changes.end());
  return changes;
}

Curve StepCosts::hull(std::size_t step, const Kind& kind) const {
  double least = -1e300;
  double most = 1e300;
  for (const Restriction& one : restrictions_) {
    if (one.step == step) {
      least = std::max(least, one.least_kwh);
      most = std::min(most, one.most_kwh);
    }
  }
  std::vector<std::pair<double, double>> points;
  for (const double change : corners(year_, step, kind.addition)) {
    if (change < least - tiny_kwh || change > most + tiny_kwh) {
      continue;
    }
    const std::pair next{change, step_cost(year_, step, change, kind.addition)};
    const auto bends_down = [&] {  // the last point lies on or above the line to the next
      const auto& a = points[points.size() - 2];
      const auto& b = points.back();
      return (b.second - a.second) * (next.first - a.first) >=
             (next.second - a.second) * (b.first - a.first);
    };
    while (points.size() >= 2 && bends_down()) {
      points.pop_back();
    }
    points.push_back(next);
  }
  Curve curve;
  curve.most_kwh = points.empty() ? -INFINITY : points.back().first;
  for (std::size_t i = points.size(); i-- > 1;) {
    const double length = points[i].first - points[i - 1].first;
    curve.pieces[curve.count++] = {(points[i].second - points[i - 1].second) / length, length, 0};
  }
  return curve;
}

double StepCosts::cost(std::size_t step, double change_kwh) const {
  const Kind& kind = kinds_[kind_of_step_[step]];
  if (kind.bent < 0) {
    return step_cost(year_, step, change_kwh, kind.addition);
  }
  const Curve& curve = bent_curves_[static_cast<std::size_t>(kind.bent)];
  double cost = step_cost(year_, step, curve.most_kwh, kind.addition);
  double rest = curve.most_kwh - change_kwh;
  for (std::size_t i = 0; i < curve.count && rest > 0.0; ++i) {
    const double taken = std::min(rest, curve.pieces[i].length_kwh);
    cost -= curve.pieces[i].value * taken;
    rest -= taken;
  }
  return cost;
}

}  // namespace xiaoyuan::optimum
