// What a village's plan means in carbon: whose each kWh is, what the life of the plant avoids, and
// what heat pumps do beside it.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "carbon/accounting.hpp"
#include "carbon/heating.hpp"
#include "carbon/life.hpp"
#include "plan/village_sums.hpp"

namespace xiaoyuan::plan {

/// Coal stoves that heat pumps took the place of; kept apart from what the roofs avoid.
struct CoalReplaced {
  std::size_t homes = 0;
  double heat_kwh = 0.0;
  carbon::HeatingAvoided avoided;
};

struct CarbonYear {
  double avoided_kwh = 0.0;  ///< used or sold: what the factors are applied to
  std::array<carbon::StateRow, 4> states{};
  std::vector<carbon::YearAvoided> life;
  std::optional<CoalReplaced> coal;
};

CarbonYear carbon_year(const Inputs& inputs, const VillageSums& sums);

}  // namespace xiaoyuan::plan
