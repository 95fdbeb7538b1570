// Sharing a month: the kernel beside the plain oracle, which sorts everybody and divides wide
// numbers. Items are household-intervals with less than is wanted.
#include <benchmark/benchmark.h>

#include "base/random.hpp"
#include "settle/sharing.hpp"
#include "support/plain_sharing.hpp"

namespace {

using namespace xiaoyuan;
using namespace xiaoyuan::settle;

/// A day of quarter hours in which one home exports and there is never enough.
SharingTable scarce_day(std::size_t homes) {
  Random random(1);
  SharingTable table;
  for (std::size_t i = 0; i < homes; ++i) {
    table.members.push_back("h" + std::to_string(100'000 + i));
  }
  for (std::int64_t t = 0; t < 96; ++t) {
    table.intervals.push_back(900 * t);
    std::int64_t demand = 0;
    for (std::size_t i = 0; i < homes; ++i) {
      table.imported_wh.push_back(static_cast<std::int64_t>(random.uniform() * 900.0));
      demand += table.imported_wh.back();
    }
    table.exported_wh.resize(table.imported_wh.size(), 0);
    table.exported_wh[table.exported_wh.size() - homes] = demand / 3;
  }
  table.days = {0};
  return table;
}

void shared(benchmark::State& state, SharingKey key) {
  const auto homes = static_cast<std::size_t>(state.range(0));
  const SharingTable table = scarce_day(homes);
  Sharing sharing(table.members, {.key = key,
                                  .weights = std::vector<std::int64_t>(homes, 7),
                                  .whole = 0,
                                  .first = std::vector<std::uint8_t>(homes, 0)});
  std::vector<std::int64_t> received(homes);
  std::vector<std::int64_t> sold(homes);
  for (auto _ : state) {
    sharing.begin_day();
    for (std::size_t t = 0; t < 96; ++t) {
      const std::size_t at = t * homes;
      sharing.share({.interval = table.intervals[t],
                     .index = t,
                     .imported_wh = std::span(table.imported_wh).subspan(at, homes),
                     .exported_wh = std::span(table.exported_wh).subspan(at, homes)},
                    received, sold);
      benchmark::DoNotOptimize(received.data());
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(96 * homes));
}
BENCHMARK_CAPTURE(shared, dynamic, SharingKey::dynamic)->Arg(50)->Arg(500)->Arg(5000);
BENCHMARK_CAPTURE(shared, static, SharingKey::static_weights)->Arg(500);
BENCHMARK_CAPTURE(shared, equal, SharingKey::equal)->Arg(500);
BENCHMARK_CAPTURE(shared, prosumer_first, SharingKey::prosumer_first)->Arg(500);

void plain_dynamic(benchmark::State& state) {
  const auto homes = static_cast<std::size_t>(state.range(0));
  const SharingTable table = scarce_day(homes);
  std::vector<test::PlainSharing::Interval> day(96);
  for (std::size_t t = 0; t < day.size(); ++t) {
    for (std::size_t i = 0; i < homes; ++i) {
      day[t].imported[table.members[i]] = table.imported_wh[t * homes + i];
      day[t].exported[table.members[i]] = table.exported_wh[t * homes + i];
    }
    day[t].interval = table.intervals[t];
  }
  for (auto _ : state) {
    test::PlainSharing plain({.key = SharingKey::dynamic, .weights = {}, .whole = 0, .first = {}});
    for (const auto& energy : day) {
      benchmark::DoNotOptimize(plain.received(energy));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(96 * homes));
}
BENCHMARK(plain_dynamic)->Arg(500)->Unit(benchmark::kMillisecond);

}  // namespace
