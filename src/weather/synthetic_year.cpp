#include <fmt/format.h>

#include "base/random.hpp"
#include "weather/climate.hpp"
#include "weather/sun_hours.hpp"
#include "weather/synthetic_air.hpp"
#include "weather/synthetic_sky.hpp"

namespace xiaoyuan::weather {

Result<Weather> synthetic_year(const Climate& climate, int year, std::uint64_t seed) {
  const SunHours sun = sun_hours(climate, year);
  // Each part draws from a source of its own, so that a change of one leaves the others.
  Random of_sky(seed_of("sky", seed));
  Random of_temperature(seed_of("temperature", seed));
  Random of_wind(seed_of("wind", seed));
  TRY(Sky sky, synthetic_sky(climate, sun, of_sky));
  Weather weather;
  weather.place = climate.place;
  weather.utc_offset = climate.utc_offset;
  weather.typical = true;
  weather.axis = sun.axis;
  weather.temperature_c = synthetic_temperature(climate, sun, sky.day_index, of_temperature);
  weather.wind_m_s = synthetic_wind(climate, sun, of_wind);
  weather.pressure_pa.assign(sun.axis.size, sun.pressure_pa);
  weather.ghi_w_m2 = std::move(sky.ghi_w_m2);
  weather.dni_w_m2 = std::move(sky.dni_w_m2);
  weather.dhi_w_m2 = std::move(sky.dhi_w_m2);
  weather.source = climate.source;
  weather.notes.push_back(
      {fmt::format("a synthetic year drawn around the monthly means of {} (seed {}): not measured",
                   climate.name.en, seed),
       fmt::format("按{}月均值生成的合成年(种子 {}),并非实测", climate.name.zh, seed)});
  return weather;
}

}  // namespace xiaoyuan::weather
