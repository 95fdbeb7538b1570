#include "support/coupled_lp.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <cmath>

namespace xiaoyuan::test {

namespace {

/// Columns of a household: five a step, then the stored energy before each step.
struct Columns {
  int first;
  int steps;
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

void set_columns(ColumnBounds& columns, const optimum::StoreYear& year, const Columns& at) {
  const battery::Spec& spec = year.battery;
  const auto column = [&](int index, double least, double most, double cost) {
    const auto i = static_cast<std::size_t>(index);
    columns.least[i] = least;
    columns.most[i] = most;
    columns.cost[i] = cost;
  };
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    column(at.charge(t), 0, spec.charge_kw * year.step_hours,
           spec.wear_yuan_per_kwh * spec.charge_efficiency);
    column(at.discharge(t), 0, spec.discharge_kw * year.step_hours,
           spec.wear_yuan_per_kwh / spec.discharge_efficiency);
    column(at.bought(t), 0, year.import_limit_kwh, year.buy[i]);
    column(at.sold(t), 0, year.export_limit_kwh, -year.sell[i]);
    column(at.curtailed(t), 0, year.pv_kwh[i], 0);
    column(at.stored(t), spec.floor_kwh, spec.ceiling_kwh, 0);
  }
}

void add_rows(Rows& rows, const optimum::StoreYear& year, const Columns& at) {
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
    rows.add(4, store, shares, 0, 0);
  }
}

}  // namespace

std::optional<CoupledLp> clp_coupled(const optimum::CoupledProblem& problem) {
  const int steps = static_cast<int>(problem.households.front().year.size());
  const int homes = static_cast<int>(problem.households.size());
  const auto count = static_cast<std::size_t>(6 * steps * homes);
  ColumnBounds bounds{std::vector<double>(count), std::vector<double>(count),
                      std::vector<double>(count)};
  Rows rows;
  rows.matrix.setDimensions(0, static_cast<int>(count));
  for (int i = 0; i < homes; ++i) {
    const optimum::StoreYear& year = problem.households[static_cast<std::size_t>(i)].year;
    set_columns(bounds, year, {6 * steps * i, steps});
    add_rows(rows, year, {6 * steps * i, steps});
  }
  for (int t = 0; t < steps; ++t) {
    std::vector<int> columns;
    std::vector<double> signs;
    for (int i = 0; i < homes; ++i) {
      const Columns at{6 * steps * i, steps};
      columns.insert(columns.end(), {at.bought(t), at.sold(t)});
      signs.insert(signs.end(), {1.0, -1.0});
    }
    const auto at = static_cast<std::size_t>(t);
    rows.add(2 * homes, columns.data(), signs.data(), -problem.export_limits_kwh[at],
             problem.import_limits_kwh[at]);
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
    const double dual = lp.dualRowSolution()[2 * steps * homes + t];
    found.import_price.push_back(std::max(0.0, -dual));
    found.export_price.push_back(std::max(0.0, dual));
  }
  return found;
}

}  // namespace xiaoyuan::test
