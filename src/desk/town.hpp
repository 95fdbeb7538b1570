// Villages side by side in a calendar year, the goals of the town and how much of them is reached.
//
// Tonnes of villages that reckon by different factors are never added. A goal of tonnes counts the
// villages that reckon by its factor alone, and says so.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "desk/carbon.hpp"
#include "desk/data_table.hpp"
#include "desk/energy_shelf.hpp"
#include "desk/town_goals.hpp"

namespace xiaoyuan::desk {

struct TownVillage {
  std::string name;
  Text title;
  bool illustrative = false;
  std::size_t homes = 0;
  std::size_t homes_with_pv = 0;
  double capacity_kwp = 0.0;
  std::optional<PeriodTotals> year{};  ///< of its settled months
  std::optional<carbon::Factor> factor{};
  std::optional<double> statements_share{};  ///< of its homes and settled months
  std::optional<double> hours_share{};       ///< of the year's interval data, first to last day

  std::optional<double> self_use_share() const;
};
/// The village's files read.
TownVillage town_village(const VillageFigures& figures, int year);

struct TownTotals {
  std::size_t homes = 0;
  std::size_t homes_with_pv = 0;
  double capacity_kwp = 0.0;
  Energy energy;
  Money earned;
  std::optional<std::int64_t> gco2e{};  ///< nothing where factors differ
};
TownTotals totals_of(std::span<const TownVillage> villages);

struct GoalProgress {
  std::optional<double> reached{};
  Text note;
};
GoalProgress progress_of(const Goal& goal, std::span<const TownVillage> villages);

/// A line for each village, with the factor of its tonnes beside them.
DataTable town_table(std::span<const TownVillage> villages, int year);

}  // namespace xiaoyuan::desk
