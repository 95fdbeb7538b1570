// Coal stoves that heat pumps replaced: two methods, never added to what PV avoids nor to each
// other.
//
// From the heat (fuel balance):
//   c = Q·0.0036 / (η·H)            tonnes of coal that the stove would have burnt
//   avoided = c·H·e/1000 − W·f/1000
//   Q heat given to the house (kWh), η efficiency of the stove, H heat value of the coal (GJ/t),
//   e its emission (tCO2/TJ), W electricity of the heat pump (kWh), f emission factor (kg/kWh).
//   H = 23.2 and e = 89.0 give 2.065 tCO2 for a tonne of coal.
//
// Hebei's rural clean-heating carbon product method V01, as relayed by a public repository:
//   BE = DE·A/1000,  PE = EG·EF_CM,  reduction = BE − PE      (tCO2e a season)
//   DE baseline of the county (kgCO2e/m²), A heated area (m²; 60 where it is not known), EG
//   electricity of the season (MWh), EF_CM combined margin with weights 0.5/0.5 (t/MWh). A user
//   counts above 500 kWh a season; crediting lasts at most ten years and begins in 2016 or later.
#pragma once
#include <optional>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::carbon {

/// A season's heating without coal. The reduction may be negative: then the heat pump emits more.
struct HeatingAvoided {
  Text method;
  double coal_t = 0.0;  ///< not burnt; 0 where the method does not say
  double baseline_t = 0.0;
  double electricity_t = 0.0;
  std::optional<Text> not_credited;  ///< why the method credits nothing
  double avoided_t() const { return not_credited ? 0.0 : baseline_t - electricity_t; }
};

struct CoalStove {
  double efficiency = 0.5;
  double coal_gj_per_t = 23.2;
  double coal_t_per_tj = 89.0;  ///< CO2
  double t_per_t() const { return coal_gj_per_t * coal_t_per_tj / 1000.0; }
};

struct HeatPumpSeason {
  double heat_kwh = 0.0;  ///< given to the house
  double electricity_kwh = 0.0;
};

/// From the heat. `kg_per_kwh` is the factor that the plan chose.
HeatingAvoided displaced_coal(const HeatPumpSeason& season, const CoalStove& stove,
                              double kg_per_kwh);

struct HebeiUser {
  std::optional<double> baseline_kg_per_m2;  ///< DE, from the county table of the method
  std::optional<double> area_m2;
  double electricity_kwh = 0.0;  ///< of the season
  Date credited_from;            ///< first day of the crediting period
  Date season_from;              ///< first day of this season
};

/// By the method of Hebei. An error without DE: the county table was not found, and nothing stands
/// in for it.
Result<HeatingAvoided> hebei_heating(const HebeiUser& user, double combined_margin_kg_per_kwh);

}  // namespace xiaoyuan::carbon
