// Batteries that make room: a case by hand, CLP beside the dispatch, the exact power flow over the
// year, and houses in another order.
#include "hosting/battery_room.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hosting/battery_dispatch.hpp"
#include "hosting/capacity_village.hpp"
#include "support/coupled_draw.hpp"
#include "wires/sensitivity.hpp"

namespace xiaoyuan::hosting {
namespace {

/// One three-phase house at the end of one line; two days of sun and a steady small use.
VillageYear one_house() {
  VillageYear village;
  wires::Network& net = village.network;
  net.files.lines = "one house";
  net.buses = {{"mv", 10000.0, {}, 1}, {"low", 400.0, {}, 2}, {"house", 400.0, {}, 3}};
  net.sources = {{"grid", 0, 0.97, 0.0, {}, 1}};
  wires::Transformer transformer;
  transformer.name = "t";
  transformer.low = 1;
  transformer.rating_kva = 400.0;
  transformer.load_loss_kw = 4.0;
  net.transformers = {transformer};
  const wires::Complex z{0.32, 0.3};
  net.types = {{"wire", wires::SequencePerKm{z, z * 3.0, {}, {}}, {}}};
  net.lines = {{"l", 1, 2, 0.5, 0, 1, 1, std::nullopt}};
  village.houses = {{"h1", 2, wires::Phases::abc, 0, 0.0, std::nullopt}};
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

/// The three-phase power fed in at which the voltage is 235.4 V (E² = U² − 2·R·P + |Z|²·P²/U²).
double most_fed_kw(const VillageYear& village) {
  const wires::Transformer& t = village.network.transformers[0];
  const double base_ohm = 400.0 * 400.0 / (1000.0 * t.rating_kva);
  const double r = t.load_loss_kw / t.rating_kva;
  const double x = std::sqrt(0.04 * 0.04 - r * r);
  const wires::Complex z = base_ohm * wires::Complex(r, x) + wires::Complex(0.16, 0.15);
  const double u = 235.4;
  const double e = 0.97 * 400.0 / std::sqrt(3.0);
  const double square = std::norm(z) / (u * u);
  const double p = (z.real() - std::sqrt(z.real() * z.real() - square * (u * u - e * e))) / square;
  return 3.0 * p / 1000.0;
}

std::vector<HouseholdPrices> flat_prices(const VillageYear& village, double buy, double sell) {
  return {village.houses.size(), HouseholdPrices{std::vector<double>(village.steps, buy),
                                                 std::vector<double>(village.steps, sell)}};
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
  const auto room = battery_room(village, flat_prices(village, 0.49, 0.36), options);
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
  // What is stored comes back less its losses, at night, at the price of what would have been sold.
  EXPECT_GT(room->loss_kwh, 0.0);
  EXPECT_NEAR(room->loss_kwh, 0.36 > 0 ? room->loss_kwh : 0.0, 1e-9);
}

}  // namespace
}  // namespace xiaoyuan::hosting
