#include "support/dispatch_lp.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace xiaoyuan::test {

namespace {

/// Columns of step t, and the tiers' after all steps.
struct Layout {
  int steps;
  int tier_columns;
  int stores = 0;  ///< beside the battery
  int charge(int t) const { return 6 * t; }
  int discharge(int t) const { return 6 * t + 1; }
  int import_(int t) const { return 6 * t + 2; }
  int export_(int t) const { return 6 * t + 3; }
  int curtailed(int t) const { return 6 * t + 4; }
  int stored(int t) const { return t == steps ? 6 * steps : 6 * t + 5; }  // before step t
  int tier(int k) const { return 6 * steps + 1 + k; }
  int beyond_cap() const { return 6 * steps + 1 + tier_columns; }
  int heater(int j, int t) const { return beyond_cap() + 1 + j * (2 * steps + 1) + t; }
  int held(int j, int t) const { return heater(j, steps + t); }  // before step t
  int count() const { return heater(stores, 0); }
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

using Series = std::span<const double>;
double least(double constant, Series series, int t) {
  return series.empty() ? constant : std::min(constant, series[static_cast<std::size_t>(t)]);
}

using optimum::CapCase;

/// How a step that is not convex is held: which side of the store and of the meter is shut.
struct Shut {
  int step;
  bool charge, discharge, import_, export_;
};

/// What is held: steps, and the side of the cap where more is earned beyond it.
struct Held {
  std::vector<Shut> shuts;
  CapCase cap = CapCase::none;
};

void set_columns(Program& lp, const optimum::DispatchProblem& problem, const Layout& at,
                 const Held& held) {
  const optimum::StoreYear& year = problem.year;
  const battery::Spec& spec = year.battery;
  const double hours = year.step_hours;
  const double more = held.cap == CapCase::beyond ? problem.export_beyond_yuan : 0.0;
  lp.column(at.stored(0), spec.floor_kwh, spec.ceiling_kwh, 0);
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    lp.column(at.charge(t), 0, least(spec.charge_kw * hours, year.charge_limits_kwh, t),
              spec.wear_yuan_per_kwh * spec.charge_efficiency);
    lp.column(at.discharge(t), 0, least(spec.discharge_kw * hours, year.discharge_limits_kwh, t),
              spec.wear_yuan_per_kwh / spec.discharge_efficiency);
    lp.column(at.import_(t), 0, least(year.import_limit_kwh, year.import_limits_kwh, t),
              year.buy[i]);
    lp.column(at.export_(t), 0, least(year.export_limit_kwh, year.export_limits_kwh, t),
              -year.sell[i] - more);
    lp.column(at.curtailed(t), 0, year.pv_kwh[i], 0);
    const double reserve = year.least_kwh.empty() ? 0.0 : year.least_kwh[i];
    lp.column(at.stored(t + 1), std::max(spec.floor_kwh, reserve),
              least(spec.ceiling_kwh, year.most_kwh, t), 0);
  }
  const double dearer = std::max(0.0, -problem.export_beyond_yuan);
  lp.column(at.beyond_cap(), 0, dearer > 0.0 ? COIN_DBL_MAX : 0.0, dearer);
  for (const Shut& shut : held.shuts) {
    if (shut.charge) lp.high[static_cast<std::size_t>(at.charge(shut.step))] = 0;
    if (shut.discharge) lp.high[static_cast<std::size_t>(at.discharge(shut.step))] = 0;
    if (shut.import_) lp.high[static_cast<std::size_t>(at.import_(shut.step))] = 0;
    if (shut.export_) lp.high[static_cast<std::size_t>(at.export_(shut.step))] = 0;
  }
  if (problem.end != optimum::YearEnd::cyclic) {
    lp.column(at.stored(0), problem.start_kwh, problem.start_kwh, 0);
  }
  for (int k = 0; k < at.tier_columns; ++k) {
    const auto tier = static_cast<std::size_t>(k) % problem.tier_limits_kwh.size();
    lp.column(at.tier(k), 0, COIN_DBL_MAX,
              problem.tier_additions_yuan[tier + 1] - problem.tier_additions_yuan[tier]);
  }
}

/// Σ export − beyond ≤ cap; on the cap's far side Σ export ≥ cap.
void add_cap(Program& lp, const optimum::DispatchProblem& problem, const Layout& at, CapCase side) {
  if (!problem.has_export_cap()) {
    return;
  }
  lp.row({{at.beyond_cap(), -1}}, side == CapCase::beyond ? problem.export_cap_kwh : -COIN_DBL_MAX,
         side == CapCase::beyond ? COIN_DBL_MAX : problem.export_cap_kwh);
  for (int t = 0; t < at.steps; ++t) {
    lp.rows.push_back(static_cast<int>(lp.row_low.size()) - 1);
    lp.columns.push_back(at.export_(t));
    lp.entries.push_back(1.0);
  }
}

void add_rows(Program& lp, const optimum::DispatchProblem& problem, const Layout& at) {
  const optimum::StoreYear& year = problem.year;
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
    const double drained = year.drain_kwh.empty() ? 0.0 : -year.drain_kwh[i];
    lp.row({{at.stored(t + 1), 1},
            {at.stored(t), -kept},
            {at.charge(t), -spec.charge_efficiency},
            {at.discharge(t), 1 / spec.discharge_efficiency}},
           drained, drained);
  }
  if (problem.end == optimum::YearEnd::cyclic) {
    lp.row({{at.stored(at.steps), 1}, {at.stored(0), -1}}, 0, 0);
  } else if (problem.end != optimum::YearEnd::free) {
    const double end = problem.end_kwh < 0.0 ? problem.start_kwh : problem.end_kwh;
    lp.row({{at.stored(at.steps), 1}}, end,
           problem.end == optimum::YearEnd::equal ? end : COIN_DBL_MAX);
  }
  const int tiers = static_cast<int>(problem.tier_limits_kwh.size());
  for (int k = 0; k < at.tier_columns; ++k) {
    lp.row({{at.tier(k), -1}}, -COIN_DBL_MAX,
           problem.tier_limits_kwh[static_cast<std::size_t>(k % tiers)]);
    for (int t = 0; t < at.steps; ++t) {
      const auto& periods = problem.tier_period_of_step;
      if ((periods.empty() ? 0 : periods[static_cast<std::size_t>(t)]) == k / tiers) {
        lp.rows.push_back(static_cast<int>(lp.row_low.size()) - 1);
        lp.columns.push_back(at.import_(t));
        lp.entries.push_back(1.0);
      }
    }
  }
}

/// Electricity and dynamics of a store that only takes; its heater stands in the house's balance.
void add_store(Program& lp, const optimum::SecondStore& store, const Layout& at, int j,
               double hours) {
  const bool is_cyclic = store.end == optimum::YearEnd::cyclic;
  const double kept = std::pow(1.0 - store.standing_loss_per_hour, hours);
  lp.column(at.held(j, 0), is_cyclic ? store.floor_kwh : store.start_kwh,
            is_cyclic ? store.ceiling_kwh : store.start_kwh, 0);
  for (int t = 0; t < at.steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    lp.column(at.heater(j, t), 0, least(store.heater_kw * hours, store.heater_limits_kwh, t), 0);
    lp.column(at.held(j, t + 1),
              std::max(store.floor_kwh, store.least_kwh.empty() ? 0.0 : store.least_kwh[i]),
              least(store.ceiling_kwh, store.most_kwh, t), 0);
    const double used = store.use_kwh.empty() ? 0.0 : store.use_kwh[i];
    lp.row({{at.held(j, t + 1), 1},
            {at.held(j, t), -kept},
            {at.heater(j, t), store.cop.empty() ? -1.0 : -store.cop[i]}},
           -used, -used);
    lp.rows.push_back(2 * t);  // of the battery's rows the balance is the first of each step
    lp.columns.push_back(at.heater(j, t));
    lp.entries.push_back(1.0);
  }
  const double end = store.end_kwh < 0.0 ? store.start_kwh : store.end_kwh;
  if (is_cyclic) {
    lp.row({{at.held(j, at.steps), 1}, {at.held(j, 0), -1}}, 0, 0);
  } else if (store.end != optimum::YearEnd::free) {
    lp.row({{at.held(j, at.steps), 1}}, end,
           store.end == optimum::YearEnd::equal ? end : COIN_DBL_MAX);
  }
}

struct Solved {
  double cost;
  int burning_step;  ///< charges and discharges at once, as no store can; −1 where none does
};

std::optional<Solved> solved(const optimum::DispatchProblem& problem, const Held& held,
                             const std::vector<optimum::SecondStore>& stores = {}) {
  int periods = 1;
  for (const auto period : problem.tier_period_of_step) {
    periods = std::max(periods, period + 1);
  }
  const int tiers = static_cast<int>(problem.tier_limits_kwh.size());
  const Layout at{static_cast<int>(problem.year.load_kwh.size()), tiers * periods,
                  static_cast<int>(stores.size())};
  Program program(at.count());
  set_columns(program, problem, at, held);
  add_rows(program, problem, at);
  for (int j = 0; j < at.stores; ++j) {
    add_store(program, stores[static_cast<std::size_t>(j)], at, j, problem.year.step_hours);
  }
  add_cap(program, problem, at, held.cap);
  const CoinPackedMatrix matrix(false, program.rows.data(), program.columns.data(),
                                program.entries.data(),
                                static_cast<CoinBigIndex>(program.entries.size()));
  ClpSimplex lp;
  lp.setLogLevel(0);
  lp.setPrimalTolerance(1e-9);
  lp.setDualTolerance(1e-9);
  lp.loadProblem(matrix, program.low.data(), program.high.data(), program.cost.data(),
                 program.row_low.data(), program.row_high.data());
  lp.dual();
  if (lp.status() != 0) {
    return std::nullopt;
  }
  int burning = -1;
  double most = 1e-6;
  for (int t = 0; t < at.steps; ++t) {
    const double both = std::min(lp.primalColumnSolution()[at.charge(t)],
                                 lp.primalColumnSolution()[at.discharge(t)]);
    if (both > most) {
      most = both;
      burning = t;
    }
  }
  const double once =
      held.cap == CapCase::beyond ? problem.export_beyond_yuan * problem.export_cap_kwh : 0.0;
  return Solved{lp.objectiveValue() + once, burning};
}

/// Lowers `best` to the least cost of a schedule that never charges and discharges at once.
void search(const optimum::DispatchProblem& problem, Held held, std::optional<double>& best) {
  const auto found = solved(problem, held);
  if (!found || (best && found->cost > *best - 1e-10)) {
    return;
  }
  if (found->burning_step < 0) {
    best = found->cost;
    return;
  }
  held.shuts.push_back({found->burning_step, true, false, false, false});
  search(problem, held, best);
  held.shuts.back() = {found->burning_step, false, true, false, false};
  search(problem, held, best);
}

/// On both sides of the cap where they must be told apart.
void search_sides(const optimum::DispatchProblem& problem, const std::vector<Shut>& shuts,
                  std::optional<double>& best) {
  if (!problem.has_export_cap() || problem.export_beyond_yuan < 0.0) {
    search(problem, {shuts, CapCase::none}, best);
    return;
  }
  search(problem, {shuts, CapCase::within}, best);
  search(problem, {shuts, CapCase::beyond}, best);
}

}  // namespace

std::optional<double> clp_cost(const optimum::DispatchProblem& problem) {
  std::optional<double> best;
  search_sides(problem, {}, best);
  return best;
}

std::optional<double> clp_cost(const optimum::JointProblem& problem) {
  const auto found = solved(problem.home, {}, problem.stores);
  return found ? std::optional(found->cost) : std::nullopt;
}

std::optional<double> clp_cost_by_sides(const optimum::DispatchProblem& problem,
                                        const std::vector<std::size_t>& bent_steps) {
  std::optional<double> best;
  const int choices = 1 << (2 * bent_steps.size());
  for (int choice = 0; choice < choices; ++choice) {
    std::vector<Shut> shuts;
    for (std::size_t i = 0; i < bent_steps.size(); ++i) {
      const bool store = (choice >> (2 * i) & 1) != 0;
      const bool meter = (choice >> (2 * i + 1) & 1) != 0;
      shuts.push_back({static_cast<int>(bent_steps[i]), store, !store, meter, !meter});
    }
    search_sides(problem, shuts, best);
  }
  return best;
}

}  // namespace xiaoyuan::test
