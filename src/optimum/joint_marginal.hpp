// What one unit more of anything would save in a year of battery and further stores, read from the
// values that prove the bound (JointValues): every limit is worth what a kWh less of it would cost.
//
//   heater    (λ_j·COP − p)⁺          ceiling, floor of a store    the jumps of λ while full, empty
//   charge    (η_c (λ − wear) − p)⁺    discharge                   (p − (λ + wear)/η_d)⁺
//   import    (p − buy − μ)⁺           export (sell − p)⁺           PV  p⁺
//
// Each is a subgradient of the year's cost, as far as the gap is closed.
#pragma once
#include "optimum/joint.hpp"
#include "optimum/marginal.hpp"

namespace xiaoyuan::optimum {

/// Yuan saved in the year by one unit more of a second store.
struct StoreMarginals {
  double ceiling_kwh = 0.0;  ///< a kWh more that may be stored
  double floor_kwh = 0.0;    ///< a kWh more that must stay: 0 or negative
  double heater_kw = 0.0;
};

struct JointMarginals {
  MarginalValues home;
  std::vector<StoreMarginals> stores;
};

/// Limits by step count towards the constant ones only where the constant one is the stricter.
JointMarginals marginal_values(const JointProblem& problem, const JointResult& result);

}  // namespace xiaoyuan::optimum
