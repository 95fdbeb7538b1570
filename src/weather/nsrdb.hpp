// Reads the CSV files of the National Solar Radiation Database (NSRDB, Physical Solar Model 3 and
// 4), single years and typical years.
//
// Format: NREL, "NSRDB API: PSM v3 / GOES v4 download". One row of names and one of values tell
// place, time zone and units; then Year,Month,Day,Hour,Minute and the columns asked for. The light
// is that of the stamp's moment (the solar zenith beside it is too); a stamp in the middle of its
// step stands for the step. Means are made as in instants.hpp. A typical year has months of
// different years; a year may leave its 29 February out.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// Wants GHI and Temperature; takes DNI, DHI, Wind Speed and Pressure (mbar) where they are. A file
/// without the two head rows needs its place from `options`, and its offset from UTC unless its
/// first column says it (2023-01-01 00:00:00-07:00). Errors name line and field.
Result<Weather> read_nsrdb(std::string_view bytes, const std::string& file_name,
                           const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
