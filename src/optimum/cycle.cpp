#include "optimum/cycle.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double hours_told[] = {48.0, 240.0};
constexpr double same_kwh = 1e-10;

/// A step of a window, ready to be walked at any value.
struct WindowStep {
  Curve curve;
  double drain_kwh;
  double least_kwh;  ///< bounds at the step's far side, in the walk's direction
  double most_kwh;
};

/// The change that is best when stored energy is worth `value`.
double change_at(const Curve& curve, double value) {
  double change = curve.most_kwh;
  for (std::size_t i = 0; i < curve.count && curve.pieces[i].value > value; ++i) {
    change -= curve.pieces[i].length_kwh;
  }
  return change;
}

class Window {
 public:
  Window(const StepCosts& costs, std::size_t length) : costs_(costs), year_(costs.year()) {
    kept_ = 1.0 - battery::standing_loss(year_.battery, year_.step_hours);
    const std::size_t size = year_.size();
    least_kwh_ = least_stored(year_, size - 1);
    most_kwh_ = most_stored(year_, size - 1);
    for (std::size_t i = 0; i < length; ++i) {
      add(first_, length - 1 - i, length - 1 - i > 0 ? length - 2 - i : size - 1);
      add(last_, size - length + i, size - length + i);
    }
    inner_least_ = least_stored(year_, length - 1);
    inner_most_ = most_stored(year_, length - 1);
    outer_least_ = size > length ? least_stored(year_, size - length - 1) : least_kwh_;
    outer_most_ = size > length ? most_stored(year_, size - length - 1) : most_kwh_;
  }
  double least_kwh() const { return least_kwh_; }
  double most_kwh() const { return most_kwh_; }

  /// Stored energy at the start that is worth `value`, when the window ends with `stored`.
  double start(double value, bool from_full) const {
    double stored = from_full ? inner_most_ : inner_least_;
    double at = value / std::pow(kept_, static_cast<double>(first_.size()));
    for (const WindowStep& step : first_) {
      const double before = stored + step.drain_kwh - change_at(step.curve, at);
      stored = std::clamp(before, kept_ * step.least_kwh, kept_ * step.most_kwh) / kept_;
      at *= kept_;
    }
    return stored;
  }
  /// Stored energy at the end when the window is run at `value`.
  double end(double value, bool from_full) const {
    double stored = from_full ? outer_most_ : outer_least_;
    double at = value * std::pow(kept_, static_cast<double>(last_.size() - 1));
    for (const WindowStep& step : last_) {
      stored = std::clamp(kept_ * stored + change_at(step.curve, at) - step.drain_kwh,
                          step.least_kwh, step.most_kwh);
      at /= kept_;
    }
    return stored;
  }
  /// The same from empty and from full?
  bool is_settled(double value) const {
    return std::abs(start(value, true) - start(value, false)) < same_kwh &&
           std::abs(end(value, true) - end(value, false)) < same_kwh;
  }

 private:
  void add(std::vector<WindowStep>& steps, std::size_t step, std::size_t bound_step) {
    steps.push_back(
        {{}, drain(year_, step), least_stored(year_, bound_step), most_stored(year_, bound_step)});
    costs_.curve(step, steps.back().curve);
  }

  const StepCosts& costs_;
  const StoreYear& year_;
  double kept_ = 1.0;
  double least_kwh_ = 0.0;
  double most_kwh_ = 0.0;
  double inner_least_ = 0.0;
  double inner_most_ = 0.0;
  double outer_least_ = 0.0;
  double outer_most_ = 0.0;
  std::vector<WindowStep> first_;  ///< walked back: the last of the first days stands first
  std::vector<WindowStep> last_;
};

std::optional<Turn> turn_in(const Window& window, std::span<const double> values) {
  double low = std::min(0.0, 2.0 * values.front()) - 1.0;
  double high = 2.0 * std::abs(values.back()) + 1.0;
  while (high - low > 1e-11 * std::max(1.0, high)) {
    const double middle = 0.5 * (low + high);
    (window.end(middle, false) > window.start(middle, false) ? high : low) = middle;
  }
  if (!window.is_settled(low) || !window.is_settled(high)) {
    return std::nullopt;
  }
  const double least = std::max(window.end(low, false), window.start(high, false));
  const double most = std::min(window.end(high, false), window.start(low, false));
  const double stored = std::clamp(0.5 * (least + most), window.least_kwh(), window.most_kwh());
  return Turn{std::abs(least - most) < same_kwh ? stored : least, 0.5 * (low + high)};
}

}  // namespace

std::optional<Turn> turn_of_year(const StepCosts& costs) {
  const std::size_t size = costs.year().size();
  for (const double hours : hours_told) {
    const auto length = static_cast<std::size_t>(hours / costs.year().step_hours);
    if (2 * length > size || costs.values().empty()) {
      break;
    }
    if (const auto turn = turn_in(Window(costs, length), costs.values())) {
      return turn;
    }
  }
  return std::nullopt;
}

}  // namespace xiaoyuan::optimum
