// Similar days: which days of a meter's history are like the ones with holes, and what was used
// then.
#pragma once
#include "readings/estimation.hpp"

namespace xiaoyuan::readings {

/// The rule's number of similar days.
inline constexpr std::size_t similar_day_count = 4;

/// Generation + import − export: what a house used. A step is missing where one of them is.
Intervals used(const Intervals& generated, const Intervals& imported, const Intervals& exported);

/// For every step of `axis` the nearest days of `history` of the same kind (Monday to Friday, or
/// the weekend) that know the same time of day: up to four, the earlier one first where two are as
/// near. What public holidays are is not known here; a caller who knows gives series of his own.
SimilarDays similar_days(const Intervals& history, const TimeAxis& axis, const Zone& zone);

}  // namespace xiaoyuan::readings
