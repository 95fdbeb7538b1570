// How the time of the dispatch grows with steps and with households, beside CLP where CLP is done
// in reasonable time; and the dispatch beside one pass over its data, each alone, for a profiler:
//
//   valgrind --tool=callgrind --toggle-collect='*profiled_dispatch*' growth_bench
//     --benchmark_filter=profiled_dispatch     (and the same with profiled_pass)
#include <benchmark/benchmark.h>

#include "optimum/dispatch.hpp"
#include "support/cases.hpp"
#include "support/dispatch_lp.hpp"

namespace {

using namespace xiaoyuan;

/// The first `steps` quarter hours of the reference household, or its year four times over; load
/// and PV of household h are shifted by h hours and scaled by a little.
struct Home {
  std::vector<double> load, pv, buy, sell;
  optimum::DispatchProblem problem;
  explicit Home(std::size_t steps, std::size_t household = 0) {
    static const auto bytes = test::case_bytes("household/household_35040.csv");
    if (!bytes) {
      return;
    }
    static const test::Columns columns(*bytes);
    static const auto all_load = columns.numbers("load_kw");
    static const auto all_pv = columns.numbers("pv_kw");
    static const auto all_buy = columns.numbers("buy");
    static const auto all_sell = columns.numbers("sell");
    const double scale = 0.25 * (1.0 + 0.01 * static_cast<double>(household % 50));
    for (std::size_t t = 0; t < steps; ++t) {
      const std::size_t at = (t + 96 * household) % all_load.size();
      load.push_back(scale * all_load[at]);
      pv.push_back(scale * all_pv[at]);
      buy.push_back(all_buy[t % all_buy.size()]);
      sell.push_back(all_sell[t % all_sell.size()]);
    }
    problem.year = {load, pv, buy, sell, 0.25, 1e6, 1e6, {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
};

bool has_case(benchmark::State& state) {
  if (Home(4).load.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return false;
  }
  return true;
}

void solve(benchmark::State& state, optimum::Optimiser& optimiser, const Home& home) {
  static optimum::DispatchResult result;
  if (!optimiser.solve(home.problem, result)) {
    state.SkipWithError("refused");
  }
}

void steps(benchmark::State& state) {
  if (!has_case(state)) {
    return;
  }
  const Home home(static_cast<std::size_t>(state.range(0)));
  optimum::Optimiser optimiser;
  for (auto _ : state) {
    solve(state, optimiser, home);
  }
  state.counters["ns_a_step"] = benchmark::Counter(
      static_cast<double>(state.range(0)) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(steps)->Arg(8760)->Arg(17520)->Arg(35040)->Arg(140160)->Unit(benchmark::kMillisecond);

void clp_steps(benchmark::State& state) {
  if (!has_case(state)) {
    return;
  }
  const Home home(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(test::clp_cost(home.problem));
  }
}
BENCHMARK(clp_steps)->Arg(2190)->Arg(4380)->Arg(8760)->Unit(benchmark::kMillisecond)->Iterations(1);

void households(benchmark::State& state) {
  if (!has_case(state)) {
    return;
  }
  std::vector<std::unique_ptr<Home>> homes;
  for (std::size_t h = 0; h < static_cast<std::size_t>(state.range(0)); ++h) {
    homes.push_back(std::make_unique<Home>(8760, h));
  }
  optimum::Optimiser optimiser;
  for (auto _ : state) {
    for (const auto& home : homes) {
      solve(state, optimiser, *home);
    }
  }
  state.counters["us_a_household"] = benchmark::Counter(
      static_cast<double>(state.range(0)) * 1e-6,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(households)->Arg(100)->Arg(200)->Arg(400)->Unit(benchmark::kMillisecond);

void clp_households(benchmark::State& state) {
  if (!has_case(state)) {
    return;
  }
  for (auto _ : state) {
    for (std::size_t h = 0; h < static_cast<std::size_t>(state.range(0)); ++h) {
      const Home home(2190, h);
      benchmark::DoNotOptimize(test::clp_cost(home.problem));
    }
  }
}
BENCHMARK(clp_households)->Arg(1)->Arg(2)->Arg(4)->Unit(benchmark::kMillisecond)->Iterations(1);

__attribute__((noinline)) void profiled_dispatch(benchmark::State& state,
                                                 optimum::Optimiser& optimiser, const Home& home) {
  solve(state, optimiser, home);
}
__attribute__((noinline)) double profiled_pass(const optimum::StoreYear& year) {
  double load = 0.0;
  double pv = 0.0;
  double buy = 0.0;
  double sell = 0.0;
  for (std::size_t t = 0; t < year.size(); ++t) {
    load += year.load_kwh[t];
    pv += year.pv_kwh[t];
    buy += year.buy[t];
    sell += year.sell[t];
  }
  return load + pv + buy + sell;
}

void one_dispatch(benchmark::State& state) {
  if (!has_case(state)) {
    return;
  }
  const Home home(8760);
  optimum::Optimiser optimiser;
  solve(state, optimiser, home);  // its memory is there, as in a batch
  for (auto _ : state) {
    profiled_dispatch(state, optimiser, home);
  }
}
BENCHMARK(one_dispatch)->Unit(benchmark::kMicrosecond)->Iterations(1);

void one_pass(benchmark::State& state) {
  if (!has_case(state)) {
    return;
  }
  const Home home(8760);
  for (auto _ : state) {
    benchmark::DoNotOptimize(profiled_pass(home.problem.year));
  }
}
BENCHMARK(one_pass)->Unit(benchmark::kMicrosecond)->Iterations(1);

}  // namespace
