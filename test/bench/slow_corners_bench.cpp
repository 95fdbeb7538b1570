// The corners of the dispatch that are not plain: flat prices, hours that pay more than they ask,
// a cap on what is sold, and tiers beside all of them.
#include <benchmark/benchmark.h>

#include "optimum/dispatch.hpp"
#include "support/cases.hpp"

namespace {

using namespace xiaoyuan;

/// The reference household's load and PV at other prices.
struct Corner {
  std::vector<double> load, pv, buy, sell;
  optimum::DispatchProblem problem;

  Corner() {
    if (const auto bytes = test::case_bytes("household/household_8760.csv")) {
      const test::Columns columns(*bytes);
      load = columns.numbers("load_kw");
      pv = columns.numbers("pv_kw");
    }
    beijing(0.3598);
  }
  Corner(const Corner&) = delete;
  Corner& operator=(const Corner&) = delete;
  void beijing(double sold) {
    buy.assign(load.size(), 0.4883);
    sell.assign(load.size(), sold);
    join();
  }
  /// Ten valley hours at 0.3469, below the feed-in price of 0.3949.
  void shandong() {
    sell.assign(load.size(), 0.3949);
    for (std::size_t t = 0; t < load.size(); ++t) {
      buy[t] = t % 24 >= 22 || t % 24 < 8 ? 0.3469 : 0.5769;
    }
    join();
  }
  void join() {
    problem.year = {load, pv, buy, sell, 1.0, 1e6, 1e6, {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0}};
  }
};

void run_corner(benchmark::State& state, const Corner& corner) {
  if (corner.load.empty()) {
    state.SkipWithError("the cases are not beside this checkout");
    return;
  }
  optimum::Optimiser optimiser;
  optimum::DispatchResult result;
  for (auto _ : state) {
    if (!optimiser.solve(corner.problem, result)) {
      state.SkipWithError("refused");
      return;
    }
  }
  state.counters["gap"] = result.gap();
  state.counters["bent_steps"] = static_cast<double>(result.bent_steps.size());
}

void one_price(benchmark::State& state) { run_corner(state, Corner()); }
BENCHMARK(one_price)->Unit(benchmark::kMillisecond);

/// PV in hundredths of the reference's.
void one_price_little_sun(benchmark::State& state) {
  Corner corner;
  for (double& kw : corner.pv) {
    kw *= 0.01 * static_cast<double>(state.range(0));
  }
  run_corner(state, corner);
}
BENCHMARK(one_price_little_sun)->Arg(30)->Arg(10)->Unit(benchmark::kMillisecond);

void selling_pays_as_much_as_buying_costs(benchmark::State& state) {
  Corner corner;
  corner.beijing(0.4883);
  run_corner(state, corner);
}
BENCHMARK(selling_pays_as_much_as_buying_costs)->Unit(benchmark::kMillisecond);

void nothing_is_paid_for_export(benchmark::State& state) {
  Corner corner;
  corner.beijing(0.0);
  run_corner(state, corner);
}
BENCHMARK(nothing_is_paid_for_export)->Unit(benchmark::kMillisecond);

void shandongs_valleys(benchmark::State& state) {
  Corner corner;
  corner.shandong();
  run_corner(state, corner);
}
BENCHMARK(shandongs_valleys)->Unit(benchmark::kMillisecond);

void shandongs_valleys_with_tiers(benchmark::State& state) {
  Corner corner;
  corner.shandong();
  corner.problem.tier_limits_kwh = {2520, 4800};
  corner.problem.tier_additions_yuan = {0, 0.05, 0.30};
  run_corner(state, corner);
}
BENCHMARK(shandongs_valleys_with_tiers)->Unit(benchmark::kMillisecond);

/// Hundredths of a yuan that a kWh beyond the cap earns more.
void cap_on_what_is_sold(benchmark::State& state) {
  Corner corner;
  corner.problem.export_cap_kwh = 3000;
  corner.problem.export_beyond_yuan = 0.01 * static_cast<double>(state.range(0));
  run_corner(state, corner);
}
BENCHMARK(cap_on_what_is_sold)->Arg(-10)->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
