#include "plan/store_recursion.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double tiny_kwh = 1e-12;
constexpr std::size_t steps_between_counts = 512;
constexpr double largest_scale = 1e100;
constexpr double hours_told = 48.0;  // first and last days that hint at a cyclic year

/// The cost of a step as a function of n = load + w: three slopes, two breakpoints, a domain.
struct NetCost {
  double slopes[3];
  double first_break;
  double second_break;
  double least;
  double most;
};

NetCost net_cost(const StoreYear& year, std::size_t t, double addition) {
  const double pv = year.pv_kwh[t];
  const double sell = year.sell[t];
  const double buy = year.buy[t] + addition;
  const double least = -year.export_limit_kwh;
  const double most = pv + year.import_limit_kwh;
  if (sell >= 0.0) {  // what cannot be exported is curtailed: slope 0 below pv − limit
    return {{0.0, sell, buy}, pv - year.export_limit_kwh, pv, least, most};
  }
  return {{sell, 0.0, buy}, 0.0, pv, least, most};  // curtail rather than pay for export
}

}  // namespace

StepFlow flow_of(const StoreYear& year, std::size_t t, double change_kwh) {
  const double net = year.load_kwh[t] + battery::ac_energy_kwh(year.battery, change_kwh);
  const double pv = year.pv_kwh[t];
  const double least_grid = year.sell[t] >= 0.0 ? -year.export_limit_kwh : std::min(0.0, net);
  const double grid = std::max(net - pv, std::min(least_grid, net));
  return {std::max(grid, 0.0), std::max(-grid, 0.0), std::max(0.0, grid - (net - pv))};
}

StoreRecursion::StoreRecursion(const StoreYear& year) : year_(year) {
  const std::size_t size = year.load_kwh.size();
  expects(year.pv_kwh.size() == size && year.buy.size() == size && year.sell.size() == size);
  kept_ = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  if (kept_ != 1.0) {
    scale_of_step_.resize(size);
  }
}

/// Puts the pieces of u ↦ f_t(−u) into the queue. Their left end is u at its largest; taking a
/// piece lowers u.
void StoreRecursion::add_step(std::size_t t, StorePath& path) {
  const battery::Spec& spec = year_.battery;
  const double load = year_.load_kwh[t];
  const NetCost cost = net_cost(year_, t, addition_);
  // In w = n − load, cut to the power limits and walked from the right.
  const double low = std::max(cost.least - load, -spec.discharge_kw * year_.step_hours);
  const double high = std::min(cost.most - load, spec.charge_kw * year_.step_hours);
  const double most_change = battery::stored_change_kwh(spec, high);
  path.change_kwh[t] = most_change;
  left_ -= most_change;
  if (!scale_of_step_.empty()) {
    scale_of_step_[t] = scale_;
  }
  const auto step = static_cast<std::uint32_t>(t);
  const double to_queue = 1.0 / scale_;
  const double begins[3] = {low, cost.first_break - load, cost.second_break - load};
  double right = high;
  for (int region = 2; region >= 0; --region) {
    const double begin = std::clamp(begins[region], low, right);
    const double slope = cost.slopes[region];
    if (const double charging = right - std::max(begin, 0.0); right > 0.0 && charging > tiny_kwh) {
      queue_.insert(-(slope / spec.charge_efficiency + spec.wear_yuan_per_kwh) * scale_,
                    charging * spec.charge_efficiency * to_queue, step);
    }
    if (const double drawing = std::min(right, 0.0) - begin; begin < 0.0 && drawing > tiny_kwh) {
      queue_.insert(-(slope * spec.discharge_efficiency - spec.wear_yuan_per_kwh) * scale_,
                    drawing / spec.discharge_efficiency * to_queue, step);
    }
    right = begin;
  }
}

/// Writes what is taken of a piece into its step's change of stored energy.
void StoreRecursion::write(std::uint32_t step, double length, StorePath& path) const {
  if (step == path.change_kwh.size()) {
    path.end_kwh += length;  // the end's own piece: stored energy that stays
  } else {
    path.change_kwh[step] -= scale_of_step_.empty() ? length : length * scale_of_step_[step];
  }
}

/// Cuts V_t to what the store can hold, and turns it from (1 − σ) s to s. False when nothing is
/// left.
bool StoreRecursion::cut(std::size_t t, StorePath& path) {
  const double least = kept_ * year_.battery.floor_kwh;
  const double most = kept_ * year_.battery.ceiling_kwh;
  if (t % steps_between_counts == 0) {
    queue_.recount();
  }
  if (left_ + queue_.total_length() * scale_ < least - 1e-9 || left_ > most + 1e-9) {
    infeasible_step_ = t;
    return false;
  }
  if (left_ < least) {
    queue_.take_left((least - left_) / scale_,
                     [&](std::uint32_t step, double length) { write(step, length, path); });
    left_ = least;
  }
  const double beyond = left_ + queue_.total_length() * scale_ - most;
  if (beyond > 0.0) {
    queue_.drop_right(beyond / scale_);
  }
  left_ /= kept_;
  scale_ /= kept_;
  return true;
}

/// Walks from the end of step `last` − 1 to the beginning of step `first`.
bool StoreRecursion::walk_back(double end_value, std::size_t last, std::size_t first,
                               StorePath& path) {
  const std::size_t size = year_.load_kwh.size();
  const battery::Spec& spec = year_.battery;
  path.change_kwh.resize(size);
  path.end_kwh = spec.floor_kwh;
  queue_.clear();
  scale_ = 1.0;
  left_ = spec.floor_kwh;
  queue_.insert(-end_value, spec.ceiling_kwh - spec.floor_kwh, static_cast<std::uint32_t>(size));
  for (std::size_t t = last; t-- > first;) {
    add_step(t, path);
    if (!cut(t, path)) {
      return false;
    }
    expects(scale_ < largest_scale);
  }
  return true;
}

void StoreRecursion::decide_start(double end_value, std::optional<double> start_kwh,
                                  StorePath& path) {
  const auto taken = [&](std::uint32_t step, double length) { write(step, length, path); };
  regret_ = 0.0;
  if (start_kwh) {
    path.start_kwh = *start_kwh;
    // Beside the start with the best V_0(s) + λ s: what each piece between the two adds to it.
    double at = left_;
    queue_.look([&](double slope, double length) {
      const double rise = slope / scale_ + end_value;
      const double from = at;
      at += length * scale_;
      const double wrongly_taken = std::clamp(*start_kwh, from, at) - from;
      const double wrongly_left = at - from - wrongly_taken;
      regret_ += rise > 0.0 ? rise * wrongly_taken : -rise * wrongly_left;
    });
    queue_.take_left((*start_kwh - left_) / scale_, taken);
  } else {
    path.start_kwh = left_ + scale_ * queue_.take_below(-end_value * scale_, taken);
  }
}

StoreRecursion::CyclicGuess StoreRecursion::guess_cyclic() {
  const std::size_t size = year_.load_kwh.size();
  const std::size_t window =
      std::min(size, static_cast<std::size_t>(hours_told / year_.step_hours));
  StorePath path;
  // The pieces that the first days leave at the start do not depend on the end's value.
  std::vector<std::pair<double, double>> start_pieces;
  if (!walk_back(0.0, window, 0, path)) {
    return {};
  }
  const double least_start = left_;
  queue_.look([&](double slope, double length) {
    start_pieces.emplace_back(slope / scale_, length * scale_);
  });
  const auto start_at = [&](double end_value) {
    double start = least_start;
    for (const auto& [slope, length] : start_pieces) {
      start += slope < -end_value ? length : 0.0;
    }
    return start;
  };
  const auto end_at = [&](double end_value) {
    walk_back(end_value, size, size - window, path);
    return path.end_kwh;
  };
  CyclicGuess guess{-1.0, 1.0, 0.0};
  while (end_at(guess.low) > start_at(guess.low) && guess.low > -1e3) {
    guess.low *= 4.0;
  }
  while (end_at(guess.high) < start_at(guess.high) && guess.high < 1e3) {
    guess.high *= 4.0;
  }
  while (guess.high - guess.low > 1e-9) {
    const double middle = 0.5 * (guess.low + guess.high);
    (end_at(middle) > start_at(middle) ? guess.high : guess.low) = middle;
  }
  guess.end_kwh = end_at(guess.low);
  return guess;
}

bool StoreRecursion::solve(double end_value, std::optional<double> start_kwh, StorePath& path) {
  if (!walk_back(end_value, year_.load_kwh.size(), 0, path)) {
    return false;
  }
  const double right = left_ + queue_.total_length() * scale_;
  if (start_kwh && (*start_kwh < left_ - 1e-9 || *start_kwh > right + 1e-9)) {
    infeasible_step_ = 0;
    return false;
  }
  decide_start(end_value, start_kwh, path);
  return true;
}

}  // namespace xiaoyuan::plan
