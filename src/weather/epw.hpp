// Reads EnergyPlus weather files (EPW): eight header lines, then a row per hour or part of one.
//
// Format: "Auxiliary Programs", EnergyPlus documentation, chapter "EnergyPlus Weather File (EPW)
// Data Dictionary". Row h of a day covers (h−1, h] in local standard time.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// A typical year on the nominal year 2001, 8,760 steps times 1, 2 or 4 records per hour. Missing
/// values are filled where the gap is short (a note says how many). Errors name line and field.
Result<Weather> read_epw(std::string_view bytes, const std::string& file_name,
                         const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
