// The prices of shared limits, as they follow from the total that flows.
//
// With multipliers y and a stiffness ρ the price of a limit at a total G is
//
//   μ(G) = min(cap, max(0, y + ρ (G − L))),
//
// the slope of the augmented Lagrangian's penalty (Hestenes, Powell; with a cap: the penalty stays
// linear from there on). Reverse prices are capped where it is cheaper to curtail PV, and below any
// price of buying, so that no household is paid for burning power.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "optimum/coupled_home.hpp"
#include "optimum/coupled_repair.hpp"

namespace xiaoyuan::optimum {

/// One of the two limits of a total: of import, or (with the total's sign turned) of export.
struct LimitSide {
  std::vector<double> limits_kwh;  ///< by step
  std::vector<double> aims_kwh;    ///< the limit, less what was missed before
  std::vector<double> prices;      ///< y
  std::vector<double> caps;
};

class CoupledPrices {
 public:
  LimitSide import_side;
  LimitSide export_side;
  double stiffness = 0.0;  ///< ρ, yuan/kWh²
  std::vector<double> total_kwh;

  /// Steps whose limits have been met so far: elsewhere prices are zero.
  const std::vector<std::uint32_t>& active() const { return active_; }
  /// Takes in the steps where the total lies beyond an aim.
  void refresh_active();
  double import_price(std::size_t step, double total) const;
  double export_price(std::size_t step, double total) const;
  /// μ − ν at the present total, for the active steps; others are left alone. Rounded to `quantum`,
  /// because few prices are sorted faster than many.
  void write_prices(std::span<double> prices, double quantum) const;
  /// μ − ν of y itself.
  void write_multipliers(std::span<double> prices) const;
  /// Σ_t y_t · limit_t
  double limits_cost() const;
  /// How far towards `answer` a household does best to move in a stretch, from 0 to 1, and moves
  /// the total.
  double move(std::span<const double> now_kwh, std::span<const double> answer_kwh,
              const Stretch& stretch);
  /// y ← the prices at the present total.
  void take_prices();
  /// A step missed its limits: aims lower there, by more than what was missed, and by a share of
  /// the limit.
  void tighten(const Missed& missed, double margin);
  /// Raises aims a little where the total leaves room below the limit, up to a share below it.
  void relax(double margin);

 private:
  struct Way {
    std::uint32_t step;
    double change_kwh;
  };
  double slope(double share, double cost_change) const;

  std::vector<std::uint32_t> active_;
  std::vector<std::uint8_t> is_active_;
  std::vector<Way> way_;
};

}  // namespace xiaoyuan::optimum
