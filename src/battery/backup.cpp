#include "battery/backup.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.hpp"

namespace xiaoyuan::battery {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// What a run of steps makes of the stored energy: min(top, q·s + r), if s is at least `least`.
struct Run {
  double least = -infinite;
  double top = infinite;
  double q = 1.0;
  double r = 0.0;
  bool carries(double stored) const { return stored >= least; }
  double after(double stored) const { return std::min(top, q * stored + r); }
};

/// `first`, then `second`: it needs first.least, and min(first.top, first.q·s + first.r) at least
/// second.least.
Run joined(const Run& first, const Run& second) {
  const bool reaches = first.top >= second.least;
  return {reaches ? std::max(first.least, (second.least - first.r) / first.q) : infinite,
          std::min(second.top, second.q * first.top + second.r), second.q * first.q,
          second.q * first.r + second.r};
}

class Island {
 public:
  explicit Island(const BackupInput& input)
      : input_(input),
        size_(input.pv_kwh.size()),
        kept_(1.0 - standing_loss(input.battery, input.step_hours)) {}

  std::vector<double> hours();

 private:
  double missing_kwh(std::size_t step) const {
    return input_.critical_kw * input_.step_hours - input_.pv_kwh[step];
  }
  bool is_strong_enough(double missing) const {
    return missing <= input_.battery.discharge_kw * input_.step_hours * (1.0 + 1e-12);
  }
  std::size_t wrapped(std::size_t step) const {
    while (step >= size_) {
      step -= size_;
    }
    return step;
  }
  Run run_of(std::size_t step) const;
  double share_of_failing(std::size_t step, double stored) const;

  const BackupInput& input_;
  std::size_t size_;
  double kept_;
};

Run Island::run_of(std::size_t step) const {
  const Spec& spec = input_.battery;
  const double missing = missing_kwh(step);
  if (missing <= 0.0) {
    const double charged = std::min(-missing, spec.charge_kw * input_.step_hours);
    return {-infinite, spec.ceiling_kwh, kept_, stored_change_kwh(spec, charged)};
  }
  if (!is_strong_enough(missing)) {
    return {infinite, spec.ceiling_kwh, kept_, 0.0};
  }
  const double taken = missing / spec.discharge_efficiency;
  return {(spec.floor_kwh + taken) / kept_, infinite, kept_, -taken};
}

/// How much of a step that is not carried to its end still is.
double Island::share_of_failing(std::size_t step, double stored) const {
  const double missing = missing_kwh(step);
  if (!is_strong_enough(missing)) {
    return 0.0;
  }
  const double left = std::max(0.0, kept_ * stored - input_.battery.floor_kwh);
  return std::min(1.0, left * input_.battery.discharge_efficiency / missing);
}

std::vector<double> Island::hours() {
  const auto most =
      static_cast<std::size_t>(std::llround(longest_backup_hours / input_.step_hours));
  // strides[k] holds, for every step, the run of 2^k steps from there.
  std::vector<std::vector<Run>> strides(1);
  for (std::size_t t = 0; t < size_; ++t) {
    strides[0].push_back(run_of(t));
  }
  while ((std::size_t{2} << (strides.size() - 1)) <= most) {
    const std::vector<Run>& half = strides.back();
    const std::size_t stride = std::size_t{1} << (strides.size() - 1);
    std::vector<Run> whole(size_);
    for (std::size_t t = 0; t < size_; ++t) {
      whole[t] = joined(half[t], half[wrapped(t + stride)]);
    }
    strides.push_back(std::move(whole));
  }
  std::vector<double> hours(size_);
  for (std::size_t t = 0; t < size_; ++t) {
    double stored = std::min(input_.stored_kwh[t], input_.battery.ceiling_kwh);
    std::size_t steps = 0;
    std::size_t at = t;
    for (std::size_t level = strides.size(); level-- > 0;) {
      const std::size_t stride = std::size_t{1} << level;
      // The longest stride may be taken twice, each shorter one once.
      while (steps + stride <= most && strides[level][at].carries(stored)) {
        stored = strides[level][at].after(stored);
        steps += stride;
        at = wrapped(at + stride);
      }
    }
    const double part = steps < most ? share_of_failing(at, stored) : 0.0;
    hours[t] = (static_cast<double>(steps) + part) * input_.step_hours;
  }
  return hours;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) {
    return *middle;
  }
  return (*middle + *std::max_element(values.begin(), middle)) / 2.0;
}

}  // namespace

Backup backup(const BackupInput& input) {
  expects(!input.pv_kwh.empty() && input.step_hours > 0.0);
  expects(input.stored_kwh.size() == input.pv_kwh.size() ||
          input.stored_kwh.size() == input.pv_kwh.size() + 1);
  Backup result;
  result.hours = input.battery.exists() ? Island(input).hours()
                                        : std::vector<double>(input.pv_kwh.size(), 0.0);
  result.least_hours = *std::ranges::min_element(result.hours);
  result.median_hours = median(result.hours);
  const auto bridged =
      std::ranges::count_if(result.hours, [](double hours) { return hours >= 24.0 - 1e-9; });
  result.share_bridged_24h =
      static_cast<double>(bridged) / static_cast<double>(result.hours.size());
  return result;
}

}  // namespace xiaoyuan::battery
