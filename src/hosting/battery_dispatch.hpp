// Batteries of an area run at least cost within the limits of the wires: the area's houses as a
// problem of the exact optimiser.
#pragma once
#include "hosting/battery_pool.hpp"
#include "optimum/coupled.hpp"

namespace xiaoyuan::hosting {

/// What runs the batteries.
struct BatteryArea {
  const VillageYear* village = nullptr;  ///< without batteries, with all PV
  const std::vector<HouseholdPrices>* prices = nullptr;
  BatteryKind kind;
  /// A house that is a battery at the transformer: it buys and sells at the feed-in price.
  std::optional<std::size_t> at_feed_in_price;
};

struct BatterySchedules {
  std::vector<std::vector<double>> drawn_kw;  ///< by house and step, of the battery alone
  optimum::CoupledResult proof;               ///< of the houses with batteries
  double wear_yuan = 0.0;
  double without_yuan = 0.0;  ///< energy of the houses with batteries, without them
  double loss_kwh = 0.0;
};

/// `needs` of all houses, `kwh` nameplate by house. Errors: Fault::impossible where no schedules
/// keep the limits.
Result<BatterySchedules> least_cost_schedules(const BatteryArea& area, const PoolNeeds& needs,
                                              const std::vector<double>& kwh, const Spread& spread);

}  // namespace xiaoyuan::hosting
