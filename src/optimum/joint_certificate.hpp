// Checks battery and further stores together by itself: no code of the joint solver is used here.
//
// From the electricity of every heater alone it walks every store anew; the battery and the meter
// are then walked as ever (optimum/certificate.hpp), with the heaters in the house's load. From the
// values alone it adds up what they prove, one part after another, trying every corner:
//
//   Σ_t min over grid and PV of [meter − p·(grid + PV)] + p·load
//     + Σ_t min_w [p·w + wear·|u| − λ u] + Σ_j Σ_t min_e [p·e − λ_j COP·e]
//     + Σ_stores Σ_t [λ_t·drain_t + min_s (λ_{t−1} − (1 − σ) λ_t) s] + what tiers add, at the least
#pragma once
#include "optimum/certificate.hpp"
#include "optimum/joint.hpp"

namespace xiaoyuan::optimum {

Certificate certified(const JointProblem& problem, const JointResult& result,
                      double miss_kwh = 1e-7);

}  // namespace xiaoyuan::optimum
