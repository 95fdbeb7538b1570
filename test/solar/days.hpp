// Small made weather for the tests of the PV chain.
#pragma once
#include <cmath>
#include <numbers>

#include "sun/case_instant.hpp"
#include "sun/position.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::test {

/// Two days of plausible light whose parts add up, with a step of half an hour.
inline weather::Weather two_days() {
  weather::Weather days;
  days.place = {34.5, 113.0, 200.0};
  days.axis = {instant_of("2026-05-31T16:00:00Z"), std::chrono::minutes{30}, 96};
  for (std::size_t i = 0; i < days.axis.size; ++i) {
    const sun::Position at = sun::position(days.axis.middle(i), days.place);
    const double up = std::cos(at.apparent_zenith_deg * std::numbers::pi / 180.0);
    const double dni = up > 0.0 ? (i < 48 ? 850.0 : 120.0) * std::sqrt(up) : 0.0;
    const double dhi = up > 0.0 ? (i < 48 ? 90.0 : 300.0) * up : 0.0;
    days.dni_w_m2.push_back(dni);
    days.dhi_w_m2.push_back(dhi);
    days.ghi_w_m2.push_back(up > 0.0 ? dni * up + dhi : 0.0);
    days.temperature_c.push_back(24.0 + 6.0 * up);
    days.wind_m_s.push_back(2.0);
    days.pressure_pa.push_back(99000.0);
  }
  return days;
}

}  // namespace xiaoyuan::test
