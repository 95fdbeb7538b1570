// A month's low-carbon points of the households, for the civility bank of the village: one way,
// under the version of the committee's rules. The bank itself is not ours.
//
//   points = ⌊Σ of the known steps in the rule's hours · points per kWh⌋, at most the rule's limit
//
// A step that nobody knows earns nothing and is counted; what a month earns below zero is none.
#pragma once
#include <string>
#include <vector>

#include "desk/energy_series.hpp"
#include "desk/points_rules.hpp"

namespace xiaoyuan::desk {

struct PointsRow {
  std::size_t household = 0;
  std::size_t rule = 0;
  MeteredEnergy energy;
  std::int64_t points = 0;
  std::size_t missing_steps = 0;
};

struct PointsMonth {
  std::string month;
  std::vector<PointsRow> rows;  ///< by household, then rule
};

/// Hours of a month. Errors: readings that come in longer steps than an hour; those of the store.
Result<PointsMonth> points_of(const EnergyPlace& place, const PointsRules& rules,
                              std::chrono::year_month month, store::Store& store);

/// The file: a line for each household and rule.
std::string points_csv(const PointsMonth& points, const PointsRules& rules,
                       const model::Village& village);

}  // namespace xiaoyuan::desk
