// Reads weather from a plain CSV file whose first row names its columns.
//
//   time            beginning of the step: 2024-01-31 07:00, or with an offset 2024-01-31
//   07:00+08:00 ghi_w_m2        global horizontal irradiance, mean of the step temperature_c   air
//   temperature dni_w_m2  dhi_w_m2  wind_m_s  pressure_pa (or pressure_hpa)             may be left
//   out
//
// Steps of 5, 10, 15, 30 or 60 minutes; an empty cell is a missing value. A pyranometer cools by
// night: GHI and DHI from −20 to 0 W/m² are read as 0.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// Measured weather over all rows. The place comes from `options`, and the offset from UTC too
/// where the times do not carry it. Errors name line and column, an unknown column with the nearest
/// name.
Result<Weather> read_plain_csv(std::string_view bytes, const std::string& file_name,
                               const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
