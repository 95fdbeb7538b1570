#include "demand/heat_pump.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::demand {

namespace {

bool awake(const Civil& time) { return time.hour() >= 7 && time.hour() < 22; }

}  // namespace

bool HeatingSeason::holds(const Civil& time) const {
  const double mmdd = time.month * 100.0 + time.day;
  const bool begun = mmdd >= first_day_mmdd;
  const bool over = mmdd > last_day_mmdd;
  return first_day_mmdd <= last_day_mmdd ? begun && !over : begun || !over;
}

double coefficient_of_performance(const HeatPump& pump, double outdoor_c) {
  return std::max(1.0, pump.cop_at_7c + pump.cop_per_k * (outdoor_c - 7.0));
}

HeatUse heat_by_season(const HeatPump& pump, std::span<const double> outdoor_c,
                       std::span<const Civil> times, double season_kwh, double step_hours) {
  expects(outdoor_c.size() == times.size());
  HeatUse use{std::vector<double>(times.size(), 0.0), std::vector<double>(times.size(), 0.0)};
  double sum = 0.0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double base_c = pump.base_c - (awake(times[i]) ? pump.awake_gain_k : 0.0);
    const double need = std::max(0.0, base_c - outdoor_c[i]);
    if (need > 0.0 && pump.season.holds(times[i])) {
      use.heat_kw[i] = need;
      use.kw[i] = need / coefficient_of_performance(pump, outdoor_c[i]);
      sum += use.kw[i];
    }
  }
  const double scale = sum > 0.0 ? season_kwh / (sum * step_hours) : 0.0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    use.kw[i] *= scale;
    use.heat_kw[i] *= scale;
  }
  return use;
}

HeatUse heat_by_loss(const HeatPump& pump, const HeatLoss& house, std::span<const double> outdoor_c,
                     std::span<const Civil> times, double step_hours) {
  expects(outdoor_c.size() == times.size());
  HeatUse use{std::vector<double>(times.size(), 0.0), std::vector<double>(times.size(), 0.0)};
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double inside_c = house.set_point_c - (awake(times[i]) ? 0.0 : house.night_set_back_k);
    const double need_w = house.loss_w_per_k * (inside_c - outdoor_c[i]) - house.internal_gain_w;
    if (need_w > 0.0 && pump.season.holds(times[i])) {
      const double need_kw = need_w / 1000.0;
      const double by_pump_kw = pump.rating_kw > 0.0 ? std::min(need_kw, pump.rating_kw) : need_kw;
      const double auxiliary_kw = need_kw - by_pump_kw;
      use.heat_kw[i] = need_kw;
      use.kw[i] = by_pump_kw / coefficient_of_performance(pump, outdoor_c[i]) + auxiliary_kw;
      use.auxiliary_kwh += auxiliary_kw * step_hours;
    }
  }
  return use;
}

}  // namespace xiaoyuan::demand
