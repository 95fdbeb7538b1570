#include "optimum/joint.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "optimum/joint_barrier.hpp"
#include "optimum/joint_refusal.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double unheld_kwh = 1e-7;  ///< rows that miss by more were not brought to hold

struct Bill {
  double cost_yuan = 0.0;
  double import_kwh = 0.0;
  double missed_kwh = 0.0;  ///< beyond a limit of the meter
};

/// What the battery's changes cost under a household's load.
Bill bill_of(const DispatchProblem& home, const std::vector<double>& changes_kwh) {
  const Tiers tiers{home.tier_limits_kwh, home.tier_additions_yuan};
  const auto& periods = home.tier_period_of_step;
  std::vector<double> imports(periods.empty() ? 1 : 1UL + *std::ranges::max_element(periods), 0.0);
  Bill bill;
  for (std::size_t t = 0; t < changes_kwh.size(); ++t) {
    const StepFlow flow = flow_of(home.year, t, changes_kwh[t]);
    bill.cost_yuan += home.year.buy[t] * flow.import_kwh - home.year.sell[t] * flow.export_kwh +
                      home.year.battery.wear_yuan_per_kwh * std::abs(changes_kwh[t]);
    bill.import_kwh += flow.import_kwh;
    bill.missed_kwh = std::max({bill.missed_kwh, flow.import_kwh - import_limit(home.year, t),
                                flow.export_kwh - export_limit(home.year, t)});
    imports[periods.empty() ? 0 : periods[t]] += flow.import_kwh;
  }
  for (const double import_kwh : imports) {
    bill.cost_yuan += tier_cost(tiers, import_kwh);
  }
  return bill;
}

/// The household as the battery sees it while the other stores run as they do.
struct LoadedHome {
  std::vector<double> load;
  DispatchProblem home;
  explicit LoadedHome(const JointProblem& problem)
      : load(problem.home.year.load_kwh.begin(), problem.home.year.load_kwh.end()),
        home(problem.home) {
    home.year.load_kwh = load;
  }
  LoadedHome(const LoadedHome&) = delete;
  LoadedHome& operator=(const LoadedHome&) = delete;
  void add(const std::vector<double>& heater_kwh) {
    for (std::size_t t = 0; t < load.size(); ++t) {
      load[t] += heater_kwh[t];
    }
  }
};

double without_stores(const JointProblem& problem) {
  const std::size_t steps = problem.home.year.size();
  LoadedHome loaded(problem);
  for (const SecondStore& store : problem.stores) {
    loaded.add(unplanned_kwh(store, problem.home.year.step_hours, steps));
  }
  const Bill bill = bill_of(loaded.home, std::vector<double>(steps, 0.0));
  return bill.missed_kwh > unheld_kwh ? std::numeric_limits<double>::quiet_NaN() : bill.cost_yuan;
}

/// The battery's own columns as a path that keeps its bounds.
StorePath battery_path(const JointProgram& program, const std::vector<double>& columns) {
  StorePath path;
  const std::size_t first = program.at(program.stored(0), 0);
  path.start_kwh = program.is_cyclic[0] ? columns[first + program.steps - 1] : program.starts[0];
  double stored = path.start_kwh;
  for (std::size_t t = 0; t < program.steps; ++t) {
    const double next = columns[first + t];
    path.change_kwh.push_back(next - program.kept[0] * stored + program.uses[0][t]);
    stored = next;
  }
  path.end_kwh = stored;
  return path;
}

/// The heaters run after the point, and the battery answers; where rounding leaves it no way it
/// runs after the point too.
void take_schedules(const JointProblem& problem, const JointProgram& program,
                    const JointPoint& point, JointResult& result) {
  LoadedHome loaded(problem);
  for (std::size_t j = 1; j < program.stores; ++j) {
    const double* const held = point.columns.data() + program.at(program.stored(j), 0);
    const std::span wanted(held, program.steps);
    const double start = program.is_cyclic[j] ? wanted.back() : program.starts[j];
    result.stores.push_back(
        following(problem.stores[j - 1], problem.home.year.step_hours, start, wanted));
    loaded.add(result.stores.back().heater_kwh);
  }
  result.battery = battery_path(program, point.columns);
  const Bill bill = bill_of(loaded.home, result.battery.change_kwh);
  result.cost_yuan = bill.cost_yuan;
  result.import_kwh = bill.import_kwh;
  DispatchResult answer;
  const bool is_answered = Optimiser().solve(loaded.home, answer).has_value();
  if (is_answered && (answer.cost_yuan <= result.cost_yuan || bill.missed_kwh > 0.0)) {
    result.battery = std::move(answer.path);
    result.cost_yuan = answer.cost_yuan;
    result.import_kwh = answer.import_kwh;
  }
}

}  // namespace

double JointResult::gap() const {
  const double without = std::isnan(without_yuan) ? 0.0 : std::abs(without_yuan);
  return (cost_yuan - bound_yuan) / std::max(1.0, without + std::abs(cost_yuan));
}

Result<JointResult> joint_dispatch(const JointProblem& problem) {
  if (auto errors = wrong_data(problem); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const JointProgram program = program_of(problem);
  JointPoint point;
  if (program.has_room) {
    point = solve_barrier(program, problem.gap);
  }
  if (!program.has_room || !(point.missed_kwh <= unheld_kwh)) {
    return std::unexpected(no_way(problem));
  }
  JointResult result;
  result.rounds = point.rounds;
  settle_values(program, point.values);
  for (std::size_t t = 0; t < program.steps; ++t) {
    if (!is_convex(problem.home.year, t)) {
      result.bent_steps.push_back(t);
    }
  }
  take_schedules(problem, program, point, result);
  result.without_yuan = without_stores(problem);
  result.bound_yuan = std::min(proved(program, point.values), result.cost_yuan);
  result.values.house_price = std::move(point.values.house);
  result.values.battery = std::move(point.values.stored.front());
  result.values.stores.assign(std::make_move_iterator(point.values.stored.begin() + 1),
                              std::make_move_iterator(point.values.stored.end()));
  result.values.tier_additions = std::move(point.values.tiers);
  return result;
}

}  // namespace xiaoyuan::optimum
