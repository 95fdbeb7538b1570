// Households behind a transformer that binds: ours beside CLP on the same street, and how time
// grows with households and steps.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "optimum/rolling.hpp"
#include "support/coupled_draw.hpp"
#include "support/coupled_lp.hpp"

namespace {

using namespace xiaoyuan;

/// households, steps a year (8760 or 35040), threads, limits of wires beside the transformer's
void ours(benchmark::State& state) {
  const auto pattern = test::reference_household(state.range(1) == 8760 ? 1.0 : 0.25);
  if (pattern.load_kwh.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return;
  }
  const test::Street street(pattern, {.households = static_cast<std::size_t>(state.range(0)),
                                      .wires = static_cast<std::size_t>(state.range(3))});
  const auto spread = test::on_threads(static_cast<unsigned>(state.range(2)));
  for (auto _ : state) {
    const auto result = optimum::coupled_dispatch(street.problem, spread);
    if (!result) {
      state.SkipWithError("refused");
      return;
    }
    state.counters["yuan"] = result->cost_yuan;
    state.counters["bound"] = result->bound_yuan;
    state.counters["gap"] = result->gap();
    state.counters["rounds"] = result->rounds;
  }
}
BENCHMARK(ours)
    ->Args({5, 8760, 1, 0})
    ->Args({75, 8760, 2, 0})
    ->Args({150, 8760, 2, 0})
    ->Args({300, 8760, 2, 0})
    ->Args({300, 8760, 2, 2})
    ->Args({300, 35040, 2, 0})
    ->Args({300, 35040, 2, 2})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

/// The first days of the year of five households: what CLP still can. Steps, limits of wires.
test::Street short_street(benchmark::State& state) {
  auto pattern = test::reference_household(1.0);
  const auto size = static_cast<std::size_t>(state.range(0));
  for (auto* series : {&pattern.load_kwh, &pattern.pv_kwh, &pattern.buy, &pattern.sell}) {
    series->resize(std::min(size, series->size()));
  }
  if (pattern.load_kwh.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
  }
  return test::Street(pattern,
                      {.households = 5, .wires = static_cast<std::size_t>(state.range(1))});
}

void ours_short(benchmark::State& state) {
  const test::Street street = short_street(state);
  for (auto _ : state) {
    const auto found = optimum::coupled_dispatch(street.problem);
    state.counters["yuan"] = found ? found->cost_yuan : 0.0;
    state.counters["bound"] = found ? found->bound_yuan : 0.0;
  }
}
BENCHMARK(ours_short)
    ->ArgsProduct({{720, 1440, 2880}, {0, 2}})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

void clp_short(benchmark::State& state) {
  const test::Street street = short_street(state);
  for (auto _ : state) {
    const auto found = test::clp_coupled(street.problem);
    state.counters["yuan"] = found ? found->cost : 0.0;
  }
}
BENCHMARK(clp_short)
    ->ArgsProduct({{720, 1440, 2880}, {0, 2}})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

/// A year replanned every hour, 48 h ahead.
void rolling(benchmark::State& state) {
  const auto pattern = test::reference_household(1.0);
  if (pattern.load_kwh.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return;
  }
  const test::Street street(pattern, {.households = 1});
  optimum::RollingPlan plan;
  plan.forecast = optimum::Forecast(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        optimum::rolling_dispatch(street.problem.households[0].year, 5.0, plan));
  }
}
BENCHMARK(rolling)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
