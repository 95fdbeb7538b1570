// What a household's years cost at given sizes, and the line that lies below that cost everywhere.
//
// With λ_t the value of stored energy (optimum/stored_value.hpp) and π_t the value of a kWh on the
// AC side, every dispatch obeys, for any λ and π,
//
//   α · cost + β · quantity ≥ Σ_t [ π_t ℓ_t − π_t⁺ p_t − (κ_t⁺ + κ_t⁻) K h − (sell − π_t)⁺ X ]
//                             + E · Σ_t min(δ_t c, δ_t C)
//   κ⁺ = ((λ − wear) η_c − π)⁺,  κ⁻ = (π − (λ + wear) / η_d)⁺,  δ_t = λ_{t−1} − (1 − σ) λ_t
//
// ℓ load, p = Σ_i P_i · shape_i, K kW, h hours of a step, X and I limits of export and import, c
// and C the shares of the capacity E at which the store is empty and full, R the reserve; sell and
// buy are α times the prices, buy with β times the quantity's weight and the tier's addition μ on
// top. With max(c E, R) ≥ the larger of the two here, the right side is linear in the sizes: a cut.
// With the λ of the optimum and the best π_t of each step it touches the cost at the sizes where it
// was found; elsewhere, and with inexact λ, it is still below.
//
// Where the grid pays more than it asks (sell > buy) a step's cost is concave in what flows, so
// that
//
//   φ_t(P, K) = min over w in {−K h, 0, K h} of [ min(buy g, sell g) + wear |u| − λ_t u ],  g = ℓ −
//   p + w
//
// is what it adds at the least, and concave in the sizes: over a box of sizes a plane that lies
// below it at the box's corners lies below it everywhere (fitted()). The smaller the box the
// closer.
//
// Sizes that leave load unmet within the import limit give a cut too: what is unmet, kWh, is the
// least cost of a year in which the limit's energy is free and every kWh beyond it costs 1. It is
// convex in the sizes; its cut must not lie above 0.
#pragma once
#include <vector>

#include "optimum/sizing.hpp"

namespace xiaoyuan::optimum {

/// P by roof, then E, then K.
using Sizes = std::vector<double>;

/// The objective of a dispatch: share · yuan + price · quantity.
struct Blend {
  double cost_share = 1.0;
  double quantity_price = 0.0;
};

/// share · cost + price · quantity ≥ constant + slopes · sizes; with a blend of nothing: what the
/// sizes leave unmet, which must be 0.
struct Cut {
  /// The steps of a year that are not convex, for φ.
  struct BentYear {
    YearShare share;
    std::vector<std::uint32_t> steps;
    std::vector<double> buy;           ///< by such step, with the tier's addition
    std::vector<double> stored_value;  ///< the same
  };
  Blend blend;
  double constant = 0.0;
  std::vector<double> slopes;
  std::vector<BentYear> bent;  ///< empty where all is convex
  double at(const Sizes& sizes) const;
};

/// What the representative years come to together, weighted.
struct Weighed {
  double cost_yuan = 0.0;
  double quantity = 0.0;
  bool is_feasible = true;  ///< the limits can be kept
};

/// Which quantity is counted beside the cost.
enum class Quantity { none, import_kwh, carbon_kg };

class SizedYears {
 public:
  SizedYears(const SizingProblem& problem, Quantity quantity);

  /// The best dispatch at `sizes`, and its cut. For a store smaller than least_kwh() the schedule
  /// and λ are those of one of least_kwh() with the same power by capacity; the cut touches at
  /// none.
  Weighed dispatch(const Sizes& sizes, const Blend& blend, Cut& cut);
  /// The cut as a plane below it for all sizes between `low` and `high`.
  Cut fitted(const Cut& cut, const Sizes& low, const Sizes& high) const;
  /// Nothing is stored: where that breaks a limit, as if there were none.
  Weighed without_store(const Sizes& sizes);
  /// The schedule of the first representative year in the last dispatch.
  const DispatchResult& first_year() const { return first_; }
  /// Puts the flows of a schedule of the first representative year into `result`.
  void describe(const Sizes& sizes, const Blend& blend, SizingResult& result);
  /// Cost and quantity of given schedules, one for each representative year.
  Weighed weigh(const Sizes& sizes, const Blend& blend, const std::vector<StorePath>& paths);
  /// The schedules of the last dispatch.
  const std::vector<StorePath>& paths() const { return paths_; }

  /// Does a step of the year bend the wrong way: is buying paid for, or selling more than it costs?
  bool has_bent_steps() const { return has_bent_steps_; }
  int dispatches() const { return dispatches_; }
  double weight() const { return weight_; }
  std::size_t size() const { return problem_.load_kwh.size(); }
  double least_kwh() const { return least_kwh_; }
  /// The most power that a kWh of capacity can use.
  double useful_kw_per_kwh() const;
  /// The least capacity that holds the reserve in every year.
  double needed_kwh() const;
  /// The least power that keeps the reserve against the standing loss.
  double needed_kw() const;
  /// The least power that a kWh of capacity needs to stay above its floor.
  double needed_kw_per_kwh() const;

 private:
  void lay(const Sizes& sizes, const YearShare& share, const Blend& blend);
  enum class Line { cost, unmet };
  void add_cut(double battery_kw, const YearShare& share, Cut& cut, Line line);
  void add_roofs(const YearShare& share, Cut& cut) const;
  double fixed_part(std::size_t step, Line line) const;
  void lay_unmet(const Sizes& sizes, const YearShare& share);
  bool keeps_limits(const StorePath& path) const;
  void value_energy(double battery_kw);
  bool is_bent(std::size_t step, Line line) const {
    return line == Line::cost && dispatch_.year.sell[step] > buying(step);
  }
  double bent_cost(const Cut::BentYear& year, const Sizes& sizes) const;
  double plain_value(std::size_t step, double buy, double power_kwh) const;
  double buying(std::size_t step) const;  ///< with the tier's addition
  double limited_value(std::size_t step, double buy, double power_kwh) const;
  Weighed weigh(const StorePath& path) const;

  const SizingProblem& problem_;
  Quantity quantity_;
  double weight_ = 0.0;
  double least_kwh_ = 0.0;
  bool has_bent_steps_ = false;
  bool is_plain_ = true;  ///< no limit can bind and nothing is paid for export
  Optimiser optimiser_;
  DispatchProblem dispatch_;
  DispatchResult result_;
  DispatchResult first_;
  std::vector<StorePath> paths_;
  std::vector<double> pv_kwh_;
  std::vector<double> buy_;
  std::vector<double> sell_;
  std::vector<double> values_;    ///< π, by step
  std::vector<double> free_kwh_;  ///< PV and what may be imported, where what is unmet is sought
  std::vector<double> ones_;
  std::vector<double> zeros_;
  int dispatches_ = 0;
};

}  // namespace xiaoyuan::optimum
