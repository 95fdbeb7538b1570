#include "hosting/battery_pool.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xiaoyuan::hosting {

namespace {

constexpr double pool_rounding = 1e-9;
constexpr int pool_halvings = 40;

/// Places by how much they move the limits, each limit as hard as it is missed.
std::vector<std::size_t> filling_order(const PoolNeeds& needs) {
  std::vector<double> worth(needs.weights.front().size(), 0.0);
  for (std::size_t m = 0; m < needs.weights.size(); ++m) {
    const double missed = std::max(0.0, *std::ranges::max_element(needs.need[m]));
    for (std::size_t i = 0; i < worth.size(); ++i) {
      worth[i] += missed * needs.weights[m][i];
    }
  }
  std::vector<std::size_t> order(worth.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return worth[a] > worth[b]; });
  return order;
}

std::vector<double> filled(const std::vector<std::size_t>& order, double total_kwh,
                           double most_kwh) {
  std::vector<double> kwh(order.size(), 0.0);
  for (const std::size_t place : order) {
    kwh[place] = std::min(most_kwh, total_kwh);
    total_kwh -= kwh[place];
  }
  return kwh;
}

}  // namespace

battery::Spec spec_of(const BatteryKind& kind, double kwh) {
  battery::Spec spec;
  spec.floor_kwh = kind.least_charge * kwh;
  spec.ceiling_kwh = kind.most_charge * kwh;
  spec.charge_kw = kind.kw_per_kwh * kwh;
  spec.discharge_kw = spec.charge_kw;
  spec.charge_efficiency = std::sqrt(kind.round_trip_efficiency);
  spec.discharge_efficiency = spec.charge_efficiency;
  spec.standing_loss_per_hour = kind.standing_loss_per_hour;
  spec.wear_yuan_per_kwh = 0.5 * kind.wear_yuan_per_kwh;
  return spec;
}

std::optional<ShareBounds> share_bounds(const BatteryKind& kind, const PoolNeeds& needs,
                                        const std::vector<double>& kwh) {
  const std::size_t steps = needs.may_charge.size();
  ShareBounds bounds{std::vector<double>(steps, -1.0), {}};
  for (const std::uint8_t may_charge : needs.may_charge) {
    bounds.most.push_back(may_charge != 0 ? 1.0 : 0.0);
  }
  for (std::size_t m = 0; m < needs.weights.size(); ++m) {
    double moved = 0.0;
    for (std::size_t i = 0; i < kwh.size(); ++i) {
      moved += needs.weights[m][i] * kind.kw_per_kwh * kwh[i];
    }
    for (std::size_t t = 0; t < steps; ++t) {
      const double need = needs.need[m][t];
      if (moved > 0.0) {
        bounds.least[t] = std::max(bounds.least[t], need / moved);
      } else if (moved < 0.0) {
        bounds.most[t] = std::min(bounds.most[t], need / moved);
      } else if (need > 0.0) {
        return std::nullopt;
      }
    }
  }
  for (std::size_t t = 0; t < steps; ++t) {
    if (bounds.least[t] > bounds.most[t] + pool_rounding) {
      return std::nullopt;
    }
    bounds.least[t] = std::min(bounds.least[t], bounds.most[t]);
  }
  return bounds;
}

double Pool::total_kwh() const { return std::accumulate(kwh.begin(), kwh.end(), 0.0); }

std::optional<std::vector<double>> pool_shares(const BatteryKind& kind, const PoolNeeds& needs,
                                               const std::vector<double>& kwh) {
  const auto bounds = share_bounds(kind, needs, kwh);
  if (!bounds) {
    return std::nullopt;
  }
  // Stored energy and power in shares of what fits.
  const double power = kind.kw_per_kwh * needs.step_hours / (kind.most_charge - kind.least_charge);
  const double efficiency = std::sqrt(kind.round_trip_efficiency);
  const double kept = std::pow(1.0 - kind.standing_loss_per_hour, needs.step_hours);
  std::vector<double> shares(bounds->least.size());
  double stored = 0.0;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::size_t t = 0; t < shares.size(); ++t) {
      stored *= kept;
      const double least = bounds->least[t];
      const double given = std::min(-least, stored * efficiency / power);
      shares[t] = least > 0.0 ? least : -std::max(0.0, given);
      stored += shares[t] * power * (shares[t] > 0.0 ? efficiency : 1.0 / efficiency);
      stored = std::max(0.0, stored);
      if (stored > 1.0 + pool_rounding || shares[t] > bounds->most[t] + pool_rounding) {
        return std::nullopt;
      }
    }
  }
  return shares;
}

std::optional<Pool> smallest_pool(const BatteryKind& kind, const PoolNeeds& needs) {
  const std::vector<std::size_t> order = filling_order(needs);
  double high = kind.most_kwh * static_cast<double>(order.size());
  double low = 0.0;
  if (!pool_shares(kind, needs, filled(order, high, kind.most_kwh))) {
    return std::nullopt;
  }
  for (int i = 0; i < pool_halvings && high - low > 1e-6 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (pool_shares(kind, needs, filled(order, middle, kind.most_kwh)) ? high : low) = middle;
  }
  Pool pool{filled(order, high, kind.most_kwh), {}};
  pool.share = *pool_shares(kind, needs, pool.kwh);
  return pool;
}

std::optional<double> least_pool_kwh(const BatteryKind& kind, const PoolNeeds& needs) {
  double least = 0.0;
  for (std::size_t m = 0; m < needs.weights.size(); ++m) {
    const PoolNeeds alone{needs.step_hours, {needs.weights[m]}, {needs.need[m]}, needs.may_charge};
    const auto pool = smallest_pool(kind, alone);
    if (!pool) {
      return std::nullopt;
    }
    least = std::max(least, pool->total_kwh());
  }
  return least;
}

}  // namespace xiaoyuan::hosting
