#include "support/coupled_lp.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <cmath>
#include <span>

namespace xiaoyuan::test {

namespace {

int tier_columns(const optimum::DispatchProblem& home) {
  int periods = 1;
  for (const auto period : home.tier_period_of_step) {
    periods = std::max(periods, period + 1);
  }
  return periods * static_cast<int>(home.tier_limits_kwh.size());
}

double stricter(double constant, std::span<const double> series, std::size_t t) {
  return series.empty() ? constant : std::min(constant, series[t]);
}

/// Columns of a household: five a step, the stored energy before each step, what its import lies
/// beyond each tier's limit.
struct Columns {
  int first;
  int steps;
  int tiers;
  int tier(int k) const { return first + 6 * steps + k; }
  int end() const { return first + 6 * steps + tiers; }
  int charge(int t) const { return first + 5 * t; }
  int discharge(int t) const { return first + 5 * t + 1; }
  int bought(int t) const { return first + 5 * t + 2; }
  int sold(int t) const { return first + 5 * t + 3; }
  int curtailed(int t) const { return first + 5 * t + 4; }
  int stored(int t) const { return first + 5 * steps + t % steps; }  // the year is a circle
};

/// Rows of the program, with their bounds.
struct Rows {
  CoinPackedMatrix matrix{false, 0, 0};
  std::vector<double> least, most;

  void add(int count, const int* columns, const double* values, double low, double high) {
    matrix.appendRow(count, columns, values);
    least.push_back(low);
    most.push_back(high);
  }
};

struct ColumnBounds {
  std::vector<double> least, most, cost;
};

void set_columns(ColumnBounds& columns, const optimum::DispatchProblem& home, const Columns& at) {
  const optimum::StoreYear& year = home.year;
  const battery::Spec& spec = year.battery;
  const auto column = [&](int index, double least, double most, double cost) {
    const auto i = static_cast<std::size_t>(index);
    columns.least[i] = least;
    columns.most[i] = most;
    columns.cost[i] = cost;
  };
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    const auto before = static_cast<std::size_t>(t == 0 ? at.steps - 1 : t - 1);
    column(at.charge(t), 0, stricter(spec.charge_kw * year.step_hours, year.charge_limits_kwh, i),
           spec.wear_yuan_per_kwh * spec.charge_efficiency);
    column(at.discharge(t), 0,
           stricter(spec.discharge_kw * year.step_hours, year.discharge_limits_kwh, i),
           spec.wear_yuan_per_kwh / spec.discharge_efficiency);
    column(at.bought(t), 0, stricter(year.import_limit_kwh, year.import_limits_kwh, i),
           year.buy[i]);
    column(at.sold(t), 0, stricter(year.export_limit_kwh, year.export_limits_kwh, i),
           -year.sell[i]);
    column(at.curtailed(t), 0, year.pv_kwh[i], 0);
    const double reserve = year.least_kwh.empty() ? 0.0 : year.least_kwh[before];
    column(at.stored(t), std::max(spec.floor_kwh, reserve),
           stricter(spec.ceiling_kwh, year.most_kwh, before), 0);
  }
  for (int k = 0; k < at.tiers; ++k) {
    const auto tier = static_cast<std::size_t>(k) % home.tier_limits_kwh.size();
    column(at.tier(k), 0, COIN_DBL_MAX,
           home.tier_additions_yuan[tier + 1] - home.tier_additions_yuan[tier]);
  }
}

void add_rows(Rows& rows, const optimum::DispatchProblem& home, const Columns& at) {
  const optimum::StoreYear& year = home.year;
  const battery::Spec& spec = year.battery;
  const double kept = std::pow(1.0 - spec.standing_loss_per_hour, year.step_hours);
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    const double right = year.pv_kwh[i] - year.load_kwh[i];
    const int flows[] = {at.charge(t), at.sold(t), at.curtailed(t), at.discharge(t), at.bought(t)};
    const double signs[] = {1, 1, 1, -1, -1};
    rows.add(5, flows, signs, right, right);
    const int store[] = {at.stored(t + 1), at.stored(t), at.charge(t), at.discharge(t)};
    const double shares[] = {1, -kept, -spec.charge_efficiency, 1 / spec.discharge_efficiency};
    const double drained = year.drain_kwh.empty() ? 0.0 : -year.drain_kwh[i];
    rows.add(4, store, shares, drained, drained);
  }
  const int tiers = static_cast<int>(home.tier_limits_kwh.size());
  for (int k = 0; k < at.tiers; ++k) {
    std::vector<int> columns{at.tier(k)};
    std::vector<double> signs{-1.0};
    for (int t = 0; t < at.steps; ++t) {
      const auto& periods = home.tier_period_of_step;
      if ((periods.empty() ? 0 : periods[static_cast<std::size_t>(t)]) == k / tiers) {
        columns.push_back(at.bought(t));
        signs.push_back(1.0);
      }
    }
    rows.add(static_cast<int>(columns.size()), columns.data(), signs.data(), -COIN_DBL_MAX,
             home.tier_limits_kwh[static_cast<std::size_t>(k % tiers)]);
  }
}

/// A shared limit: one row a step.
void add_shared(Rows& rows, const optimum::SharedLimit& limit, const std::vector<Columns>& homes) {
  for (int t = 0; t < homes.front().steps; ++t) {
    std::vector<int> columns;
    std::vector<double> weights;
    for (std::size_t i = 0; i < homes.size(); ++i) {
      const double weight = limit.weights.empty() ? 1.0 : limit.weights[i];
      columns.insert(columns.end(), {homes[i].bought(t), homes[i].sold(t)});
      weights.insert(weights.end(), {weight, -weight});
    }
    const auto at = static_cast<std::size_t>(t);
    rows.add(static_cast<int>(columns.size()), columns.data(), weights.data(),
             limit.export_limits_kwh.empty() ? -COIN_DBL_MAX : -limit.export_limits_kwh[at],
             limit.import_limits_kwh.empty() ? COIN_DBL_MAX : limit.import_limits_kwh[at]);
  }
}

}  // namespace

std::optional<CoupledLp> clp_coupled(const optimum::CoupledProblem& problem) {
  const int steps = static_cast<int>(problem.households.front().year.size());
  std::vector<Columns> homes;
  int end = 0;
  for (const optimum::DispatchProblem& home : problem.households) {
    homes.push_back({end, steps, tier_columns(home)});
    end = homes.back().end();
  }
  const auto count = static_cast<std::size_t>(end);
  ColumnBounds bounds{std::vector<double>(count), std::vector<double>(count),
                      std::vector<double>(count)};
  Rows rows;
  rows.matrix.setDimensions(0, end);
  for (std::size_t i = 0; i < homes.size(); ++i) {
    set_columns(bounds, problem.households[i], homes[i]);
    add_rows(rows, problem.households[i], homes[i]);
  }
  const int first_shared = static_cast<int>(rows.least.size());
  for (const optimum::SharedLimit& limit : problem.limits) {
    add_shared(rows, limit, homes);
  }
  ClpSimplex lp;
  lp.setLogLevel(0);
  lp.loadProblem(rows.matrix, bounds.least.data(), bounds.most.data(), bounds.cost.data(),
                 rows.least.data(), rows.most.data());
  lp.setPrimalTolerance(1e-9);
  lp.setDualTolerance(1e-9);
  lp.dual();
  if (lp.status() != 0) {
    return std::nullopt;
  }
  CoupledLp found{lp.objectiveValue(), {}, {}};
  for (int t = 0; t < steps; ++t) {
    const double dual = lp.dualRowSolution()[first_shared + t];
    found.import_price.push_back(std::max(0.0, -dual));
    found.export_price.push_back(std::max(0.0, dual));
  }
  return found;
}

}  // namespace xiaoyuan::test
