// The parts of results.json that have a file of their own.
#pragma once
#include "plan/scenarios.hpp"
#include "plan/uncertainty.hpp"
#include "report/json.hpp"

namespace xiaoyuan::report {

void put_energy(Json& json, const plan::EnergySums& sums);
Json finance_json(const plan::Finance& finance);

Json money_json(const plan::Study& study, double discount_rate);
Json parties_json(const std::vector<plan::FormMoney>& forms);
Json scenarios_json(const std::vector<plan::ScenarioFigures>& scenarios);
Json uncertainty_json(const std::optional<plan::Uncertainty>& uncertainty);

Json battery_json(const plan::BatteryVerdict& battery);
/// null where the village does not ask for it.
Json coordination_json(const plan::Inputs& inputs, const plan::Coordination& coordination);
/// null where no wires were looked at.
Json network_json(const plan::Inputs& inputs, const plan::Study& study);
/// null where the village has no [sizing].
Json sizing_json(const plan::Inputs& inputs, const std::optional<plan::VillageSizing>& sizing);

Json household_json(const plan::Inputs& inputs, const model::Household& home,
                    const plan::HouseholdPlan& plan);

}  // namespace xiaoyuan::report
