// The case of a roof in Aurora, Colorado: weather and every stage of the chain, 8,760 hours.
#pragma once
#include <string>
#include <vector>

#include "sun/case_instant.hpp"
#include "support/cases.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::test {

/// The weather columns of a solar/aurora_*.csv; its stamps are the middles of the hours.
inline weather::Weather aurora_weather(const Columns& rows) {
  weather::Weather year;
  year.place = {39.72, -104.75, 1726.0};
  const auto& stamps = rows.text("time_mid");
  year.axis = {instant_of(stamps.front()) - std::chrono::minutes{30}, std::chrono::hours{1},
               stamps.size()};
  year.ghi_w_m2 = rows.numbers("ghi");
  year.dni_w_m2 = rows.numbers("dni");
  year.dhi_w_m2 = rows.numbers("dhi");
  year.temperature_c = rows.numbers("temp_air");
  year.wind_m_s = rows.numbers("wind_speed");
  year.pressure_pa = rows.numbers("pressure");
  return year;
}

}  // namespace xiaoyuan::test
