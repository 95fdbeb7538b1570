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

}  // namespace

double CoupledPrices::import_price(std::size_t step, double total) const {
  return price_at(import_side, stiffness, step, total);
}

double CoupledPrices::export_price(std::size_t step, double total) const {
  return price_at(export_side, stiffness, step, -total);
}

void CoupledPrices::refresh_active() {
  is_active_.resize(total_kwh.size());
  for (std::size_t t = 0; t < total_kwh.size(); ++t) {
    const bool beyond =
        total_kwh[t] > import_side.aims_kwh[t] || -total_kwh[t] > export_side.aims_kwh[t];
    if (beyond && is_active_[t] == 0) {
      is_active_[t] = 1;
      active_.push_back(static_cast<std::uint32_t>(t));
    }
  }
}

void CoupledPrices::write_prices(std::span<double> prices, double quantum) const {
  for (const std::uint32_t t : active_) {
    const double price = import_price(t, total_kwh[t]) - export_price(t, total_kwh[t]);
    prices[t] = quantum * std::trunc(price / quantum);  // never below −buy
  }
}

void CoupledPrices::write_multipliers(std::span<double> prices) const {
  for (const std::uint32_t t : active_) {
    prices[t] = import_side.prices[t] - export_side.prices[t];
  }
}

double CoupledPrices::slope(double share, double cost_change) const {
  double slope = cost_change;
  for (const Way& way : way_) {
    const double total = total_kwh[way.step] + share * way.change_kwh;
    slope += (import_price(way.step, total) - export_price(way.step, total)) * way.change_kwh;
  }
  return slope;
}

double CoupledPrices::move(std::span<const double> now_kwh, std::span<const double> answer_kwh,
                           const Stretch& stretch) {
  const std::size_t size = total_kwh.size();
  way_.clear();
  bool is_equal = true;
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    const std::size_t t = i < size ? i : i - size;
    const double change = answer_kwh[t] - now_kwh[t];
    is_equal = is_equal && change == 0.0;
    if (is_active_[t] != 0 && change != 0.0) {
      way_.push_back({static_cast<std::uint32_t>(t), change});
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
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    const std::size_t t = i < size ? i : i - size;
    total_kwh[t] += low * (answer_kwh[t] - now_kwh[t]);
  }
  return low;
}

void CoupledPrices::take_prices() {
  for (const std::uint32_t t : active_) {
    const double import_now = import_price(t, total_kwh[t]);
    export_side.prices[t] = export_price(t, total_kwh[t]);
    import_side.prices[t] = import_now;
  }
}

void CoupledPrices::tighten(const Missed& missed, double margin) {
  const auto lower = [&](LimitSide& side, double missed_kwh) {
    const double limit = side.limits_kwh[missed.step];
    if (missed_kwh > 0.0) {
      side.aims_kwh[missed.step] -=
          std::min(aim_share * missed_kwh, most_aim_share * limit) + margin * limit;
    }
  };
  lower(import_side, missed.import_kwh);
  lower(export_side, missed.export_kwh);
}

void CoupledPrices::relax(double margin) {
  const auto raise = [&](LimitSide& side, std::uint32_t t, double total) {
    const double limit = side.limits_kwh[t];
    const double highest = (1.0 - margin) * limit;
    if (total < limit && side.aims_kwh[t] < highest) {
      side.aims_kwh[t] += std::min(limit - total, aim_relaxed * (highest - side.aims_kwh[t]));
    }
  };
  for (const std::uint32_t t : active_) {
    raise(import_side, t, total_kwh[t]);
    raise(export_side, t, -total_kwh[t]);
  }
}

double CoupledPrices::limits_cost() const {
  double cost = 0.0;
  for (const std::uint32_t t : active_) {
    for (const LimitSide* side : {&import_side, &export_side}) {
      cost += side->prices[t] > 0.0 ? side->prices[t] * side->limits_kwh[t] : 0.0;
    }
  }
  return cost;
}

}  // namespace xiaoyuan::optimum
