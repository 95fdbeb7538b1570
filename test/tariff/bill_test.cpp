#include "tariff/bill.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

// facts, test_vectors: beijing_tier_cross, 80·0.4883 + 120·0.5383
TEST(Bill, OfBeijingCrossesATierToTheFen) {
  const auto laid = schedule(shipped("beijing-residential"), hours_of(2026, 12, 31), 60);
  ASSERT_TRUE(laid.has_value());
  const auto all = bills(*laid, std::vector{200.0}, MeteredEnergy::of(2800));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(text_of(all[0].total()), "103.66");
  ASSERT_EQ(all[0].lines.size(), 2U);
  EXPECT_EQ(all[0].lines[0].energy, MeteredEnergy::of(80));
  EXPECT_EQ(all[0].lines[1].energy, MeteredEnergy::of(120));
  EXPECT_EQ(all[0].lines[1].price, Price::of(0.5383));
}

// facts, test_vectors: beijing_surplus_month
TEST(Bill, OfAMonthWithSurplusSellsAtTheCoalBenchmark) {
  const auto times = hours_of(2026, 6, 30);
  const auto buying = schedule(shipped("beijing-residential"), times, 60);
  const auto selling = schedule(shipped("beijing-feed-in"), times, 60);
  ASSERT_TRUE(buying.has_value() && selling.has_value());
  EXPECT_EQ(text_of(total(bills(*selling, std::vector{770.0}))), "277.05");
  EXPECT_EQ(text_of(total(bills(*buying, std::vector{190.0}, MeteredEnergy::of(1500)))), "92.78");
  EXPECT_EQ(text_of(amount(MeteredEnergy::of(210), Price::of(0.4883))), "102.54");
}

Tariff shandong_with_limits() {
  Tariff tariff = shipped("shandong-residential-tou");
  tariff.versions[0].tiers->limits_kwh = {1000.0, 3000.0};  // any: the facts give none
  return tariff;
}

// facts, test_vectors: shandong_tier2_tou, 150·(0.5769+0.05) + 100·(0.3769+0.05) = 136.725
TEST(Bill, OfShandongAddsTheTierToTimeOfUse) {
  const auto laid = schedule(shandong_with_limits(), hours_of(2026, 6, 30), 60);
  ASSERT_TRUE(laid.has_value());
  std::vector<double> by_slot(laid->slots.size());
  for (std::size_t i = 0; i < by_slot.size(); ++i) {
    by_slot[i] = laid->slots[i].price == Price::of(0.5769) ? 150.0 : 100.0;
  }
  const auto all = bills(*laid, by_slot, MeteredEnergy::of(1000));
  EXPECT_EQ(text_of(all[0].total()), "136.73");
  EXPECT_EQ(all[0].energy, MeteredEnergy::of(250));
}

TEST(Schedule, OfShandongKnowsTheHeatingSeason) {
  const auto january = schedule(shandong_with_limits(), hours_of(2026, 1, 1), 60);
  const auto july = schedule(shandong_with_limits(), hours_of(2026, 7, 1), 60);
  ASSERT_TRUE(january.has_value() && july.has_value());
  EXPECT_DOUBLE_EQ(january->yuan_per_kwh[19], 0.5769);
  EXPECT_DOUBLE_EQ(january->yuan_per_kwh[20], 0.3469);
  EXPECT_DOUBLE_EQ(january->yuan_per_kwh[7], 0.3469);
  EXPECT_DOUBLE_EQ(january->yuan_per_kwh[8], 0.5769);
  EXPECT_DOUBLE_EQ(july->yuan_per_kwh[21], 0.5769);
  EXPECT_DOUBLE_EQ(july->yuan_per_kwh[22], 0.3769);
}

TEST(Schedule, RefusesTiersWhoseLimitsNobodyKnows) {
  const auto laid = schedule(shipped("shandong-residential"), hours_of(2026, 1, 1), 60);
  ASSERT_FALSE(laid.has_value());
  EXPECT_NE(laid.error()[0].what.en.find("tier_limits_kwh"), std::string::npos);
}

TEST(Schedule, RefusesADayWithoutAVersion) {
  const auto laid = schedule(shipped("beijing-residential"), hours_of(2019, 1, 1), 60);
  ASSERT_FALSE(laid.has_value());
  EXPECT_NE(laid.error()[0].what.en.find("no version for 2019-01-01; it has 2026-01-01"),
            std::string::npos);
}

RC_GTEST_PROP(Bill, IsTheSumOfItsLinesAndEveryKwhIsInATier, ()) {
  auto laid = schedule(shandong_with_limits(), hours_of(2026, 3, 31), 60);
  std::vector<double> by_slot(laid->slots.size());
  std::int64_t metered = 0;
  for (double& kwh : by_slot) {
    const auto mwh = *rc::gen::inRange<std::int64_t>(0, 5'000'000'000);
    kwh = static_cast<double>(mwh) / 1e6;
    metered += mwh;
  }
  const auto all = bills(*laid, by_slot, MeteredEnergy{*rc::gen::inRange<std::int64_t>(0, 4e9)});
  Money sum;
  std::int64_t base = 0;
  for (const BillLine& line : all[0].lines) {
    sum += line.amount;
    base += line.label.en.starts_with("Tier") ? 0 : line.energy.mwh;
    RC_ASSERT(line.amount == amount(line.energy, line.price));
  }
  RC_ASSERT(sum == all[0].total());
  RC_ASSERT(base == metered);
}

/// Settlement bills a month at a time in whole mWh, plans a year in kWh: the same lines.
RC_GTEST_PROP(Bill, OfAMonthInMilliwattHoursIsThatOfTheYear, ()) {
  auto year = schedule(shandong_with_limits(), hours_of(2026, 10, 61), 60);
  auto october = schedule(shandong_with_limits(), hours_of(2026, 10, 31), 60);
  auto november = schedule(shandong_with_limits(), hours_of(2026, 11, 30), 60);
  std::vector<MeteredEnergy> energies(year->slots.size());
  std::vector<double> kwh;
  for (MeteredEnergy& energy : energies) {
    energy.mwh = *rc::gen::inRange<std::int64_t>(0, 3'000'000'000);
    kwh.push_back(energy.kwh());
  }
  Counted counted{.tier_period = MeteredEnergy::of(1000), .subsidised = {}, .in_mechanism = {}};
  const auto all = bills(*year, kwh, counted.tier_period);
  RC_ASSERT(all.size() == 2U);
  const std::span<const MeteredEnergy> slots{energies};
  const std::size_t first = october->slots.size();
  const Bill one = month_bill(*october, slots.first(first), counted);
  const Bill two = month_bill(*november, slots.subspan(first), counted);
  RC_ASSERT(one.total() == all[0].total());
  RC_ASSERT(two.total() == all[1].total());
  RC_ASSERT(one.energy == all[0].energy);
  RC_ASSERT(counted.tier_period == MeteredEnergy::of(1000) + one.energy + two.energy);
}

}  // namespace
}  // namespace xiaoyuan::tariff
