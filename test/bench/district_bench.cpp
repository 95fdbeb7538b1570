// Households of a district: the optimiser and the streaming, with how time grows with households,
// steps and threads. `cpu_us` is processor time for a household on all threads together.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "district/example.hpp"
#include "district/job.hpp"
#include "support/cases.hpp"

namespace {

using namespace xiaoyuan;
namespace fs = std::filesystem;

/// The prices of the reference household over a year of `step_minutes`; empty where the cases are
/// missing.
std::vector<double> prices(const char* column, int step_minutes) {
  const auto bytes = test::case_bytes("household/household_8760.csv");
  std::vector<double> values;
  if (bytes) {
    const int repeats = 60 / step_minutes;
    for (const double price : test::Columns(*bytes).numbers(column)) {
      values.insert(values.end(), static_cast<std::size_t>(repeats), price);
    }
  }
  return values;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

/// Households, minutes of a step, threads.
void district(benchmark::State& state) {
  const auto households = static_cast<std::size_t>(state.range(0));
  const auto step_minutes = static_cast<int>(state.range(1));
  const auto buy = prices("buy", step_minutes);
  const auto sell = prices("sell", step_minutes);
  if (buy.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return;
  }
  const fs::path root =
      fs::temp_directory_path() / ("xiaoyuan-district-bench-" + std::to_string(::getpid()));
  fs::create_directories(root / "shapes");
  for (const auto& [name, bytes] :
       xiaoyuan::district::example_district({.households = households,
                                             .seed = 1,
                                             .step_minutes = step_minutes,
                                             .buy = buy,
                                             .sell = sell,
                                             .price_source = "the reference household"})) {
    std::ofstream(root / name, std::ios::binary) << bytes;
  }
  const double begun = cpu_seconds();
  for (auto _ : state) {
    const auto report =
        xiaoyuan::district::run_job({.district = root,
                                     .out = root / "out",
                                     .chunk_lines = 250,
                                     .threads = static_cast<unsigned>(state.range(2)),
                                     .program = "bench",
                                     .on_progress = {},
                                     .stopped = {}},
                                    xiaoyuan::district::alone());
    if (!report) {
      state.SkipWithError("refused");
      break;
    }
  }
  const double solved = static_cast<double>(state.iterations()) * static_cast<double>(households);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["cpu_us"] = 1e6 * (cpu_seconds() - begun) / solved;
  state.counters["households"] = benchmark::Counter(solved, benchmark::Counter::kIsRate);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
  fs::remove_all(root);
}
BENCHMARK(district)
    ->Args({5000, 60, 1})
    ->Args({10000, 60, 1})
    ->Args({20000, 60, 1})
    ->Args({5000, 30, 1})
    ->Args({5000, 15, 1})
    ->Args({20000, 60, 2})
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

}  // namespace
