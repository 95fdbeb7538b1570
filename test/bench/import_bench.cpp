// Import without a store: intervals from CSV and from an archive, beside what one writes in an
// afternoon: std::getline, std::stod and a map of vectors. Items are readings.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <map>
#include <sstream>

#include "base/random.hpp"
#include "readings/archive.hpp"
#include "readings/import.hpp"

namespace {

using namespace xiaoyuan;

constexpr int steps = 2880;  // of 15 minutes in 30 days

constexpr const char* map_toml = R"(
kind = "intervals"
zone = "Asia/Shanghai"
meter = "meter"
time = "time"
time_is = "start"
step_minutes = 15
[[value]]
column = "import_kwh"
channel = "imported"
unit = "kWh"
decimals = 3
[[value]]
column = "export_kwh"
channel = "exported"
unit = "kWh"
decimals = 3
[[value]]
column = "generation_kwh"
channel = "generated"
unit = "kWh"
decimals = 3
)";

/// Rows with so many of the three readings; or the rows of all meters of a time together.
enum class Order : std::uint8_t { by_meter, by_time };
std::string table(std::int64_t meters, int readings, Order order) {
  Random random(1);
  std::string csv = "meter,time,import_kwh,export_kwh,generation_kwh\n";
  const auto row = [&](std::int64_t meter, int i) {
    csv += fmt::format("1100001{:05},2026-10-{:02} {:02}:{:02}", meter, 1 + i / 96, i % 96 / 4,
                       i % 4 * 15);
    for (int k = 0; k < 3; ++k) {
      csv += k < readings ? fmt::format(",{:.3f}", 0.5 * random.uniform()) : ",";
    }
    csv += '\n';
  };
  if (order == Order::by_time) {
    for (int i = 0; i < steps; ++i) {
      for (std::int64_t meter = 0; meter < meters; ++meter) {
        row(meter, i);
      }
    }
    return csv;
  }
  for (std::int64_t meter = 0; meter < meters; ++meter) {
    for (int i = 0; i < steps; ++i) {
      row(meter, i);
    }
  }
  return csv;
}

void count(benchmark::State& state, std::int64_t readings, std::size_t bytes) {
  state.SetItemsProcessed(state.iterations() * readings);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void ours(benchmark::State& state, const std::string& csv, std::int64_t readings) {
  const auto mapping = readings::read_mapping(map_toml, "map.toml");
  for (auto _ : state) {
    const auto file = readings::read_intervals(csv, "x.csv", *mapping);
    if (!file || file->report.readings != static_cast<std::size_t>(readings)) {
      state.SkipWithError("refused");
      break;
    }
    benchmark::DoNotOptimize(file->days.data());
  }
  count(state, readings, csv.size());
}

/// Meters; readings a row.
void csv_by_meter(benchmark::State& state) {
  const auto readings = static_cast<int>(state.range(1));
  ours(state, table(state.range(0), readings, Order::by_meter), state.range(0) * steps * readings);
}
BENCHMARK(csv_by_meter)->ArgsProduct({{10, 100}, {1, 3}})->Unit(benchmark::kMillisecond);

void csv_by_time(benchmark::State& state) {
  ours(state, table(state.range(0), 1, Order::by_time), state.range(0) * steps);
}
BENCHMARK(csv_by_time)->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

/// No zone, no check, no repetition told, money and energy as doubles.
std::map<std::string, std::vector<std::pair<std::string, double>>> naive(const std::string& csv) {
  std::map<std::string, std::vector<std::pair<std::string, double>>> all;
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string meter;
    std::string time;
    std::string cell;
    std::getline(cells, meter, ',');
    std::getline(cells, time, ',');
    for (int channel = 0; std::getline(cells, cell, ','); ++channel) {
      if (!cell.empty()) {
        all[meter + static_cast<char>('0' + channel)].emplace_back(time, std::stod(cell));
      }
    }
  }
  return all;
}

void csv_naive(benchmark::State& state) {
  const auto readings = static_cast<int>(state.range(1));
  const std::string csv = table(state.range(0), readings, Order::by_meter);
  for (auto _ : state) {
    benchmark::DoNotOptimize(naive(csv).size());
  }
  count(state, state.range(0) * steps * readings, csv.size());
}
BENCHMARK(csv_naive)->ArgsProduct({{100}, {1, 3}})->Unit(benchmark::kMillisecond);

std::string archive(std::int64_t meters) {
  Random random(1);
  readings::ArchiveWriter writer;
  std::string bytes;
  for (std::int64_t meter = 0; meter < meters; ++meter) {
    readings::Intervals made = readings::empty_intervals(
        fmt::format("1100001{:05}", meter), readings::Channel::imported,
        {Instant{std::chrono::seconds{1'790'784'000}}, std::chrono::minutes{15}, steps}, {1000});
    for (std::size_t i = 0; i < made.axis.size; ++i) {
      made.counts[i] = static_cast<std::int64_t>(500.0 * random.uniform());
      made.quality[i] = readings::Quality::measured;
    }
    writer.add(readings::seal(made), {"bench", made.axis.end()});
    bytes += writer.take();
  }
  return bytes + writer.finish();
}

/// As days in memory, every seal and the end checked.
void archive_to_days(benchmark::State& state) {
  const std::string bytes = archive(state.range(0));
  const Zone zone = *Zone::find("Asia/Shanghai");
  for (auto _ : state) {
    const auto file = readings::read_archive(bytes, "x.xyr", zone);
    if (!file || file->report.readings != static_cast<std::size_t>(state.range(0) * steps)) {
      state.SkipWithError("refused");
      break;
    }
    benchmark::DoNotOptimize(file->days.data());
  }
  count(state, state.range(0) * steps, bytes.size());
}
BENCHMARK(archive_to_days)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

/// Sealed months as they are kept.
void archive_to_seals(benchmark::State& state) {
  const std::string bytes = archive(state.range(0));
  for (auto _ : state) {
    readings::ArchiveReader reader("x.xyr");
    reader.feed(bytes);
    for (auto record = reader.next(); record && *record; record = reader.next()) {
      benchmark::DoNotOptimize(*record);
    }
    if (!reader.finish()) {
      state.SkipWithError("refused");
      break;
    }
  }
  count(state, state.range(0) * steps, bytes.size());
}
BENCHMARK(archive_to_seals)->Arg(1000)->Unit(benchmark::kMillisecond);

void archive_written(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(archive(state.range(0)).size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * steps);
}
BENCHMARK(archive_written)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
