// Batteries of an area run at least cost within the limits of the wires, by the exact optimiser.
//
// A schedule that surely keeps the limits: what the limits ask for is shared out in proportion to
// the batteries' power (hosting/battery_pool.hpp), and each battery answers the exact kernel with
// its part as bounds of its own: where it must draw r·P, that flows in beneath whatever else it
// does; where limits leave room, it gives back no more than its part of it. All houses together,
// with the limits shared as they like (optimum/coupled.hpp), give the bound that no schedule beats
// and what each limit is worth.
#pragma once
#include "hosting/battery_pool.hpp"
#include "optimum/coupled.hpp"

namespace xiaoyuan::hosting {

/// What runs the batteries.
struct BatteryArea {
  const VillageYear* village = nullptr;  ///< without batteries, with all PV
  const EnergyPrices* prices = nullptr;
  BatteryKind kind;
  /// A house that is a battery at the transformer: it buys and sells at the feed-in price.
  std::optional<std::size_t> at_feed_in_price;
};

struct BatterySchedules {
  std::vector<std::vector<double>> drawn_kw;  ///< by house and step, of the battery alone
  double cost_yuan = 0.0;                     ///< of the houses with batteries, wear included
  double wear_yuan = 0.0;
  double without_yuan = 0.0;  ///< energy of the houses with batteries, without them
  double loss_kwh = 0.0;
  std::vector<double> kwh;  ///< by house, as asked for
};

/// What the limits are worth, and the least that any schedules cost.
struct BatteryProof {
  double bound_yuan = 0.0;
  double scale_yuan = 1.0;
  std::vector<std::vector<double>> price;  ///< by limit and step, yuan for one used during an hour
};

/// What is kept free of every limit for what the sums of flows miss.
inline constexpr double margin_used = 5e-4;

/// `needs` of all houses, `kwh` nameplate by house. Errors: Fault::impossible where the sizes leave
/// no schedule.
Result<BatterySchedules> least_cost_schedules(const BatteryArea& area, const PoolNeeds& needs,
                                              const std::vector<double>& kwh, const Spread& spread);
/// Nothing where the prices did not settle.
std::optional<BatteryProof> battery_proof(const BatteryArea& area, const PoolNeeds& needs,
                                          const std::vector<double>& kwh, const Spread& spread);

}  // namespace xiaoyuan::hosting
