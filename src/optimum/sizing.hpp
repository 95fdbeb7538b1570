// The best sizes of PV and battery for a household-year on the exact dispatch, with a proved gap.
//
//   minimise   Σ_k w_k D(a_k P, b_k E, K) + Σ_i outlay_i(P_i) + outlay_E(E) + outlay_K(K)
//   subject to 0 ≤ P_i ≤ room_i,  0 ≤ K ≤ r E,  Σ capex ≤ budget,  Σ_k w_k Q_k ≤ limit · Σ_k w_k,
//              and, in every year, the limits of import and export and the reserve
//
// P_i kWp on roof i, E kWh, K kW; D the least cost of a cyclic year (optimum/dispatch.hpp), k the
// representative years with weights w_k, module share a_k and capacity share b_k of the new plant
// (optimum/sizing_life.hpp); Q import, kWh, or its carbon, kg. D is jointly convex in the sizes
// where sell ≤ buy and 0 ≤ buy, and the multipliers of a dispatch give a line below D everywhere
// (optimum/sizing_year.hpp): cutting planes find the optimum and prove it. Falling prices, sizes of
// a catalogue and whole modules are searched with the convex problem as bound
// (optimum/sizing_search.hpp). Where sell > buy or buy < 0 in some steps the gap that is left is
// told.
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "optimum/dispatch.hpp"
#include "optimum/sizing_prices.hpp"

namespace xiaoyuan::optimum {

constexpr double no_limit = std::numeric_limits<double>::infinity();

struct RoofPlane {
  std::string name;
  std::span<const double> kwh_per_kwp;  ///< by step, of new modules
  double room_kwp = 0.0;
  double module_kwp = 0.0;  ///< above 0: whole modules only
  Purchase purchase;        ///< of kWp
};

/// A battery that is sold as it is.
struct Product {
  double kwh = 0.0;
  double kw = 0.0;  ///< 0: any power, at the price of power
  /// Where none is given, by the prices of kWh and kW.
  std::optional<double> capex_yuan;
};

struct BatteryChoice {
  double most_kwh = 0.0;
  double most_kw = no_limit;
  double most_kw_per_kwh = no_limit;
  double floor_share = 0.0;    ///< of the capacity
  double ceiling_share = 1.0;  ///< of the capacity
  double charge_efficiency = 1.0;
  double discharge_efficiency = 1.0;
  double standing_loss_per_hour = 0.0;
  double wear_yuan_per_kwh = 0.0;
  Purchase energy;                 ///< of kWh
  Purchase power;                  ///< of kW
  std::vector<Product> catalogue;  ///< when not empty: one of these or none
};

/// A year that stands for `weight` years of the plant's life.
struct YearShare {
  double weight = 1.0;
  double pv_share = 1.0;        ///< of the new modules' output
  double capacity_share = 1.0;  ///< of the new battery's capacity
};

enum class SizingAim {
  cheapest,
  least_import,  ///< the largest self-sufficiency, then the cheapest of those
  least_carbon   ///< the least carbon of what is bought, then the cheapest of those
};

struct SizingProblem {
  std::span<const double> load_kwh;
  std::span<const double> buy;
  std::span<const double> sell;
  double step_hours = 1.0;
  double export_limit_kwh = 1e9;
  double import_limit_kwh = 1e9;
  std::span<const double> export_limits_kwh;  ///< by step, beside the constant: the stricter holds
  std::span<const double> import_limits_kwh;
  double reserve_kwh = 0.0;  ///< always stored, for an outage: a battery that holds it is needed
  std::vector<double> tier_limits_kwh;
  std::vector<double> tier_additions_yuan;
  std::vector<std::uint16_t> tier_period_of_step;
  std::vector<RoofPlane> roofs;
  BatteryChoice battery;
  std::vector<YearShare> years{{}};
  SizingAim aim = SizingAim::cheapest;
  std::span<const double> carbon_kg_per_kwh;  ///< of import, by step; for least_carbon
  double budget_yuan = no_limit;
  double most_quantity = no_limit;  ///< import, kWh, or carbon, kg, of a mean year
  double gap = 1e-4;                ///< to be proved
};

/// How the sizes were proved.
enum class SizingProof {
  cuts,      ///< all is convex: cutting planes
  searched,  ///< falling prices, an entry, a catalogue or whole modules: searched, cuts as bound
  bounded    ///< steps that are not convex: searched in parts, and the gap is what is left
};

/// What one more unit is worth, and the price at which the answer would change.
struct SizeWorth {
  double size = 0.0;
  double worth_yuan = 0.0;  ///< what the dispatch saves with one more unit, in the objective
  double price_yuan = 0.0;  ///< what one more unit costs in the objective
  /// Where the size is none or all that there is room for: the capex of a unit at which that
  /// changes, the other sizes as they are.
  std::optional<double> changes_at_yuan;
};

struct SizingResult {
  std::vector<SizeWorth> roofs;
  SizeWorth battery;                   ///< kWh
  SizeWorth power;                     ///< kW
  std::optional<std::size_t> product;  ///< of the catalogue
  double total_yuan = 0.0;             ///< the objective
  double bound_yuan = 0.0;             ///< no sizes cost less
  double energy_yuan = 0.0;            ///< the dispatch's part of the total
  double capex_yuan = 0.0;
  double without_yuan = 0.0;  ///< the total when nothing is built; NaN where the limits forbid it
  double quantity = 0.0;      ///< import, kWh, or carbon, kg, of a mean year
  double without_quantity = 0.0;
  double least_quantity = 0.0;  ///< no sizes within the budget have less; NaN for cheapest
  double import_kwh = 0.0;      ///< of the first representative year, as all below
  double export_kwh = 0.0;
  double curtailed_kwh = 0.0;
  double pv_kwh = 0.0;
  double load_kwh = 0.0;
  StorePath path;
  std::vector<double> stored_value;
  int dispatches = 0;  ///< how many were solved
  SizingProof proof = SizingProof::cuts;
  std::size_t bent_steps = 0;  ///< where buying earns or the grid pays more than it asks
  /// (total − bound) / max(1 yuan, |total without anything| + |total|)
  double gap() const;
  /// The same of the quantity, for the aims that minimise it.
  double quantity_gap() const;
  double self_sufficiency() const { return load_kwh > 0.0 ? 1.0 - import_kwh / load_kwh : 1.0; }
};

/// Errors: data that make no problem, with what is allowed; a limit that no sizes reach, with the
/// nearest that they do.
Result<SizingResult> best_sizes(const SizingProblem& problem);

/// Cost against self-sufficiency (or carbon): from the cheapest to the least quantity, in `points`
/// equal steps of the quantity, each the cheapest at its quantity with its own gap.
Result<std::vector<SizingResult>> sizing_front(const SizingProblem& problem, std::size_t points);

}  // namespace xiaoyuan::optimum
