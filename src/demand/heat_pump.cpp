#include "demand/heat_pump.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::demand {

double coefficient_of_performance(const HeatPump& pump, double outdoor_c) {
  return std::max(1.0, pump.cop_at_7c + pump.cop_per_k * (outdoor_c - 7.0));
}

std::vector<double> heat_pump_kw(const HeatPump& pump, std::span<const double> outdoor_c,
                                 std::span<const Civil> times, double season_kwh,
                                 double step_hours) {
  expects(outdoor_c.size() == times.size());
  std::vector<double> kw(times.size(), 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const bool heats = times[i].month >= 11 || times[i].month <= 3;
    const bool awake = times[i].hour() >= 7 && times[i].hour() < 22;
    const double base_c = pump.base_c - (awake ? pump.awake_gain_k : 0.0);
    const double need = std::max(0.0, base_c - outdoor_c[i]);
    if (heats && need > 0.0) {
      kw[i] = need / coefficient_of_performance(pump, outdoor_c[i]);
      sum += kw[i];
    }
  }
  for (double& power : kw) {
    power *= sum > 0.0 ? season_kwh / (sum * step_hours) : 0.0;
  }
  return kw;
}

}  // namespace xiaoyuan::demand
