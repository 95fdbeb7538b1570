// Where a year that must end as it began does best to begin, told by its first and last days.
//
// S(λ) is the stored energy at the start that is worth λ: it falls with λ. R(λ) is the energy to
// which the last days lead when the store runs at λ: it rises. At the crossing the year's end is
// worth what its start is, and the year is cheapest there. Both are walks that are clamped to the
// store's bounds; begun from empty and from full they soon coincide, and then nothing beyond the
// window can change them: the answer is exact. Where they do not coincide there is no answer.
#pragma once
#include <optional>

#include "optimum/step_costs.hpp"

namespace xiaoyuan::optimum {

struct Turn {
  double stored_kwh = 0.0;
  double value = 0.0;  ///< of a kWh at the turn of the year
};

std::optional<Turn> turn_of_year(const StepCosts& costs);

}  // namespace xiaoyuan::optimum
