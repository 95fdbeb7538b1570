#include "hosting/capacity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "hosting/capacity_oracle.hpp"
#include "hosting/capacity_village.hpp"
#include "hosting/one_house.hpp"
#include "support/coupled_draw.hpp"

namespace xiaoyuan::hosting {
namespace {

using test::drawn_village;

/// Nothing in use.
VillageYear two_buses() {
  VillageYear village = test::one_house();
  village.steps = 4;
  village.light = {0.0F, 0.5F, 0.75F, 0.25F};
  village.use_kw = {{0.0F, 0.0F, 0.0F, 0.0F}};
  village.made_kw = village.use_kw;
  return village;
}

double kw_by_hand(const VillageYear& village) { return test::most_fed_kw(village) / 0.75; }

TEST(Capacity, OfOneHouseOnOneLineIsTheRootOfTheVoltageRise) {
  const VillageYear village = two_buses();
  const auto areas = area_capacities(village, {.tolerance_kw = 0.001});
  ASSERT_TRUE(areas);
  const Capacity& found = areas->front().capacity;
  EXPECT_NEAR(found.kw, kw_by_hand(village), 0.001);
  EXPECT_LE(found.kw, kw_by_hand(village) + 1e-6);
  EXPECT_TRUE(found.is_bounded);
  EXPECT_EQ(found.binding.kind, wires::LimitKind::voltage_high);
  EXPECT_EQ(found.binding.step, 2U);
  EXPECT_EQ(found.binding.element, 0U);
  EXPECT_NEAR(found.binding.value, 235.4, 0.001);
}

/// Evenly over the houses of one area.
std::vector<double> evenly(const VillageYear& village, std::size_t area, double kw) {
  std::vector<double> added;
  double count = 0.0;
  for (const House& house : village.houses) {
    added.push_back(house.transformer == area ? 1.0 : 0.0);
    count += added.back();
  }
  for (double& share : added) {
    share *= kw / count;
  }
  return added;
}

void expect_oracle(const VillageYear& village, const std::vector<AreaCapacity>& areas) {
  const test::CapacityOracle oracle(village);
  for (const AreaCapacity& area : areas) {
    const double expected = oracle.most_kw(
        area.transformer, 2000.0, [&](double kw) { return evenly(village, area.transformer, kw); });
    RC_ASSERT(area.capacity.kw > expected - 0.1);
    RC_ASSERT(area.capacity.kw < expected + 0.1 + 1e-6);
    RC_ASSERT(oracle.keeps(area.transformer, area.capacity.pv_kw) || expected == 0.0);
  }
}

TEST(Capacity, IsWhatScanningEveryStepOfTheYearFinds) {
  rc::check([] {
    const VillageYear village = drawn_village({.seed = *rc::gen::arbitrary<unsigned>(),
                                               .houses = *rc::gen::inRange<std::size_t>(1, 9),
                                               .transformers = *rc::gen::inRange<std::size_t>(1, 3),
                                               .rating_kva = *rc::gen::element(30.0, 100.0),
                                               .line_rating_a = *rc::gen::element(40.0, 150.0)});
    const auto areas = area_capacities(village);
    RC_ASSERT(areas.has_value());
    expect_oracle(village, *areas);
  });
}

TEST(Capacity, OfAnAreaLeavesTheOthersAsTheyAre) {
  const VillageYear village =
      drawn_village({.seed = 5, .houses = 4, .steps = 24, .transformers = 2});
  const auto areas = area_capacities(village);
  ASSERT_TRUE(areas);
  ASSERT_EQ(areas->size(), 2U);
  expect_oracle(village, *areas);
}

TEST(Capacity, OfEachHouseIsWhatScanningEveryStepOfTheYearFinds) {
  rc::check([] {
    const VillageYear village = drawn_village({.seed = *rc::gen::arbitrary<unsigned>(),
                                               .houses = *rc::gen::inRange<std::size_t>(1, 5),
                                               .steps = 48,
                                               .rating_kva = *rc::gen::element(30.0, 100.0),
                                               .line_rating_a = *rc::gen::element(40.0, 150.0)});
    const auto houses = house_capacities(village);
    RC_ASSERT(houses.has_value());
    const test::CapacityOracle oracle(village);
    for (std::size_t h = 0; h < village.houses.size(); ++h) {
      const double expected = oracle.most_kw(0, 1000.0, [&](double kw) {
        std::vector<double> added(village.houses.size(), 0.0);
        added[h] = kw;
        return added;
      });
      RC_ASSERT(houses->at(h).wires_kw > expected - 0.1);
      RC_ASSERT(houses->at(h).wires_kw < expected + 0.1 + 1e-6);
    }
  });
}

Capacity only_area(const VillageYear& village, const CapacityOptions& options = {}) {
  auto areas = area_capacities(village, options);
  return areas ? std::move(areas->front().capacity) : Capacity{-1.0};
}

TEST(Capacity, NamesTheLimitThatBinds) {
  VillageYear village = two_buses();
  village.network.lines[0].rating_a = 40.0;
  const Capacity by_line = only_area(village);
  EXPECT_EQ(by_line.binding.kind, wires::LimitKind::line);
  EXPECT_NEAR(by_line.binding.value, 40.0, 0.2);
  EXPECT_NEAR(by_line.kw * 0.75, 3.0 * 0.235 * 40.0, 1.0);

  village = two_buses();
  village.network.lines[0].length_km = 0.001;
  village.network.transformers[0].rating_kva = 30.0;
  village.network.transformers[0].load_loss_kw = 0.3;
  const Capacity by_transformer = only_area(village);
  EXPECT_EQ(by_transformer.binding.kind, wires::LimitKind::transformer_reverse);
  EXPECT_NEAR(by_transformer.kw, 0.8 * 30.0 / 0.75, 0.2);

  village = two_buses();
  village.houses[0].phases = wires::Phases::a;
  village.limits.unbalance = 1e-4;
  EXPECT_EQ(only_area(village).binding.kind, wires::LimitKind::unbalance);
}

TEST(Capacity, IsNothingWhereTodayBreaksALimit) {
  VillageYear village = two_buses();
  village.use_kw[0][3] = 130.0F;
  const Capacity low = only_area(village);
  EXPECT_EQ(low.kw, 0.0);
  EXPECT_EQ(low.binding.kind, wires::LimitKind::voltage_low);
  EXPECT_EQ(low.binding.step, 3U);
  EXPECT_TRUE(low.is_bounded);
  village.network.lines[0].length_km = 0.001;
  village.network.transformers[0].rating_kva = 50.0;
  EXPECT_EQ(only_area(village).binding.kind, wires::LimitKind::transformer);
  const auto houses = house_capacities(village);
  ASSERT_TRUE(houses);
  EXPECT_EQ(houses->front().wires_kw, 0.0);
  EXPECT_EQ(houses->front().binding.kind, wires::LimitKind::transformer);
  const auto random = random_adopters(village, {.draws = 5});
  ASSERT_TRUE(random);
  EXPECT_EQ(random->front().p95_kw, 0.0);
  EXPECT_NEAR(random->front().binding[static_cast<std::size_t>(wires::LimitKind::transformer)], 1.0,
              1e-12);
}

TEST(Capacity, CountsNoLimitThatIsBrokenInTheDark) {
  VillageYear village = two_buses();
  village.use_kw[0][0] = 150.0F;  // step 0 has no light; its voltage is below 198 V
  const auto flow = wires::Flow::of(connected(village));
  const wires::LimitWatch watch(flow->network(), terminals(village), village.limits);
  const Added none;
  EXPECT_GT(wires::assess(*flow, powers(village, none), watch).hours_beyond[1], 0.0);
  const auto areas = area_capacities(village, {.tolerance_kw = 0.001});
  ASSERT_TRUE(areas);
  EXPECT_NEAR(areas->front().capacity.kw, kw_by_hand(village), 0.001);
}

TEST(Capacity, EndsWhereRoofsAreFullOrTheLightIsTooWeak) {
  VillageYear village = two_buses();
  village.houses[0].pv_kw = 2.0;
  village.houses[0].room_kw = 7.0;
  const Capacity full = only_area(village);
  EXPECT_NEAR(full.kw, 5.0, 1e-12);
  EXPECT_FALSE(full.is_bounded);
  EXPECT_EQ(full.stop, Stop::roofs);
  EXPECT_LT(full.binding.used, 1.0);
  const auto houses = house_capacities(village);
  ASSERT_TRUE(houses);
  EXPECT_NEAR(houses->front().more_kw, 5.0, 1e-12);
  EXPECT_GT(houses->front().wires_kw, 20.0);
  EXPECT_FALSE(houses->front().is_bounded);

  village.houses[0].room_kw = std::nullopt;
  village.light.assign(4, 0.0F);
  const Capacity dark = only_area(village);
  EXPECT_FALSE(dark.is_bounded);
  EXPECT_EQ(dark.stop, Stop::search_end);
}

TEST(Capacity, IsSpreadEvenlyUpToTheRoofsOrByTheirRoom) {
  VillageYear village = drawn_village({.seed = 3, .houses = 4});
  const double rooms[] = {1.0, 2.0, 3.0, 200.0};
  for (std::size_t h = 0; h < 4; ++h) {
    village.houses[h].room_kw = village.houses[h].pv_kw + rooms[h];
  }
  const Capacity evenly = only_area(village);
  ASSERT_GT(evenly.kw, 12.0);
  ASSERT_TRUE(evenly.is_bounded);
  EXPECT_NEAR(evenly.pv_kw[0], 1.0, 1e-9);
  EXPECT_NEAR(evenly.pv_kw[2], 3.0, 1e-9);
  EXPECT_NEAR(evenly.pv_kw[3], evenly.kw - 6.0, 1e-9);
  const Capacity by_room = only_area(village, {.spreading = Spreading::by_room});
  EXPECT_NEAR(by_room.pv_kw[1] / by_room.pv_kw[0], 2.0, 1e-9);
  EXPECT_NEAR(by_room.pv_kw[3] / by_room.pv_kw[0], 200.0, 1e-9);
}

TEST(Capacity, GrowsWithTheWiresAndWithWhatIsUsedAtNoon) {
  const VillageYear village = drawn_village({.seed = 11, .houses = 8});
  const double today = only_area(village).kw;
  ASSERT_GT(today, 1.0);
  VillageYear shorter = village;
  for (wires::Line& line : shorter.network.lines) {
    line.length_km *= 0.5;
  }
  EXPECT_GT(only_area(shorter).kw, today);
  VillageYear allowed = village;
  allowed.limits.above = 0.09;
  EXPECT_GE(only_area(allowed).kw, today);
  VillageYear idle = village;
  for (auto& use : idle.use_kw) {
    use.assign(idle.steps, 0.0F);
  }
  EXPECT_LT(only_area(idle).kw, today);
}

TEST(Capacity, OfAHouseIsMoreOnAPhaseThatFeedsNothingIn) {
  VillageYear village = two_buses();
  village.houses = {{"h1", 2, wires::Phases::a, 0, 8.0, std::nullopt},
                    {"h2", 2, wires::Phases::a, 0, 0.0, std::nullopt}};
  village.use_kw.push_back(village.use_kw.front());
  village.made_kw.push_back(village.made_kw.front());
  for (std::size_t step = 0; step < village.steps; ++step) {
    village.made_kw[0][step] = 8.0F * village.light[step];
  }
  const auto beside = house_capacities(village);
  village.houses[1].phases = wires::Phases::b;
  const auto apart = house_capacities(village);
  ASSERT_TRUE(beside && apart);
  EXPECT_GT(apart->at(1).wires_kw, beside->at(1).wires_kw + 4.0);
}

TEST(Capacity, HasTheSameBitsOnAnyNumberOfThreads) {
  const VillageYear village = drawn_village({.seed = 8, .houses = 6, .steps = 240});
  const Spread two = test::on_threads(2);
  EXPECT_EQ(area_capacities(village)->front().capacity.pv_kw,
            area_capacities(village, {}, two)->front().capacity.pv_kw);
  const auto one_by_one = house_capacities(village);
  const auto on_two = house_capacities(village, {}, two);
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    EXPECT_EQ(one_by_one->at(h).wires_kw, on_two->at(h).wires_kw);
    EXPECT_EQ(one_by_one->at(h).binding.used, on_two->at(h).binding.used);
  }
  EXPECT_EQ(random_adopters(village)->front().kw, random_adopters(village, {}, two)->front().kw);
}

/// From 228.6 V on, and down to nothing at 234.4 V.
std::vector<std::optional<wires::InverterRule>> volt_watt(const VillageYear& village) {
  std::vector<std::optional<wires::InverterRule>> rules;
  for (const House& house : village.houses) {
    wires::InverterRule rule;
    rule.name = "volt-watt";
    rule.rating_kva = house.pv_kw;
    rule.volt_watt = {{0.99, 1.015}, {1.0, 0.0}};
    rules.push_back(rule);
  }
  return rules;
}

/// What the rules hold back in every step, solved alone.
double held_back_kwh(const VillageYear& village, double kw) {
  auto rules = volt_watt(village);
  rules[0]->rating_kva += kw;
  const auto flow = wires::Flow::of(connected(village, rules));
  double kwh = 0.0;
  for (std::size_t step = 0; step < village.steps; ++step) {
    const double told = village.made_kw[0][step] + kw * village.light[step];
    const std::vector<double> drawn{village.use_kw[0][step], -told};
    kwh += told + wires::solve(*flow, {drawn, {}})->kw[1];
  }
  return kwh;
}

TEST(Capacity, WithVoltWattIsWhatMayBeLost) {
  const VillageYear village = two_buses();
  const CapacityOptions options{
      .tolerance_kw = 0.01, .rules = volt_watt(village), .most_lost_share = 0.05};
  const Capacity found = only_area(village, options);
  EXPECT_EQ(found.stop, Stop::lost_energy);
  EXPECT_TRUE(found.is_bounded);
  EXPECT_LE(found.lost_share, 0.05);
  EXPECT_NEAR(found.lost_share, held_back_kwh(village, found.kw) / (found.kw * 1.5), 1e-6);
  EXPECT_GT(held_back_kwh(village, found.kw + 0.01) / ((found.kw + 0.01) * 1.5), 0.05);
  const Capacity without = only_area(village, {.rules = volt_watt(village)});
  EXPECT_GT(without.kw, 4.0 * kw_by_hand(village));
  EXPECT_GT(without.lost_share, 0.3);
}

TEST(Capacity, OfHousesWithRulesThatAskNothingIsThatWithoutRules) {
  const VillageYear village = drawn_village({.seed = 4, .houses = 5});
  CapacityOptions idle;
  for (const House& house : village.houses) {
    wires::InverterRule rule;
    rule.rating_kva = house.pv_kw;
    idle.rules.push_back(rule);
  }
  const auto with = house_capacities(village, idle);
  const auto without = house_capacities(village);
  ASSERT_TRUE(with && without);
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    EXPECT_NEAR(with->at(h).wires_kw, without->at(h).wires_kw, 0.1);
  }
}

/// The last total that keeps the limits when houses adopt in this order.
double kw_of_order(const test::CapacityOracle& oracle, const std::vector<std::size_t>& order,
                   double adopter_kw) {
  std::vector<double> added(order.size(), 0.0);
  double kw = 0.0;
  for (const std::size_t house : order) {
    added[house] = adopter_kw;
    if (!oracle.keeps(0, added)) {
      break;
    }
    kw += adopter_kw;
  }
  return kw;
}

TEST(Capacity, OfRandomAdoptersIsThatOfAllOrders) {
  const VillageYear village = drawn_village({.seed = 21, .houses = 4});
  const test::CapacityOracle oracle(village);
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::map<double, double> expected;
  do {
    expected[kw_of_order(oracle, order, 9.0)] += 1.0 / 24.0;
  } while (std::ranges::next_permutation(order).found);
  ASSERT_GT(expected.size(), 1U);
  const auto random = random_adopters(village, {.draws = 2000, .adopter_kw = 9.0});
  ASSERT_TRUE(random);
  const RandomAdopters& area = random->front();
  for (const auto& [kw, share] : expected) {
    const auto count = std::ranges::count_if(
        area.kw, [&, at = kw](double drawn) { return std::abs(drawn - at) < 1e-9; });
    EXPECT_NEAR(static_cast<double>(count) / 2000.0, share,
                4.0 * std::sqrt(share * (1.0 - share) / 2000.0) + 1e-9);
  }
  EXPECT_EQ(area.share_that_keeps.size(), 41U);
  EXPECT_EQ(area.share_that_keeps.front().share, 1.0);
  EXPECT_GT(area.share_that_keeps.back().share, 0.0);
  EXPECT_LE(area.p05_kw, area.p50_kw);
  EXPECT_LE(area.p50_kw, area.p95_kw);
}

TEST(Capacity, OfRandomAdoptersHeedsRoofsAndTheLimitOfOnePhase) {
  VillageYear village = two_buses();
  village.houses = {{"h1", 2, wires::Phases::a, 0, 0.0, 3.0},
                    {"h2", 2, wires::Phases::b, 0, 0.0, std::nullopt},
                    {"h3", 2, wires::Phases::abc, 0, 0.0, std::nullopt}};
  village.use_kw.resize(3, village.use_kw.front());
  village.made_kw.resize(3, village.made_kw.front());
  const auto random =
      random_adopters(village, {.draws = 10, .adopter_kw = 6.0, .single_phase_kw = 4.0});
  ASSERT_TRUE(random);
  EXPECT_NEAR(random->front().p50_kw, 3.0 + 4.0 + 6.0, 1e-9);
  EXPECT_NEAR(random->front().unbounded_share, 1.0, 1e-12);
}

}  // namespace
}  // namespace xiaoyuan::hosting
