// Variants of a village side by side: the same figures of each, and why they differ.
#pragma once
#include <string>
#include <vector>

#include "plan/study.hpp"

namespace xiaoyuan::plan {

/// What is compared. The plan itself has an empty id.
struct ScenarioFigures {
  std::string id;
  Text name;
  std::vector<std::string> sets;  ///< keys of village.toml that it changes, with their values
  std::string tariff_import;
  std::string tariff_export;
  double capacity_kwp = 0.0;
  double battery_kwh = 0.0;
  EnergySums energy;
  double bill_without_pv_yuan = 0.0;
  double bill_yuan = 0.0;
  double export_income_yuan = 0.0;
  Finance finance;
  double avoided_t = 0.0;
  hosting::Grade worst_grade = hosting::Grade::green;
  double peak_import_kw = 0.0;  ///< of the transformers, each at its own moment
  double peak_export_kw = 0.0;
  double over_limit_hours = 0.0;
  std::vector<Text> explained;  ///< why it differs from the plan

  double benefit_yuan() const { return bill_without_pv_yuan - bill_yuan + export_income_yuan; }
};

/// `name` is the scenario's; the plan itself has none and is named by the report.
ScenarioFigures figures_of(const Inputs& inputs, const Study& study);

/// Sentences on what a scenario changes against the plan, the weightiest first.
std::vector<Text> explained(const ScenarioFigures& plan, const ScenarioFigures& scenario);

}  // namespace xiaoyuan::plan
