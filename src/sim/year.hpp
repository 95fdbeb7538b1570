// The year that happened, as the plan's own models would have it: the planned village under another
// year of weather, with other draws of what people use.
//
// Known reasons apart, plan and year are the same: the roofs, the loads' yearly means, the heat
// that a season takes. Batteries run by their plain rule, as an inverter runs them that knows no
// plan.
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

#include "plan/inputs.hpp"
#include "readings/meter.hpp"

namespace xiaoyuan::sim {

struct YearWanted {
  std::chrono::year_month from;
  int months = 12;  ///< 1–12
  std::chrono::seconds step{3600};
  std::uint64_t seed = 1;
};

/// The first instant of month `month` of the year, counted from 0.
Instant begin_of(const Zone& zone, const YearWanted& wanted, int month);

struct ActualYear {
  YearWanted wanted;
  plan::Inputs inputs;             ///< on an axis of a whole year from `wanted.from`
  TimeAxis read;                   ///< the steps of it that are wanted
  std::vector<int> month_of_step;  ///< of `read`: 0 is the first month
  /// The period of the day by step of `read`; empty where the price has none.
  std::vector<readings::Rate> rates;
  std::vector<double> use_factors;  ///< by household: what it uses beside what was planned
};

/// Errors: a measured year of weather that does not cover the axis, a day for which the tariff has
/// no price, a step that is no part of an hour.
Result<ActualYear> actual_year(const plan::Inputs& planned, const YearWanted& wanted);

}  // namespace xiaoyuan::sim
