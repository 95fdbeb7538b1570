// The dispatch as a linear program for COIN CLP: the slow oracle beside plan/dispatch.
#pragma once
#include <optional>

#include "plan/dispatch.hpp"

namespace xiaoyuan::test {

/// The least cost by CLP, yuan; nothing when it finds none.
std::optional<double> clp_cost(const plan::DispatchProblem& problem);

}  // namespace xiaoyuan::test
