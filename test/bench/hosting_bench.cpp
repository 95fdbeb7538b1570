// How much more PV a village of the size of the IEEE European low-voltage feeder bears (907 buses,
// 55 houses, 8,760 hours): of the area, of each house, of random adopters; beside the plain way,
// which bisects over the whole year. Both to 0.1 kW.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <thread>

#include "base/random.hpp"
#include "hosting/capacity.hpp"
#include "hosting/capacity_village.hpp"
#include "support/cases.hpp"
#include "support/coupled_draw.hpp"
#include "wires/opendss.hpp"

namespace {

using namespace xiaoyuan;

constexpr std::size_t hours = 8760;

/// Sunny and dull days from a seed, a sine from six to six.
std::vector<float> drawn_light(Random& random) {
  std::vector<float> light;
  double clearness = 1.0;
  for (std::size_t hour = 0; hour < hours; ++hour) {
    const double of_day = static_cast<double>(hour % 24);
    clearness = hour % 24 == 0 ? 0.2 + 0.8 * random.uniform() : clearness;
    const double sun = std::sin((of_day - 6.0) / 12.0 * std::numbers::pi);
    light.push_back(static_cast<float>(std::max(0.0, sun) * clearness));
  }
  return light;
}

void add_houses(hosting::VillageYear& village, const wires::OpenDssCircuit& circuit) {
  Random random(7);
  village.light = drawn_light(random);
  for (std::size_t c = 0; c < circuit.network.connections.size(); ++c) {
    const wires::Connection& load = circuit.network.connections[c];
    const auto& shape = circuit.shapes[*circuit.shape_of_connection[c]].values;
    std::vector<float> use;
    for (std::size_t hour = 0; hour < hours; ++hour) {
      const auto minute =
          static_cast<std::size_t>(60.0 * (static_cast<double>(hour % 24) + random.uniform()));
      use.push_back(static_cast<float>(load.kw * shape[std::min<std::size_t>(minute, 1439)]));
    }
    village.houses.push_back({load.name, load.bus, load.phases, 0, 0.0, std::nullopt});
    village.use_kw.push_back(std::move(use));
    village.made_kw.emplace_back(hours, 0.0F);
  }
}

struct Village {
  hosting::VillageYear year;

  Village() {
    const Files files{[](const std::string& name) -> Result<std::string> {
                        const auto bytes = test::case_bytes("network/ieee_european_lv/" + name);
                        return bytes ? Result<std::string>(*bytes)
                                     : fail(Fault::not_found, {"no file", "没有文件"});
                      },
                      {}};
    const auto circuit = wires::read_opendss(files, "Master.dss");
    if (!circuit) {
      return;
    }
    year.network = circuit->network;
    year.network.connections.clear();
    for (wires::Line& line : year.network.lines) {
      line.rating_a = 200.0;
    }
    year.steps = hours;
    year.use_tan_phi = 0.33;
    year.limits.nominal_v = 416.0 / std::numbers::sqrt3;
    add_houses(year, *circuit);
  }
};

const hosting::VillageYear* village(benchmark::State& state) {
  static const Village village;
  if (village.year.houses.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return nullptr;
  }
  return &village.year;
}

Spread threads_of(const benchmark::State& state) {
  return test::on_threads(static_cast<unsigned>(state.range(0)));
}

/// The hardest use of the whole year.
double used_in_year(const wires::Flow& flow, const wires::LimitWatch& watch,
                    const hosting::VillageYear& year, const std::vector<double>& pv_kw,
                    const Spread& spread) {
  const hosting::Added added{pv_kw};
  wires::Series series;
  series.steps = year.steps;
  series.accuracy.tolerance_pu = 1e-9;
  series.powers = hosting::powers(year, added).powers;
  const auto uses = wires::hardest_by_step(flow, series, watch, spread);
  return std::ranges::max_element(uses, {}, &wires::LimitUse::used)->used;
}

double plain_bisection(const hosting::VillageYear& year, double most_kw, const Spread& spread,
                       const std::vector<double>& shares) {
  const auto flow = wires::Flow::of(hosting::connected(year));
  const wires::LimitWatch watch(flow->network(), hosting::terminals(year), year.limits);
  double kept = 0.0;
  double broken = most_kw;
  while (broken - kept > 0.1) {
    const double kw = 0.5 * (kept + broken);
    std::vector<double> pv_kw = shares;
    for (double& share : pv_kw) {
      share *= kw;
    }
    (used_in_year(*flow, watch, year, pv_kw, spread) > 1.0 ? broken : kept) = kw;
  }
  return kept;
}

void area(benchmark::State& state) {
  const hosting::VillageYear* year = village(state);
  if (year == nullptr) {
    return;
  }
  for (auto _ : state) {
    const auto areas = hosting::area_capacities(*year, {}, threads_of(state));
    state.counters["kw"] = areas->front().capacity.kw;
  }
}
BENCHMARK(area)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void area_by_plain_bisection(benchmark::State& state) {
  const hosting::VillageYear* year = village(state);
  if (year == nullptr) {
    return;
  }
  const std::vector<double> shares(year->houses.size(),
                                   1.0 / static_cast<double>(year->houses.size()));
  for (auto _ : state) {
    state.counters["kw"] = plain_bisection(*year, 800.0, threads_of(state), shares);
  }
}
BENCHMARK(area_by_plain_bisection)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void all_houses(benchmark::State& state) {
  const hosting::VillageYear* year = village(state);
  if (year == nullptr) {
    return;
  }
  for (auto _ : state) {
    const auto houses = hosting::house_capacities(*year, {}, threads_of(state));
    double kw = 0.0;
    for (const hosting::HouseCapacity& house : *houses) {
      kw += house.wires_kw;
    }
    state.counters["kw_of_all"] = kw;
    state.counters["kw_of_last"] = houses->back().wires_kw;
  }
}
BENCHMARK(all_houses)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void one_house_by_plain_bisection(benchmark::State& state) {
  const hosting::VillageYear* year = village(state);
  if (year == nullptr) {
    return;
  }
  std::vector<double> shares(year->houses.size(), 0.0);
  shares.back() = 1.0;
  for (auto _ : state) {
    state.counters["kw_of_last"] = plain_bisection(*year, 800.0, threads_of(state), shares);
  }
}
BENCHMARK(one_house_by_plain_bisection)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// 300 houses behind five transformers, 8,760 hours.
void houses_of_a_village_of_300(benchmark::State& state) {
  auto year = test::drawn_village({.seed = 2,
                                   .houses = 60,
                                   .steps = hours,
                                   .transformers = 5,
                                   .rating_kva = 400.0,
                                   .line_rating_a = 200.0});
  for (wires::Line& line : year.network.lines) {
    line.length_km *= 0.3;
  }
  for (wires::Transformer& transformer : year.network.transformers) {
    transformer.tap_percent = 2.5;
  }
  for (auto _ : state) {
    const auto houses = hosting::house_capacities(year, {}, threads_of(state));
    double kw = 0.0;
    for (const hosting::HouseCapacity& house : *houses) {
      kw += house.wires_kw;
    }
    state.counters["kw_of_all"] = kw;
    state.counters["kw_of_last"] = houses->back().wires_kw;
  }
}
BENCHMARK(houses_of_a_village_of_300)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void random_adopters(benchmark::State& state) {
  const hosting::VillageYear* year = village(state);
  if (year == nullptr) {
    return;
  }
  for (auto _ : state) {
    const auto areas =
        hosting::random_adopters(*year, {.draws = 200, .adopter_kw = 3.0}, threads_of(state));
    state.counters["p50_kw"] = areas->front().p50_kw;
    state.counters["p95_kw"] = areas->front().p95_kw;
  }
}
BENCHMARK(random_adopters)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
