#include "support/tank_year.hpp"

#include <cmath>
#include <numbers>

namespace xiaoyuan::test {

/// Mean 12 °C, coldest in the middle of January at −4 °C, 5 K warmer in the afternoon; the house
/// loses 150 W/K below 18 °C, and the pump's COP is 3 at 7 °C and falls by 0.05 per K.
TankYear::TankYear(double step_hours) : pattern(reference_household(step_hours)) {
  for (std::size_t t = 0; t < pattern.load_kwh.size(); ++t) {
    const double hour = step_hours * static_cast<double>(t);
    const double year = 2.0 * std::numbers::pi * (hour / 24.0 - 15.0) / 365.0;
    const double day = 2.0 * std::numbers::pi * (hour - 9.0) / 24.0;
    const double outdoor_c = 12.0 - 16.0 * std::cos(year) + 5.0 * std::sin(day);
    heat.push_back(0.15 * std::max(0.0, 18.0 - outdoor_c) * step_hours);
    cop.push_back(std::max(1.0, 3.0 + 0.05 * (outdoor_c - 7.0)));
  }
  problem.home.year = {.load_kwh = pattern.load_kwh,
                       .pv_kwh = pattern.pv_kwh,
                       .buy = pattern.buy,
                       .sell = pattern.sell,
                       .step_hours = step_hours,
                       .export_limit_kwh = 1e6,
                       .import_limit_kwh = 1e6,
                       .battery = {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
  problem.stores.push_back({.ceiling_kwh = 12.0,
                            .heater_kw = 4.0,
                            .standing_loss_per_hour = 0.005,
                            .cop = cop,
                            .use_kwh = heat});
}

}  // namespace xiaoyuan::test
