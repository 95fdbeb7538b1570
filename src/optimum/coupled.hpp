// Households that share limits: the cheapest schedules of all of them together, a lower bound, and
// what more of each limit is worth in every step.
//
//   minimise Σ_i cost_i(u_i)   so that   −X_mt ≤ Σ_i w_mi·g_it ≤ L_mt,   g_it = import_it −
//   export_it
//
// Behind a transformer all weights w are 1, L is its limit of import, X its reverse limit or a
// shared cap of export. A limit of the wires, a voltage say, weighs each household by how much it
// moves it.
//
// With prices μ_mt ≥ 0 of L and ν_mt ≥ 0 of X the households part: each one answers the exact
// kernel (optimum/dispatch.hpp) at buy + p_i and sell + p_i, p_it = Σ_m w_mi (μ_mt − ν_mt). Both
// prices move alike, so its problem stays convex while buy + p_i ≥ 0. Any such prices prove a bound
// (Lagrange):
//
//   Σ_i min cost_i(p_i) − Σ_mt (μ_mt L_mt + ν_mt X_mt)
//
// Schedules come from mixing answers: each household's problem is convex, so mixtures of schedules
// are schedules. One household after another moves from its mixture towards its answer to the
// present prices, as far as the augmented Lagrangian falls (optimum/coupled_prices.hpp): Frank and
// Wolfe's method by blocks (Lacoste-Julien et al., ICML 2013) within the method of multipliers.
//
// μ and ν, in yuan/kWh where weights are 1, are the value of one kWh more of the limit in a step.
#pragma once
#include <span>
#include <vector>

#include "base/error.hpp"
#include "base/spread.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

/// Bounds of a weighted sum of what flows through the meters. They may be below 0: households may
/// have to draw power, or to feed it in.
struct SharedLimit {
  std::span<const double> import_limits_kwh;  ///< L by step; empty: none
  std::span<const double> export_limits_kwh;  ///< X by step; empty: none
  std::vector<double> weights = {};           ///< w by household; empty: 1 each
  double slack = 0.0;  ///< what a step may miss, where that is more than a millionth of what flows
};

/// The weight of a household, and the greatest of all (1 where they are all 0).
double weight_of(const SharedLimit& limit, std::size_t household);
double greatest_weight(const SharedLimit& limit);

struct CoupledProblem {
  /// All on one time axis; a household without battery has a ceiling equal to its floor.
  std::vector<DispatchProblem> households;
  std::vector<SharedLimit> limits;
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

/// What a shared limit comes to, by step.
struct LimitResult {
  std::vector<double> import_price;  ///< μ
  std::vector<double> export_price;  ///< ν
  std::vector<double> total;         ///< Σ_i w_i·g_i
};

struct CoupledResult {
  double cost_yuan = 0.0;   ///< of these schedules
  double bound_yuan = 0.0;  ///< no schedules within the limits cost less
  double alone_yuan = 0.0;  ///< without the shared limits
  double scale_yuan = 1.0;  ///< Σ_i (|cost without the store| + |cost with it|): the gap's measure
  std::vector<LimitResult> limits;  ///< in the order of the problem's
  std::vector<double> total_kwh;    ///< Σ_i g_i by step
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
