// A tariff laid over a time axis: the price of each step, and the slot of the bill it belongs to.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tariff/mechanism.hpp"
#include "tariff/tariff.hpp"

namespace xiaoyuan::tariff {

/// One line's worth of steps: a month, a version and a period with one price.
struct Slot {
  int year = 0;
  int month = 1;
  std::size_t version = 0;  ///< index into Schedule::tariff.versions
  Text label;
  Price price;                 ///< of the first tier
  std::vector<Price> by_tier;  ///< where each tier has its own table; else empty
  bool is_subsidised = false;  ///< by the version's subsidy
  PeriodKind kind = PeriodKind::flat;
};

struct Schedule {
  Tariff tariff;
  /// By step, without tier additions; with the subsidy and the mechanism as they are before their
  /// caps are reached.
  std::vector<double> yuan_per_kwh;
  std::vector<std::uint16_t> slot;  ///< by step
  std::vector<Slot> slots;          ///< in the order of time
  std::optional<Tiers> tiers;       ///< those of the first step's version
  std::vector<std::size_t> versions_used;
  std::optional<Mechanism> mechanism;  ///< set by under_mechanism
};

/// Lays a tariff over the steps that begin at `times`, each `step_minutes` long. Errors: required
/// inputs that nobody gave, a day without a version, a window that cuts a step in two, tiers that
/// change within the axis, tier limits that nobody knows.
Result<Schedule> schedule(const Tariff& tariff, std::span<const Civil> times, int step_minutes);

/// A feed-in schedule (the market's prices) whose energy also earns a mechanism's difference: its
/// prices by step become the effective ones, and its bills get the difference line. Errors: inputs
/// of the mechanism that nobody gave, months outside its validity.
Result<Schedule> under_mechanism(Schedule market, const Mechanism& mechanism);

}  // namespace xiaoyuan::tariff
