// Reads NASA POWER's hourly CSV files.
//
// Format: NASA Langley, POWER services, "Hourly API", point request. A head between -BEGIN HEADER-
// and -END HEADER- says place, time standard and each parameter with its unit in brackets; then
// YEAR,MO,DY,HR and the parameters. Hour h holds the mean of the hour that begins then; −999 means
// missing. LST is the solar time of the place's swath of 15°: UTC + round(longitude/15°) hours.
// The head of older files does not name the time standard; LST, the service's default, is taken.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// Measured weather over all years of the file. Wants ALLSKY_SFC_SW_DWN and T2M; takes
/// ALLSKY_SFC_SW_DNI and _DIFF, WS10M (or WS2M) and PS (kPa) where they are. Errors name line and
/// field; a daily file, or one in MJ, is one.
Result<Weather> read_nasa_power(std::string_view bytes, const std::string& file_name,
                                const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
