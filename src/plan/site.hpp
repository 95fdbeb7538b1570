// What a household uses and could make over the plan's year, step by step, before any battery.
#pragma once
#include <vector>

#include "plan/inputs.hpp"
#include "plan/months.hpp"
#include "solar/sky.hpp"
#include "solar/waterfall.hpp"

namespace xiaoyuan::plan {

/// The inputs of a household's dispatch.
struct Site {
  std::vector<double> load_kwh;       ///< by step, heat pump and car included
  std::vector<double> heat_pump_kwh;  ///< by step; empty without one
  std::vector<double> car_kwh;        ///< by step; empty without one
  std::vector<double> pv_kwh;         ///< by step, AC, before curtailment
  double inverter_kw = 0.0;           ///< AC rating of the PV
  double heat_kwh = 0.0;              ///< given by the heat pump over the year
  solar::Waterfall waterfall;         ///< of modelled roofs
  std::vector<Text> notes;
};

/// Everything a site needs that all households share; made once for a village.
struct Shared {
  const Inputs& inputs;
  solar::Sky sky;
  MonthAxis months;
};
Shared share(const Inputs& inputs);

/// Reads or models load and generation of a household.
Result<Site> site_of(const Shared& shared, const model::Household& home);

}  // namespace xiaoyuan::plan
