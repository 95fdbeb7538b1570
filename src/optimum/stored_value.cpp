#include "optimum/stored_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double near_kwh = 1e-8;  // closer than this to a corner or a bound is on it

struct Interval {
  double low = -infinite;
  double high = infinite;
  double nearest(double value) const {
    return high < low ? 0.5 * (low + high) : std::clamp(value, low, high);
  }
};

/// The slopes of a curve that fit a change.
Interval slopes_at(const Curve& curve, double change_kwh) {
  Interval all;
  double right = curve.most_kwh;
  if (change_kwh < right - near_kwh) {
    all.high = curve.count > 0 ? curve.pieces[0].value : infinite;
  }
  for (std::size_t i = 0; i < curve.count; ++i) {
    const Piece& piece = curve.pieces[i];
    const double left = right - piece.length_kwh;
    if (change_kwh < right - near_kwh) {
      all.high = piece.value;
    }
    if (change_kwh > left + near_kwh) {  // inside the piece, or at its right end
      all.low = piece.value;
      return all;
    }
    right = left;
  }
  return all;
}

/// What the value after a moment may be, from what it may be before, with `stored` then.
Interval passed(const Interval& before, double stored, double least, double most, double kept) {
  Interval after{before.low / kept, before.high / kept};
  if (stored < least + near_kwh) {
    after.low = -infinite;
  }
  if (stored > most - near_kwh) {
    after.high = infinite;
  }
  return after;
}

/// The value before a moment, given the one after: the same where the bounds do not bind.
Interval before_of(double after, double stored, double least, double most, double kept) {
  Interval before{kept * after, kept * after};
  if (stored < least + near_kwh) {
    before.high = infinite;
  }
  if (stored > most - near_kwh) {
    before.low = -infinite;
  }
  return before;
}

Interval meet(const Interval& a, const Interval& b) {
  return {std::max(a.low, b.low), std::min(a.high, b.high)};
}

double least_product(double factor, double low, double high) {
  return std::min(factor * low, factor * high);
}

}  // namespace

std::vector<double> stored_values(const StepCosts& costs, const Ends& ends, const StorePath& path) {
  const StoreYear& year = costs.year();
  const std::size_t size = year.size();
  const double kept = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  std::vector<Interval> may(size);
  std::vector<double> stored(size + 1, path.start_kwh);
  Interval before;
  if (ends.is_cyclic) {
    before = passed({ends.cycle_value, ends.cycle_value}, path.start_kwh, ends.least_kwh,
                    ends.most_kwh, kept);
  }
  Curve curve;
  for (std::size_t t = 0; t < size; ++t) {
    costs.curve(t, curve);
    may[t] = meet(slopes_at(curve, path.change_kwh[t]), before);
    if (may[t].low > may[t].high) {  // rounding: the one value that they nearly share
      may[t].low = may[t].high = 0.5 * (may[t].low + may[t].high);
    }
    stored[t + 1] = kept * stored[t] + path.change_kwh[t] - drain(year, t);
    before = passed(may[t], stored[t + 1], least_stored(year, t), most_stored(year, t), kept);
  }
  std::vector<double> values(size);
  Interval wanted = before_of(ends.is_cyclic ? ends.cycle_value : 0.0, stored[size], ends.least_kwh,
                              ends.most_kwh, 1.0);
  double near = ends.is_cyclic ? ends.cycle_value : 0.0;
  for (std::size_t t = size; t-- > 0;) {
    const Interval both = meet(may[t], wanted);
    values[t] = both.low <= both.high ? both.nearest(near) : may[t].nearest(wanted.nearest(near));
    if (t > 0) {
      wanted = before_of(values[t], stored[t], least_stored(year, t - 1), most_stored(year, t - 1),
                         kept);
      near = kept * values[t];
    }
  }
  return values;
}

double lower_bound(const StepCosts& costs, const Ends& ends, std::span<const double> values) {
  const StoreYear& year = costs.year();
  const std::size_t size = year.size();
  const double kept = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  double bound = 0.0;
  Curve curve;
  for (std::size_t t = 0; t < size; ++t) {
    costs.curve(t, curve);
    bound += costs.cost(t, curve.most_kwh) - values[t] * (curve.most_kwh - drain(year, t));
    for (std::size_t i = 0; i < curve.count; ++i) {
      bound += std::min(0.0, values[t] - curve.pieces[i].value) * curve.pieces[i].length_kwh;
    }
    if (t > 0) {
      bound += least_product(values[t - 1] - kept * values[t], least_stored(year, t - 1),
                             most_stored(year, t - 1));
    }
  }
  const double at_end = values[size - 1];
  const double at_start = kept * values[0];
  if (ends.is_cyclic) {
    return bound + least_product(at_end - at_start, ends.least_kwh, ends.most_kwh);
  }
  return bound - at_start * ends.start_kwh + least_product(at_end, ends.least_kwh, ends.most_kwh);
}

}  // namespace xiaoyuan::optimum
