// Periods in which nobody lives in a house, and what they take away from its use.
//
// The year's kWh of a household (and of its heat pump, and of its car) is what it would use if
// somebody were always there. An absence takes away from it: of the load a standby share remains,
// of the heating a share against frost, and the car does not charge.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::demand {

/// Whole local days, both included.
struct Absence {
  Date first_day;
  Date last_day;
};

/// "2026-02-10/2026-03-20; 2026-07-01/2026-08-31", in any order, without overlaps; "" is none.
/// `where` is the cell that messages name.
Result<std::vector<Absence>> parse_absences(std::string_view text, const Where& where);

/// 1 for the steps that begin on a day of an absence, else 0.
std::vector<std::uint8_t> away_steps(std::span<const Civil> times,
                                     std::span<const Absence> absences);

/// Keeps only `share` of the power in the steps away; returns the power sum that was taken away
/// (kW; times the step's hours it is kWh).
double keep_share_away(std::span<double> kw, std::span<const std::uint8_t> away, double share);

}  // namespace xiaoyuan::demand
