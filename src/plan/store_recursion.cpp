#include "plan/store_recursion.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double tiny_kwh = 1e-12;

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
  costs_.resize(size);
  values_.resize(size + 1);
  price_import(0.0);
}

void StoreRecursion::price_import(double addition_yuan_per_kwh) {
  addition_ = addition_yuan_per_kwh;
  for (std::size_t t = 0; t < costs_.size(); ++t) {
    build_step(t);
  }
}

void StoreRecursion::build_step(std::size_t t) {
  const battery::Spec& spec = year_.battery;
  const double load = year_.load_kwh[t];
  const NetCost cost = net_cost(year_, t, addition_);
  // In w = n − load, cut to the power limits and walked from the right: that is f_t(−u) from the
  // left.
  const double low = std::max(cost.least - load, -spec.discharge_kw * year_.step_hours);
  const double high = std::min(cost.most - load, spec.charge_kw * year_.step_hours);
  StepCost& step = costs_[t];
  step.count = 0;
  step.left = -battery::stored_change_kwh(spec, high);
  const double ends[4] = {high, cost.second_break - load, cost.first_break - load, low};
  double right = high;
  for (int region = 2; region >= 0; --region) {
    const double begin = std::clamp(ends[3 - region], low, right);
    const double slope = cost.slopes[region];
    if (right > 0.0 && right > std::max(begin, 0.0)) {
      const double length = (right - std::max(begin, 0.0)) * spec.charge_efficiency;
      step.pieces[step.count++] = {-(slope / spec.charge_efficiency + spec.wear_yuan_per_kwh),
                                   length};
    }
    if (begin < 0.0 && std::min(right, 0.0) > begin) {
      const double length = (std::min(right, 0.0) - begin) / spec.discharge_efficiency;
      step.pieces[step.count++] = {-(slope * spec.discharge_efficiency - spec.wear_yuan_per_kwh),
                                   length};
    }
    right = begin;
  }
}

bool StoreRecursion::extend(std::size_t t) {
  const Value next = values_[t + 1];
  const StepCost& cost = costs_[t];
  const double least = kept_ * year_.battery.floor_kwh;
  const double most = kept_ * year_.battery.ceiling_kwh;
  const double left = next.left + cost.left;
  Value value{std::max(left, least), static_cast<std::uint32_t>(pool_.size()), 0};
  double skip = value.left - left;
  double room = most - value.left;
  pool_.resize(pool_.size() + next.count + cost.count);
  const Piece* a = pool_.data() + next.first;
  const Piece* const a_end = a + next.count;
  const Piece* b = cost.pieces;
  const Piece* const b_end = b + cost.count;
  Piece* out = pool_.data() + value.first;
  while (room > tiny_kwh && (a != a_end || b != b_end)) {
    const bool takes_a = b == b_end || (a != a_end && a->slope <= b->slope);
    Piece piece = takes_a ? *a++ : *b++;
    if (skip > 0.0) {
      const double skipped = std::min(skip, piece.length);
      piece.length -= skipped;
      skip -= skipped;
    }
    if (piece.length <= tiny_kwh) {
      continue;
    }
    piece.length = std::min(piece.length, room);
    room -= piece.length;
    *out++ = {piece.slope * kept_, piece.length / kept_};
  }
  value.count = static_cast<std::uint32_t>(out - (pool_.data() + value.first));
  pool_.resize(value.first + value.count);
  value.left /= kept_;
  values_[t] = value;
  return skip <= 1e-9 && room >= -1e-9;
}

bool StoreRecursion::backward(double end_value) {
  const std::size_t size = costs_.size();
  pool_.clear();
  pool_.reserve(size * 12);
  const battery::Spec& spec = year_.battery;
  pool_.push_back({-end_value, spec.ceiling_kwh - spec.floor_kwh});
  values_[size] = {spec.floor_kwh, 0, 1};
  for (std::size_t t = size; t-- > 0;) {
    if (!extend(t)) {
      infeasible_step_ = t;
      return false;
    }
  }
  return true;
}

double StoreRecursion::best_start(double end_value) const {
  const Value& first = values_.front();
  double start = first.left;
  for (std::uint32_t i = 0; i < first.count; ++i) {
    const Piece& piece = pool_[first.first + i];
    if (piece.slope + end_value >= 0.0) {
      break;
    }
    start += piece.length;
  }
  return start;
}

void StoreRecursion::forward(double start_kwh, StorePath& path) const {
  path.start_kwh = start_kwh;
  path.change_kwh.resize(costs_.size());
  double stored = start_kwh;
  for (std::size_t t = 0; t < costs_.size(); ++t) {
    const Value& next = values_[t + 1];
    const StepCost& cost = costs_[t];
    const double kept = kept_ * stored;
    double distance = kept - (next.left + cost.left);
    const Piece* a = pool_.data() + next.first;
    const Piece* const a_end = a + next.count;
    const Piece* b = cost.pieces;
    const Piece* const b_end = b + cost.count;
    double along_cost = cost.left;
    while (distance > 0.0 && (a != a_end || b != b_end)) {
      if (b == b_end || (a != a_end && a->slope <= b->slope)) {
        distance -= (a++)->length;
      } else {
        along_cost += std::min(distance, b->length);
        distance -= (b++)->length;
      }
    }
    const double wanted = kept - along_cost;
    stored = std::clamp(wanted, year_.battery.floor_kwh, year_.battery.ceiling_kwh);
    path.change_kwh[t] = stored - kept;
  }
  path.end_kwh = stored;
}

bool StoreRecursion::solve(double end_value, StorePath& path) {
  if (!backward(end_value)) {
    return false;
  }
  forward(best_start(end_value), path);
  return true;
}

bool StoreRecursion::solve_from(double start_kwh, double end_value, StorePath& path) {
  if (!backward(end_value)) {
    return false;
  }
  const Value& first = values_.front();
  double right = first.left;
  for (std::uint32_t i = 0; i < first.count; ++i) {
    right += pool_[first.first + i].length;
  }
  if (start_kwh < first.left - 1e-9 || start_kwh > right + 1e-9) {
    infeasible_step_ = 0;
    return false;
  }
  forward(start_kwh, path);
  return true;
}

}  // namespace xiaoyuan::plan
