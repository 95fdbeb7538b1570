#include "optimum/coupled_repair.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xiaoyuan::optimum {

namespace {

constexpr double slack_share = 1e-6;  ///< of the limit, or of 1 kWh where that is more

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

/// PV that is exported in a step and could be curtailed instead.
double curtailable(const StoreYear& year, std::size_t step, double change, double grid) {
  const double most = year.load_kwh[step] + battery::ac_energy_kwh(year.battery, change);
  return std::max(0.0, std::min(-grid, most - grid));
}

/// Curtails `excess` in a step, the worst paid first; what could not be curtailed.
double curtail(const CoupledProblem& problem, std::size_t step, double excess,
               std::vector<CoupledHousehold>& homes) {
  struct Part {
    double sell;
    double kwh;
    std::size_t home;
  };
  std::vector<Part> parts;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    const StoreYear& year = problem.households[i].year;
    const double kwh =
        curtailable(year, step, homes[i].path.change_kwh[step], homes[i].grid_kwh[step]);
    if (kwh > 0.0) {
      parts.push_back({year.sell[step], kwh, i});
    }
  }
  std::ranges::stable_sort(parts, {}, &Part::sell);
  for (std::size_t begin = 0; begin < parts.size() && excess > 0.0;) {
    std::size_t end = begin;
    double together = 0.0;
    for (; end < parts.size() && parts[end].sell == parts[begin].sell; ++end) {
      together += parts[end].kwh;
    }
    const double share = std::min(1.0, excess / together);
    for (; begin < end; ++begin) {
      homes[parts[begin].home].grid_kwh[step] += share * parts[begin].kwh;
      homes[parts[begin].home].curtailed_kwh += share * parts[begin].kwh;
    }
    excess -= share * together;
  }
  return std::max(0.0, excess);
}

}  // namespace

Missed Repaired::worst() const { return *std::ranges::max_element(missed, {}, &Missed::kwh); }

Repaired repaired(const CoupledProblem& problem, const std::vector<Schedule>& mixtures,
                  const Spread& spread) {
  Repaired result;
  const std::size_t count = mixtures.size();
  result.households.resize(count);
  spread(count, [&](std::size_t i) {
    flows_alone(problem.households[i], mixtures[i], result.households[i]);
  });
  const std::size_t size = problem.households.front().year.size();
  result.total_kwh.assign(size, 0.0);
  for (const CoupledHousehold& home : result.households) {
    for (std::size_t t = 0; t < size; ++t) {
      result.total_kwh[t] += home.grid_kwh[t];
    }
  }
  for (std::size_t t = 0; t < size; ++t) {
    double& total = result.total_kwh[t];
    Missed missed{.step = static_cast<std::uint32_t>(t)};
    if (!problem.export_limits_kwh.empty() && -total > problem.export_limits_kwh[t]) {
      const double excess = -total - problem.export_limits_kwh[t];
      missed.export_kwh = curtail(problem, t, excess, result.households);
      total += excess - missed.export_kwh;
    }
    if (!problem.import_limits_kwh.empty()) {
      missed.import_kwh = std::max(0.0, total - problem.import_limits_kwh[t]);
    }
    const double slack_kwh = slack_share * std::max(1.0, std::abs(total));
    if (missed.kwh() > slack_kwh) {
      result.missed.push_back(missed);
    }
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
