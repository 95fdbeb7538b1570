// The electricity of an air-source heat pump (煤改电) and the heat it gives, from the outdoor
// temperature: either shared out from the season's known kWh, or from what the house loses.
//
//   performance  COP(T) = COP_7 + k·(T − 7 °C), not below 1
//
// By season: heat need q(T) ∝ max(0, T_base − G − T), electricity q(T) / COP(T), scaled to the
// season's kWh. T outdoor temperature (°C), T_base the temperature above which nobody heats, G what
// people, stove and lamps warm the house by while somebody is up (07 to 22 h, K). The need is
// largest at the cold end of the night, while the house sleeps: Beijing's houses peak between 03
// and 07 h and need least between 13 and 15 h (doi 10.1080/23744731.2020.1746152).
//
// By loss: heat need q(T) = max(0, H·(T_in − T) − Q_i), H the heat loss of walls, roof, windows and
// air (W/K), T_in the set-point, lower by the set-back from 22 to 07 h, Q_i the internal gains (W).
// It is the balance of JGJ 26-2010 4.3.3 (q_H = q_HT + q_INF − q_IH) taken step by step. The house
// stores no heat here, and the sun through its windows is left out: no source for rural windows was
// found. The pump gives up to its thermal rating; an electric auxiliary heater (COP 1) the rest.
#pragma once
#include <span>
#include <vector>

#include "base/zone.hpp"

namespace xiaoyuan::demand {

/// First and last day on which the house is heated, as month × 100 + day: 1101 is 1 November. It
/// may run across New Year, and does in the north.
struct HeatingSeason {
  double first_day_mmdd = 1101.0;
  double last_day_mmdd = 331.0;
  bool holds(const Civil& time) const;
};

struct HeatPump {
  double base_c = 16.0;
  double cop_at_7c = 3.0;
  double cop_per_k = 0.05;
  double awake_gain_k = 1.0;
  HeatingSeason season = {};
  double rating_kw = 0.0;  ///< most heat that the pump gives; 0 is no limit
};

/// What a house loses and gains, for the need by loss.
struct HeatLoss {
  double loss_w_per_k = 0.0;
  double set_point_c = 18.0;
  double night_set_back_k = 0.0;  ///< from 22 to 07 h
  double internal_gain_w = 0.0;
};

/// Mean powers by step, kW; times the step's hours they are kWh.
struct HeatUse {
  std::vector<double> kw;       ///< electricity, the auxiliary heater's included
  std::vector<double> heat_kw;  ///< heat into the house
  double auxiliary_kwh = 0.0;   ///< of the electricity, the auxiliary heater's over all steps
};

double coefficient_of_performance(const HeatPump& pump, double outdoor_c);

/// Electricity with `season_kwh` over the axis, in proportion to need / COP within the heating
/// season, and the heat of it. All zero when no step is cold enough. The rating does not bind here.
HeatUse heat_by_season(const HeatPump& pump, std::span<const double> outdoor_c,
                       std::span<const Civil> times, double season_kwh, double step_hours);

/// Electricity and heat that keep a house at its set-point within the heating season.
HeatUse heat_by_loss(const HeatPump& pump, const HeatLoss& house, std::span<const double> outdoor_c,
                     std::span<const Civil> times, double step_hours);

}  // namespace xiaoyuan::demand
