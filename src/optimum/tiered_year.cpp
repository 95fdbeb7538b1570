#include "optimum/tiered_year.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

constexpr std::size_t most_columns = 400;
constexpr double tiers_proof_share = 1e-9;

std::vector<Tiers> quantities_of(const Counted& counted) {
  std::vector<Tiers> all;
  if (counted.counts_import()) {
    all.assign(counted.import_periods, counted.import_tiers);
  }
  if (counted.counts_export()) {
    all.push_back(counted.export_tiers);
  }
  return all;
}

class Columns {
 public:
  Columns(StepCosts& costs, const Ends& ends, const Counted& counted)
      : costs_(costs), ends_(ends), counted_(counted), master_(quantities_of(counted)) {}
  std::optional<TieredTrial> solve(GridIs grid);

 private:
  struct Column {
    Trial trial;
    Multipliers at;
  };
  void price(const Multipliers& at) const {
    costs_.lower_sell(at.export_fall);
    costs_.price(at.additions, counted_.period_of_step);
  }
  bool add_column(const Multipliers& at);
  Multipliers multipliers(const std::vector<double>& by_quantity) const;
  void mix(TieredTrial& found) const;
  void mix_grid(TieredTrial& found) const;

  StepCosts& costs_;
  const Ends& ends_;
  const Counted& counted_;
  TierMaster master_;
  std::vector<Column> columns_;
  Mixture mixture_;
  Multipliers best_;
  double best_cycle_value_ = 0.0;
  double bound_ = -std::numeric_limits<double>::infinity();
};

Multipliers Columns::multipliers(const std::vector<double>& by_quantity) const {
  Multipliers all{by_quantity, 0.0};
  if (counted_.counts_export()) {
    all.export_fall = all.additions.back();
    all.additions.pop_back();
  }
  return all;
}

/// The best schedule at some multipliers; what it costs at the year's own prices (on the hulls,
/// where a step is not convex) and the quantities that count.
bool Columns::add_column(const Multipliers& at) {
  price(at);
  auto trial = YearSolver(costs_, ends_).solve();
  if (!trial) {
    return false;
  }
  const StoreYear& year = costs_.year();
  std::vector<double> imports(std::max<std::size_t>(1, at.additions.size()), 0.0);
  double sold_kwh = 0.0;
  double level = 0.0;  // with the multipliers
  for (std::size_t t = 0; t < year.size(); ++t) {
    const double change = trial->path.change_kwh[t];
    const StepFlow flow = costs_.flow(t, change);
    level += costs_.is_bent(t) ? costs_.cost(t, change)
                               : (year.buy[t] + costs_.addition(t)) * flow.import_kwh -
                                     year.sell[t] * flow.export_kwh +
                                     year.battery.wear_yuan_per_kwh * std::abs(change);
    imports[at.additions.empty() ? 0 : counted_.period(t)] += flow.import_kwh;
    sold_kwh += flow.export_kwh;
  }
  if (const double here = level + all_conjugates(counted_, at); here > bound_) {
    bound_ = here;
    best_ = at;
    best_cycle_value_ = trial->cycle_value;
  }
  double cost = level - at.export_fall * sold_kwh;
  std::vector<double> quantities;
  if (counted_.counts_import()) {
    quantities = imports;
    for (std::size_t period = 0; period < imports.size(); ++period) {
      cost -= at.additions[period] * imports[period];
    }
  }
  if (counted_.counts_export()) {
    quantities.push_back(sold_kwh);
  }
  master_.add(cost, quantities);
  columns_.push_back({std::move(*trial), at});
  return true;
}

void Columns::mix(TieredTrial& found) const {
  double share = 0.0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const double here = mixture_.shares[i];
    if (here <= 0.0) {
      continue;
    }
    share += here;
    found.trial.path = share == here
                           ? columns_[i].trial.path
                           : blend(columns_[i].trial.path, found.trial.path, here / share);
  }
  found.trial.cycle_value = best_cycle_value_;
  found.at = best_;
  found.bound_yuan = bound_;
}

/// The same mixture of what flows. A step that is not convex and not held on a side takes what is
/// cheapest at the multipliers instead: a mixture of its two sides is nothing that can be done.
void Columns::mix_grid(TieredTrial& found) const {
  const StoreYear& year = costs_.year();
  found.grid_kwh.assign(year.size(), 0.0);
  double share = 0.0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (mixture_.shares[i] <= 0.0) {
      continue;
    }
    share += mixture_.shares[i];
    price(columns_[i].at);
    for (std::size_t t = 0; t < year.size(); ++t) {
      const StepFlow flow = costs_.flow(t, columns_[i].trial.path.change_kwh[t]);
      found.grid_kwh[t] += mixture_.shares[i] * (flow.import_kwh - flow.export_kwh);
    }
  }
  price(best_);
  for (std::size_t t = 0; t < year.size(); ++t) {
    const double change = found.trial.path.change_kwh[t];
    if (costs_.is_bent(t) && !costs_.is_held(t)) {
      const StepFlow flow = flow_of(year, t, change, costs_.addition(t));
      found.grid_kwh[t] = flow.import_kwh - flow.export_kwh;
      continue;
    }
    const double net = year.load_kwh[t] + battery::ac_energy_kwh(year.battery, change);
    const double least = std::max(net - year.pv_kwh[t], -export_limit(year, t));
    found.grid_kwh[t] =
        std::max(least, std::min({found.grid_kwh[t] / share, net, import_limit(year, t)}));
  }
}

std::optional<TieredTrial> Columns::solve(GridIs grid) {
  Multipliers at{std::vector<double>(counted_.counts_import() ? counted_.import_periods : 0, 0.0),
                 0.0};
  while (columns_.size() < most_columns) {
    if (!add_column(at)) {
      return std::nullopt;
    }
    mixture_ = master_.solve();
    if (mixture_.cost_yuan - bound_ <=
        tiers_proof_share * std::max(1.0, std::abs(mixture_.cost_yuan))) {
      break;
    }
    at = multipliers(mixture_.additions);
  }
  TieredTrial found;
  mix(found);
  if (grid == GridIs::mixed) {
    mix_grid(found);
  }
  price(best_);
  return found;
}

}  // namespace

PlainCost plain_cost(const StoreYear& year, const Counted& counted, const StorePath& path,
                     std::span<const double> grid_kwh) {
  PlainCost plain;
  plain.import_kwh.assign(counted.import_periods, 0.0);
  for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
    const double change = path.change_kwh[t];
    StepFlow flow;
    if (grid_kwh.empty()) {
      flow = flow_of(year, t, change);
    } else {
      flow = {std::max(grid_kwh[t], 0.0), std::max(-grid_kwh[t], 0.0), 0.0};
    }
    plain.yuan += year.buy[t] * flow.import_kwh - year.sell[t] * flow.export_kwh +
                  year.battery.wear_yuan_per_kwh * std::abs(change);
    plain.import_kwh[counted.period(t)] += flow.import_kwh;
    plain.export_kwh += flow.export_kwh;
  }
  return plain;
}

double all_tiers(const Counted& counted, const PlainCost& plain) {
  double cost = 0.0;
  for (const double kwh : plain.import_kwh) {
    cost += tier_cost(counted.import_tiers, kwh);
  }
  return cost + tier_cost(counted.export_tiers, plain.export_kwh);
}

double all_conjugates(const Counted& counted, const Multipliers& at) {
  double cost = 0.0;
  for (const double addition : at.additions) {
    cost += tier_conjugate(counted.import_tiers, addition);
  }
  return cost + tier_conjugate(counted.export_tiers, at.export_fall);
}

std::optional<TieredTrial> solve_tiered(StepCosts& costs, const Ends& ends, const Counted& counted,
                                        GridIs grid) {
  return Columns(costs, ends, counted).solve(grid);
}

}  // namespace xiaoyuan::optimum
