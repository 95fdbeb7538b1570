// A battery and a heat pump's buffer tank behind one meter, for a year: ours beside CLP on the same
// program, and how time grows with stores, steps and tiers.
#include <benchmark/benchmark.h>

#include "optimum/joint.hpp"
#include "support/dispatch_lp.hpp"
#include "support/tank_year.hpp"

namespace {

using namespace xiaoyuan;

const test::TankYear& year_of(benchmark::State& state) {
  static const test::TankYear hourly(1.0);
  static const test::TankYear quarters(0.25);
  const test::TankYear& year = state.range(0) == 8760 ? hourly : quarters;
  if (!year.exists()) {
    state.SkipWithError("the cases are not beside this checkout");
  }
  return year;
}

void run(benchmark::State& state, const optimum::JointProblem& problem) {
  for (auto _ : state) {
    const auto result = optimum::joint_dispatch(problem);
    if (!result) {
      state.SkipWithError("refused");
      return;
    }
    state.counters["yuan"] = result->cost_yuan;
    state.counters["without"] = result->without_yuan;
    state.counters["bound"] = result->bound_yuan;
    state.counters["gap"] = result->gap();
    state.counters["rounds"] = result->rounds;
  }
}

void ours(benchmark::State& state) { run(state, year_of(state).problem); }
BENCHMARK(ours)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

/// Stops at the gap that is asked for.
void ours_to_a_ten_thousandth(benchmark::State& state) {
  optimum::JointProblem problem = year_of(state).problem;
  problem.gap = 1e-4;
  run(state, problem);
}
BENCHMARK(ours_to_a_ten_thousandth)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_two_tanks(benchmark::State& state) {
  optimum::JointProblem problem = year_of(state).problem;
  problem.stores.push_back(problem.stores.front());
  problem.stores.back().cop = {};
  problem.stores.back().ceiling_kwh = 6.0;
  problem.stores.back().heater_kw = 12.0;
  run(state, problem);
}
BENCHMARK(ours_with_two_tanks)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_monthly_tiers(benchmark::State& state) {
  optimum::JointProblem problem = year_of(state).problem;
  problem.home.tier_limits_kwh = {80, 160};
  problem.home.tier_additions_yuan = {0, 0.05, 0.30};
  const std::size_t size = problem.home.year.size();
  for (std::size_t t = 0; t < size; ++t) {
    problem.home.tier_period_of_step.push_back(static_cast<std::uint16_t>(12 * t / size));
  }
  run(state, problem);
}
BENCHMARK(ours_with_monthly_tiers)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void clp(benchmark::State& state) {
  const test::TankYear& year = year_of(state);
  for (auto _ : state) {
    state.counters["yuan"] = test::clp_cost(year.problem).value_or(0.0);
  }
}
BENCHMARK(clp)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
