// One house tried in the studio, beside reading and planning its whole village for it: steps of 60
// and 15 min, with a battery and without.
#include <benchmark/benchmark.h>

#include <map>

#include "desk/studio.hpp"
#include "plan/study.hpp"
#include "support/villages.hpp"

namespace {

using namespace xiaoyuan;

test::Folder example(std::int64_t minutes) {
  return test::replaced(test::shipped_without_wires("example"), "village.toml", "step = \"60min\"",
                        minutes == 60 ? "step = \"60min\"" : "step = \"15min\"");
}

const desk::VillageView& view(std::int64_t minutes) {
  static std::map<std::int64_t, desk::VillageView> views;
  desk::VillageView& made = views[minutes];
  if (!made.plan) {
    made.name = "example";
    made.version = std::to_string(minutes);
    auto read = plan::read_inputs(test::files_of(example(minutes)), test::shipped_share());
    made.plan = std::make_shared<const plan::Inputs>(std::move(*read));
  }
  return made;
}

/// Another size every time, so that nothing is known from the trial before.
std::string battery(std::int64_t has_battery, int turn) {
  return has_battery != 0 ? R"({"households":[{"household":"H001","columns":{"battery_kwh":)" +
                                std::to_string(5 + turn % 10) + "}}]}"
                          : R"({"households":[{"household":"H001","columns":{"roof1_kwp":)" +
                                std::to_string(5 + turn % 10) + "}}]}";
}

/// A slider of the house's own.
void trial_of_a_column(benchmark::State& state) {
  desk::Studio studio;
  int turn = 0;
  for (auto _ : state) {
    const auto changes = desk::read_changes(battery(state.range(1), turn++));
    const auto trial = studio.run(view(state.range(0)), test::shipped_share(), {"H001", *changes});
    benchmark::DoNotOptimize(desk::trial_json(*trial).size());
  }
}

/// A price that nobody has tried before: the village's inputs are read anew, but for its sun.
void trial_of_a_key(benchmark::State& state) {
  desk::Studio studio;
  int turn = 0;
  for (auto _ : state) {
    const std::string rows = battery(state.range(1), turn);
    const auto changes = desk::read_changes(R"({"set":{"assumptions.money.pv_yuan_per_kwp":)" +
                                            std::to_string(2000 + turn++) + "}," + rows.substr(1));
    const auto trial = studio.run(view(state.range(0)), test::shipped_share(), {"H001", *changes});
    benchmark::DoNotOptimize(desk::trial_json(*trial).size());
  }
}

/// What `xiaoyuan plan` does for the same answer, without wires, scenarios and files.
void whole_plan(benchmark::State& state) {
  int turn = 0;
  for (auto _ : state) {
    const auto changes = desk::read_changes(battery(state.range(1), turn++));
    const auto changed =
        desk::lay_changes(test::files_of(example(state.range(0))), *changes, "bench");
    const auto inputs = plan::read_inputs(changed->files, test::shipped_share());
    const auto study = plan::study(*inputs);
    benchmark::DoNotOptimize(study->energy.pv_kwh);
  }
}

void cases(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"step_min", "battery"})
      ->ArgsProduct({{60, 15}, {0, 1}})
      ->Unit(benchmark::kMillisecond);
}
BENCHMARK(trial_of_a_column)->Apply(cases);
BENCHMARK(trial_of_a_key)->Apply(cases);
BENCHMARK(whole_plan)->Apply(cases);

}  // namespace
