// Lays a year of weather on the time axis of a plan, whatever its start and step.
//
// A typical year is laid by local-standard month, day and time; a measured one stays where it is.
// From coarse to fine, every step of the source keeps its mean exactly:
//   irradiance   x_j = x·w_j / mean(w),  w the clear sky's GHI, DNI or DHI in part j of the step
//   the others   q(s) = e₀ + (e₁ − e₀)·s + 6a·s(1 − s) on 0 ≤ s ≤ 1, e₀ and e₁ the means with the
//                neighbours, a = x − (e₀ + e₁)/2; where wind would turn negative, q is pulled
//                towards x
// From fine to coarse, means.
#pragma once
#include "base/error.hpp"
#include "base/time_axis.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// `weather` over exactly the steps of `axis`. On a 29 February that a typical year lacks, the day
/// before is repeated (a note says so). Where the file has light and the sun is down for a whole
/// step, the light is spread evenly over it.
/// Errors: a measured year that does not cover the axis (says from when to when it does), a typical
/// one that is not a whole year, steps that do not start on whole minutes.
Result<Weather> on_axis(const Weather& weather, const TimeAxis& axis);

}  // namespace xiaoyuan::weather
