#include "optimum/store_year.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

double stricter(double limit, std::span<const double> series, std::size_t step) {
  return series.empty() ? limit : std::min(limit, series[step]);
}

/// Of the grid energies that meet `net`, the cheapest where the price bends the wrong way: an end
/// of what PV and the limits leave, or nothing.
double cheapest_grid(double least, double most, double buy, double sell) {
  const auto cost = [&](double grid) { return grid > 0.0 ? buy * grid : sell * grid; };
  double best = least;
  if (least < 0.0 && most > 0.0 && cost(0.0) < cost(best)) {
    best = 0.0;
  }
  return cost(most) < cost(best) ? most : best;
}

}  // namespace

bool StoreYear::is_plain() const {
  return export_limits_kwh.empty() && import_limits_kwh.empty() && charge_limits_kwh.empty() &&
         discharge_limits_kwh.empty() && least_kwh.empty() && most_kwh.empty() && drain_kwh.empty();
}

double export_limit(const StoreYear& year, std::size_t step) {
  return stricter(year.export_limit_kwh, year.export_limits_kwh, step);
}
double import_limit(const StoreYear& year, std::size_t step) {
  return stricter(year.import_limit_kwh, year.import_limits_kwh, step);
}
double charge_limit(const StoreYear& year, std::size_t step) {
  return stricter(year.battery.charge_kw * year.step_hours, year.charge_limits_kwh, step);
}
double discharge_limit(const StoreYear& year, std::size_t step) {
  return stricter(year.battery.discharge_kw * year.step_hours, year.discharge_limits_kwh, step);
}
double least_stored(const StoreYear& year, std::size_t step) {
  return year.least_kwh.empty() ? year.battery.floor_kwh
                                : std::max(year.battery.floor_kwh, year.least_kwh[step]);
}
double most_stored(const StoreYear& year, std::size_t step) {
  return stricter(year.battery.ceiling_kwh, year.most_kwh, step);
}
double drain(const StoreYear& year, std::size_t step) {
  return year.drain_kwh.empty() ? 0.0 : year.drain_kwh[step];
}

bool is_convex(const StoreYear& year, std::size_t step, double addition) {
  const double buy = year.buy[step] + addition;
  return buy >= 0.0 && year.sell[step] <= buy;
}

StepFlow flow_of(const StoreYear& year, std::size_t step, double change_kwh, double addition) {
  const double net = year.load_kwh[step] + battery::ac_energy_kwh(year.battery, change_kwh);
  const double pv = year.pv_kwh[step];
  const double limit = export_limit(year, step);
  double grid = 0.0;
  if (is_convex(year, step, addition)) {
    const double least_grid = year.sell[step] >= 0.0 ? -limit : std::min(0.0, net);
    grid = std::max(net - pv, std::min(least_grid, net));
  } else {
    grid = cheapest_grid(std::max(net - pv, -limit), std::min(net, import_limit(year, step)),
                         year.buy[step] + addition, year.sell[step]);
  }
  return {std::max(grid, 0.0), std::max(-grid, 0.0), std::max(0.0, grid - (net - pv))};
}

double bent_grid(const StoreYear& year, std::size_t step, double change_kwh, double addition,
                 MeterSide side) {
  constexpr double rounding_kwh = 1e-11;
  const double net = year.load_kwh[step] + battery::ac_energy_kwh(year.battery, change_kwh);
  double least = std::max(net - year.pv_kwh[step], -export_limit(year, step));
  double most = std::min(net, import_limit(year, step));
  if (side == MeterSide::buys) {
    least = std::max(least, 0.0);
  } else if (side == MeterSide::sells) {
    most = std::min(most, 0.0);
  }
  if (least > most + rounding_kwh) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return cheapest_grid(std::min(least, most), most, year.buy[step] + addition, year.sell[step]);
}

double step_cost(const StoreYear& year, std::size_t step, double change_kwh, double addition) {
  const StepFlow flow = flow_of(year, step, change_kwh, addition);
  return (year.buy[step] + addition) * flow.import_kwh - year.sell[step] * flow.export_kwh +
         year.battery.wear_yuan_per_kwh * std::abs(change_kwh);
}

}  // namespace xiaoyuan::optimum
