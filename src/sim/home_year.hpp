// What one household made, used, bought and sold in the year that happened, in whole watt-hours by
// step; beside it what was planned, and what each known reason took away.
//
//   generated = possible − lost to the outage − lost to the inverter's fault
//   used = wanted − not served in the outage
//
// possible is what the same roof makes under the year's weather; possible / planned is the weather.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "plan/household_battery.hpp"
#include "sim/event.hpp"

namespace xiaoyuan::sim {

/// Watt-hours of one month.
struct MonthTruth {
  std::int64_t imported_wh = 0;
  std::int64_t exported_wh = 0;
  std::int64_t generated_wh = 0;
  std::int64_t used_wh = 0;
  std::int64_t planned_generation_wh = 0;
  std::int64_t possible_generation_wh = 0;
  std::int64_t outage_generation_wh = 0;
  std::int64_t inverter_generation_wh = 0;
  std::int64_t planned_use_wh = 0;
  std::int64_t outage_use_wh = 0;
};

struct HomeYear {
  /// By channel; empty where nothing measures it.
  std::array<std::vector<std::int64_t>, 3> wh;
  std::vector<MonthTruth> months;

  std::span<const std::int64_t> of(readings::Channel channel) const {
    return wh[static_cast<std::size_t>(channel)];
  }
};

/// Whole watt-hours whose running sum is that of `kwh`, rounded down.
std::vector<std::int64_t> whole_wh(std::span<const double> kwh);

/// Plan and year of a village, with what its households share.
struct BothYears {
  const plan::Shared& planned;
  const plan::Shared& actual;
  const ActualYear& year;
  std::span<const Event> events;
};
Result<HomeYear> home_year(const BothYears& both, std::size_t home, optimum::Optimiser& optimiser);

}  // namespace xiaoyuan::sim
