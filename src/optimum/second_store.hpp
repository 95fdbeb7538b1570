// A store that only takes: hot water, the buffer tank of a heat pump, a load that may wait. What
// it takes from the house is electricity, what it holds is heat (or the load's own energy).
//
//   h' = (1 − σ) h + COP_t·e − use_t,    least ≤ h' ≤ most at the end of the step,
//   0 ≤ e ≤ heater limit
//
// e electricity of a step, COP_t what a kWh of it puts into the store (1 for an immersion heater),
// h what is stored, use_t what is drawn from the store by need, σ the standing loss of a step; all
// in kWh. The store never gives electricity back.
#pragma once
#include <span>
#include <vector>

#include "base/error.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

struct SecondStore {
  double floor_kwh = 0.0;
  double ceiling_kwh = 0.0;
  double heater_kw = 0.0;  ///< electric
  double standing_loss_per_hour = 0.0;
  // By step; a series that is empty sets no limit of its own, draws nothing, and gives a COP of 1.
  std::span<const double> cop = {};
  std::span<const double> use_kwh = {};
  std::span<const double> heater_limits_kwh = {};  ///< electric
  std::span<const double> least_kwh = {};          ///< at the end of the step
  std::span<const double> most_kwh = {};
  YearEnd end = YearEnd::cyclic;
  double start_kwh = 0.0;  ///< not for cyclic
  double end_kwh = -1.0;   ///< below 0: the start
  /// The electricity that it takes when nobody plans it: what "without" stands for. Empty: heat is
  /// made as it is used, and no more than that.
  std::span<const double> unplanned_kwh = {};
};

/// What holds in a step, with constants and series together.
double heater_limit(const SecondStore& store, double step_hours, std::size_t step);
double cop(const SecondStore& store, std::size_t step);
double use(const SecondStore& store, std::size_t step);
double least_stored(const SecondStore& store, std::size_t step);
double most_stored(const SecondStore& store, std::size_t step);
double standing_loss(const SecondStore& store, double step_hours);
/// What the store may hold after the last step; for cyclic before the first too.
struct HeldRange {
  double least_kwh;
  double most_kwh;
};
HeldRange held_at_end(const SecondStore& store, std::size_t last_step);

/// Electricity by step, and what is stored at the end of each.
struct HeaterPath {
  double start_kwh = 0.0;
  std::vector<double> heater_kwh;
  std::vector<double> stored_kwh;
};

/// The electricity that the store takes unplanned, by step.
std::vector<double> unplanned_kwh(const SecondStore& store, double step_hours, std::size_t steps);

/// The path that runs after `wanted_kwh`, what is to be stored at the end of each step, as closely
/// as heater and bounds allow.
HeaterPath following(const SecondStore& store, double step_hours, double start_kwh,
                     std::span<const double> wanted_kwh);

/// A load that may wait (washing, a pump, a car that only charges): `needed_kwh` of electricity
/// from the beginning of step `begin` to the beginning of step `end`.
struct LoadWindow {
  std::size_t begin = 0;
  std::size_t end = 0;
  double needed_kwh = 0.0;
};

/// A second store that owns the series of a load's windows.
class ShiftableLoad {
 public:
  /// Errors: windows that overlap or lie outside the year; a need that the power cannot meet in its
  /// window, with the need and the power that can. `unplanned_kwh` is how it runs when nobody plans
  /// it; empty: as soon as it may, at full power.
  static Result<ShiftableLoad> of(std::span<const LoadWindow> windows, double power_kw,
                                  double step_hours, std::size_t steps,
                                  std::span<const double> unplanned_kwh = {});
  const SecondStore& store() const { return store_; }

 private:
  ShiftableLoad() = default;
  // Spans of store_ point into these; moving a vector leaves its elements where they are.
  std::vector<double> limits_kwh_, least_kwh_, most_kwh_, use_kwh_, unplanned_kwh_;
  SecondStore store_;
};

}  // namespace xiaoyuan::optimum
