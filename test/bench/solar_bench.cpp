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

/// Light, warmth and inverter alone: no stage that takes its share is chosen.
void roof_year(benchmark::State& state) {
  const solar::Sky sky = solar::sky_over(weather_of(state));
  solar::ArraySpec array;
  array.plane = {25.0, 180.0};
  array.capacity_kwp = 10.0;
  array.transposition =
      state.range(1) == 0 ? solar::Transposition::hay_davies : solar::Transposition::perez;
  array.incidence = solar::Incidence::none;
  const solar::InverterSpec inverter{.ac_rating_kw = 9.0, .efficiency = 0.97};
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

/// The same roof with a model in every stage, one incidence model after another.
void roof_year_with_all_stages(benchmark::State& state) {
  const solar::Sky sky = solar::sky_over(weather_of(state));
  solar::ArraySpec array;
  array.plane = {25.0, 180.0};
  array.capacity_kwp = 10.0;
  array.incidence = static_cast<solar::Incidence>(state.range(1));
  array.horizon = {.points = {{60.0, 3.0},
                              {90.0, 12.0},
                              {120.0, 25.0},
                              {150.0, 8.0},
                              {180.0, 2.0},
                              {230.0, 15.0},
                              {270.0, 20.0},
                              {300.0, 5.0}}};
  array.near_shading = 0.03;
  array.soiling.fill(0.02);
  array.snow[0] = 0.05;
  array.losses = {.nameplate = 0.01,
                  .light_induced = 0.015,
                  .mismatch = 0.02,
                  .wiring = 0.02,
                  .connections = 0.005};
  const solar::InverterSpec inverter{
      .ac_rating_kw = 9.0,
      .efficiency = 0.97,
      .curve = solar::InverterCurve::points,
      .points = {{0.05, 0.92}, {0.1, 0.95}, {0.2, 0.965}, {0.3, 0.97}, {0.5, 0.972}, {1.0, 0.97}},
      .unavailable_fraction = 0.03};
  for (auto _ : state) {
    benchmark::DoNotOptimize(solar::pv_yield(sky, {&array, 1}, inverter));
  }
}
BENCHMARK(roof_year_with_all_stages)
    ->ArgNames({"steps", "incidence"})
    ->ArgsProduct({{8760}, {0, 1, 3, 4}})
    ->Args({35040, 4})
    ->Unit(benchmark::kMillisecond);

void sky_view_of_a_roof(benchmark::State& state) {
  const solar::Horizon horizon{.points = {{60.0, 3.0}, {90.0, 12.0}, {120.0, 25.0}, {150.0, 8.0}}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(solar::sky_view(horizon, {25.0, 180.0}));
  }
}
BENCHMARK(sky_view_of_a_roof)->Unit(benchmark::kMillisecond);

void roof_year_with_its_own_sky(benchmark::State& state) {
  const weather::Weather& weather = weather_of(state);
  solar::ArraySpec array;
  array.plane = {25.0, 180.0};
  array.capacity_kwp = 10.0;
  const solar::InverterSpec inverter{.ac_rating_kw = 9.0, .efficiency = 0.97};
  for (auto _ : state) {
    benchmark::DoNotOptimize(solar::ac_power(solar::sky_over(weather), {&array, 1}, inverter));
  }
}
BENCHMARK(roof_year_with_its_own_sky)->Arg(8760)->Unit(benchmark::kMillisecond);

}  // namespace
