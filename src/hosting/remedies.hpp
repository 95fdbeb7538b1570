// Cheap changes that make room for PV: each computed as a changed village whose hosting capacity is
// found as that of the present one is (hosting/capacity.hpp), and ranked by yuan per additional kW.
//
// A price that is not given is not invented: the remedy then has no cost, `missing` names the
// input, and it is ranked by its kW behind the priced ones. What brings nothing stands last.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "hosting/area_rows.hpp"
#include "hosting/battery_pool.hpp"
#include "hosting/capacity.hpp"
#include "hosting/inverter_setting.hpp"
#include "hosting/phases.hpp"
#include "wires/village_wires.hpp"

namespace xiaoyuan::hosting {

/// Yuan, as the village gives them ([network.costs]); what is not given stays unknown.
struct RemedyCosts {
  std::optional<double> phase_change_yuan;         ///< per house that is moved
  std::optional<double> inverter_setting_yuan;     ///< per inverter
  std::optional<double> tap_yuan;                  ///< per transformer
  std::map<std::string, double> line_yuan_per_m;   ///< by type of line
  std::map<std::string, double> transformer_yuan;  ///< by rating in kVA: "400"
};

/// What batteries and export caps are reckoned with.
struct RemedyEnergy {
  EnergyPrices prices;
  BatteryKind battery;
  std::optional<double> battery_yuan_per_kwh;
  double battery_life_years = 15.0;
  double life_years = 25.0;       ///< of the PV: so long a cap loses energy
  double most_lost_share = 0.05;  ///< of the added PV's energy, by a cap
};

struct RemedyOptions {
  CapacityOptions capacity;  ///< as the present capacity is computed
  std::vector<InverterSetting> settings;
  wires::WireLibrary library;
  std::vector<double> ratings_kva{100, 200, 315, 400, 500, 630, 800};  ///< grid.transformer_sizes
  std::vector<double> taps_percent{-5.0, -2.5, 0.0, 2.5, 5.0};
  std::uint64_t seed = 1;              ///< of the search for phases
  std::optional<RemedyEnergy> energy;  ///< none: no batteries, no caps
};

struct Remedy {
  std::size_t transformer = 0;  ///< whose area it concerns
  /// phases, volt_var, volt_watt, power_factor, tap, conductor, parallel_line, transformer,
  /// export_cap, house_batteries, transformer_battery, together
  std::string key;
  Text name;
  Text detail;
  /// Beyond what the area bears today; where it breaks a limit today, beyond what it bears of what
  /// stands there (hosting/remedies_room.hpp).
  double more_kw = 0.0;
  /// What it then bears, beyond what stands there; below 0: so much of that is still too much.
  double capacity_kw = 0.0;
  bool is_bounded = true;  ///< false: no limit stops it before the roofs are full
  std::optional<double> cost_yuan;
  std::optional<double> yuan_per_kw;
  std::string missing;             ///< "network.costs.tap_yuan" where there is no cost
  std::optional<double> lost_kwh;  ///< a year, of what PV could have made at `capacity_kw`
  std::optional<wires::LimitUse> binding;
  std::optional<Text> proof;       ///< why nothing better is to be found
  std::vector<Move> moves;         ///< phases
  std::vector<std::size_t> lines;  ///< conductor, parallel_line: from the transformer outwards
};

/// More than nothing: below it a remedy is said to bring nothing.
inline constexpr double least_more_kw = 0.5;

/// Priced ones by yuan/kW, then the others by kW, then those that bring nothing.
void rank(std::vector<Remedy>& remedies);

/// Of every area that a limit stops before its roofs are full, ranked all together.
Result<std::vector<Remedy>> remedies(const VillageYear& village, const RemedyCosts& costs,
                                     const RemedyOptions& options, const Spread& spread = in_turn);

}  // namespace xiaoyuan::hosting
