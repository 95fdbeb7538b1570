// Households behind shared limits as one linear program for COIN CLP: the oracle beside
// optimum/coupled.
#pragma once
#include <optional>
#include <vector>

#include "optimum/coupled.hpp"

namespace xiaoyuan::test {

struct CoupledLp {
  double cost = 0.0;
  std::vector<double> import_price;  ///< multipliers of the first shared limit, by step
  std::vector<double> export_price;
};

/// The optimum by CLP; nothing when there is none. For cyclic years.
std::optional<CoupledLp> clp_coupled(const optimum::CoupledProblem& problem);

}  // namespace xiaoyuan::test
