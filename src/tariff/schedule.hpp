// A tariff laid over a time axis: the price of each step, and the slot of the bill it belongs to.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tariff/tariff.hpp"

namespace xiaoyuan::tariff {

/// One line's worth of steps: a month, a version and a period with one price.
struct Slot {
  int year = 0;
  int month = 1;
  std::size_t version = 0;  ///< index into Schedule::tariff.versions
  Text label;
  Price price;
};

struct Schedule {
  Tariff tariff;
  std::vector<double> yuan_per_kwh;  ///< by step, without tier additions
  std::vector<std::uint16_t> slot;   ///< by step
  std::vector<Slot> slots;           ///< in the order of time
  std::optional<Tiers> tiers;        ///< those of the first step's version
  std::vector<std::size_t> versions_used;
};

/// Lays a tariff over the steps that begin at `times`, each `step_minutes` long. Errors: a day
/// without a version, a window that cuts a step in two, tiers that change within the axis, tier
/// limits that nobody knows.
Result<Schedule> schedule(const Tariff& tariff, std::span<const Civil> times, int step_minutes);

}  // namespace xiaoyuan::tariff
