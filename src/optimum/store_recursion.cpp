#include "optimum/store_recursion.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr std::size_t steps_between_counts = 256;
constexpr double largest_scale = 1e100;
constexpr double slack_kwh = 1e-9;

std::uint32_t queue_rank(std::uint32_t rank) { return 2 * rank + 1; }

}  // namespace

/// What is taken of a piece lowers its step's change; the end's own piece is energy that stays.
void StoreRecursion::take(std::uint32_t step, double length, StorePath& path) const {
  if (step < path.change_kwh.size()) {
    path.change_kwh[step] -= scales_.empty() ? length : length * scales_[step];
  }
}

/// Puts the pieces of u ↦ f_t(−u) into the queue, but for those that the bounds cut at once. The
/// left end is u at its largest; taking a piece lowers u.
bool StoreRecursion::add_step(std::size_t t, StorePath& path) {
  Curve curve;
  if (!costs_.curve(t, curve)) {
    return false;
  }
  double change = curve.most_kwh;
  left_ += drain(costs_.year(), t) - curve.most_kwh;
  double length = queue_.total_length() * scale_;
  std::size_t end = curve.count;
  for (std::size_t i = 0; i < end; ++i) {
    length += curve.pieces[i].length_kwh;
  }
  if (!scales_.empty()) {
    scales_[t] = scale_;
  }
  double beyond = left_ + length - most_;
  std::size_t begin = 0;
  while (begin < end && left_ < least_ &&
         queue_.leads(queue_rank(curve.pieces[begin].rank), scale_)) {
    Piece& piece = curve.pieces[begin];
    const double taken = std::min(piece.length_kwh, least_ - left_);
    change -= taken;
    left_ += taken;
    piece.length_kwh -= taken;
    if (piece.length_kwh > 0.0) {
      break;
    }
    ++begin;
  }
  path.change_kwh[t] = change;
  while (end > begin && beyond > 0.0 &&
         queue_.trails(queue_rank(curve.pieces[end - 1].rank), scale_)) {
    Piece& piece = curve.pieces[end - 1];
    const double dropped = std::min(piece.length_kwh, beyond);
    beyond -= dropped;
    piece.length_kwh -= dropped;
    if (piece.length_kwh > 0.0) {
      break;
    }
    --end;
  }
  for (std::size_t i = begin; i < end; ++i) {
    queue_.push(queue_rank(curve.pieces[i].rank), curve.pieces[i].length_kwh / scale_,
                static_cast<std::uint32_t>(t));
  }
  return true;
}

/// Cuts V_t to what the store can hold, and turns it from (1 − σ) s to s. False when nothing is
/// left.
bool StoreRecursion::cut(std::size_t t, StorePath& path) {
  if (t % steps_between_counts == 0) {
    queue_.recount();
  }
  const double right = left_ + queue_.total_length() * scale_;
  if (right < least_ - slack_kwh || left_ > most_ + slack_kwh) {
    return false;
  }
  if (left_ < least_) {
    queue_.take_left((least_ - left_) / scale_,
                     [&](std::uint32_t step, double length) { take(step, length, path); });
    left_ = least_;
  }
  if (const double beyond = left_ + queue_.total_length() * scale_ - most_; beyond > 0.0) {
    queue_.drop_right(beyond / scale_);
  }
  left_ /= kept_;
  scale_ /= kept_;
  return true;
}

/// Slopes by the queue's rank: a step's rank r stands at 2 r + 1, which leaves room for the end's.
void StoreRecursion::set_values(const EndOfYear& end) {
  const auto steps = costs_.values();
  values_.assign(2 * steps.size() + 1, 0.0);
  for (std::size_t rank = 0; rank < steps.size(); ++rank) {
    values_[2 * rank + 1] = steps[rank];
  }
  const auto below = std::ranges::lower_bound(steps, end.value) - steps.begin();
  end_rank_ = static_cast<std::uint32_t>(2 * below);
  values_[end_rank_] = end.value;
}

bool StoreRecursion::solve(const EndOfYear& end, std::optional<double> start_kwh, StorePath& path) {
  const StoreYear& year = costs_.year();
  const std::size_t size = year.size();
  kept_ = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  scale_ = 1.0;
  scales_.assign(kept_ == 1.0 ? 0 : size + 1, 1.0);
  set_values(end);
  queue_.reset(values_, scales_);
  left_ = end.least_kwh;
  if (end.most_kwh < end.least_kwh - slack_kwh) {
    infeasible_step_ = size - 1;
    return false;
  }
  if (end.most_kwh > end.least_kwh) {
    queue_.push(end_rank_, end.most_kwh - end.least_kwh, static_cast<std::uint32_t>(size));
  }
  path.change_kwh.resize(size);
  for (std::size_t t = size; t-- > 0;) {
    least_ = kept_ * (t > 0 ? least_stored(year, t - 1) : start_kwh.value_or(end.least_kwh));
    most_ = kept_ * (t > 0 ? most_stored(year, t - 1) : start_kwh.value_or(end.most_kwh));
    if (!add_step(t, path) || !cut(t, path)) {
      infeasible_step_ = t;
      return false;
    }
    expects(scale_ < largest_scale);
  }
  path.start_kwh = left_;
  if (!start_kwh) {
    queue_.take_above(end.value * scale_, [&](std::uint32_t step, double length) {
      path.start_kwh += length * scale_;
      take(step, length, path);
    });
  }
  path.end_kwh = path.start_kwh;
  for (std::size_t t = 0; t < size; ++t) {
    path.end_kwh = kept_ * path.end_kwh + path.change_kwh[t] - drain(year, t);
  }
  return true;
}

}  // namespace xiaoyuan::optimum
