// The village study: plans every household and adds them up in the order of the file.
#pragma once
#include <functional>
#include <vector>

#include "plan/carbon_year.hpp"
#include "plan/every_household.hpp"
#include "plan/village_sizing.hpp"
#include "plan/village_wires.hpp"

namespace xiaoyuan::plan {

struct Study {
  std::vector<HouseholdPlan> households;  ///< in the order of households.csv
  EnergySums energy;
  FlowSums flows;
  double hourly_matched_share = 0.0;
  std::vector<MonthSums> months;
  std::array<TypicalDay, 4> typical_days;  ///< spring, summer, autumn, winter
  std::vector<TransformerYear> transformers;
  std::vector<Coordination> coordinations;           ///< of the transformers
  std::vector<std::array<double, 24>> net_power_kw;  ///< a row for each local day
  Finance finance;                                   ///< of all owners together
  CapexParts capex;
  std::vector<FormMoney> parties;
  CarbonYear carbon;
  solar::Waterfall waterfall;             ///< of all modelled roofs; zero without one
  std::optional<VillageSizing> sizing;    ///< with [sizing], by whoever asked for it
  std::optional<VillageNetwork> network;  ///< with wires, for Depth::full
  std::vector<Text> notes;
};

struct StudyOptions {
  Workers workers;
  /// Sees every household's series, in order, before they are let go.
  std::function<void(const model::Household&, const HouseholdYear&)> on_household;
  Depth depth = Depth::full;
  /// Told after every part of the work on the wires; false stops with Fault::interrupted.
  std::function<bool(std::size_t done, std::size_t all)> on_wires;
};

/// Errors of all households together (load files are read here).
Result<Study> study(const Inputs& inputs, const StudyOptions& options = {});

}  // namespace xiaoyuan::plan
