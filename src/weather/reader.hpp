// Reads a weather file of any known format; which one it is, its name and first lines tell.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// EPW by its extension or its first line, TMY3 by its second, PVGIS, NASA POWER and NSRDB by their
/// first, a plain CSV by the names of its columns. Anything else is an error that names the
/// formats.
Result<Weather> read_weather(std::string_view bytes, const std::string& file_name,
                             const ReadOptions& options = {});

}  // namespace xiaoyuan::weather
