#include "support/dispatch_check.hpp"

#include <cmath>
#include <limits>

namespace xiaoyuan::test {

namespace {

constexpr double eps = 1e-9;

/// Least cost of meeting `net` (what PV and grid must give), by trying every corner of PV use.
double step_cost(const plan::StoreYear& year, std::size_t t, double net, double& import_kwh) {
  double best = std::numeric_limits<double>::infinity();
  const double corners[] = {0.0, year.pv_kwh[t], net, net + year.export_limit_kwh,
                            net - year.import_limit_kwh};
  for (const double used : corners) {
    if (used < -eps || used > year.pv_kwh[t] + eps) {
      continue;
    }
    const double grid = net - used;
    if (grid < -year.export_limit_kwh - eps || grid > year.import_limit_kwh + eps) {
      continue;
    }
    const double cost = grid > 0.0 ? grid * year.buy[t] : grid * year.sell[t];
    const double imported = grid > 0.0 ? grid : 0.0;
    const bool ties = std::abs(cost - best) < 1e-12;  // of equals, the one that imports less
    if (ties ? imported < import_kwh : cost < best) {
      best = cost;
      import_kwh = imported;
    }
  }
  return best;
}

}  // namespace

Checked checked(const plan::DispatchProblem& problem, const plan::StorePath& path) {
  const plan::StoreYear& year = problem.year;
  const battery::Spec& spec = year.battery;
  Checked result;
  double stored = path.start_kwh;
  double imported = 0.0;
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    const double kept = stored * std::pow(1.0 - spec.standing_loss_per_hour, year.step_hours);
    const double u = path.change_kwh[t];
    stored = kept + u;
    const double ac = u > 0.0 ? u / spec.charge_efficiency : u * spec.discharge_efficiency;
    if (stored < spec.floor_kwh - eps || stored > spec.ceiling_kwh + eps) {
      result.wrong = "stored energy out of bounds at step " + std::to_string(t);
    }
    if (ac > spec.charge_kw * year.step_hours + eps ||
        -ac > spec.discharge_kw * year.step_hours + eps) {
      result.wrong = "power out of bounds at step " + std::to_string(t);
    }
    double import_kwh = 0.0;
    const double cost = step_cost(year, t, year.load_kwh[t] + ac, import_kwh);
    if (!std::isfinite(cost)) {
      result.wrong = "no balance at step " + std::to_string(t);
    }
    result.cost_yuan += cost + spec.wear_yuan_per_kwh * std::abs(u);
    imported += import_kwh;
  }
  for (std::size_t k = 0; k < problem.tier_limits_kwh.size(); ++k) {
    const double rise = problem.tier_additions_yuan[k + 1] - problem.tier_additions_yuan[k];
    result.cost_yuan += rise * std::max(0.0, imported - problem.tier_limits_kwh[k]);
  }
  const bool ends = problem.end == plan::YearEnd::free ||
                    (problem.end == plan::YearEnd::cyclic ? std::abs(stored - path.start_kwh) < 1e-7
                                                          : stored > problem.start_kwh - 1e-7);
  if (!ends) {
    result.wrong = "the end does not fit the start";
  }
  return result;
}

}  // namespace xiaoyuan::test
