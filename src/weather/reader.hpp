// Reads a weather file of any known format; which one it is, its name and first lines tell.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// EPW by its extension or its first line, TMY3 by its second. Anything else is an error that names
/// the formats.
Result<Weather> read_weather(std::string_view bytes, const std::string& file_name);

}  // namespace xiaoyuan::weather
