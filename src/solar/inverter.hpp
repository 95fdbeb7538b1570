// Alternating-current power of an inverter: its efficiency by load, its rating, its outages.
//
//   P_ac = (1 − u) min(P_rating, P_dc η(ζ)),   ζ = P_dc / (P_rating/η_nom)
//   pvwatts  η = η_nom/0.9637 (−0.0162 ζ − 0.0059/ζ + 0.9858)
//   flat     η = η_nom
//   points   η between given points (ζ, η) in a straight line, beyond them that of the last
//
//   u the share of the year's energy that outages take, off every step alike.
//
// Sources: A. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), for the polynomial;
// EN 50530 for points by part of the rated DC power, as data sheets give them.
#pragma once
#include <algorithm>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::solar {

enum class InverterCurve { pvwatts, flat, points };

struct EfficiencyPoint {
  double part = 0.0;        ///< ζ
  double efficiency = 0.0;  ///< η
};

struct InverterSpec {
  double ac_rating_kw = 0.0;  ///< above 0 where there is an array
  double efficiency = 0.96;   ///< nominal
  InverterCurve curve = InverterCurve::pvwatts;
  std::vector<EfficiencyPoint> points{};  ///< for that curve: at least one, ζ rising
  double unavailable_fraction = 0.0;      ///< u
};

/// η between points.
double efficiency_at(const std::vector<EfficiencyPoint>& points, double part);

/// Alternating-current power before the rating cuts it, kW. η P_dc of the polynomial is written
/// out, so that darkness divides by nothing.
inline double unclipped_ac_kw(const InverterSpec& inverter, double dc_kw) {
  if (inverter.curve == InverterCurve::flat) {
    return dc_kw * inverter.efficiency;
  }
  const double rated_dc_kw = inverter.ac_rating_kw / inverter.efficiency;
  const double part = dc_kw / rated_dc_kw;
  if (inverter.curve == InverterCurve::points) {
    return dc_kw * efficiency_at(inverter.points, part);
  }
  constexpr double reference = 0.9637;
  const double curve = (-0.0162 * part + 0.9858) * part - 0.0059;
  return std::max(rated_dc_kw * inverter.efficiency / reference * curve, 0.0);
}

/// Alternating-current power while the inverter runs, kW.
inline double ac_power_kw(const InverterSpec& inverter, double dc_kw) {
  return std::min(unclipped_ac_kw(inverter, dc_kw), inverter.ac_rating_kw);
}

/// Reads "0.05:0.92 0.3:0.97 1:0.968": part of the load and efficiency of each point. `where` goes
/// into the errors.
Result<std::vector<EfficiencyPoint>> parse_efficiency(std::string_view text,
                                                      const Where& where = {});

}  // namespace xiaoyuan::solar
