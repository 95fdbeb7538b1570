// Who is curtailed: rules that share a reverse limit among households, beside the least cost.
//
// Under a rule a household may export up to e_t · w_it in a step. The level e_t is the highest at
// which all together keep the limit (filled like water); the weights w are the rule:
//
//   equal power: 1          equal share: the household's rating       pro rata: its PV of the step
//
// Every household runs its store as is best for it under its own limit, and the level follows what
// they then want to export, a few times over; at the end it is filled once more for the stores as
// they run, so that the limit is kept exactly. Where stores then export more than curtailing PV
// makes up for, one more round holds every household to its part. Limits of import keep their
// prices (optimum/coupled).
#pragma once
#include "optimum/coupled.hpp"

namespace xiaoyuan::optimum {

enum class Rule { equal_power, equal_share, pro_rata };

struct FairResult {
  double cost_yuan = 0.0;
  std::vector<double> level;      ///< e by step; infinite where nobody is limited
  std::vector<double> total_kwh;  ///< G by step
  std::vector<CoupledHousehold> households;
};

/// The problem has one limit, of all together. `ratings_kw` by household, for Rule::equal_share
/// only. What a rule costs more than coupled_dispatch is the price of fairness. Errors as there.
Result<FairResult> fair_dispatch(const CoupledProblem& problem, Rule rule,
                                 std::span<const double> ratings_kw = {},
                                 const Spread& spread = in_turn);

}  // namespace xiaoyuan::optimum
