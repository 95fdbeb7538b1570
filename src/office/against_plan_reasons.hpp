// What a village knows of why its plants made more or less than planned: a table by household and
// month.
//
//   household, month, weather_ratio, outage_generation_wh
//   weather_ratio = possible_generation_wh / planned_generation_wh
//
// The ratio is taken from those two columns where both are there, since it is printed with few
// digits. Other columns are left alone, so that a wider table serves.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ledger/period.hpp"
#include "settle/against_plan.hpp"

namespace xiaoyuan::office {

using ReasonsByHousehold = std::map<std::string, settle::KnownReasons>;

struct ReasonsWanted {
  ledger::Period month;
  std::vector<std::string> households;  ///< of the village
};

/// The rows of a month. Errors, all at once, of every row: no such household, no month, no number,
/// a household twice in a month.
Result<ReasonsByHousehold> read_reasons(std::string_view bytes, const std::string& name,
                                        const ReasonsWanted& wanted);

}  // namespace xiaoyuan::office
