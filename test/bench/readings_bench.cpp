// Readings: packing beside zstd -3 of raw 32-bit integers, and reading CSV. `bytes` are those of a
// reading; items are readings.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <zstd.h>

#include <cmath>
#include <cstring>

#include "base/random.hpp"
#include "readings/import.hpp"
#include "readings/packed.hpp"
#include "support/cases.hpp"

namespace {

using namespace xiaoyuan;
using readings::Intervals;

Intervals chunk_of(const std::vector<double>& wh, std::size_t from, std::size_t size, int minutes) {
  Intervals made = readings::empty_intervals(
      "110000123456", readings::Channel::imported,
      {Instant{std::chrono::days{20000}}, std::chrono::minutes{minutes}, size}, {1000});
  for (std::size_t i = 0; i < size; ++i) {
    made.counts[i] = std::llround(wh[from + i]);
    made.quality[i] = readings::Quality::measured;
  }
  return made;
}

/// A real or synthetic home's load in chunks: minutes of a step, days of a chunk. Empty, and the
/// bench is skipped, where the cases are missing.
std::vector<Intervals> chunks(benchmark::State& state) {
  const auto minutes = static_cast<int>(state.range(0));
  const auto days = static_cast<int>(state.range(1));
  const char* file = minutes == 60   ? "homes/citylearn/Building_1.csv"
                     : minutes == 30 ? "homes/ausgrid/data_2011-2012.csv"
                                     : "household/household_35040.csv";
  const char* column = minutes == 60 ? "non_shiftable_load" : minutes == 30 ? "GC" : "load_kw";
  const auto bytes = test::case_bytes(file);
  std::vector<Intervals> all;
  if (!bytes) {
    state.SkipWithError("the cases are not beside this checkout");
    return all;
  }
  std::vector<double> wh = test::Columns(*bytes).numbers(column);
  for (double& value : wh) {
    value *= 1000.0 * minutes / 60.0;
  }
  const auto size = static_cast<std::size_t>(days * 1440 / minutes);
  for (std::size_t i = 0; i + size <= wh.size(); i += size) {
    all.push_back(chunk_of(wh, i, size, minutes));
  }
  return all;
}

std::string raw_bytes(const Intervals& intervals) {
  std::string raw;
  for (const std::int64_t count : intervals.counts) {
    const auto narrow = static_cast<std::int32_t>(count);
    raw.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
  }
  return raw;
}

void finish(benchmark::State& state, const std::vector<Intervals>& all, std::size_t bytes) {
  if (all.empty()) {
    return;
  }
  const auto steps = static_cast<double>(all.size() * all.front().axis.size);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(steps));
  state.counters["bytes"] = static_cast<double>(bytes) / steps;
}

/// Packed and unpacked.
void packed(benchmark::State& state) {
  const auto all = chunks(state);
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    for (const Intervals& each : all) {
      const std::string packed = readings::pack(each);
      bytes += packed.size();
      benchmark::DoNotOptimize(readings::unpack(packed, "x")->counts.data());
    }
  }
  finish(state, all, bytes);
}
BENCHMARK(packed)->ArgsProduct({{15, 30, 60}, {1, 30}})->Unit(benchmark::kMillisecond);

void zstd_of_raw(benchmark::State& state) {
  const auto all = chunks(state);
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    for (const Intervals& each : all) {
      const std::string raw = raw_bytes(each);
      std::string packed(ZSTD_compressBound(raw.size()), '\0');
      packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 3));
      bytes += packed.size();
      std::string back(raw.size(), '\0');
      benchmark::DoNotOptimize(
          ZSTD_decompress(back.data(), back.size(), packed.data(), packed.size()));
    }
  }
  finish(state, all, bytes);
}
BENCHMARK(zstd_of_raw)->ArgsProduct({{15, 30, 60}, {1, 30}})->Unit(benchmark::kMillisecond);

constexpr const char* long_map = R"(
kind = "intervals"
zone = "Asia/Shanghai"
meter = "meter"
time = "time"
time_is = "start"
step_minutes = 15
[[value]]
column = "kwh"
channel = "imported"
unit = "kWh"
decimals = 3
)";

constexpr const char* wide_map = R"(
kind = "days"
zone = "Asia/Shanghai"
meter = "meter"
date = "date"
step_minutes = 15
[[value]]
first = "1"
channel = "imported"
unit = "kWh"
decimals = 3
)";

void read(benchmark::State& state, const std::string& csv, const char* toml,
          std::int64_t readings) {
  const auto mapping = readings::read_mapping(toml, "map.toml");
  for (auto _ : state) {
    const auto file = readings::read_intervals(csv, "x.csv", *mapping);
    if (!file || file->report.readings != static_cast<std::size_t>(readings)) {
      state.SkipWithError("refused");
      break;
    }
    benchmark::DoNotOptimize(file->days.data());
  }
  state.SetItemsProcessed(state.iterations() * readings);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(csv.size()));
}

/// Meters, 30 days each: a row a reading.
void csv_long(benchmark::State& state) {
  Random random(1);
  std::string csv = "meter,time,kwh\n";
  for (std::int64_t meter = 0; meter < state.range(0); ++meter) {
    for (int i = 0; i < 2880; ++i) {
      csv += fmt::format("1100001{:05},2026-10-{:02} {:02}:{:02},{:.3f}\n", meter, 1 + i / 96,
                         i % 96 / 4, i % 4 * 15, 0.5 * random.uniform());
    }
  }
  read(state, csv, long_map, state.range(0) * 2880);
}
BENCHMARK(csv_long)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

/// A row a day of 96 columns.
void csv_wide(benchmark::State& state) {
  Random random(1);
  std::string csv = "meter,date";
  for (int i = 1; i <= 96; ++i) {
    csv += fmt::format(",{}", i);
  }
  for (std::int64_t meter = 0; meter < state.range(0); ++meter) {
    for (int day = 1; day <= 30; ++day) {
      csv += fmt::format("\n1100001{:05},2026-10-{:02}", meter, day);
      for (int i = 0; i < 96; ++i) {
        csv += fmt::format(",{:.3f}", 0.5 * random.uniform());
      }
    }
  }
  read(state, csv + "\n", wide_map, state.range(0) * 2880);
}
BENCHMARK(csv_wide)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
