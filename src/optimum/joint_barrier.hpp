// The interior-point method of optimum/joint.hpp (Mehrotra's predictor and corrector, SIAM J.
// Optim. 2, 1992) for a program whose columns all have a least and a most.
//
//   minimise c x   so that   A x = b,  x + w = range,  x, w ≥ 0;   z − v = c − Aᵀ y,  z, v ≥ 0
//
// Because every column is bounded, any y has its z and v: the values prove a bound in every round,
// and only A x = b has to be reached. A round solves A Θ Aᵀ Δy = r twice, Θ = 1 / (z/x + v/w)
// (optimum/joint_factor.hpp).
#pragma once
#include "optimum/joint_program.hpp"

namespace xiaoyuan::optimum {

struct JointPoint {
  std::vector<double> columns;  ///< kWh
  RowValues values;
  double missed_kwh = 0.0;  ///< the row that is furthest from holding
  double slack_yuan = 0.0;  ///< what cost and bound are apart while all rows hold
  int rounds = 0;
};

/// The point where the gap falls below `gap` of the cost, or the best after the rounds ran out.
JointPoint solve_barrier(const JointProgram& program, double gap);

}  // namespace xiaoyuan::optimum
