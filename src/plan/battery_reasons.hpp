// Why a battery does what it does: the multipliers of its optimum, as money and in sentences.
//
// All of it belongs to the optimum with perfect foresight (optimum/marginal.hpp), not to the plain
// rule nor to forecasts. λ is the value of a kWh in the battery, p the price of a kWh in the house:
// storing one costs p/η_c, and one drawn from the battery is worth λ.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "optimum/dispatch.hpp"
#include "plan/inputs.hpp"

namespace xiaoyuan::plan {

/// What one unit more would save in a year, beside what it costs a year, yuan.
struct UnitWorth {
  double saves_yuan = 0.0;
  std::optional<double> costs_yuan;  ///< as an annuity; none where the assumptions know no price
};

struct BatteryWorth {
  UnitWorth battery_kwh;               ///< of nameplate
  UnitWorth battery_kw;                ///< of charging and discharging together
  std::optional<UnitWorth> pv_kwp;     ///< as the household's roofs lie; none without PV
  std::optional<UnitWorth> export_kw;  ///< of what may be sold; none where nothing limits it
};

/// A day of the year as the optimum runs it; a value for each step.
struct BatteryDay {
  Date date;
  std::vector<double> load_kw;
  std::vector<double> pv_kw;
  std::vector<double> battery_kw;  ///< charging positive
  std::vector<double> stored_kwh;  ///< at the end of the step
  std::vector<double> buy_yuan;    ///< with what the tiers add
  std::vector<double> sell_yuan;
  std::vector<double> stored_value_yuan;  ///< λ, of a kWh
  std::vector<Text> reasons;
};

struct BatteryReasons {
  BatteryWorth worth;
  BatteryDay summer;  ///< the middle one of its season by what the battery takes in
  BatteryDay winter;
};

BatteryReasons battery_reasons(const Inputs& inputs, const model::Household& home,
                               const optimum::DispatchProblem& problem,
                               const optimum::DispatchResult& best);

}  // namespace xiaoyuan::plan
