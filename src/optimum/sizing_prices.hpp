// What a size costs to buy: linear, in tiers that rise or fall, with or without a cost of entry.
//
//   capex(x)  = entry·[x > 0] + ∫₀ˣ price(z) dz
//   outlay(x) = counted · capex(x) + upkeep · x
//
// Rising tiers are convex. Falling tiers and an entry are not: over a part [low, high] of the sizes
// the lower convex hull of capex is a bound, and it is exact at its corners; a search that splits
// the sizes at corners (optimum/sizing_search.hpp) therefore ends.
#pragma once
#include <vector>

namespace xiaoyuan::optimum {

/// The price of a unit (kWp, kWh, kW) up to a size.
struct PricePiece {
  double up_to = 0.0;
  double yuan_per_unit = 0.0;
};

struct Purchase {
  std::vector<PricePiece> pieces;  ///< rising sizes; the last piece goes on for ever
  double entry_yuan = 0.0;         ///< as soon as anything is bought
  double counted = 1.0;            ///< yuan of the objective for a yuan of capex: an annuity, say
  double upkeep_yuan = 0.0;        ///< of the objective, for a unit
};

/// From this size on something counts as bought.
constexpr double least_bought = 1e-6;

double capex_of(const Purchase& purchase, double size);
double outlay_of(const Purchase& purchase, double size);
/// What the next unit adds to the outlay.
double outlay_slope(const Purchase& purchase, double size);

struct PricePoint {
  double size = 0.0;
  double capex_yuan = 0.0;
};
/// The corners of the lower convex hull of capex over [low, high]: one when they are the same.
std::vector<PricePoint> capex_hull(const Purchase& purchase, double low, double high);
double hull_at(const std::vector<PricePoint>& hull, double size);
/// The corner of capex inside (low, high) that lies highest above the hull; `low` where none does.
double corner_above(const Purchase& purchase, const std::vector<PricePoint>& hull);

/// One price for any size.
Purchase priced(double yuan_per_unit, double counted = 1.0, double upkeep_yuan = 0.0);

}  // namespace xiaoyuan::optimum
