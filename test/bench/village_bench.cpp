// Plan of a village of 300 households, hourly and at 15 minutes, and where the time goes. A tenth
// of the households have a battery run by the exact optimum.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "plan/scenarios.hpp"
#include "plan/study.hpp"
#include "plan/uncertainty.hpp"
#include "report/results.hpp"
#include "support/villages.hpp"

namespace {

using namespace xiaoyuan;

test::Folder village(int households, const char* step) {
  auto folder = test::shipped_without_wires("villages/xiaodonggezhuang");
  folder = test::replaced(folder, "village.toml", "step = \"60min\"", step);
  folder = test::replaced(folder, "village.toml", "seed = 1",
                          "seed = 1\nbattery_dispatch = \"optimal\"");
  std::string csv =
      "id,mode,connected,transformer,phase,load_kwh,heat_pump_kwh,battery_kwh,roof1_kwp,"
      "roof1_tilt_deg,roof1_azimuth_deg\n";
  for (int i = 0; i < households; ++i) {
    csv += fmt::format("H{},self_use_surplus,2024-01-01,T{},ABC,{},{},{},{},{},{}\n", i, i % 3 + 1,
                       1800 + 5 * (i % 200), 5000 + 10 * (i % 400), i % 10 == 0 ? "10" : "",
                       8 + i % 7, 10 + i % 25, 160 + i % 45);
  }
  folder["households.csv"] = csv;
  return folder;
}

plan::Inputs inputs_of(int households, const char* step) {
  return *plan::read_inputs(test::files_of(village(households, step)), test::shipped_share());
}

const char* step_of(benchmark::State& state) {
  return state.range(1) == 60 ? "step = \"60min\"" : "step = \"15min\"";
}

void read(benchmark::State& state) {
  const auto folder = village(static_cast<int>(state.range(0)), step_of(state));
  for (auto _ : state) {
    benchmark::DoNotOptimize(plan::read_inputs(test::files_of(folder), test::shipped_share()));
  }
}
BENCHMARK(read)->Args({300, 60})->Args({300, 15})->Unit(benchmark::kMillisecond);

void sky(benchmark::State& state) {
  const auto inputs = inputs_of(1, step_of(state));
  for (auto _ : state) {
    benchmark::DoNotOptimize(plan::share(inputs));
  }
}
BENCHMARK(sky)->Args({300, 60})->Args({300, 15})->Unit(benchmark::kMillisecond);

void study(benchmark::State& state) {
  const auto inputs = inputs_of(static_cast<int>(state.range(0)), step_of(state));
  for (auto _ : state) {
    benchmark::DoNotOptimize(plan::study(inputs));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}
BENCHMARK(study)
    ->Args({300, 60})
    ->Args({300, 15})
    ->Args({3000, 60})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// The village as planned, without PV and with all roofs leased: read, planned and compared.
void three_scenarios(benchmark::State& state) {
  const auto folder = village(static_cast<int>(state.range(0)), step_of(state));
  for (auto _ : state) {
    for (const char* scenario : {"", "no-pv", "leased"}) {
      const auto inputs =
          *plan::read_inputs(test::files_of(folder), test::shipped_share(), scenario);
      plan::StudyOptions options;
      options.depth = *scenario == '\0' ? plan::Depth::full : plan::Depth::money;
      const auto done = *plan::study(inputs, options);
      benchmark::DoNotOptimize(plan::figures_of(inputs, done));
    }
  }
}
BENCHMARK(three_scenarios)
    ->Args({300, 60})
    ->Args({300, 15})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void thirty_years(benchmark::State& state) {
  const auto inputs = inputs_of(static_cast<int>(state.range(0)), step_of(state));
  const auto done = *plan::study(inputs);
  for (auto _ : state) {
    benchmark::DoNotOptimize(plan::uncertainty(inputs, done, 30, {}));
  }
}
BENCHMARK(thirty_years)
    ->Args({300, 60})
    ->Args({300, 15})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void one_household(benchmark::State& state) {
  const auto inputs = inputs_of(2, step_of(state));
  const auto shared = plan::share(inputs);
  const auto& home = inputs.village.households[static_cast<std::size_t>(state.range(0))];
  optimum::Optimiser optimiser;
  for (auto _ : state) {
    benchmark::DoNotOptimize(plan::plan_household(shared, home, optimiser));
  }
}
BENCHMARK(one_household)
    ->ArgNames({"without_battery", "minutes"})
    ->Args({0, 60})
    ->Args({1, 60})
    ->Args({0, 15})
    ->Args({1, 15})
    ->Unit(benchmark::kMillisecond);

void results(benchmark::State& state) {
  const auto inputs = inputs_of(static_cast<int>(state.range(0)), step_of(state));
  const auto done = *plan::study(inputs);
  for (auto _ : state) {
    benchmark::DoNotOptimize(report::results_json(inputs, {done, {}, {}}));
  }
}
BENCHMARK(results)->Args({300, 60})->Unit(benchmark::kMillisecond);

}  // namespace
