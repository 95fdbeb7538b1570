#include "optimum/marginal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double at_kwh = 1e-8;

struct Range {
  double low;
  double high;
};

/// The slopes of the meter's cost at a net energy of the house.
Range meter_slopes(const StoreYear& year, std::size_t t, double net, double addition) {
  const double pv = year.pv_kwh[t];
  const double sell = year.sell[t];
  const double buy = year.buy[t] + addition;
  const double limit = export_limit(year, t);
  const double breaks[2] = {sell >= 0.0 ? pv - limit : 0.0, pv};
  const double slopes[3] = {sell >= 0.0 ? 0.0 : sell, sell >= 0.0 ? sell : 0.0, buy};
  Range range{unbounded, -unbounded};
  const auto reach = [&](double slope) {
    range = {std::min(range.low, slope), std::max(range.high, slope)};
  };
  if (net <= breaks[0] + at_kwh) reach(slopes[0]);
  if (net >= breaks[0] - at_kwh && net <= breaks[1] + at_kwh) reach(slopes[1]);
  if (net >= breaks[1] - at_kwh) reach(slopes[2]);
  if (net <= -limit + at_kwh) range.low = -unbounded;
  if (net >= pv + import_limit(year, t) - at_kwh) range.high = unbounded;
  return range;
}

/// The prices in the house that fit the value of stored energy and what the store does.
Range store_prices(const StoreYear& year, std::size_t t, double change, double value) {
  const battery::Spec& spec = year.battery;
  const double ac = battery::ac_energy_kwh(spec, change);
  const double to_charge = (value - spec.wear_yuan_per_kwh) * spec.charge_efficiency;
  const double to_draw = (value + spec.wear_yuan_per_kwh) / spec.discharge_efficiency;
  Range range{to_charge, to_draw};
  if (ac > at_kwh) range.high = to_charge;
  if (ac < -at_kwh) range.low = to_draw;
  if (ac >= charge_limit(year, t) - at_kwh) range.low = -unbounded;
  if (ac <= at_kwh - discharge_limit(year, t)) range.high = unbounded;
  return range;
}

/// A price in both ranges; where rounding parts them, the middle of the gap.
double common(const Range& meter, const Range& store) {
  const double low = std::max(meter.low, store.low);
  const double high = std::min(meter.high, store.high);
  if (low > high) {
    return 0.5 * (low + high);
  }
  if (std::isfinite(low) && std::isfinite(high)) {
    return 0.5 * (low + high);
  }
  return std::isfinite(low) ? low : high;
}

bool is_constant(std::span<const double> series, std::size_t t, double constant) {
  return series.empty() || series[t] > constant;
}

/// What the bounds of the store at the end of step t are worth: λ falls across an empty store and
/// rises across a full one.
void add_bounds(const StoreYear& year, std::size_t t, double jump, MarginalValues& all) {
  const battery::Spec& spec = year.battery;
  if (jump < 0.0 && is_constant(year.most_kwh, t, spec.ceiling_kwh)) {
    all.ceiling_kwh -= jump;
  }
  if (jump > 0.0 && (year.least_kwh.empty() || year.least_kwh[t] < spec.floor_kwh)) {
    all.floor_kwh -= jump;
  }
}

void add_end(const DispatchProblem& problem, double at_start, double at_end, MarginalValues& all) {
  const std::size_t last = problem.year.size() - 1;
  if (problem.end == YearEnd::cyclic) {
    add_bounds(problem.year, last, at_end - at_start, all);
    return;
  }
  const double end = problem.end_kwh < 0.0 ? problem.start_kwh : problem.end_kwh;
  const bool is_bound_by_end =
      at_end > 0.0 && problem.end != YearEnd::free && end >= problem.year.battery.floor_kwh;
  if (problem.end != YearEnd::equal && !is_bound_by_end) {
    add_bounds(problem.year, last, at_end, all);
  }
}

/// What the last kWh sold earns, by step: a cap on what is sold counted in.
std::vector<double> selling(const DispatchProblem& problem, const DispatchResult& result) {
  std::vector<double> sell(problem.year.sell.begin(), problem.year.sell.end());
  const double rise =
      result.cap_case == CapCase::beyond ? problem.export_beyond_yuan : -result.export_fall_yuan;
  for (double& price : sell) {
    price += rise;
  }
  return sell;
}

}  // namespace

double MarginalValues::pv_kwp(std::span<const double> shape_kwh) const {
  double saved = 0.0;
  for (std::size_t t = 0; t < shape_kwh.size(); ++t) {
    saved += std::max(0.0, house_price[t]) * shape_kwh[t];
  }
  return saved;
}

MarginalValues marginal_values(const DispatchProblem& problem, const DispatchResult& result) {
  StoreYear year = problem.year;
  const std::vector<double> sell = selling(problem, result);
  year.sell = sell;
  const battery::Spec& spec = year.battery;
  const double hours = year.step_hours;
  const double kept = 1.0 - battery::standing_loss(spec, hours);
  const double wear = spec.wear_yuan_per_kwh;
  const auto& values = result.stored_value;
  MarginalValues all;
  all.house_price.resize(year.size());
  for (std::size_t t = 0; t < year.size(); ++t) {
    const auto& periods = problem.tier_period_of_step;
    const double addition = result.tier_additions.empty()
                                ? 0.0
                                : result.tier_additions[periods.empty() ? 0 : periods[t]];
    const double change = result.path.change_kwh[t];
    const double net = year.load_kwh[t] + battery::ac_energy_kwh(spec, change);
    const double price =
        common(meter_slopes(year, t, net, addition), store_prices(year, t, change, values[t]));
    all.house_price[t] = price;
    if (is_constant(year.charge_limits_kwh, t, spec.charge_kw * hours)) {
      all.charge_kw += hours * std::max(0.0, (values[t] - wear) * spec.charge_efficiency - price);
    }
    if (is_constant(year.discharge_limits_kwh, t, spec.discharge_kw * hours)) {
      all.discharge_kw +=
          hours * std::max(0.0, price - (values[t] + wear) / spec.discharge_efficiency);
    }
    const bool is_at_import = net >= year.pv_kwh[t] + import_limit(year, t) - at_kwh;
    if (is_at_import && is_constant(year.import_limits_kwh, t, year.import_limit_kwh)) {
      all.import_limit_kwh += std::max(0.0, price - year.buy[t] - addition);
    }
    const bool is_at_export = year.sell[t] >= 0.0
                                  ? net <= year.pv_kwh[t] - export_limit(year, t) + at_kwh
                                  : net <= -export_limit(year, t) + at_kwh;
    if (is_at_export && is_constant(year.export_limits_kwh, t, year.export_limit_kwh)) {
      all.export_limit_kwh += std::max(0.0, year.sell[t] - price);
    }
    if (t > 0) {
      add_bounds(year, t - 1, values[t - 1] - kept * values[t], all);
    }
  }
  add_end(problem, kept * values.front(), values.back(), all);
  return all;
}

}  // namespace xiaoyuan::optimum
