// Batteries that make room: a case by hand, CLP beside the dispatch, the exact power flow over the
// year, and houses in another order.
#include "hosting/battery_room.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hosting/battery_dispatch.hpp"
#include "hosting/capacity_village.hpp"
#include "hosting/one_house.hpp"
#include "support/coupled_draw.hpp"
#include "wires/sensitivity.hpp"

namespace xiaoyuan::hosting {
namespace {

using test::most_fed_kw;

/// Two days of sun and a steady small use.
VillageYear one_house() {
  VillageYear village = test::one_house();
  village.steps = 48;
  village.use_kw.resize(1);
  village.made_kw.resize(1);
  for (std::size_t t = 0; t < village.steps; ++t) {
    const double sun =
        std::max(0.0, std::sin((static_cast<double>(t % 24) - 6.0) / 12.0 * 3.14159265));
    village.light.push_back(static_cast<float>(t < 24 ? sun : 0.9 * sun));
    village.use_kw[0].push_back(1.0F);
    village.made_kw[0].push_back(0.0F);
  }
  return village;
}

EnergyPrices flat_prices(const VillageYear& village, double buy, double sell) {
  return {std::vector<double>(village.steps, buy), std::vector<double>(village.steps, sell)};
}

double today_kw(const VillageYear& village) {
  return area_capacities(village)->front().capacity.kw;
}

TEST(BatteryRoom, OfOneHouseHoldsWhatLiesAboveTheCapOnTheWorstDay) {
  const VillageYear village = one_house();
  const double cap_kw = most_fed_kw(village);
  const double today = today_kw(village);
  EXPECT_NEAR(today, cap_kw + 1.0, 0.1);
  constexpr double more_kw = 15.0;
  BatteryOptions options;
  options.today_kw = today;
  options.more_kw = more_kw;
  options.kind.most_kwh = 500.0;
  options.yuan_per_kwh = 900.0;
  const auto room = battery_room(village, flat_prices(village, 0.36, 0.36), options);
  ASSERT_TRUE(room) << message(room.error().front(), Language::english);
  ASSERT_TRUE(room->is_found);
  double above_kwh = 0.0;
  for (std::size_t t = 0; t < 24; ++t) {
    above_kwh += std::max(0.0, (today + more_kw) * village.light[t] - 1.0 - cap_kw);
  }
  const double by_hand = above_kwh * std::sqrt(0.9) / 0.9;
  EXPECT_GE(room->kwh, by_hand * 0.999);
  EXPECT_LE(room->kwh, by_hand * 1.02);
  EXPECT_LE(room->hardest.used, 1.0 + 1e-7);
  EXPECT_EQ(room->remedy.more_kw, more_kw);
  EXPECT_DOUBLE_EQ(*room->capex_yuan, 900.0 * room->kwh);
  EXPECT_GT(room->loss_kwh, 0.0);
  EXPECT_NEAR(room->energy_yuan, 0.36 * room->loss_kwh, 1e-6);  // what is lost would have been sold
  EXPECT_NEAR(room->gap, 0.0, 0.01);
  ASSERT_FALSE(room->why.empty());
  EXPECT_EQ(room->why[0].unit, "V");
  EXPECT_GT(room->why[0].yuan_per_year, 0.0);
}

/// Drawn villages that the wires limit, with more PV than they bear.
struct Overfull {
  VillageYear village;
  BatteryOptions options;
};

Overfull overfull(unsigned seed) {
  Overfull full{test::drawn_village({.seed = seed, .houses = 6, .steps = 48}), {}};
  full.options.today_kw = today_kw(full.village);
  full.options.more_kw = 0.15 * full.options.today_kw + 2.0;
  full.options.kind.most_kwh = 200.0;
  return full;
}

/// The village with the batteries and all PV, by the watch alone.
double hardest_used(const VillageYear& village, const std::vector<double>& added_kw,
                    const std::vector<std::vector<double>>& drawn_kw) {
  VillageYear state = village;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    for (std::size_t t = 0; t < village.steps; ++t) {
      state.made_kw[h][t] += static_cast<float>(added_kw[h] * village.light[t]);
      if (!drawn_kw[h].empty()) {
        state.use_kw[h][t] += static_cast<float>(drawn_kw[h][t]);
      }
    }
  }
  const Added none;
  const auto flow = wires::Flow::of(connected(state));
  const auto year = powers(state, none);
  const wires::LimitWatch watch(state.network, terminals(state), state.limits);
  return wires::assess(*flow, year, watch).hardest_used();
}

TEST(BatteryRoom, KeepsEveryLimitOverTheYearByTheExactFlow) {
  int found = 0;
  int tight = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Overfull full = overfull(seed);
    if (full.options.today_kw <= 0.0) {
      continue;
    }
    const auto prices = flat_prices(full.village, 0.49, 0.36);
    const auto room = battery_room(full.village, prices, full.options);
    ASSERT_TRUE(room) << message(room.error().front(), Language::english);
    if (!room->is_found) {
      continue;
    }
    ++found;
    const double each = (full.options.today_kw + full.options.more_kw) / 6.0;
    EXPECT_LE(hardest_used(full.village, std::vector<double>(6, each), room->drawn_kw), 1.0 + 1e-5)
        << seed;
    EXPECT_GE(room->kwh, room->least_kwh * 0.999) << seed;
    tight += room->gap <= 0.1 ? 1 : 0;  // a day or two of little money: gaps look wide
    EXPECT_GE(room->gap, -1e-3) << seed;
    EXPECT_NEAR(room->kwh,
                std::accumulate(room->kwh_by_house.begin(), room->kwh_by_house.end(), 0.0), 1e-9);
  }
  EXPECT_GE(found, 6);
  EXPECT_GE(tight, found - 2);
}

TEST(BatteryRoom, IsTheSameForHousesInAnotherOrder) {
  Overfull full = overfull(2);
  const auto prices = flat_prices(full.village, 0.49, 0.36);
  const auto room = battery_room(full.village, prices, full.options);
  std::ranges::reverse(full.village.houses);
  std::ranges::reverse(full.village.use_kw);
  std::ranges::reverse(full.village.made_kw);
  const auto turned = battery_room(full.village, prices, full.options);
  ASSERT_TRUE(room && turned);
  ASSERT_EQ(room->is_found, turned->is_found);
  EXPECT_NEAR(room->kwh, turned->kwh, 0.01 * room->kwh + 1e-9);
}

TEST(BatteryRoom, OneAtTheTransformerDoesNotHelpTheLine) {
  const VillageYear village = one_house();
  BatteryOptions options;
  options.today_kw = today_kw(village);
  options.more_kw = 15.0;
  options.place = BatteryPlace::transformer;
  options.kind.most_kwh = 60.0;
  const auto room = battery_room(village, flat_prices(village, 0.49, 0.36), options);
  ASSERT_TRUE(room);
  EXPECT_FALSE(room->is_found);
  EXPECT_EQ(room->remedy.more_kw, 0.0);
}

/// The weights are the network's sensitivities.
TEST(AreaRows, WeighHousesAsTheSensitivitiesDo) {
  const VillageYear village = one_house();
  const TrialGrid::Rules none;
  auto state = village;
  for (std::size_t t = 0; t < village.steps; ++t) {
    state.made_kw[0][t] = 60.0F * village.light[t];
  }
  const auto grid = TrialGrid::of(state, none);
  ASSERT_TRUE(grid);
  wires::LimitUse use{wires::LimitKind::voltage_high, 0, 0, 12, 0.0, 235.4, 0.0};
  const LimitRow row = limit_row(*grid, use);
  const std::vector<double> kw{1.0, -60.0};
  const auto exact = wires::sensitivities(grid->flow(), {kw, {}});
  ASSERT_TRUE(exact);
  EXPECT_NEAR(row.weights[0] * 15.4, exact->by_kw(0, 0), 0.01 * exact->by_kw(0, 0));
}

}  // namespace
}  // namespace xiaoyuan::hosting
