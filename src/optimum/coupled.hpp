// Households behind one transformer: the cheapest schedules of all of them together, a lower bound,
// and what a kWh of the transformer's capacity is worth in every step.
//
//   minimise Σ_i cost_i(u_i)   so that   −X_t ≤ G_t ≤ L_t,   G_t = Σ_i (import_it − export_it)
//
// L is the limit of import, X the reverse limit or a shared cap of export, the stricter of the two.
// With prices μ_t ≥ 0 of L and ν_t ≥ 0 of X the households part: each one answers the exact kernel
// (optimum/dispatch.hpp) at buy + μ − ν and sell + μ − ν. Both prices move alike, so its problem
// stays convex. Any such prices prove a bound (Lagrange):
//
//   Σ_i min cost_i(μ, ν) − Σ_t (μ_t L_t + ν_t X_t)
//
// Schedules come from mixing answers: each household's problem is convex, so mixtures of schedules
// are schedules. One household after another moves from its mixture towards its answer to the
// present prices, as far as the augmented Lagrangian falls (optimum/coupled_prices.hpp): Frank and
// Wolfe's method by blocks (Lacoste-Julien et al., ICML 2013) within the method of multipliers.
//
// μ and ν, in yuan/kWh, are the value of one kWh more of transformer capacity in a step.
#pragma once
#include <span>
#include <vector>

#include "base/error.hpp"
#include "base/spread.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

struct CoupledProblem {
  /// All on one time axis; a household without battery has a ceiling equal to its floor.
  std::vector<DispatchProblem> households;
  std::span<const double> import_limits_kwh;  ///< of all together, by step; empty: none
  std::span<const double> export_limits_kwh;
  double gap = 1e-3;      ///< to stop at
  int most_rounds = 200;  ///< of answers of all households
};

struct CoupledHousehold {
  double cost_yuan = 0.0;
  double alone_yuan = 0.0;  ///< what it would pay without the shared limits
  double curtailed_kwh = 0.0;
  StorePath path;
  std::vector<double> grid_kwh;  ///< import − export, by step
};

struct CoupledResult {
  double cost_yuan = 0.0;   ///< of these schedules
  double bound_yuan = 0.0;  ///< no schedules within the limits cost less
  double alone_yuan = 0.0;  ///< without the shared limits
  double scale_yuan = 1.0;  ///< Σ_i (|cost without the store| + |cost with it|): the gap's measure
  std::vector<double> import_price;  ///< μ by step
  std::vector<double> export_price;  ///< ν by step
  std::vector<double> total_kwh;     ///< G by step
  std::vector<CoupledHousehold> households;
  int rounds = 0;
  /// (cost − bound) / max(1 yuan, scale)
  double gap() const;
};

/// Errors: data that make no problem (Fault::bad_input), or limits that no schedules were found to
/// keep (Fault::impossible), with the nearest limit that would do. Where the rounds run out before
/// the gap is reached the result says so by its gap.
Result<CoupledResult> coupled_dispatch(const CoupledProblem& problem,
                                       const Spread& spread = in_turn);

}  // namespace xiaoyuan::optimum
