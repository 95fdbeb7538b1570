// The sizing as one linear program for COIN CLP, with the sizes as variables: the slow oracle.
#pragma once
#include <optional>

#include "optimum/sizing.hpp"

namespace xiaoyuan::test {

/// The least total, yuan, with convex prices and without catalogue, modules or entry; with
/// `most_quantity` of import (or carbon, by the problem's aim) as a row. Nothing when infeasible.
std::optional<double> clp_sizing(const optimum::SizingProblem& problem);
/// The least import or carbon of a mean year, by the problem's aim.
std::optional<double> clp_least_quantity(const optimum::SizingProblem& problem);

}  // namespace xiaoyuan::test
