// The electricity of an air-source heat pump (煤改电), from the outdoor temperature.
//
//   heat need   q(T) ∝ max(0, T_base − G − T)
//   performance COP(T) = COP_7 + k·(T − 7 °C), not below 1
//   electricity P(T) = q(T) / COP(T), scaled to the season's kWh
//
// T outdoor temperature (°C), T_base the temperature above which nobody heats, G what people, stove
// and lamps warm the house by while somebody is up (07 to 22 h, K). The need is largest at the cold
// end of the night, while the house sleeps: Beijing's houses peak between 03 and 07 h and need
// least between 13 and 15 h (doi 10.1080/23744731.2020.1746152).
#pragma once
#include <span>
#include <vector>

#include "base/zone.hpp"

namespace xiaoyuan::demand {

struct HeatPump {
  double base_c = 16.0;
  double cop_at_7c = 3.0;
  double cop_per_k = 0.05;
  double awake_gain_k = 1.0;
};

double coefficient_of_performance(const HeatPump& pump, double outdoor_c);

/// Mean electric power by step, kW, with `season_kwh` over the axis, in proportion to need / COP.
/// Only the months November to March heat. All zero when no step is cold enough.
std::vector<double> heat_pump_kw(const HeatPump& pump, std::span<const double> outdoor_c,
                                 std::span<const Civil> times, double season_kwh,
                                 double step_hours);

}  // namespace xiaoyuan::demand
