// Steps of equal length on the UTC time line.
#pragma once
#include <chrono>
#include <cstddef>

#include "base/units.hpp"

namespace xiaoyuan {

/// An instant in UTC. Local time exists only in base/zone.
using Instant = std::chrono::sys_seconds;

/// `size` steps; step i covers [start + i·step, start + (i+1)·step).
struct TimeAxis {
  Instant start;
  std::chrono::seconds step{3600};
  std::size_t size = 0;

  Instant at(std::size_t i) const { return start + step * static_cast<long long>(i); }
  Instant middle(std::size_t i) const { return at(i) + step / 2; }
  Instant end() const { return at(size); }
  Duration step_length() const { return {static_cast<double>(step.count()) / 3600.0}; }
  double step_hours() const { return step_length().value; }
  friend bool operator==(const TimeAxis&, const TimeAxis&) = default;
};

}  // namespace xiaoyuan
