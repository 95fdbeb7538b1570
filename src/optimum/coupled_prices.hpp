// The prices of shared limits, as they follow from the totals that flow.
//
// With multipliers y and a stiffness ρ the price of a limit at a total G is
//
//   μ(G) = min(cap, max(0, y + ρ (G − L))),
//
// the slope of the augmented Lagrangian's penalty (Hestenes, Powell; with a cap: the penalty stays
// linear from there on). Reverse prices of a limit that weighs all alike are capped where it is
// cheaper to curtail PV, and below any price of buying, so that no household is paid for burning
// power; where weights differ, multipliers that would pay a store for that are shrunk before they
// prove a bound.
//
// A limit is kept here in units of its greatest weight: weights are 1 at most.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "optimum/coupled_home.hpp"
#include "optimum/coupled_repair.hpp"

namespace xiaoyuan::optimum {

/// One of the two sides of a limit: of import, or (with the total's sign turned) of export.
struct LimitSide {
  std::vector<double> limits_kwh;   ///< by step
  std::vector<double> highest_kwh;  ///< of the aims
  std::vector<double> aims_kwh;     ///< the limit, less what was missed before
  std::vector<double> sizes_kwh;    ///< what shares of the limit are taken of
  std::vector<double> prices;       ///< y
  std::vector<double> caps;
};

/// A limit with its total and its prices.
struct PricedLimit {
  LimitSide import_side;
  LimitSide export_side;
  double unit = 1.0;            ///< its greatest weight
  std::vector<double> weights;  ///< by household, in that unit
  double stiffness = 0.0;       ///< ρ, yuan/kWh²
  double most_stiffness = 0.0;
  std::vector<double> total_kwh;
  /// Steps whose limits have been met so far: elsewhere prices are zero.
  std::vector<std::uint32_t> active;
  std::vector<std::uint8_t> is_active;
  std::vector<double> price_now;  ///< μ − ν at the total, or of y; for active steps

  double import_price(std::size_t step, double total) const;
  double export_price(std::size_t step, double total) const;
  double price(std::size_t step, double total) const {
    return import_price(step, total) - export_price(step, total);
  }
};

class CoupledPrices {
 public:
  std::vector<PricedLimit> limits;

  /// Does every limit weigh all households alike?
  bool is_uniform() const;
  /// Takes in the steps where a total lies beyond an aim.
  void refresh_active();
  /// Prices from here on are those at the present totals.
  void follow_totals();
  /// Prices from here on are y, shrunk in steps where a household of `stores` would be paid for
  /// burning power.
  void hold_multipliers(const std::vector<DispatchProblem>& households,
                        const std::vector<std::size_t>& stores);
  /// A household's p, for the active steps; others are left alone. Rounded to `quantum` towards 0
  /// where that is above 0, because few prices are sorted faster than many.
  void write_prices(std::size_t household, double quantum, std::span<double> prices) const;
  /// Σ y · limit, of the multipliers that were held last.
  double limits_cost() const;
  /// The multipliers that were held last, in the limit's own units.
  LimitResult held(std::size_t limit) const;
  /// How far towards `answer` a household does best to move in a stretch, from 0 to 1, and moves
  /// the totals.
  double move(std::size_t household, std::span<const double> now_kwh,
              std::span<const double> answer_kwh, const Stretch& stretch);
  /// y ← the prices at the present totals.
  void take_prices();
  /// A step missed a limit: its aim lowers there, by more than what was missed, and by a share of
  /// the limit.
  void tighten(const Missed& missed, double margin);
  /// Raises aims a little where the total leaves room below the limit.
  void relax();

 private:
  struct Way {
    const PricedLimit* limit;
    std::uint32_t step;
    double change_kwh;
  };
  double slope(double share, double cost_change) const;

  std::vector<double> shrinking_;  ///< of the multipliers that were held last, by step
  std::vector<Way> way_;
};

}  // namespace xiaoyuan::optimum
