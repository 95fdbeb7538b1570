// The plan's money in the terms of a sizing, so that what the sizes save is what the cash flow of
// the plan (plan/plant_money.hpp) earns.
//
// With discount r, escalation e of prices and o of upkeep, life N, and f_y the yield of worn
// modules:
//   a yuan of energy in year y counts (1 + e)^(y−1) (1 + r)^−y = ρ^−y / (1 + e),  ρ = (1 + r)/(1 +
//   e) a yuan of upkeep alike with o; PV counts once, inverter and battery at each replacement too.
// The years lie between new and worn modules as optimum/sizing_life.hpp has them, at the rate ρ
// − 1. Where a mechanism ends within the life, a kWh sold earns the mean of the two prices,
// weighted by the discounted output of their years: exact for what is sold whatever it earns, and
// for a battery that would move sales to other hours an overstated cost, of second order. objective
// = annual: a year with new parts; capital by its annuity over each part's life.
#pragma once
#include <vector>

#include "optimum/sizing.hpp"
#include "plan/inputs.hpp"

namespace xiaoyuan::plan {

struct SizingMoney {
  std::vector<optimum::YearShare> years;
  double pv_counted = 1.0;       ///< objective for a yuan of PV's capex
  double battery_counted = 1.0;  ///< the same of a battery, its replacements with it
  double upkeep_yuan = 0.0;      ///< of a kWp, in the objective: operation, next inverters
  double subsidised_yuan = 0.0;  ///< today, for a kWh that new modules make in a year
  std::vector<double> sell;      ///< by step, yuan/kWh
  double yearly = 1.0;           ///< a yuan of the objective, as a yearly payment
};

/// `inverter_kw_per_kwp` is the AC rating that goes with a kWp.
SizingMoney sizing_money(const Inputs& inputs, model::SizingObjective objective,
                         double inverter_kw_per_kwp);

/// What a kWp costs where modules make `kwh_per_kwp` in their first year; subsidies are taken off
/// the price.
optimum::Purchase pv_purchase(const Inputs& inputs, const SizingMoney& money, double kwh_per_kwp);
/// What the subsidies take off the price of a kWp.
double pv_subsidy_yuan(const Inputs& inputs, const SizingMoney& money, double kwh_per_kwp);

optimum::Purchase battery_purchase(const Inputs& inputs, const SizingMoney& money);

}  // namespace xiaoyuan::plan
