// hourly.csv: a household's year, step by step.
#pragma once
#include <string>

#include "plan/household_plan.hpp"

namespace xiaoyuan::report {

/// Columns: time (UTC), local time, load, heat pump, PV, import, export, curtailed, battery
/// (charging positive) in kW, and prices in yuan/kWh.
std::string hourly_csv(const plan::Inputs& inputs, const plan::HouseholdYear& year);

}  // namespace xiaoyuan::report
