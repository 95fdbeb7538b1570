// The PV chain of a roof-year, sky counted once for the village; beside it the same chain stage by
// stage through the functions that the tests hold against pvlib, one step at a time.
#include <benchmark/benchmark.h>

#include "solar/solar.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"
#include "weather/climate.hpp"
#include "weather/resample.hpp"

namespace {

using namespace xiaoyuan;

const weather::Weather& weather_of(benchmark::State& state) {
  static const weather::Weather hourly = [] {
    const auto climate =
        weather::read_climate(test::project_bytes("share/climates/beijing.toml"), "beijing");
    return *weather::synthetic_year(*climate, 2026, 1);
  }();
  static const weather::Weather quarters = [] {
    TimeAxis axis = hourly.axis;
    axis.step = std::chrono::minutes{15};
    axis.size *= 4;
    return *weather::on_axis(hourly, axis);
  }();
  return state.range(0) == 8760 ? hourly : quarters;
}

void sky_once_a_village(benchmark::State& state) {
  const weather::Weather& weather = weather_of(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(solar::sky_over(weather));
  }
}
BENCHMARK(sky_once_a_village)->Arg(8760)->Arg(35040)->Unit(benchmark::kMillisecond);

void roof_year(benchmark::State& state) {
  const solar::Sky sky = solar::sky_over(weather_of(state));
  solar::ArraySpec array;
  array.plane = {25.0, 180.0};
  array.capacity_kwp = 10.0;
  array.transposition =
      state.range(1) == 0 ? solar::Transposition::hay_davies : solar::Transposition::perez;
  const solar::InverterSpec inverter{9.0, 0.97};
  for (auto _ : state) {
    benchmark::DoNotOptimize(solar::ac_power(sky, {&array, 1}, inverter));
  }
}
BENCHMARK(roof_year)
    ->ArgNames({"steps", "perez"})
    ->Args({8760, 0})
    ->Args({8760, 1})
    ->Args({35040, 0})
    ->Unit(benchmark::kMillisecond);

void roof_year_with_its_own_sky(benchmark::State& state) {
  const weather::Weather& weather = weather_of(state);
  solar::ArraySpec array;
  array.plane = {25.0, 180.0};
  array.capacity_kwp = 10.0;
  const solar::InverterSpec inverter{9.0, 0.97};
  for (auto _ : state) {
    benchmark::DoNotOptimize(solar::ac_power(solar::sky_over(weather), {&array, 1}, inverter));
  }
}
BENCHMARK(roof_year_with_its_own_sky)->Arg(8760)->Unit(benchmark::kMillisecond);

}  // namespace
