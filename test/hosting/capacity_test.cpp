#include "hosting/capacity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "hosting/capacity_oracle.hpp"
#include "hosting/capacity_village.hpp"
#include "support/coupled_draw.hpp"

namespace xiaoyuan::hosting {
namespace {

using test::drawn_village;

/// One three-phase house at the end of one line, and nothing in use.
VillageYear two_buses() {
  VillageYear village;
  wires::Network& net = village.network;
  net.files.lines = "two buses";
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
  village.steps = 4;
  village.light = {0.0F, 0.5F, 0.75F, 0.25F};
  village.use_kw = {{0.0F, 0.0F, 0.0F, 0.0F}};
  village.made_kw = village.use_kw;
  return village;
}

/// E² = U² − 2·R·P + |Z|²·P²/U², P what a phase feeds in: the P at which U is the limit.
double kw_by_hand(const VillageYear& village) {
  const wires::Transformer& t = village.network.transformers[0];
  const double base_ohm = 400.0 * 400.0 / (1000.0 * t.rating_kva);
  const double r = t.load_loss_kw / t.rating_kva;
  const double x = std::sqrt(0.04 * 0.04 - r * r);
  const wires::Complex z = base_ohm * wires::Complex(r, x) + wires::Complex(0.16, 0.15);
  const double u = 235.4;
  const double e = 0.97 * 400.0 / std::sqrt(3.0);
  const double square = std::norm(z) / (u * u);
  const double p = (z.real() - std::sqrt(z.real() * z.real() - square * (u * u - e * e))) / square;
  return 3.0 * p / 1000.0 / 0.75;
}

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
                                               .steps = 72,
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
      RC_TAG(wires::key_of(houses->at(h).binding.kind));
      RC_ASSERT(houses->at(h).wires_kw > expected - 0.1);
      RC_ASSERT(houses->at(h).wires_kw < expected + 0.1 + 1e-6);
    }
  });
}

}  // namespace
}  // namespace xiaoyuan::hosting
