// Sizing of the reference household: cutting planes on the exact dispatch beside CLP on one program
// with the sizes as variables.
#include <benchmark/benchmark.h>

#include "optimum/sizing.hpp"
#include "support/cases.hpp"
#include "support/sizing_draw.hpp"
#include "support/sizing_lp.hpp"

namespace {

using namespace xiaoyuan;

/// The reference household's sizing; nothing where the cases are missing.
std::optional<test::SizingHousehold> read(const char* name, double hours) {
  const auto bytes = test::case_bytes(name);
  return bytes ? std::optional<test::SizingHousehold>(std::in_place, *bytes, hours) : std::nullopt;
}

optimum::SizingProblem problem_of(benchmark::State& state) {
  static const auto hourly = read("household/household_8760.csv", 1.0);
  static const auto quarters = read("household/household_35040.csv", 0.25);
  const auto& home = state.range(0) == 8760 ? hourly : quarters;
  if (!home) {
    state.SkipWithError("the cases are not beside this checkout");
    return {};
  }
  return home->problem();
}

void run(benchmark::State& state, const optimum::SizingProblem& problem) {
  for (auto _ : state) {
    const auto result = optimum::best_sizes(problem);
    if (!result) {
      state.SkipWithError("refused");
      return;
    }
    state.counters["yuan"] = result->total_yuan;
    state.counters["gap"] = result->gap();
    state.counters["dispatches"] = result->dispatches;
  }
}

void continuous(benchmark::State& state) { run(state, problem_of(state)); }
BENCHMARK(continuous)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void continuous_to_1e9(benchmark::State& state) {
  optimum::SizingProblem problem = problem_of(state);
  problem.gap = 1e-9;
  run(state, problem);
}
BENCHMARK(continuous_to_1e9)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void with_a_price_of_power(benchmark::State& state) {
  optimum::SizingProblem problem = problem_of(state);
  problem.battery.most_kw_per_kwh = 1.0;
  problem.battery.energy = optimum::priced(60.0);
  problem.battery.power = optimum::priced(30.0);
  run(state, problem);
}
BENCHMARK(with_a_price_of_power)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void catalogue(benchmark::State& state) {
  optimum::SizingProblem problem = problem_of(state);
  for (const double kwh : {5.0, 10.0, 15.0, 20.0, 30.0}) {
    problem.battery.catalogue.push_back({kwh, 0.5 * kwh, {}});
  }
  problem.roofs.front().module_kwp = 0.6;
  run(state, problem);
}
BENCHMARK(catalogue)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void largest_self_sufficiency(benchmark::State& state) {
  optimum::SizingProblem problem = problem_of(state);
  problem.aim = optimum::SizingAim::least_import;
  problem.budget_yuan = 4000.0;
  run(state, problem);
}
BENCHMARK(largest_self_sufficiency)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void front_of_nine(benchmark::State& state) {
  const optimum::SizingProblem problem = problem_of(state);
  for (auto _ : state) {
    const auto front = optimum::sizing_front(problem, 9);
    if (!front) {
      state.SkipWithError("refused");
      return;
    }
    state.counters["dispatches"] = front->back().dispatches;
  }
}
BENCHMARK(front_of_nine)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void clp(benchmark::State& state) {
  const optimum::SizingProblem problem = problem_of(state);
  for (auto _ : state) {
    state.counters["yuan"] = test::clp_sizing(problem).value_or(0.0);
  }
}
BENCHMARK(clp)->Arg(8760)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
