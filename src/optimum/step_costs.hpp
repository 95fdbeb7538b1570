// The cost of every step as a convex piecewise-linear curve in the change u of stored energy:
//
//   f_t(u) = min over PV used of  buy·max(g,0) − sell·max(−g,0) + wear·|u|
//
// With 0 ≤ sell ≤ buy, or sell < 0 ≤ buy, f_t is convex with at most four pieces, and all steps
// with the same two prices share their slopes. Elsewhere f_t has corners that bend the wrong way;
// its curve here is then the lower convex hull (a bound), over the part of the domain that a branch
// has left (optimum/branching.hpp).
//
// The slopes are numbered by rank, so that whoever sorts pieces sorts small whole numbers.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "optimum/store_year.hpp"

namespace xiaoyuan::optimum {

constexpr std::size_t most_pieces = 16;
constexpr std::size_t most_corners = most_pieces + 1;

/// A straight part of a curve: `value` is its slope (yuan for a kWh more in the store).
struct Piece {
  double value;
  double length_kwh;
  std::uint32_t rank;
};

/// From the right: u at its largest, then the pieces by falling slope.
struct Curve {
  double most_kwh = 0.0;
  std::size_t count = 0;
  std::array<Piece, most_pieces> pieces;
  double least_kwh() const;
};

/// The corners of a hull between which a change lies; the same one twice where it lies on one.
struct HullPart {
  double left_kwh;
  double right_kwh;
};

class StepCosts {
 public:
  StepCosts() = default;
  explicit StepCosts(const StoreYear& year) { reset(year); }
  /// Begins anew with another year, in the same memory; price() comes next.
  void reset(const StoreYear& year);

  /// Numbers the slopes when every import costs the addition of its period more; `period_of_step`
  /// empty: one period. To be called before curve().
  void price(std::span<const double> additions, std::span<const std::uint16_t> period_of_step);
  /// Every kWh sold earns `yuan` less from now on; price() counts it in.
  void lower_sell(double yuan);
  /// The change of a step that is not convex is held within [least, most], and its meter on a side,
  /// from now on; price() counts it in.
  void restrict_step(std::size_t step, double least_kwh, double most_kwh,
                     MeterSide side = MeterSide::any);
  void lift_restrictions() {
    restrictions_.clear();
    held_.clear();
  }
  /// Is the step held by a restriction?
  bool is_held(std::size_t step) const { return !held_.empty() && held_[step] != 0; }

  const StoreYear& year() const { return year_; }
  double addition(std::size_t step) const { return kinds_[kind_of_step_[step]].addition; }
  /// The slopes by rank, rising.
  std::span<const double> values() const { return values_; }
  /// What flows at a change where the curve says so: between two corners of a hull, a mixture of
  /// theirs.
  StepFlow flow(std::size_t step, double change_kwh) const;
  /// Of a step that is not convex.
  HullPart hull_part(std::size_t step, double change_kwh) const;
  bool is_bent(std::size_t step) const { return kinds_[kind_of_step_[step]].bent >= 0; }
  /// The steps whose true cost is not convex, and those that are held.
  const std::vector<std::size_t>& bent_steps() const { return bent_steps_; }
  /// Is 0 ≤ sell ≤ buy in every step?
  bool is_ordinary() const { return bent_steps_.empty() && !pays_for_export_; }
  /// False when the limits leave the step nothing to do.
  bool curve(std::size_t step, Curve& curve) const;
  /// Is the change within what the step's curve spans?
  bool holds(std::size_t step, double change_kwh) const;
  /// What the curve says at a change, yuan (the hull's value where the step is bent).
  double cost(std::size_t step, double change_kwh) const;

 private:
  struct Kind {
    double buy;  ///< with the addition
    double sell;
    double addition;
    std::array<double, 6> slopes;  ///< by region of the meter and direction of the store
    std::array<std::uint32_t, 6> ranks;
    std::int64_t bent;  ///< which of hulls_, or −1
  };
  struct Restriction {
    std::size_t step;
    double least_kwh;
    double most_kwh;
    MeterSide side;
    std::uint32_t before;  ///< the step's restriction before this one, counted from 1; 0: none
  };
  /// The hull of a step that is not convex, from the right as its curve, with what lies at every
  /// corner: one more than pieces.
  struct Hull {
    Curve curve;
    std::array<double, most_corners> grids_kwh;
    double most_cost;
  };
  void number_slopes();
  std::uint32_t rank_of(double value) const;
  bool plain_curve(const Kind& kind, std::size_t step, Curve& curve) const;
  Hull hull(std::size_t step, const Kind& kind) const;

  StoreYear year_;
  std::span<const double> full_sell_;  ///< before it is lowered
  std::vector<double> lowered_sell_;
  bool is_plain_ = true;     ///< no limit by step
  double charge_kwh_ = 0.0;  ///< AC side, of the constants
  double discharge_kwh_ = 0.0;
  bool pays_for_export_ = false;  ///< in some step
  double drawn_ = 1.0;            ///< stored energy for a kWh on the AC side
  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> kind_of_step_;
  std::vector<double> values_;
  std::vector<Hull> hulls_;
  std::vector<std::size_t> bent_steps_;
  std::vector<Restriction> restrictions_;
  /// By step its last restriction, counted from 1; empty without restrictions.
  std::vector<std::uint32_t> held_;
};

/// Where the cost of a bent step may turn, within its domain: ascending changes of stored energy.
struct Corners {
  std::size_t count = 0;
  std::array<double, most_corners> changes_kwh;
  const double* begin() const { return changes_kwh.data(); }
  const double* end() const { return changes_kwh.data() + count; }
};
Corners corners(const StoreYear& year, std::size_t step, double addition);

}  // namespace xiaoyuan::optimum
