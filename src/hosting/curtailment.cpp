#include "hosting/curtailment.hpp"

#include <algorithm>

#include "optimum/coupled.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr int most_curtailings = 12;
/// Of a limit, at first; it grows by as much with every correction.
constexpr double curtailing_margin = 2e-4;
constexpr double curtailing_gap = 2e-3;
constexpr double no_meter_limit_kwh = 1e6;

/// Steps stand alone, because nothing is stored: only those that break a limit are looked at.
class Curtailing {
 public:
  Curtailing(const VillageYear& village, const EnergyPrices& prices, std::size_t transformer,
             const Spread& spread)
      : full_(village),
        prices_(prices),
        transformer_(transformer),
        spread_(spread),
        state_(village),
        is_chosen_(village.steps, 0) {
    for (std::size_t h = 0; h < village.houses.size(); ++h) {
      if (village.houses[h].transformer == transformer) {
        own_.push_back(h);
      }
    }
    result_.kwh.assign(village.houses.size(), {});
    for (const std::size_t h : own_) {
      result_.kwh[h].assign(village.steps, 0.0);
    }
  }

  Result<std::optional<LeastCurtailment>> found() {
    const TrialGrid::Rules no_rules;
    TRY(const TrialGrid grid, TrialGrid::of(state_, no_rules));
    judge(grid);
    for (int i = 0; i < most_curtailings && year_.worst().used > 1.0 + kept_to_share; ++i) {
      const auto solved = optimum::coupled_dispatch(problem(), spread_);
      if (!solved) {
        return std::optional<LeastCurtailment>{};
      }
      take(*solved);
      judge(grid);
      margin_ += curtailing_margin;
    }
    if (year_.worst().used > 1.0 + kept_to_share) {
      return std::optional<LeastCurtailment>{};
    }
    result_.hardest = year_.worst();
    return std::optional(std::move(result_));
  }

 private:
  void judge(const TrialGrid& grid) {
    year_ = area_year(grid, transformer_, rows_, spread_);
    while (add_broken_rows(grid, year_, rows_)) {
      year_ = area_year(grid, transformer_, rows_, spread_);
    }
    for (std::size_t t = 0; t < full_.steps; ++t) {
      if (is_chosen_[t] == 0 && year_.hardest[t].used > 1.0) {
        is_chosen_[t] = 1;
        steps_.push_back(t);
      }
    }
  }

  optimum::CoupledProblem problem() {
    const double hours = full_.step_hours;
    loads_.assign(own_.size(), {});
    pvs_.assign(own_.size(), {});
    buys_.assign(own_.size(), {});
    sells_.assign(own_.size(), {});
    optimum::CoupledProblem problem;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const std::size_t h = own_[i];
      for (const std::size_t t : steps_) {
        loads_[i].push_back(std::max(0.0, hours * full_.use_kw[h][t]));
        pvs_[i].push_back(hours * full_.made_kw[h][t]);
        buys_[i].push_back(prices_.buy[t]);
        sells_[i].push_back(prices_.sell[t]);
      }
      optimum::DispatchProblem home;
      home.year = {loads_[i],          pvs_[i], buys_[i], sells_[i], hours, no_meter_limit_kwh,
                   no_meter_limit_kwh, {}};
      problem.households.push_back(std::move(home));
    }
    limits_.assign(rows_.size(), {});
    for (std::size_t m = 0; m < rows_.size(); ++m) {
      optimum::SharedLimit shared;
      for (const std::size_t h : own_) {
        shared.weights.push_back(rows_[m].weights[h]);
      }
      shared.slack = 0.8 * margin_ * hours;
      lay_limit(m);
      shared.export_limits_kwh = limits_[m];
      problem.limits.push_back(std::move(shared));
    }
    problem.gap = curtailing_gap;
    return problem;
  }

  /// Σ w·(net + curtailed) ≥ (used − 1)·hours + Σ w·curtailed so far + Σ w·net
  void lay_limit(std::size_t m) {
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      const std::size_t t = steps_[at];
      double least = full_.step_hours * (year_.used[m][t] - 1.0 + margin_);
      for (std::size_t i = 0; i < own_.size(); ++i) {
        least +=
            rows_[m].weights[own_[i]] * (loads_[i][at] - pvs_[i][at] + result_.kwh[own_[i]][t]);
      }
      limits_[m].push_back(-least);
    }
  }

  void take(const optimum::CoupledResult& solved) {
    result_.cost_yuan = solved.cost_yuan - solved.alone_yuan;
    result_.bound_yuan = solved.bound_yuan - solved.alone_yuan;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const std::size_t h = own_[i];
      for (std::size_t at = 0; at < steps_.size(); ++at) {
        const std::size_t t = steps_[at];
        const double free_kwh = loads_[i][at] - pvs_[i][at];
        const double kwh =
            std::clamp(solved.households[i].grid_kwh[at] - free_kwh, 0.0, pvs_[i][at]);
        result_.kwh[h][t] = kwh;
        state_.made_kw[h][t] = full_.made_kw[h][t] - static_cast<float>(kwh / full_.step_hours);
      }
    }
  }

  const VillageYear& full_;
  const EnergyPrices& prices_;
  std::size_t transformer_;
  const Spread& spread_;
  VillageYear state_;
  std::vector<std::uint8_t> is_chosen_;
  std::vector<std::size_t> own_;
  std::vector<std::size_t> steps_;
  std::vector<LimitRow> rows_;
  AreaYear year_;
  double margin_ = curtailing_margin;
  std::vector<std::vector<double>> loads_, pvs_, buys_, sells_, limits_;
  LeastCurtailment result_;
};

}  // namespace

Result<std::optional<LeastCurtailment>> least_curtailment(const VillageYear& village,
                                                          const EnergyPrices& prices,
                                                          std::size_t transformer,
                                                          const Spread& spread) {
  Curtailing curtailing(village, prices, transformer, spread);
  return curtailing.found();
}

}  // namespace xiaoyuan::hosting
