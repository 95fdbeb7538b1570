// Power flow of the IEEE European low-voltage feeder (907 buses, 55 houses) over its day of 1,440
// minutes and over 35,040 steps, beside a plain sparse solver: Eigen's LU of the whole admittance
// matrix, factored once, current injection. Both to 1e-8 of the nominal voltage, both with every
// bus's voltage, both starting a step from the one before.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "support/cases.hpp"
#include "support/coupled_draw.hpp"
#include "support/plain_flow.hpp"
#include "wires/flow.hpp"
#include "wires/opendss.hpp"

namespace {

using namespace xiaoyuan;

constexpr double tolerance_pu = 1e-8;

struct Feeder {
  wires::Network network;
  std::vector<std::vector<double>> kw, kvar;  ///< by connection, 1,440 minutes

  Feeder() {
    const Files files{[](const std::string& name) -> Result<std::string> {
                        const auto bytes = test::case_bytes("network/ieee_european_lv/" + name);
                        return bytes ? Result<std::string>(*bytes)
                                     : fail(Fault::not_found, {"no file", "没有文件"});
                      },
                      {}};
    auto circuit = wires::read_opendss(files, "Master.dss");
    if (!circuit) {
      return;
    }
    network = std::move(circuit->network);
    for (std::size_t c = 0; c < network.connections.size(); ++c) {
      const auto& shape = circuit->shapes[*circuit->shape_of_connection[c]].values;
      kw.emplace_back(shape);
      kvar.emplace_back(shape);
      for (std::size_t t = 0; t < shape.size(); ++t) {
        kw[c][t] *= network.connections[c].kw;
        kvar[c][t] *= network.connections[c].kvar;
      }
    }
  }
};

const Feeder* feeder(benchmark::State& state) {
  static const Feeder feeder;
  if (feeder.kw.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return nullptr;
  }
  return &feeder;
}

void run(benchmark::State& state, const Spread& spread) {
  const Feeder* given = feeder(state);
  if (given == nullptr) {
    return;
  }
  const auto flow = wires::Flow::of(given->network);
  wires::Series series;
  series.steps = static_cast<std::size_t>(state.range(0));
  series.accuracy.tolerance_pu = tolerance_pu;
  series.powers = [&](const wires::Steps& steps, double* watts, double* vars) {
    for (std::size_t c = 0; c < given->kw.size(); ++c) {
      for (std::size_t lane = 0; lane < steps.count; ++lane) {
        const std::size_t minute = (steps.first + lane) % 1440;
        watts[8 * c + lane] = 1000.0 * given->kw[c][minute];
        vars[8 * c + lane] = 1000.0 * given->kvar[c][minute];
      }
    }
  };
  std::vector<double> lowest(series.chunks(), 1e9);
  series.seen = [&](std::size_t chunk, const wires::Steps& steps) {
    for (std::size_t bus = 1; bus < given->network.buses.size(); ++bus) {
      for (std::size_t phase = 0; phase < 3; ++phase) {
        const double* v = steps.volts(bus, phase);
        for (std::size_t lane = 0; lane < 8; ++lane) {
          lowest[chunk] = std::min(lowest[chunk], v[lane] * v[lane] + v[lane + 8] * v[lane + 8]);
        }
      }
    }
  };
  std::size_t rounds = 0;
  for (auto _ : state) {
    rounds = wires::run(*flow, series, spread).rounds;
  }
  state.counters["us_a_step"] = benchmark::Counter(
      static_cast<double>(series.steps) * 1e-6,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["rounds"] = static_cast<double>(rounds) * 8.0 / static_cast<double>(series.steps);
  state.counters["lowest_pu"] =
      std::sqrt(*std::ranges::min_element(lowest)) / (416.0 / std::sqrt(3.0));
}

void ours(benchmark::State& state) { run(state, in_turn); }
BENCHMARK(ours)->Arg(1440)->Arg(35040)->Unit(benchmark::kMillisecond)->UseRealTime();

void ours_on_all_cores(benchmark::State& state) {
  run(state, test::on_threads(std::thread::hardware_concurrency()));
}
BENCHMARK(ours_on_all_cores)->Arg(1440)->Arg(35040)->Unit(benchmark::kMillisecond)->UseRealTime();

void eigen_sparse_lu(benchmark::State& state) {
  const Feeder* given = feeder(state);
  if (given == nullptr) {
    return;
  }
  test::PlainFlow flow(given->network);
  const auto steps = static_cast<std::size_t>(state.range(0));
  std::vector<double> watts(given->kw.size());
  std::vector<double> vars(given->kw.size());
  double lowest = 1e9;
  double rounds = 0.0;
  for (auto _ : state) {
    flow.unload();
    rounds = 0.0;
    for (std::size_t t = 0; t < steps; ++t) {
      for (std::size_t c = 0; c < watts.size(); ++c) {
        watts[c] = 1000.0 * given->kw[c][t % 1440];
        vars[c] = 1000.0 * given->kvar[c][t % 1440];
      }
      rounds += flow.solve(watts, vars, tolerance_pu);
      for (std::size_t bus = 1; bus < given->network.buses.size(); ++bus) {
        for (std::size_t phase = 0; phase < 3; ++phase) {
          lowest = std::min(lowest, std::norm(flow.volt(bus, phase)));
        }
      }
    }
  }
  state.counters["us_a_step"] = benchmark::Counter(
      static_cast<double>(steps) * 1e-6,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["rounds"] = rounds / static_cast<double>(steps);
  state.counters["lowest_pu"] = std::sqrt(lowest) / (416.0 / std::sqrt(3.0));
}
BENCHMARK(eigen_sparse_lu)->Arg(1440)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
