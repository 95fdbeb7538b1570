// Reads typical years of the US National Solar Radiation Data Base (TMY3, CSV).
//
// Format: S. Wilcox, W. Marion, "Users Manual for TMY3 Data Sets", NREL/TP-581-43156, 2008. The
// first line holds the station, the second names the columns; "01:00" covers 00:00–01:00 local
// standard time and "24:00" is the last hour of a day.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// A typical year on the nominal year 2001, 8,760 hourly steps. Missing values (−9900) are filled
/// where the gap is short (a note says how many). Errors name line and field.
Result<Weather> read_tmy3(std::string_view bytes, const std::string& file_name,
                          const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
