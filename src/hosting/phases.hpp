// Which phase each single-phase house is to be on, so that an area bears the most PV.
//
// What counts is the hosting capacity. It is found on a few moments of the year and then held
// against the whole year; a moment that the year adds joins them, until both agree. On the moments
// a local search (one house moves, two change places, a few are thrown) lowers the most used share
// of any limit a little above the present capacity, and goes on there as the capacity grows. Small
// areas are enumerated: what the moments allow is an upper bound of what the year does, so the best
// assignment is proved when the year bears as much as the moments did.
#pragma once
#include "hosting/capacity.hpp"
#include "hosting/phase_trials.hpp"

namespace xiaoyuan::hosting {

/// A house that an electrician moves to another phase.
struct Move {
  std::size_t house = 0;
  wires::Phases from = wires::Phases::a;
  wires::Phases to = wires::Phases::a;
};

void move_houses(VillageYear& village, const std::vector<Move>& moves);

/// What so many moves bring, on the moments.
struct FewMoves {
  std::vector<Move> moves;
  double capacity_kw = 0.0;
};

struct PhaseQuestion {
  std::size_t transformer = 0;            ///< whose area
  Capacity today;                         ///< what it bears as it is
  std::vector<std::size_t> moments;       ///< steps that may bind
  std::function<Added(double kw)> added;  ///< how PV is spread over its houses
  double least_kw = 0.0;  ///< below 0 where the area breaks a limit today: with less PV than it has
  double most_kw = 0.0;   ///< where roofs are full, or the search ends
  double tolerance_kw = 0.1;
  /// What the area bears over the whole year when houses move.
  std::function<Result<Capacity>(const std::vector<Move>&)> capacity_of;
  /// The steps that break a limit when houses move and so many kW are added, the hardest first.
  std::function<Result<std::vector<std::size_t>>(const std::vector<Move>&, double kw)> broken_steps;
  std::uint64_t seed = 1;
  std::size_t starts = 4;
  std::size_t most_enumerated = 6561;  ///< assignments: eight houses
  std::size_t most_solved = 1200;      ///< power flows of a start, eight side by side
};

struct PhaseAnswer {
  std::vector<Move> moves;    ///< from today's assignment to the best
  Capacity capacity;          ///< over the whole year
  bool is_proved = false;     ///< no other assignment bears more (by the tolerance)
  std::size_t looked_at = 0;  ///< assignments, where they were enumerated
  std::vector<FewMoves> few;  ///< by number of moves, from 1; the last reaches 95 % of the gain
};

Result<PhaseAnswer> best_phases(const VillageYear& village, const PhaseQuestion& question,
                                const Spread& spread = in_turn);

}  // namespace xiaoyuan::hosting
