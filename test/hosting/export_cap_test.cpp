// A shared export cap: one house by hand, both rules on drawn villages by the exact flow, and the
// least curtailment beside them.
#include "hosting/export_cap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "hosting/capacity_village.hpp"

namespace xiaoyuan::hosting {
namespace {

EnergyPrices one_price(const VillageYear& village) {
  return {std::vector<double>(village.steps, 0.49), std::vector<double>(village.steps, 0.36)};
}

double hardest_behind(const VillageYear& village, const ExportCap& cap) {
  VillageYear state = village;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    const double stands_kw = village.houses[h].pv_kw + cap.pv_kw[h];
    const double most_kw = cap.rule == CapRule::same_kw ? cap.cap : cap.cap * stands_kw;
    for (std::size_t t = 0; t < village.steps; ++t) {
      const double made = village.made_kw[h][t] + cap.pv_kw[h] * village.light[t];
      state.made_kw[h][t] = static_cast<float>(std::min(made, village.use_kw[h][t] + most_kw));
    }
  }
  const Added none;
  const auto flow = wires::Flow::of(connected(state));
  const auto year = powers(state, none);
  const wires::LimitWatch watch(state.network, terminals(state), state.limits);
  return wires::assess(*flow, year, watch).hardest_used();
}

TEST(ExportCap, KeepsEveryLimitLosesNoMoreThanItMayAndCostsMoreThanTheLeast) {
  int more = 0;
  int with_least = 0;
  for (unsigned seed = 1; seed <= 8; ++seed) {
    const VillageYear village = test::drawn_village({.seed = seed, .houses = 6, .steps = 48});
    ExportCapOptions options;
    options.today_kw = area_capacities(village)->front().capacity.kw;
    if (options.today_kw <= 0.0) {
      continue;
    }
    for (const CapRule rule : {CapRule::same_kw, CapRule::same_share}) {
      options.rule = rule;
      const auto cap = export_cap(village, one_price(village), options);
      ASSERT_TRUE(cap) << message(cap.error().front(), Language::english);
      EXPECT_LE(hardest_behind(village, *cap), 1.0 + 1e-5) << seed;
      EXPECT_GE(cap->added_kw, options.today_kw - 0.2) << seed;
      EXPECT_LE(cap->lost_share, 0.05) << seed;
      const auto& lost = cap->lost.kwh_by_house;
      EXPECT_NEAR(std::accumulate(lost.begin(), lost.end(), 0.0), cap->lost.kwh, 1e-9);
      EXPECT_NEAR(cap->lost.yuan, 0.36 * cap->lost.kwh, 1e-6 * (1.0 + cap->lost.yuan));
      more += cap->remedy.more_kw > 0.5 ? 1 : 0;
      if (cap->least) {
        ++with_least;
        EXPECT_LE(cap->least->yuan, cap->lost.yuan * 1.01 + 0.05) << seed;
        EXPECT_LE(cap->least_bound_yuan, cap->least->yuan + 1e-9) << seed;
      }
    }
  }
  EXPECT_GE(more, 6);
  EXPECT_GE(with_least, 6);
}

}  // namespace
}  // namespace xiaoyuan::hosting
