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

void ours(benchmark::State& state) {
  const Household& home = household(state);
  double cost = 0.0;
  for (auto _ : state) {
    cost = optimum::optimal_dispatch(home.problem)->cost_yuan;
  }
  state.counters["yuan"] = cost;
}
BENCHMARK(ours)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_from_the_floor(benchmark::State& state) {
  const Household& home = household(state);
  optimum::DispatchProblem problem = home.problem;
  problem.end = optimum::YearEnd::free;
  problem.start_kwh = 1.5;
  for (auto _ : state) {
    benchmark::DoNotOptimize(optimum::optimal_dispatch(problem)->cost_yuan);
  }
}
BENCHMARK(ours_from_the_floor)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void ours_with_tiers(benchmark::State& state) {
  const Household& home = household(state);
  optimum::DispatchProblem problem = home.problem;
  problem.tier_limits_kwh = {1000, 2000};
  problem.tier_additions_yuan = {0, 0.05, 0.30};
  for (auto _ : state) {
    benchmark::DoNotOptimize(optimum::optimal_dispatch(problem)->cost_yuan);
  }
}
BENCHMARK(ours_with_tiers)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

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
