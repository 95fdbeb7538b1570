// The meters of a made-up year: which meter counts which channel of a household, where its register
// began, and what it showed at an instant.
//
//   register(t) = (begin + ⌊Σ Wh since it began / (Wh of its last digit × multiplier)⌋) mod
//   10^digits
//
// so that intervals in Wh sum to the registers to the last digit.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "readings/reading.hpp"
#include "sim/home_year.hpp"

namespace xiaoyuan::sim {

/// A point of a household with the energy that flowed through it.
struct Metering {
  std::size_t home = 0;
  readings::MeterPoint point;
  std::vector<std::int64_t> wh;  ///< by step
  struct Register {
    readings::Rate rate = readings::Rate::total;
    std::vector<std::int64_t> sum_wh;  ///< before each step, and at the end
    std::vector<std::int64_t> begin;   ///< by service, in last digits
  };
  std::vector<Register> registers;

  /// What a service's register shows at an instant of the axis.
  MeteredEnergy shown(const Register& counter, std::size_t service, Instant at,
                      const TimeAxis& axis) const;
};

/// The points of all households, in their order. A household that sells its surplus has one meter
/// for both directions and one for what it makes; one that sells all has a meter for the house and
/// one for the roof, which counts what is made and sold at once.
std::vector<Metering> meters_of(const ActualYear& year, std::span<const Event> events,
                                std::span<const HomeYear> homes);

/// Every freeze at 00:00 of the first of a month, and every reading at a change of meters; in the
/// order of time and meter.
std::vector<readings::RegisterReading> register_readings(const ActualYear& year,
                                                         std::span<const Metering> meters);

}  // namespace xiaoyuan::sim
