// The dispatch as a linear program for COIN CLP: the slow oracle beside optimum/dispatch.
#pragma once
#include <optional>

#include "optimum/joint.hpp"

namespace xiaoyuan::test {

/// The least cost by CLP, yuan; nothing when it finds none. A cap on what is sold is a row: where
/// more is earned beyond it, of two programs, one on either side.
std::optional<double> clp_cost(const optimum::DispatchProblem& problem);

/// The same where some steps are not convex: a program for every choice of the store's and the
/// meter's side in each of them, and the least of all.
std::optional<double> clp_cost_by_sides(const optimum::DispatchProblem& problem,
                                        const std::vector<std::size_t>& bent_steps);

/// The least cost of battery and further stores together; only while it pays no battery to charge
/// and discharge at once, as it never does at prices that are not negative.
std::optional<double> clp_cost(const optimum::JointProblem& problem);

}  // namespace xiaoyuan::test
