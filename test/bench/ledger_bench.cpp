// A month of many homes on the book: time for a transfer and for a proof, and memory of the book.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include "ledger/log.hpp"

namespace {

using namespace xiaoyuan;
using namespace xiaoyuan::ledger;

constexpr std::uint32_t shared_accounts = 6;

std::string home_name(std::uint32_t home) { return "h" + std::to_string(100'000 + home); }

Heading heading_of(std::string key) {
  return {std::move(key), std::chrono::year(2026) / 10 / 31, ""};
}

/// Accounts of the grid company and the like, then two for each home: fen and Wh.
std::vector<Command> openings(std::uint32_t homes) {
  std::vector<Command> commands;
  const auto open = [&](const std::string& key, Unit unit) {
    commands.emplace_back(
        OpenAccount{heading_of(key), {key, {key, key}, unit, AccountKind::ordinary, Limit::none}});
  };
  for (std::uint32_t i = 0; i < shared_accounts; ++i) {
    open("shared" + std::to_string(i), i == 0 ? Unit::wh : Unit::fen);
  }
  for (std::uint32_t home = 0; home < homes; ++home) {
    open(home_name(home) + "/fen", Unit::fen);
    open(home_name(home) + "/wh", Unit::wh);
  }
  return commands;
}

/// Four postings for each home, of one transfer each or five.
std::vector<Command> month(std::uint32_t homes, std::size_t transfers) {
  std::vector<Command> commands;
  for (std::uint32_t home = 0; home < homes; ++home) {
    const AccountId fen{shared_accounts + 2 * home};
    const AccountId wh{shared_accounts + 2 * home + 1};
    for (const char* line : {"export", "import", "lease", "service"}) {
      Post post{heading_of("2026-10/" + home_name(home) + "/" + line),
                Stage::posted,
                {{{1}, fen, 12'345 + home},
                 {wh, {0}, 345'678 + home},
                 {fen, {2}, 1'200},
                 {{3}, fen, 5'000},
                 {{4}, {5}, 1}}};
      post.transfers.resize(transfers);
      commands.emplace_back(std::move(post));
    }
  }
  return commands;
}

void settle_month(benchmark::State& state) {
  const auto homes = static_cast<std::uint32_t>(state.range(0));
  const std::vector<Command> opened = openings(homes);
  const auto each = static_cast<std::size_t>(state.range(1));
  const std::vector<Command> posted = month(homes, each);
  double bytes = 0.0;
  for (auto _ : state) {
    state.PauseTiming();
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    Book book;
    for (const Command& command : opened) {
      benchmark::DoNotOptimize(book.apply(command));
    }
    state.ResumeTiming();
    for (const Command& command : posted) {
      benchmark::DoNotOptimize(book.apply(command));
    }
    state.PauseTiming();
    bytes = static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd - before);
    state.ResumeTiming();
  }
  const double transfers = static_cast<double>(each * posted.size());
  state.counters["transfers"] = transfers;
  state.counters["transfers_a_second"] =
      benchmark::Counter(transfers, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["MB_of_book"] = bytes / 1e6;
}
BENCHMARK(settle_month)
    ->ArgNames({"homes", "transfers_a_posting"})
    ->ArgsProduct({{1'000, 10'000, 100'000}, {1, 5}})
    ->Unit(benchmark::kMillisecond);

void rebuild_month(benchmark::State& state) {
  const auto homes = static_cast<std::uint32_t>(state.range(0));
  Book book;
  std::vector<Entry> entries;
  for (const std::vector<Command>& commands : {openings(homes), month(homes, 5)}) {
    for (const Command& command : commands) {
      entries.push_back(book.apply(command).value().entry);
    }
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(rebuilt(entries));
  }
  state.counters["entries"] = static_cast<double>(entries.size());
}
BENCHMARK(rebuild_month)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// An entry among a million.
void prove_line(benchmark::State& state) {
  MerkleLog log;
  const std::uint64_t size = 999'983;
  for (std::uint64_t i = 0; i < size; ++i) {
    log.append(sha256(std::to_string(i)));
  }
  std::uint64_t index = 0;
  for (auto _ : state) {
    index = (index + 7'919) % size;
    benchmark::DoNotOptimize(log.inclusion(index, size));
  }
}
BENCHMARK(prove_line)->Unit(benchmark::kMicrosecond);

}  // namespace
