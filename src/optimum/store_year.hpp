// The data of one store over a year and what flows in a step. Everything by step is kWh a step;
// prices are yuan/kWh; a series that is empty sets no limit of its own.
//
//   s' = (1 − σ) s + u − drain,     least ≤ s' ≤ most at the end of the step
//   g = load − PV used + w(u),      −export limit ≤ g ≤ import limit,  0 ≤ PV used ≤ PV available
//   −discharge limit ≤ w(u) ≤ charge limit
//
// s stored energy, u its change, w(u) the AC side of the change (battery/battery.hpp), σ the
// standing loss of a step, g the energy through the meter.
#pragma once
#include <span>
#include <vector>

#include "battery/battery.hpp"

namespace xiaoyuan::optimum {

enum class Load {
  drawn,  ///< from 0 up
  net     ///< also below 0, where PV that may not be curtailed makes more than is used
};

struct StoreYear {
  std::span<const double> load_kwh;
  std::span<const double> pv_kwh;
  std::span<const double> buy;
  std::span<const double> sell;
  double step_hours = 1.0;
  double export_limit_kwh = 0.0;
  double import_limit_kwh = 0.0;
  battery::Spec battery;
  // By step, beside the limits above: the stricter holds.
  std::span<const double> export_limits_kwh = {};
  std::span<const double> import_limits_kwh = {};
  std::span<const double> charge_limits_kwh = {};     ///< AC side
  std::span<const double> discharge_limits_kwh = {};  ///< AC side
  std::span<const double> least_kwh = {};             ///< stored at the end of the step: a reserve
  std::span<const double> most_kwh = {};              ///< the same, at most
  std::span<const double> drain_kwh = {};  ///< taken from the store itself: driving, hot water
  Load load = Load::drawn;

  std::size_t size() const { return load_kwh.size(); }
  /// True where no series limits a step beyond the constants.
  bool is_plain() const;
};

/// The limits that hold in a step, with constants and series together.
double export_limit(const StoreYear& year, std::size_t step);
double import_limit(const StoreYear& year, std::size_t step);
double charge_limit(const StoreYear& year, std::size_t step);
double discharge_limit(const StoreYear& year, std::size_t step);
/// Bounds of the energy stored at the end of a step.
double least_stored(const StoreYear& year, std::size_t step);
double most_stored(const StoreYear& year, std::size_t step);
double drain(const StoreYear& year, std::size_t step);

/// What flows in a step for a change of stored energy, with PV used as is cheapest.
struct StepFlow {
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  double curtailed_kwh = 0.0;
};
/// `addition` is what the tiers add to the price of import.
StepFlow flow_of(const StoreYear& year, std::size_t step, double change_kwh, double addition = 0.0);
/// Which way the meter of a step may run.
enum class MeterSide { any, buys, sells };
/// The cheapest energy through the meter of a step that is not convex, of what PV, the limits and
/// the side leave: an end of it, or nothing. Import is positive; NaN where nothing is left.
double bent_grid(const StoreYear& year, std::size_t step, double change_kwh, double addition,
                 MeterSide side);
/// Energy and wear of a step, yuan.
double step_cost(const StoreYear& year, std::size_t step, double change_kwh, double addition = 0.0);
/// Does the cost of a step stay convex in the change of stored energy? Not where buying earns, nor
/// where the grid pays more than it asks.
bool is_convex(const StoreYear& year, std::size_t step, double addition = 0.0);

/// A schedule.
struct StorePath {
  double start_kwh = 0.0;
  double end_kwh = 0.0;
  std::vector<double> change_kwh;  ///< u, by step
};

}  // namespace xiaoyuan::optimum
