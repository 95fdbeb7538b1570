// Statements a second: single PDF files, one file with many, the other forms. Two threads as on
// two cores.
#include <benchmark/benchmark.h>

#include "statement/html.hpp"
#include "statement/json.hpp"
#include "statement/pdf.hpp"
#include "statement/workbook.hpp"
#include "support/statement_example.hpp"

namespace {

using namespace xiaoyuan;
using namespace xiaoyuan::statement;

std::vector<Sheet> households(std::int64_t count) {
  std::vector<Sheet> sheets;
  for (int number = 1; number <= count; ++number) {
    sheets.push_back(test::numbered_household(number));
  }
  return sheets;
}

void single_pdf(benchmark::State& state, const Sheet& sheet) {
  const Style style = test::style_of(Language::chinese);
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = pdf(sheet, style)->size();
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes"] =
      benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgThreads);
}

void full_household(benchmark::State& state) { single_pdf(state, test::household_example()); }
void plain_household(benchmark::State& state) {
  single_pdf(state, test::plain_household_example());
}

void one_file(benchmark::State& state) {
  const std::vector<Sheet> sheets = households(state.range(0));
  const Style style = test::style_of(Language::chinese);
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = pdf(sheets, style)->size();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["bytes"] =
      benchmark::Counter(static_cast<double>(bytes) / static_cast<double>(state.range(0)),
                         benchmark::Counter::kAvgThreads);
}

void page(benchmark::State& state) {
  const Sheet sheet = test::household_example();
  const Style style = test::style_of(Language::chinese);
  for (auto _ : state) {
    benchmark::DoNotOptimize(html(sheet, style));
  }
  state.SetItemsProcessed(state.iterations());
}

void json_there_and_back(benchmark::State& state) {
  const std::string bytes = json(test::household_example().statement);
  for (auto _ : state) {
    benchmark::DoNotOptimize(json(*read_json(bytes, "s.json")));
  }
  state.SetItemsProcessed(state.iterations());
}

void workbook_of_many(benchmark::State& state) {
  const std::vector<Sheet> sheets = households(state.range(0));
  const Style style = test::style_of(Language::chinese);
  for (auto _ : state) {
    benchmark::DoNotOptimize(workbook(sheets, style));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(full_household)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(full_household)->Unit(benchmark::kMillisecond)->Threads(2)->UseRealTime();
BENCHMARK(plain_household)->Unit(benchmark::kMillisecond)->Threads(2)->UseRealTime();
BENCHMARK(one_file)->Arg(100)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(one_file)->Arg(100)->Unit(benchmark::kMillisecond)->Threads(2)->UseRealTime();
BENCHMARK(page)->Unit(benchmark::kMicrosecond);
BENCHMARK(json_there_and_back)->Unit(benchmark::kMicrosecond);
BENCHMARK(workbook_of_many)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
