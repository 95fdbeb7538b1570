#include "optimum/coupled_prices.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr int most_halvings = 30;
constexpr double least_width = 1e-6;
constexpr double aim_share = 2.0;        ///< how much further than missed the next aim lies
constexpr double aim_relaxed = 0.1;      ///< of what an aim lies below its limit
constexpr double most_aim_share = 0.01;  ///< of the limit, at once

double price_at(const LimitSide& side, double stiffness, std::size_t step, double total) {
  return std::clamp(side.prices[step] + stiffness * (total - side.aims_kwh[step]), 0.0,
                    side.caps[step]);
}

void raise_aim(LimitSide& side, std::size_t step, double total) {
  const double limit = side.limits_kwh[step];
  const double highest = side.highest_kwh[step];
  if (total < limit && side.aims_kwh[step] < highest) {
    side.aims_kwh[step] += std::min(limit - total, aim_relaxed * (highest - side.aims_kwh[step]));
  }
}

void lower_aim(LimitSide& side, std::size_t step, double missed_kwh, double margin) {
  const double size = side.sizes_kwh[step];
  if (missed_kwh > 0.0) {
    side.aims_kwh[step] -= std::min(aim_share * missed_kwh, most_aim_share * size) + margin * size;
  }
}

}  // namespace

double PricedLimit::import_price(std::size_t step, double total) const {
  return price_at(import_side, stiffness, step, total);
}

double PricedLimit::export_price(std::size_t step, double total) const {
  return price_at(export_side, stiffness, step, -total);
}

bool CoupledPrices::is_uniform() const {
  return std::ranges::all_of(limits, [](const PricedLimit& limit) {
    return std::ranges::all_of(limit.weights,
                               [&](double weight) { return weight == limit.weights.front(); });
  });
}

void CoupledPrices::refresh_active() {
  for (PricedLimit& limit : limits) {
    const std::vector<double>& total = limit.total_kwh;
    limit.is_active.resize(total.size());
    for (std::size_t t = 0; t < total.size(); ++t) {
      const bool beyond =
          total[t] > limit.import_side.aims_kwh[t] || -total[t] > limit.export_side.aims_kwh[t];
      if (beyond && limit.is_active[t] == 0) {
        limit.is_active[t] = 1;
        limit.active.push_back(static_cast<std::uint32_t>(t));
      }
    }
  }
}

void CoupledPrices::follow_totals() {
  for (PricedLimit& limit : limits) {
    limit.price_now.resize(limit.total_kwh.size());
    for (const std::uint32_t t : limit.active) {
      limit.price_now[t] = limit.price(t, limit.total_kwh[t]);
    }
  }
}

void CoupledPrices::hold_multipliers(const std::vector<DispatchProblem>& households,
                                     const std::vector<std::size_t>& stores) {
  for (PricedLimit& limit : limits) {
    limit.price_now.resize(limit.total_kwh.size());
    shrinking_.assign(limit.total_kwh.size(), 1.0);
    for (const std::uint32_t t : limit.active) {
      limit.price_now[t] = limit.import_side.prices[t] - limit.export_side.prices[t];
    }
  }
  std::vector<double> prices(shrinking_.size(), 0.0);
  for (const std::size_t i : stores) {
    write_prices(i, 0.0, prices);
    for (std::size_t t = 0; t < prices.size(); ++t) {
      if (const double buy = households[i].year.buy[t]; prices[t] < -buy) {
        shrinking_[t] = std::min(shrinking_[t], buy / -prices[t]);
      }
    }
  }
  for (PricedLimit& limit : limits) {
    for (const std::uint32_t t : limit.active) {
      limit.price_now[t] *= shrinking_[t];
    }
  }
}

void CoupledPrices::write_prices(std::size_t household, double quantum,
                                 std::span<double> prices) const {
  for (const PricedLimit& limit : limits) {
    for (const std::uint32_t t : limit.active) {
      prices[t] = 0.0;
    }
  }
  for (const PricedLimit& limit : limits) {
    const double weight = limit.weights[household];
    for (const std::uint32_t t : limit.active) {
      prices[t] += weight * limit.price_now[t];
    }
  }
  if (quantum <= 0.0) {
    return;
  }
  for (const PricedLimit& limit : limits) {
    for (const std::uint32_t t : limit.active) {
      prices[t] = quantum * std::trunc(prices[t] / quantum);  // never below −buy
    }
  }
}

LimitResult CoupledPrices::held(std::size_t index) const {
  const PricedLimit& limit = limits[index];
  LimitResult held{
      std::vector<double>(shrinking_.size(), 0.0), std::vector<double>(shrinking_.size(), 0.0), {}};
  for (const std::uint32_t t : limit.active) {
    held.import_price[t] = shrinking_[t] * limit.import_side.prices[t] / limit.unit;
    held.export_price[t] = shrinking_[t] * limit.export_side.prices[t] / limit.unit;
  }
  return held;
}

double CoupledPrices::slope(double share, double cost_change) const {
  double slope = cost_change;
  for (const Way& way : way_) {
    const double total = way.limit->total_kwh[way.step] + share * way.change_kwh;
    slope += way.limit->price(way.step, total) * way.change_kwh;
  }
  return slope;
}

double CoupledPrices::move(std::size_t household, std::span<const double> now_kwh,
                           std::span<const double> answer_kwh, const Stretch& stretch) {
  const std::size_t size = now_kwh.size();
  way_.clear();
  bool is_equal = true;
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    const std::size_t t = i < size ? i : i - size;
    const double change = answer_kwh[t] - now_kwh[t];
    if (change == 0.0) {
      continue;
    }
    is_equal = false;
    for (const PricedLimit& limit : limits) {
      if (limit.is_active[t] != 0) {
        way_.push_back({&limit, static_cast<std::uint32_t>(t), limit.weights[household] * change});
      }
    }
  }
  if (is_equal || slope(0.0, stretch.cost_change) >= 0.0) {
    return 0.0;
  }
  double low = 0.0;
  double high = 1.0;
  if (way_.empty() || slope(1.0, stretch.cost_change) <= 0.0) {
    low = 1.0;
  }
  for (int i = 0; i < most_halvings && high - low > least_width; ++i) {
    const double middle = 0.5 * (low + high);
    (slope(middle, stretch.cost_change) < 0.0 ? low : high) = middle;
  }
  for (PricedLimit& limit : limits) {
    const double weight = limit.weights[household];
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      const std::size_t t = i < size ? i : i - size;
      limit.total_kwh[t] += low * (weight * (answer_kwh[t] - now_kwh[t]));
    }
  }
  return low;
}

void CoupledPrices::take_prices() {
  for (PricedLimit& limit : limits) {
    for (const std::uint32_t t : limit.active) {
      const double import_now = limit.import_price(t, limit.total_kwh[t]);
      limit.export_side.prices[t] = limit.export_price(t, limit.total_kwh[t]);
      limit.import_side.prices[t] = import_now;
    }
  }
}

void CoupledPrices::tighten(const Missed& missed, double margin) {
  PricedLimit& limit = limits[missed.limit];
  lower_aim(limit.import_side, missed.step, missed.import_kwh / limit.unit, margin);
  lower_aim(limit.export_side, missed.step, missed.export_kwh / limit.unit, margin);
}

void CoupledPrices::relax() {
  for (PricedLimit& limit : limits) {
    for (const std::uint32_t t : limit.active) {
      raise_aim(limit.import_side, t, limit.total_kwh[t]);
      raise_aim(limit.export_side, t, -limit.total_kwh[t]);
    }
  }
}

double CoupledPrices::limits_cost() const {
  double cost = 0.0;
  for (const PricedLimit& limit : limits) {
    for (const std::uint32_t t : limit.active) {
      for (const LimitSide* side : {&limit.import_side, &limit.export_side}) {
        const double price = shrinking_[t] * side->prices[t];
        cost += price > 0.0 ? price * side->limits_kwh[t] : 0.0;
      }
    }
  }
  return cost;
}

}  // namespace xiaoyuan::optimum
