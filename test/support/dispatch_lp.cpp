#include "support/dispatch_lp.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <cmath>
#include <vector>

namespace xiaoyuan::test {

namespace {

/// Columns of step t, and the tiers' after all steps.
struct Layout {
  int steps;
  int charge(int t) const { return 6 * t; }
  int discharge(int t) const { return 6 * t + 1; }
  int import_(int t) const { return 6 * t + 2; }
  int export_(int t) const { return 6 * t + 3; }
  int curtailed(int t) const { return 6 * t + 4; }
  int stored(int t) const { return t == steps ? 6 * steps : 6 * t + 5; }  // before step t
  int tier(int k) const { return 6 * steps + 1 + k; }
  int count(int tiers) const { return 6 * steps + 1 + tiers; }
};

/// The program, row by row.
struct Program {
  std::vector<double> low, high, cost;    // columns
  std::vector<double> row_low, row_high;  // rows
  std::vector<int> rows, columns;         // entries
  std::vector<double> entries;

  explicit Program(int size) {
    const auto count = static_cast<std::size_t>(size);
    low.assign(count, 0.0);
    high.assign(count, 0.0);
    cost.assign(count, 0.0);
  }
  void column(int index, double least, double most, double price) {
    const auto i = static_cast<std::size_t>(index);
    low[i] = least;
    high[i] = most;
    cost[i] = price;
  }
  void row(std::initializer_list<std::pair<int, double>> terms, double least, double most) {
    for (const auto& [index, value] : terms) {
      rows.push_back(static_cast<int>(row_low.size()));
      columns.push_back(index);
      entries.push_back(value);
    }
    row_low.push_back(least);
    row_high.push_back(most);
  }
};

void set_columns(Program& lp, const plan::DispatchProblem& problem, const Layout& at) {
  const plan::StoreYear& year = problem.year;
  const battery::Spec& spec = year.battery;
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    lp.column(at.charge(t), 0, spec.charge_kw * year.step_hours,
              spec.wear_yuan_per_kwh * spec.charge_efficiency);
    lp.column(at.discharge(t), 0, spec.discharge_kw * year.step_hours,
              spec.wear_yuan_per_kwh / spec.discharge_efficiency);
    lp.column(at.import_(t), 0, year.import_limit_kwh, year.buy[i]);
    lp.column(at.export_(t), 0, year.export_limit_kwh, -year.sell[i]);
    lp.column(at.curtailed(t), 0, year.pv_kwh[i], 0);
  }
  for (int t = 0; t <= at.steps; ++t) {
    lp.column(at.stored(t), spec.floor_kwh, spec.ceiling_kwh, 0);
  }
  if (problem.end != plan::YearEnd::cyclic) {
    lp.column(at.stored(0), problem.start_kwh, problem.start_kwh, 0);
  }
  for (std::size_t k = 0; k < problem.tier_limits_kwh.size(); ++k) {
    lp.column(at.tier(static_cast<int>(k)), 0, COIN_DBL_MAX,
              problem.tier_additions_yuan[k + 1] - problem.tier_additions_yuan[k]);
  }
}

void add_rows(Program& lp, const plan::DispatchProblem& problem, const Layout& at) {
  const plan::StoreYear& year = problem.year;
  const battery::Spec& spec = year.battery;
  const double kept = std::pow(1.0 - spec.standing_loss_per_hour, year.step_hours);
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    const double right = year.pv_kwh[i] - year.load_kwh[i];
    lp.row({{at.charge(t), 1},
            {at.export_(t), 1},
            {at.curtailed(t), 1},
            {at.discharge(t), -1},
            {at.import_(t), -1}},
           right, right);
    lp.row({{at.stored(t + 1), 1},
            {at.stored(t), -kept},
            {at.charge(t), -spec.charge_efficiency},
            {at.discharge(t), 1 / spec.discharge_efficiency}},
           0, 0);
  }
  if (problem.end != plan::YearEnd::free) {
    lp.row({{at.stored(at.steps), 1}, {at.stored(0), -1}}, 0,
           problem.end == plan::YearEnd::cyclic ? 0 : COIN_DBL_MAX);
  }
  for (std::size_t k = 0; k < problem.tier_limits_kwh.size(); ++k) {
    lp.row({{at.tier(static_cast<int>(k)), -1}}, -COIN_DBL_MAX, problem.tier_limits_kwh[k]);
    for (int t = 0; t < at.steps; ++t) {
      lp.rows.push_back(static_cast<int>(lp.row_low.size()) - 1);
      lp.columns.push_back(at.import_(t));
      lp.entries.push_back(1.0);
    }
  }
}

}  // namespace

std::optional<double> clp_cost(const plan::DispatchProblem& problem) {
  const Layout at{static_cast<int>(problem.year.load_kwh.size())};
  Program program(at.count(static_cast<int>(problem.tier_limits_kwh.size())));
  set_columns(program, problem, at);
  add_rows(program, problem, at);
  const CoinPackedMatrix matrix(false, program.rows.data(), program.columns.data(),
                                program.entries.data(),
                                static_cast<CoinBigIndex>(program.entries.size()));
  ClpSimplex lp;
  lp.setLogLevel(0);
  lp.loadProblem(matrix, program.low.data(), program.high.data(), program.cost.data(),
                 program.row_low.data(), program.row_high.data());
  lp.dual();
  if (lp.status() != 0) {
    return std::nullopt;
  }
  return lp.objectiveValue();
}

}  // namespace xiaoyuan::test
