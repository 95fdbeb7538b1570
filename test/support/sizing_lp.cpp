#include "support/sizing_lp.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace xiaoyuan::test {

namespace {

using Terms = std::vector<std::pair<int, double>>;

struct SizingProgram {
  std::vector<double> low, high, cost;
  std::vector<double> row_low, row_high;
  std::vector<int> rows, columns;
  std::vector<double> entries;

  int column(double least, double most, double price) {
    low.push_back(least);
    high.push_back(most);
    cost.push_back(price);
    return static_cast<int>(low.size()) - 1;
  }
  void row(const Terms& terms, double least, double most) {
    for (const auto& [index, value] : terms) {
      rows.push_back(static_cast<int>(row_low.size()));
      columns.push_back(index);
      entries.push_back(value);
    }
    row_low.push_back(least);
    row_high.push_back(most);
  }
  std::optional<double> solve() const {
    const CoinPackedMatrix matrix(false, rows.data(), columns.data(), entries.data(),
                                  static_cast<CoinBigIndex>(entries.size()));
    ClpSimplex lp;
    lp.setLogLevel(0);
    lp.setPrimalTolerance(1e-9);
    lp.setDualTolerance(1e-9);
    lp.loadProblem(matrix, low.data(), high.data(), cost.data(), row_low.data(), row_high.data());
    lp.dual();
    return lp.status() == 0 ? std::optional(lp.objectiveValue()) : std::nullopt;
  }
};

/// A size as the sum of its price pieces, each a column; their terms.
Terms add_size(SizingProgram& lp, const optimum::Purchase& purchase, double most, Terms& capex) {
  Terms size;
  double from = 0.0;
  for (const optimum::PricePiece& piece : purchase.pieces) {
    const double to = std::min(piece.up_to, most);
    if (to > from) {
      const int column =
          lp.column(0.0, to - from, purchase.counted * piece.yuan_per_unit + purchase.upkeep_yuan);
      size.emplace_back(column, 1.0);
      capex.emplace_back(column, piece.yuan_per_unit);
      from = to;
    }
  }
  return size;
}

void append(Terms& terms, const Terms& more, double times) {
  for (const auto& [column, value] : more) {
    terms.emplace_back(column, value * times);
  }
}

struct Sized {
  std::vector<Terms> roofs;
  Terms energy, power, capex, quantity;
};

/// The rows and columns of one representative year.
void add_year(SizingProgram& lp, const optimum::SizingProblem& problem,
              const optimum::YearShare& share, Sized& sized) {
  const optimum::BatteryChoice& battery = problem.battery;
  const int steps = static_cast<int>(problem.load_kwh.size());
  const double kept = std::pow(1.0 - battery.standing_loss_per_hour, problem.step_hours);
  const bool is_carbon = problem.aim == optimum::SizingAim::least_carbon;
  std::vector<int> stored;
  for (int t = 0; t < steps; ++t) {
    stored.push_back(lp.column(problem.reserve_kwh, COIN_DBL_MAX, 0.0));
  }
  const auto& periods = problem.tier_period_of_step;
  std::vector<Terms> imports(periods.empty() ? 1 : 1UL + *std::ranges::max_element(periods));
  const auto stricter = [](double limit, std::span<const double> series, std::size_t i) {
    return series.empty() ? limit : std::min(limit, series[i]);
  };
  for (int t = 0; t < steps; ++t) {
    const auto i = static_cast<std::size_t>(t);
    const int charge = lp.column(
        0.0, COIN_DBL_MAX, share.weight * battery.wear_yuan_per_kwh * battery.charge_efficiency);
    const int discharge = lp.column(
        0.0, COIN_DBL_MAX, share.weight * battery.wear_yuan_per_kwh / battery.discharge_efficiency);
    const int bought =
        lp.column(0.0, stricter(problem.import_limit_kwh, problem.import_limits_kwh, i),
                  share.weight * problem.buy[i]);
    const int sold =
        lp.column(0.0, stricter(problem.export_limit_kwh, problem.export_limits_kwh, i),
                  -share.weight * problem.sell[i]);
    const int used = lp.column(0.0, COIN_DBL_MAX, 0.0);
    Terms available{{used, 1.0}};
    for (std::size_t r = 0; r < sized.roofs.size(); ++r) {
      append(available, sized.roofs[r], -share.pv_share * problem.roofs[r].kwh_per_kwp[i]);
    }
    lp.row(available, -COIN_DBL_MAX, 0.0);
    lp.row({{used, 1}, {bought, 1}, {discharge, 1}, {charge, -1}, {sold, -1}}, problem.load_kwh[i],
           problem.load_kwh[i]);
    lp.row({{stored[(i + 1) % stored.size()], 1},
            {stored[i], -kept},
            {charge, -battery.charge_efficiency},
            {discharge, 1 / battery.discharge_efficiency}},
           0.0, 0.0);
    for (const int flow : {charge, discharge}) {
      Terms power{{flow, 1.0}};
      append(power, sized.power, -problem.step_hours);
      lp.row(power, -COIN_DBL_MAX, 0.0);
    }
    Terms most{{stored[i], 1.0}};
    append(most, sized.energy, -share.capacity_share * battery.ceiling_share);
    lp.row(most, -COIN_DBL_MAX, 0.0);
    Terms least{{stored[i], 1.0}};
    append(least, sized.energy, -share.capacity_share * battery.floor_share);
    lp.row(least, 0.0, COIN_DBL_MAX);
    imports[periods.empty() ? 0 : periods[i]].emplace_back(bought, 1.0);
    sized.quantity.emplace_back(bought,
                                share.weight * (is_carbon ? problem.carbon_kg_per_kwh[i] : 1.0));
  }
  for (const Terms& period : imports) {
    for (std::size_t k = 0; k < problem.tier_limits_kwh.size(); ++k) {
      Terms over = period;
      over.emplace_back(lp.column(0.0, COIN_DBL_MAX,
                                  share.weight * (problem.tier_additions_yuan[k + 1] -
                                                  problem.tier_additions_yuan[k])),
                        -1.0);
      lp.row(over, -COIN_DBL_MAX, problem.tier_limits_kwh[k]);
    }
  }
}

double weight_of(const optimum::SizingProblem& problem) {
  double weight = 0.0;
  for (const optimum::YearShare& share : problem.years) {
    weight += share.weight;
  }
  return weight;
}

SizingProgram program_of(const optimum::SizingProblem& problem, Sized& sized) {
  SizingProgram lp;
  const optimum::BatteryChoice& battery = problem.battery;
  for (const optimum::RoofPlane& roof : problem.roofs) {
    sized.roofs.push_back(add_size(lp, roof.purchase, roof.room_kwp, sized.capex));
  }
  sized.energy = add_size(lp, battery.energy, battery.most_kwh, sized.capex);
  sized.power = add_size(lp, battery.power, std::min(battery.most_kw, 1e4), sized.capex);
  if (battery.most_kw_per_kwh < optimum::no_limit) {
    Terms ratio = sized.power;
    append(ratio, sized.energy, -battery.most_kw_per_kwh);
    lp.row(ratio, -COIN_DBL_MAX, 0.0);
  }
  if (problem.budget_yuan < optimum::no_limit) {
    lp.row(sized.capex, -COIN_DBL_MAX, problem.budget_yuan);
  }
  for (const optimum::YearShare& share : problem.years) {
    add_year(lp, problem, share, sized);
  }
  if (problem.most_quantity < optimum::no_limit) {
    lp.row(sized.quantity, -COIN_DBL_MAX, problem.most_quantity * weight_of(problem));
  }
  return lp;
}

}  // namespace

std::optional<double> clp_sizing(const optimum::SizingProblem& problem) {
  Sized sized;
  return program_of(problem, sized).solve();
}

std::optional<double> clp_least_quantity(const optimum::SizingProblem& problem) {
  Sized sized;
  SizingProgram lp = program_of(problem, sized);
  std::ranges::fill(lp.cost, 0.0);
  for (const auto& [column, value] : sized.quantity) {
    lp.cost[static_cast<std::size_t>(column)] = value;
  }
  const auto least = lp.solve();
  return least ? std::optional(*least / weight_of(problem)) : std::nullopt;
}

}  // namespace xiaoyuan::test
