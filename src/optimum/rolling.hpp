// A store run day by day on forecasts: what is left of the optimum when tomorrow is not known.
//
// At every replanning the next `horizon_hours` are solved by the exact recursion on forecasts of
// load and PV (prices are known); the planned change of stored energy is carried out until the next
// replanning, and what the forecast missed goes through the meter. A window may end no lower than
// it begins, where the store can do so (at 48 h: the same hour of the day), or its last energy is
// worth the window's mean price of selling.
//
// With tiers, import is priced by the tier that its period has reached so far, and by the first
// tier in periods to come; a cap on what is sold likewise: what a controller knows. The cost is the
// bill.
//
// Plain self-consumption (battery::self_consumption) and perfect foresight (optimal_dispatch) stand
// on either side of it.
#pragma once
#include <cstdint>

#include "base/error.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

enum class Forecast {
  perfect,      ///< what will be
  persistence,  ///< what the meter shows now, until the next plan; then the same hour yesterday
  noisy         ///< what will be, times a seeded factor whose spread grows with the time ahead
};

enum class WindowEnd {
  as_begun,  ///< no lower than it begins
  valued     ///< worth the mean price of selling, less the loss of taking it out: the better of the
             ///< two on the homes of the cases, by up to 0.2 %
};

struct RollingPlan {
  Forecast forecast = Forecast::persistence;
  double horizon_hours = 48.0;
  double hours_between_plans = 1.0;
  double noise_per_day = 0.2;  ///< standard deviation of the factor's logarithm one day ahead
  std::uint64_t seed = 1;
  WindowEnd end = WindowEnd::valued;
};

struct RollingResult {
  double cost_yuan = 0.0;  ///< energy, tiers and wear as they came, less `kept_yuan`
  double kept_yuan = 0.0;  ///< what the store holds more at the end than at the start
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  std::size_t plans = 0;
  StorePath path;
};

/// Runs `year` from `start_kwh`. A kWh left over at the end is credited, or a missing one charged,
/// at the mean price of selling times the discharge efficiency. Errors: as optimal_dispatch for the
/// whole year.
Result<RollingResult> rolling_dispatch(const StoreYear& year, double start_kwh,
                                       const RollingPlan& plan);
/// The same with the problem's tiers and cap, from its start; its end is not asked for.
Result<RollingResult> rolling_dispatch(const DispatchProblem& problem, const RollingPlan& plan);

}  // namespace xiaoyuan::optimum
