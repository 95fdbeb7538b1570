#include "optimum/coupled_repair.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xiaoyuan::optimum {

namespace {

constexpr double slack_share = 1e-6;  ///< of what flows, or of 1 kWh where that is more

/// Flows at the household's own prices, without a thought of the others.
void flows_alone(const DispatchProblem& household, const Schedule& mixture,
                 CoupledHousehold& home) {
  const StoreYear& year = household.year;
  home.grid_kwh.resize(year.size());
  home.curtailed_kwh = 0.0;
  home.path.change_kwh = changes_of(household, mixture);
  for (std::size_t t = 0; t < year.size(); ++t) {
    const StepFlow flow = flow_of(year, t, home.path.change_kwh[t]);
    home.grid_kwh[t] = flow.import_kwh - flow.export_kwh;
    home.curtailed_kwh += flow.curtailed_kwh;
  }
}

double most_grid(const StoreYear& year, std::size_t step, double change) {
  return year.load_kwh[step] + battery::ac_energy_kwh(year.battery, change);
}

/// Curtails what the mixture curtails beyond that.
void curtail_as_mixed(const DispatchProblem& household, const Schedule& mixture,
                      CoupledHousehold& home) {
  const StoreYear& year = household.year;
  for (std::size_t t = 0; t < year.size(); ++t) {
    const double most = most_grid(year, t, home.path.change_kwh[t]);
    const double more = std::min(mixture.grid_kwh[t], most) - home.grid_kwh[t];
    if (more > 0.0) {
      home.grid_kwh[t] += more;
      home.curtailed_kwh += more;
    }
  }
}

/// PV that is exported in a step and could be curtailed instead.
double curtailable(const StoreYear& year, std::size_t step, double change, double grid) {
  return std::max(0.0, std::min(-grid, most_grid(year, step, change) - grid));
}

class Repair {
 public:
  Repair(const CoupledProblem& problem, Repaired& result) : problem_(problem), result_(result) {
    for (const SharedLimit& limit : problem.limits) {
      units_.push_back(greatest_weight(limit));
      result.totals.emplace_back(problem.households.front().year.size(), 0.0);
    }
    lay_totals();
  }

  /// Curtails in a step until no reverse limit is missed, or nothing more may be curtailed.
  void mend(std::size_t step) {
    for (int pass = 0; pass < passes(); ++pass) {
      for (std::size_t m = 0; m < problem_.limits.size(); ++m) {
        const auto limits = problem_.limits[m].export_limits_kwh;
        const double total = result_.totals[m][step];
        if (!limits.empty() && -total > limits[step]) {
          curtail(m, step, -total - limits[step]);
        }
      }
    }
    for (std::size_t m = 0; m < problem_.limits.size(); ++m) {
      look_at(m, step);
    }
  }

 private:
  struct Part {
    double loss;  ///< yuan for a unit of relief
    double kwh;
    double weight;
    std::size_t home;
  };
  /// Curtailing for one limit moves the others.
  int passes() const { return problem_.limits.size() > 1 ? 3 : 1; }

  void lay_totals() {
    const std::size_t size = problem_.households.front().year.size();
    result_.total_kwh.assign(size, 0.0);
    for (std::size_t i = 0; i < result_.households.size(); ++i) {
      const std::vector<double>& grid = result_.households[i].grid_kwh;
      for (std::size_t t = 0; t < size; ++t) {
        result_.total_kwh[t] += grid[t];
      }
      for (std::size_t m = 0; m < units_.size(); ++m) {
        const double weight = weight_of(problem_.limits[m], i);
        for (std::size_t t = 0; t < size; ++t) {
          result_.totals[m][t] += weight * grid[t];
        }
      }
    }
  }

  void move(std::size_t home, std::size_t step, double kwh) {
    result_.households[home].grid_kwh[step] += kwh;
    result_.households[home].curtailed_kwh += kwh;
    result_.total_kwh[step] += kwh;
    for (std::size_t m = 0; m < units_.size(); ++m) {
      result_.totals[m][step] += weight_of(problem_.limits[m], home) * kwh;
    }
  }

  void curtail(std::size_t limit, std::size_t step, double excess) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < result_.households.size(); ++i) {
      const StoreYear& year = problem_.households[i].year;
      const CoupledHousehold& home = result_.households[i];
      const double weight = weight_of(problem_.limits[limit], i);
      const double kwh =
          weight > 0.0 ? curtailable(year, step, home.path.change_kwh[step], home.grid_kwh[step])
                       : 0.0;
      if (kwh > 0.0) {
        parts.push_back({year.sell[step] / weight, kwh, weight, i});
      }
    }
    std::ranges::stable_sort(parts, {}, &Part::loss);
    for (std::size_t begin = 0; begin < parts.size() && excess > 0.0;) {
      std::size_t end = begin;
      double together = 0.0;
      for (; end < parts.size() && parts[end].loss == parts[begin].loss; ++end) {
        together += parts[end].weight * parts[end].kwh;
      }
      const double share = std::min(1.0, excess / together);
      for (; begin < end; ++begin) {
        move(parts[begin].home, step, share * parts[begin].kwh);
      }
      excess -= share * together;
    }
  }

  /// Notes what is still missed.
  void look_at(std::size_t limit, std::size_t step) {
    const SharedLimit& shared = problem_.limits[limit];
    const double total = result_.totals[limit][step];
    Missed missed{.step = static_cast<std::uint32_t>(step), .limit = limit, .unit = units_[limit]};
    if (!shared.export_limits_kwh.empty()) {
      missed.export_kwh = std::max(0.0, -total - shared.export_limits_kwh[step]);
    }
    if (!shared.import_limits_kwh.empty()) {
      missed.import_kwh = std::max(0.0, total - shared.import_limits_kwh[step]);
    }
    const double slack = slack_share * std::max(missed.unit, std::abs(total));
    if (missed.beyond() > std::max(shared.slack, slack)) {
      result_.missed.push_back(missed);
    }
  }

  const CoupledProblem& problem_;
  Repaired& result_;
  std::vector<double> units_;
};

}  // namespace

Missed Repaired::worst() const { return *std::ranges::max_element(missed, {}, &Missed::share); }

Repaired repaired(const CoupledProblem& problem, const std::vector<Schedule>& mixtures,
                  const Spread& spread) {
  Repaired result;
  const std::size_t count = mixtures.size();
  result.households.resize(count);
  spread(count, [&](std::size_t i) {
    flows_alone(problem.households[i], mixtures[i], result.households[i]);
    if (problem.limits.size() > 1) {
      curtail_as_mixed(problem.households[i], mixtures[i], result.households[i]);
    }
  });
  Repair repair(problem, result);
  for (std::size_t t = 0; t < problem.households.front().year.size(); ++t) {
    repair.mend(t);
  }
  spread(count, [&](std::size_t i) {
    CoupledHousehold& home = result.households[i];
    const Schedule repaired{mixtures[i].stored_kwh, home.grid_kwh};
    home.cost_yuan = cost_of(problem.households[i], repaired);
    home.path.start_kwh = repaired.stored_kwh.empty() ? 0.0 : repaired.stored_kwh.front();
    home.path.end_kwh = repaired.stored_kwh.empty() ? 0.0 : repaired.stored_kwh.back();
  });
  for (const CoupledHousehold& home : result.households) {
    result.cost_yuan += home.cost_yuan;
  }
  return result;
}

}  // namespace xiaoyuan::optimum
