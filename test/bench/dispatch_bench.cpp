// Dispatch of the reference household-year: the exact recursion beside CLP on the same problem.
#include <benchmark/benchmark.h>

#include "optimum/dispatch.hpp"
#include "support/cases.hpp"
#include "support/dispatch_lp.hpp"

namespace {

using namespace xiaoyuan;

/// The reference household of the cases; empty where they are missing.
struct Household {
  std::vector<double> load, pv, buy, sell;
  optimum::DispatchProblem problem;

  Household(const char* name, double hours) {
    const auto bytes = test::case_bytes(name);
    if (!bytes) {
      return;
    }
    const test::Columns columns(*bytes);
    load = columns.numbers("load_kw");
    pv = columns.numbers("pv_kw");
    buy = columns.numbers("buy");
    sell = columns.numbers("sell");
    for (std::size_t t = 0; t < load.size(); ++t) {
      load[t] *= hours;
      pv[t] *= hours;
    }
    problem.year = {load, pv, buy, sell, hours, 1e6, 1e6, {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
  }
};

const Household& household(benchmark::State& state) {
  static const Household hourly("household/household_8760.csv", 1.0);
  static const Household quarters("household/household_35040.csv", 0.25);
  const Household& home = state.range(0) == 8760 ? hourly : quarters;
  if (home.load.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
  }
  return home;
}

/// In batch: one optimiser's memory for all households.
void run(benchmark::State& state, const optimum::DispatchProblem& problem) {
  optimum::Optimiser optimiser;
  optimum::DispatchResult result;
  for (auto _ : state) {
    if (!optimiser.solve(problem, result)) {
      state.SkipWithError("refused");
      return;
    }
  }
  state.counters["yuan"] = result.cost_yuan;
  state.counters["gap"] = result.gap();
}

void ours(benchmark::State& state) { run(state, household(state).problem); }
BENCHMARK(ours)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_from_the_floor(benchmark::State& state) {
  optimum::DispatchProblem problem = household(state).problem;
  problem.end = optimum::YearEnd::free;
  problem.start_kwh = 1.5;
  run(state, problem);
}
BENCHMARK(ours_from_the_floor)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_tiers(benchmark::State& state) {
  optimum::DispatchProblem problem = household(state).problem;
  problem.tier_limits_kwh = {1000, 2000};
  problem.tier_additions_yuan = {0, 0.05, 0.30};
  run(state, problem);
}
BENCHMARK(ours_with_tiers)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_monthly_tiers(benchmark::State& state) {
  optimum::DispatchProblem problem = household(state).problem;
  problem.tier_limits_kwh = {80, 160};
  problem.tier_additions_yuan = {0, 0.05, 0.30};
  const std::size_t size = problem.year.size();
  for (std::size_t t = 0; t < size; ++t) {
    problem.tier_period_of_step.push_back(static_cast<std::uint16_t>(12 * t / size));
  }
  run(state, problem);
}
BENCHMARK(ours_with_monthly_tiers)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_standing_loss(benchmark::State& state) {
  optimum::DispatchProblem problem = household(state).problem;
  problem.year.battery.standing_loss_per_hour = 0.03 / 730.0;
  run(state, problem);
}
BENCHMARK(ours_with_standing_loss)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_standing_loss_and_tiers(benchmark::State& state) {
  optimum::DispatchProblem problem = household(state).problem;
  problem.year.battery.standing_loss_per_hour = 0.03 / 730.0;
  problem.tier_limits_kwh = {1000, 2000};
  problem.tier_additions_yuan = {0, 0.05, 0.30};
  run(state, problem);
}
BENCHMARK(ours_with_standing_loss_and_tiers)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

/// The floor for any method: one pass over load, PV and the two prices.
void one_pass(benchmark::State& state) {
  const optimum::StoreYear& year = household(state).problem.year;
  for (auto _ : state) {
    double cost = 0.0;
    for (std::size_t t = 0; t < year.size(); ++t) {
      const double net = year.load_kwh[t] - year.pv_kwh[t];
      cost += net * (net > 0.0 ? year.buy[t] : year.sell[t]);
    }
    benchmark::DoNotOptimize(cost);
  }
}
BENCHMARK(one_pass)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void clp(benchmark::State& state) {
  const Household& home = household(state);
  double cost = 0.0;
  for (auto _ : state) {
    cost = test::clp_cost(home.problem).value_or(0.0);
  }
  state.counters["yuan"] = cost;
}
BENCHMARK(clp)->Arg(8760)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
