// Beam and diffuse light for a weather file that knows only the global one.
#pragma once
#include "weather/read_options.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// Fills DNI and DHI from GHI, with a note, where one of them is empty. `light_after` says how long
/// after the beginning of a step the sun stands as the light says: half a step for means.
void split_global_light(Weather& weather, Splitting splitting, std::chrono::seconds light_after);

}  // namespace xiaoyuan::weather
