// The store: packed days of many homes in and out, entries of the book in batches; memory, SQLite,
// and PostgreSQL where a server is there. Items are readings (or entries); the disk is the one of
// the folder for temporary files.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "base/random.hpp"
#include "ledger/book.hpp"
#include "readings/seal.hpp"
#include "store/open.hpp"
#include "support/postgres_server.hpp"

namespace {

using namespace xiaoyuan;
namespace fs = std::filesystem;

constexpr int steps_a_day = 96;

/// A place that is empty at first and gone in the end.
class Place {
 public:
  explicit Place(benchmark::State& state) {
    static int count = 0;
    std::string name = (fs::temp_directory_path() / "xiaoyuan-bench-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const auto kind = state.range(0);
    where = kind == 0 ? "memory:" : (folder_ / "store.db").string();
    if (kind == 2) {
      const auto* server = test::postgres_server();
      if (!server) {
        state.SkipWithError("PostgreSQL 15 is missing");
        where = "memory:";
      } else {
        where = server->where(fmt::format("bench{}", ++count));
      }
    }
    state.SetLabel(kind == 0 ? "memory" : kind == 1 ? "SQLite" : "PostgreSQL");
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { fs::remove_all(folder_); }
  std::uint64_t file_bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      bytes += entry.file_size();
    }
    return bytes;
  }
  std::string where;

 private:
  fs::path folder_;
};

/// Days of homes with a load that looks like one, one batch a day.
std::vector<store::Batch> month(int homes, int days) {
  Random random(1);
  std::vector<store::Batch> batches;
  for (int day = 0; day < days; ++day) {
    store::Batch batch{.key = fmt::format("import/{}", day),
                       .recorded_at = Instant{std::chrono::days{20'000 + day}},
                       .registers = {},
                       .days = {},
                       .entries = {},
                       .documents = {}};
    for (int home = 0; home < homes; ++home) {
      readings::Intervals made = readings::empty_intervals(
          fmt::format("1100{:08}", home), readings::Channel::imported,
          {Instant{std::chrono::days{20'000 + day}}, std::chrono::minutes{15}, steps_a_day},
          {1000});
      for (int i = 0; i < steps_a_day; ++i) {
        made.counts[i] = std::llround(80.0 + 60.0 * std::sin(0.07 * i) + 40.0 * random.uniform());
        made.quality[i] = readings::Quality::measured;
      }
      readings::Sealed sealed = readings::seal(made);
      batch.days.push_back({.meter = made.meter,
                            .channel = made.channel,
                            .start = made.axis.start,
                            .recorded_at = batch.recorded_at,
                            .source = "import.csv",
                            .packed = std::move(sealed.bytes),
                            .digest = sealed.digest});
    }
    batches.push_back(std::move(batch));
  }
  return batches;
}

void write_all(benchmark::State& state, store::Store& store,
               const std::vector<store::Batch>& batches) {
  for (const store::Batch& batch : batches) {
    const auto written = store.write(batch);
    if (!written) {
      state.SkipWithError(written.error().front().what.en.c_str());
    }
  }
}

void import_days(benchmark::State& state) {
  const auto homes = static_cast<int>(state.range(1));
  const auto days = static_cast<int>(state.range(2));
  const std::vector<store::Batch> batches = month(homes, days);
  double bytes = 0.0;
  for (auto _ : state) {
    state.PauseTiming();
    {
      const Place place(state);
      auto opened = store::open(place.where).value();
      state.ResumeTiming();
      write_all(state, *opened, batches);
      opened.reset();
      state.PauseTiming();
      bytes = static_cast<double>(place.file_bytes());
    }
    state.ResumeTiming();
  }
  const std::int64_t readings = std::int64_t{homes} * days * steps_a_day;
  state.SetItemsProcessed(state.iterations() * readings);
  state.counters["bytes_a_reading"] = bytes / static_cast<double>(readings);
}
BENCHMARK(import_days)
    ->ArgNames({"kind", "homes", "days"})
    ->ArgsProduct({{0, 1, 2}, {10'000}, {1, 30}})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void read_month(benchmark::State& state) {
  const auto homes = static_cast<int>(state.range(1));
  const Place place(state);
  auto opened = store::open(place.where).value();
  write_all(state, *opened, month(homes, 30));
  std::int64_t days = 0;
  for (auto _ : state) {
    const auto read = opened->days({}, [&](const store::StoredDay& day) {
      benchmark::DoNotOptimize(day.packed.data());
      ++days;
      return true;
    });
    benchmark::DoNotOptimize(read);
  }
  state.SetItemsProcessed(days * steps_a_day);
}
BENCHMARK(read_month)
    ->ArgNames({"kind", "homes"})
    ->ArgsProduct({{0, 1, 2}, {10'000}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Entries of accounts, in batches of a size.
void write_entries(benchmark::State& state) {
  const auto count = static_cast<int>(state.range(1));
  const auto each = static_cast<std::size_t>(state.range(2));
  ledger::Book book;
  std::vector<store::Batch> batches;
  for (int i = 0; i < count; ++i) {
    if (i % static_cast<int>(each) == 0) {
      batches.push_back({.key = fmt::format("run/{}", i),
                         .recorded_at = Instant{std::chrono::days{20'000}},
                         .registers = {},
                         .days = {},
                         .entries = {},
                         .documents = {}});
    }
    batches.back().entries.push_back(
        book.apply(ledger::OpenAccount{{fmt::format("2026-10/h{:06}/export", i),
                                        std::chrono::year(2026) / 10 / 1, ""},
                                       {"owner",
                                        {"n", "n"},
                                        ledger::Unit::fen,
                                        ledger::AccountKind::ordinary,
                                        ledger::Limit::none}})
            .value()
            .entry);
  }
  for (auto _ : state) {
    state.PauseTiming();
    {
      const Place place(state);
      auto opened = store::open(place.where).value();
      state.ResumeTiming();
      write_all(state, *opened, batches);
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(write_entries)
    ->ArgNames({"kind", "entries", "a_batch"})
    ->Args({0, 100'000, 10'000})
    ->Args({1, 100'000, 10'000})
    ->Args({2, 100'000, 10'000})
    ->Args({1, 1'000, 1})
    ->Args({2, 1'000, 1})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
