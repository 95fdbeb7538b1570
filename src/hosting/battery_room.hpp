// Batteries that make room for PV: how large they must be so that the wires bear so much more, what
// the exact optimiser then does with them, and what each limit is worth.
//
// The limits that the PV breaks are weighted sums of what the houses draw (hosting/area_rows.hpp).
// The smallest batteries that keep them are found on those sums (hosting/battery_pool.hpp); the
// exact optimiser runs them at least cost within the limits (optimum/coupled.hpp); the exact power
// flow then judges the whole year. Where it finds a limit broken, the sums are laid down again from
// there, with that limit among them, until none is.
//
// Batteries charge only while the area as a whole feeds back, so that no evening is made harder;
// what they might earn by buying at night is left out.
#pragma once
#include "hosting/battery_pool.hpp"
#include "hosting/remedies.hpp"

namespace xiaoyuan::hosting {

enum class BatteryPlace {
  houses,      ///< behind the meters of those that move the limits most
  transformer  ///< one at its low-voltage bus: next to nothing for voltages along the lines
};

struct BatteryOptions {
  std::size_t transformer = 0;  ///< whose area
  double today_kw = 0.0;        ///< more PV that the area bears as it is
  double more_kw = 0.0;         ///< to be hosted beyond that
  Spreading spreading = Spreading::evenly;
  BatteryPlace place = BatteryPlace::houses;
  BatteryKind kind = {};  ///< at the transformer most_kwh holds as often as there are houses
  std::optional<double> yuan_per_kwh;  ///< money.battery_yuan_per_kwh
  double life_years = 15.0;            ///< money.battery_life_years
};

/// What a limit is worth to the batteries that keep it.
struct LimitWorth {
  wires::LimitUse use;         ///< of which limit, and when it is used most
  std::string unit;            ///< "V", "kVA", "A"; empty for a share
  double yuan_per_year = 0.0;  ///< for one unit more, all year
  double highest_yuan = 0.0;   ///< for one unit more during an hour, at most
  double hours = 0.0;          ///< with a price
};

struct BatteryRoom {
  Remedy remedy;
  bool is_found = false;
  double kwh = 0.0;
  double kw = 0.0;
  double least_kwh = 0.0;            ///< no less does, for the limits as they are linearised
  std::vector<double> kwh_by_house;  ///< one more at the end for the transformer's
  std::vector<std::vector<double>> drawn_kw;  ///< by house and step, of the battery; empty: none
  std::optional<double> capex_yuan;
  double wear_yuan = 0.0;    ///< a year
  double energy_yuan = 0.0;  ///< a year: what energy costs more than without batteries
  double loss_kwh = 0.0;     ///< a year, in the batteries
  double gap = 0.0;          ///< what the schedules may cost more than the least, of the money
  std::vector<LimitWorth> why;
  wires::LimitUse hardest;  ///< of the year with the batteries
  int corrections = 0;
};

/// A battery at the transformer takes what the area feeds back and gives it at the feed-in price.
/// Where no batteries do, `is_found` is false and `hardest` says which limit stays broken.
Result<BatteryRoom> battery_room(const VillageYear& village, const EnergyPrices& prices,
                                 const BatteryOptions& options, const Spread& spread = in_turn);

}  // namespace xiaoyuan::hosting
