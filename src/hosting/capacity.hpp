// How much more PV the wires bear: of the village's areas, of each house alone, and of random
// adopters.
//
// A state of the village is judged by every step of the year. What may still be added is found on
// the few steps that bind and then held against the whole year; steps that it breaks are added to
// them until none is.
#pragma once
#include <vector>

#include "hosting/village_year.hpp"

namespace xiaoyuan::hosting {

/// How additional PV is spread over the houses of an area.
enum class Spreading {
  evenly,   ///< the same kW at every house
  by_room,  ///< in proportion to what roofs have left; where that is not known, evenly
};

struct Capacity {
  double kw = 0.0;            ///< more, of all together
  std::vector<double> pv_kw;  ///< by house
  bool is_bounded =
      true;  ///< false: roofs are full (or the search's end is reached) before a limit
  wires::LimitUse binding;  ///< what stops the next kW
};

/// Of every area (transformer) by itself, the others as they are; in the order of the network's
/// transformers.
struct AreaCapacity {
  std::size_t transformer = 0;
  Capacity capacity;
};

struct CapacityOptions {
  Spreading spreading = Spreading::evenly;
  double tolerance_kw = 0.1;
  /// By house, what its inverter does with the voltage; empty: as it is told.
  std::vector<std::optional<wires::InverterRule>> rules;
};

Result<std::vector<AreaCapacity>> area_capacities(const VillageYear& village,
                                                  const CapacityOptions& options = {},
                                                  const Spread& spread = in_turn);

}  // namespace xiaoyuan::hosting
