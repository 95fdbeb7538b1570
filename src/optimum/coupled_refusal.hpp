// Why households behind shared limits have no answer, and the nearest limit that would do.
#pragma once
#include <optional>

#include "base/error.hpp"
#include "optimum/coupled.hpp"
#include "optimum/coupled_repair.hpp"

namespace xiaoyuan::optimum {

/// Loads that no schedule brings below the limit of import.
struct ImportShortfall {
  std::size_t limit = 0;
  std::size_t step = 0;
  double least_kwh = 0.0;  ///< what all together must import in it, with every store at full power
};
/// The step that lies furthest beyond; nothing where loads alone do not break a limit.
std::optional<ImportShortfall> import_shortfall(const CoupledProblem& problem);

/// Households on different axes, limits or weights that are missing or no numbers, steps whose
/// prices leave the convex case, loads that no schedule can bring below the limit of import.
Errors wrong_data(const CoupledProblem& problem);

/// The limits were still missed when the rounds ran out.
Errors limits_not_kept(const CoupledProblem& problem, const Missed& missed);

}  // namespace xiaoyuan::optimum
