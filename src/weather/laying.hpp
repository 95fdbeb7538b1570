// Which step of a source year stands at which step of the time line.
#pragma once
#include <vector>

#include "base/error.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// Steps of the source's length on the source's grid that cover the wanted axis.
struct Laying {
  TimeAxis axis;
  /// The source step of each step, and of one more before the first and after the last.
  std::vector<std::size_t> source;
  bool repeats_leap_day = false;  ///< a 29 February shows the 28th

  std::size_t before(std::size_t i) const { return source[i]; }
  std::size_t at(std::size_t i) const { return source[i + 1]; }
  std::size_t after(std::size_t i) const { return source[i + 2]; }
};

/// By local-standard month, day and time for a typical year, by instant for a measured one.
Result<Laying> laid(const Weather& weather, const TimeAxis& wanted);

}  // namespace xiaoyuan::weather
