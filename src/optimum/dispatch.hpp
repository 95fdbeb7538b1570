// The exact optimum of one store over a year: the cheapest schedule, a lower bound, and their gap.
//
//   minimise Σ_t [ buy_t·import_t − sell_t·export_t + wear·|u_t| ]
//            + Σ_p A(Σ_{t in p} import_t) − β·max(0, Σ_t export_t − cap)
//
// A is what the tiers add to the import of a period p (the year, or each month): convex and
// piecewise linear, because additions rise. β is what a kWh sold beyond the year's cap earns more
// (below 0: less). Multipliers make it a problem of single steps: μ_p for each period's import and
// ν for what is sold (optimum/tiered_year.hpp), λ for "the year ends as it began"
// (optimum/cycle.hpp). Where the optimum lies between schedules it is a convex combination of them,
// which is feasible because the problem is a linear program. See docs/adr/0005.
//
// With β > 0 (a mechanism price below the market's) income is convex, the problem is not. But
// income is then the larger of two linear ones, β·max(0, E − cap) = max(0, β·E − β·cap), so the
// least cost is the lesser of two problems without a cap: every kWh sold at `sell`, or every kWh at
// sell + β with β·cap paid once. Both are solved, each with its bound.
#pragma once
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "optimum/store_year.hpp"
#include "optimum/tier_master.hpp"

namespace xiaoyuan::optimum {

enum class YearEnd {
  cyclic,     ///< ends as it began; the start is free
  not_below,  ///< begins at start_kwh and ends no lower than end_kwh
  equal,      ///< begins at start_kwh and ends at end_kwh
  free        ///< begins at start_kwh, ends anywhere
};

struct DispatchProblem {
  StoreYear year;
  YearEnd end = YearEnd::cyclic;
  double start_kwh = 0.0;                   ///< not for cyclic
  double end_kwh = -1.0;                    ///< below 0: the start
  std::vector<double> tier_limits_kwh;      ///< rising; none without tiers
  std::vector<double> tier_additions_yuan;  ///< one more than limits, the first 0, rising
  /// Which tier period a step belongs to, counted from 0 (months); empty: all are one.
  std::vector<std::uint16_t> tier_period_of_step;
  /// What may be sold at `sell` in the year; every kWh beyond earns `beyond_yuan` more (below 0:
  /// less): a mechanism quantity (Document 136) over its ratio, and market less mechanism.
  double export_cap_kwh = std::numeric_limits<double>::infinity();
  double export_beyond_yuan = 0.0;

  bool has_export_cap() const {
    return export_cap_kwh < std::numeric_limits<double>::infinity() && export_beyond_yuan != 0.0;
  }
};

/// How sure the schedule is.
enum class Proof {
  exact,     ///< every step is convex: cost and bound agree
  branched,  ///< steps that are not convex were tried both ways until cost and bound agreed
  cases,     ///< the cap on what is sold reached or not: both were solved, and the lesser is this
  bounded    ///< too many steps that are not convex: the gap says how far off it can be
};

/// The side of the cap that a result was solved for, where both had to be.
enum class CapCase { none, within, beyond };

/// The side that costs more, with what proves it.
struct OtherCase {
  CapCase side = CapCase::none;
  double cost_yuan = 0.0;  ///< of its own schedule, as it is billed
  std::vector<double> stored_value;
  std::vector<double> tier_additions;
};

struct DispatchResult {
  double cost_yuan = 0.0;     ///< of this schedule, wear and tiers included
  double bound_yuan = 0.0;    ///< no schedule costs less
  double without_yuan = 0.0;  ///< with the store left alone; NaN where it may not be
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  StorePath path;
  /// Energy through the meter by step, import positive; empty where flow_of tells it: not with
  /// tiers or a cap beside steps that are not convex, nor where a kWh beyond the cap earns more, or
  /// costs.
  std::vector<double> grid_kwh;
  std::vector<double> stored_value;    ///< λ: yuan for a kWh in the store at the end of the step
  std::vector<double> tier_additions;  ///< μ by period; empty without tiers
  double export_fall_yuan = 0.0;       ///< ν: what the cap takes from the last kWh sold
  CapCase cap_case = CapCase::none;
  OtherCase other_case;
  Proof proof = Proof::exact;
  std::vector<std::size_t> bent_steps;  ///< where buying earns or the grid pays more than it asks
  /// (cost − bound) / max(1 yuan, |cost without the store| + |cost with it|)
  double gap() const;
};

/// What flows in a step of a result.
StepFlow flow_in(const DispatchProblem& problem, const DispatchResult& result, std::size_t step);

/// Solves one problem after another in the same memory.
class Optimiser {
 public:
  Optimiser();
  ~Optimiser();
  Optimiser(Optimiser&&) noexcept;
  Optimiser& operator=(Optimiser&&) noexcept;
  /// Fills `result`, whose memory is used again. Errors: data that make no problem
  /// (Fault::bad_input, all of them), or limits that leave no way through the year
  /// (Fault::impossible), with the nearest figure that would do.
  Result<void> solve(const DispatchProblem& problem, DispatchResult& result);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

Result<DispatchResult> optimal_dispatch(const DispatchProblem& problem);

}  // namespace xiaoyuan::optimum
