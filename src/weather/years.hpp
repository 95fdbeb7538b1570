// The calendar years of a measured record, each as a year that may be laid on any plan.
#pragma once
#include <vector>

#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// The calendar years, in its local standard time, that a record covers from their first step to
/// their last, in order; none of a typical year, which has no calendar year.
std::vector<int> whole_years(const Weather& weather);

/// One of whole_years() as a typical year: it may be laid on any plan year. A leap year keeps its
/// 29 February, which shows in other leap years and is passed over in the rest.
Weather year_of(const Weather& weather, int year);

}  // namespace xiaoyuan::weather
