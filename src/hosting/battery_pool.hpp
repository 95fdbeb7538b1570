// How large batteries must be for limits of the wires, when all of them charge and discharge in the
// same share of their power.
//
// Every battery takes the share r_t of its power, as small as the limits allow:
//   r_t = max_m need_mt / Σ_h w_mh·P_h,   at least −1, and no more given back than is stored;
// the sizes do when r ≤ 1 and what is stored ≤ what fits, from one year into the next. As empty as
// possible before every sunny hour is the best that one limit can ask for, and batteries with one
// ratio of power to energy can always move together, so for one limit the smallest size is exact;
// for several it is enough, and no less than each limit alone asks for.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "hosting/area_rows.hpp"
#include "optimum/store_year.hpp"

namespace xiaoyuan::hosting {

/// Batteries of one make.
struct BatteryKind {
  double kw_per_kwh = 0.5;  ///< of the nameplate, AC side, both ways
  double round_trip_efficiency = 0.9;
  double least_charge = 0.05;  ///< of the nameplate
  double most_charge = 0.95;
  double standing_loss_per_hour = 0.0;
  double wear_yuan_per_kwh = 0.17;  ///< of a kWh taken in and given back
  double most_kwh = 30.0;           ///< nameplate at one place
};

/// One of `kwh` nameplate, as the optimiser sees it.
battery::Spec spec_of(const BatteryKind& kind, double kwh);

/// What limits ask of batteries.
struct PoolNeeds {
  double step_hours = 1.0;
  std::vector<std::vector<double>> weights;  ///< by limit and place, used per kW drawn
  std::vector<std::vector<double>> need;     ///< by limit and step: Σ w·kW drawn ≥ need
  std::vector<std::uint8_t> may_charge;      ///< by step
};

struct Pool {
  std::vector<double> kwh;    ///< nameplate by place
  std::vector<double> share;  ///< r by step: of every battery's power, drawn
  double total_kwh() const;
};

/// The smallest; nothing where even `most_kwh` at every place does not do. Places that move the
/// limits most are filled first.
std::optional<Pool> smallest_pool(const BatteryKind& kind, const PoolNeeds& needs);
/// What the limits leave of r in every step, whatever is stored.
struct ShareBounds {
  std::vector<double> least;  ///< −1 at least
  std::vector<double> most;   ///< 1 at most: less where drawing breaks a limit, or is not allowed
};
/// Nothing where the power does not do.
std::optional<ShareBounds> share_bounds(const BatteryKind& kind, const PoolNeeds& needs,
                                        const std::vector<double>& kwh);
/// The same for sizes that are given: r by step, or nothing.
std::optional<std::vector<double>> pool_shares(const BatteryKind& kind, const PoolNeeds& needs,
                                               const std::vector<double>& kwh);
/// No batteries of less do, for the limits as they are linearised: the most that any limit alone
/// asks for.
std::optional<double> least_pool_kwh(const BatteryKind& kind, const PoolNeeds& needs);

}  // namespace xiaoyuan::hosting
