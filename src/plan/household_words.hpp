// The words of a household's row, understood: horizons, car, absences. Which words there are the
// sciences know; this is where a row meets them.
#pragma once
#include <optional>
#include <vector>

#include "demand/absence.hpp"
#include "demand/car.hpp"
#include "model/village.hpp"
#include "solar/horizon.hpp"

namespace xiaoyuan::plan {

struct HouseholdWords {
  std::vector<solar::Horizon> horizons;  ///< of each roof; the village's where a roof has none
  std::optional<demand::Car> car;
  std::vector<demand::Absence> absences;
};

/// All errors of the row at once. `village_horizon` is what every roof without its own sees.
Result<HouseholdWords> words_of(const model::Household& home, const model::Assumptions& assumptions,
                                const solar::Horizon& village_horizon);

}  // namespace xiaoyuan::plan
