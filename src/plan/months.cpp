#include "plan/months.hpp"

namespace xiaoyuan::plan {

MonthAxis months_of(std::span<const Civil> times) {
  MonthAxis axis;
  axis.of_step.reserve(times.size());
  for (const Civil& time : times) {
    const bool is_new = axis.months.empty() || axis.months.back().month != time.month ||
                        axis.months.back().year != time.year;
    if (is_new) {
      axis.months.push_back({time.year, time.month});
    }
    axis.of_step.push_back(static_cast<std::uint16_t>(axis.months.size() - 1));
  }
  return axis;
}

}  // namespace xiaoyuan::plan
