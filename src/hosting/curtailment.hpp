// The least curtailment that keeps the limits of an area: the exact optimiser on the steps that
// break a limit, judged by the exact power flow over the year.
#pragma once
#include "hosting/area_rows.hpp"

namespace xiaoyuan::hosting {

struct LeastCurtailment {
  std::vector<std::vector<double>> kwh;  ///< by house and step of the year; empty: nothing
  double cost_yuan = 0.0;                ///< more than without limits
  double bound_yuan = 0.0;
  wires::LimitUse hardest;
};

/// Of a village whose PV breaks limits. Nothing where no curtailment was found that keeps them.
Result<std::optional<LeastCurtailment>> least_curtailment(const VillageYear& village,
                                                          const EnergyPrices& prices,
                                                          std::size_t transformer,
                                                          const Spread& spread);

}  // namespace xiaoyuan::hosting
