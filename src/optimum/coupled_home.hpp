// One household among those that share limits: its answer to prices, and the mixture of its
// answers.
//
// Two schedules may be mixed in other shares after a moment at which both hold the same energy:
// from there on the one is as good a continuation as the other. Stores are empty or full most days,
// so a year falls into some hundreds of stretches, and each is mixed for itself. Without a store
// every step is a stretch of its own.
#pragma once
#include <span>
#include <vector>

#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

/// A schedule seen from the meter.
struct Schedule {
  std::vector<double> stored_kwh;  ///< before each step, and at the end; empty without a store
  std::vector<double> grid_kwh;    ///< import − export, by step
};

/// Steps [begin, end) between two moments of equal energy; beyond the year's end they go on at its
/// beginning.
struct Stretch {
  std::size_t begin;
  std::size_t end;
  double cost_change;  ///< what the answer costs more than the mixture, at the household's prices
};

/// The cheapest schedule at given prices of the shared limits.
struct Answer {
  Schedule schedule;
  std::vector<Stretch> stretches;
  double cost_yuan = 0.0;     ///< at the household's own prices
  double priced_yuan = 0.0;   ///< proved: with the shared prices no schedule costs less
  double without_yuan = 0.0;  ///< at the household's own prices; NaN where it may not be
};

/// Answers in the same memory.
class AnswerMaker {
 public:
  /// `prices` (p by step) are added to what the household pays and gets. A household that bears no
  /// burning is asked −buy at least.
  Result<void> answer(const DispatchProblem& household, std::span<const double> prices,
                      Answer& answer);

 private:
  void answer_without_store(const DispatchProblem& household, Answer& answer) const;

  Optimiser optimiser_;
  DispatchResult result_;
  DispatchProblem priced_;
  std::vector<double> buy_;
  std::vector<double> sell_;
};

bool has_store(const DispatchProblem& household);
/// With a store, or tiers, a negative price of buying has no convex answer: power would be burnt.
/// Without them it is PV curtailed that could have met the household's own use.
bool bears_no_burning(const DispatchProblem& household);
/// u by step.
std::vector<double> changes_of(const DispatchProblem& household, const Schedule& schedule);
/// Energy, wear and tiers at the household's own prices.
double cost_of(const DispatchProblem& household, const Schedule& schedule);
/// The stretches in which `answer` may be mixed into `mixture`.
void find_stretches(const DispatchProblem& household, const Schedule& mixture, Answer& answer);
/// Moves a stretch of the mixture by `share` towards the answer.
void blend(Schedule& mixture, const Schedule& answer, const Stretch& stretch, double share);

}  // namespace xiaoyuan::optimum
