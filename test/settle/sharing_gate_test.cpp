// Sharing against registers: the gate closes, months sum to registers, money sums to bills.
#include "settle/sharing_gate.hpp"

#include <gtest/gtest.h>

#include "sharing_draw.hpp"

namespace xiaoyuan::settle {
namespace {

using test::drawn;
using test::one_interval;

const SharingRule dynamic{.key = SharingKey::dynamic, .weights = {}, .whole = 0, .first = {}};

std::vector<std::int64_t> fen_of(const std::vector<Money>& money) {
  std::vector<std::int64_t> fen;
  for (const Money each : money) {
    fen.push_back(each.fen);
  }
  return fen;
}

std::int64_t sum_of(const std::vector<Money>& money) {
  Money sum;
  for (const Money each : money) {
    sum += each;
  }
  return sum.fen;
}

// 1,611 Wh wanted, 1,000 Wh given: the gate should import 611 Wh; it imports 640, 29 for lamps.
TEST(SharingGate, WhatTheGateHasMoreIsUnaccounted) {
  const auto month = share(one_interval({333, 501, 777}, {0, 0, 1000}), dynamic);
  const auto balance = gate_balance(*month, {{.imported_wh = 640, .exported_wh = 0}});
  ASSERT_TRUE(balance.has_value());
  EXPECT_EQ(balance->unaccounted_wh, (std::vector<std::int64_t>{29}));
  EXPECT_EQ(balance->unaccounted_sum_wh, 29);
  EXPECT_EQ(balance->intervals_below_zero, 0U);
  const auto wrong = gate_balance(*month, {{.imported_wh = 600, .exported_wh = 0}});
  EXPECT_EQ(wrong->below_zero_wh, -11);
  EXPECT_EQ(wrong->intervals_below_zero, 1U);
  EXPECT_EQ(message(gate_balance(*month, {}).error()[0], Language::english),
            "the gate has 0 intervals, the members have 1");
}

TEST(SharingGate, ClosesInEveryIntervalAndInSum) {
  const SharingTable table = drawn({.seed = 3, .members = 12, .intervals = 90, .most_wh = 900});
  for (const SharingKey key : {SharingKey::dynamic, SharingKey::static_weights}) {
    const auto month = share(table, test::drawn_rule(key, table, 8));
    std::vector<GateInterval> gate;
    for (const SharedInterval& each : month->intervals) {
      const std::int64_t net = each.demand_wh - each.supply_wh + 7;
      gate.push_back({std::max<std::int64_t>(net, 0) + 5, std::max<std::int64_t>(-net, 0) + 5});
    }
    const auto balance = gate_balance(*month, gate);
    EXPECT_EQ(balance->unaccounted_wh, std::vector<std::int64_t>(90, 7));
    std::int64_t net_gate = 0;
    for (const GateInterval& each : gate) {
      net_gate += each.imported_wh - each.exported_wh;
    }
    std::int64_t net_members = 0;
    for (const MemberTotal& total : member_totals(table, *month)) {
      net_members += total.from_grid_wh() - total.to_grid_wh();
    }
    EXPECT_EQ(net_gate, net_members + balance->unaccounted_sum_wh);
  }
}

TEST(SharingGate, MonthsThatDoNotSumToTheirRegistersAreRefusedWithTheDifferences) {
  const SharingTable table = one_interval({1500, 0, 20}, {0, 700, 0});
  const std::vector<MemberRegisters> right{{MeteredEnergy{1'500'000}, {}},
                                           {{}, MeteredEnergy{700'000}},
                                           {MeteredEnergy{20'000}, MeteredEnergy{}}};
  EXPECT_TRUE(check_registers(table, right).has_value());
  auto wrong = right;
  wrong[0].imported = MeteredEnergy{1'490'000};
  wrong[1].exported = MeteredEnergy{701'000};
  const auto refused = check_registers(table, wrong);
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().size(), 2U);
  EXPECT_EQ(message(refused.error()[0], Language::english),
            "member H1: the intervals of import sum to 1.500 kWh, its registers say 1.490 kWh; the "
            "difference of 0.010 kWh must be found before anything is shared");
  EXPECT_EQ(message(refused.error()[1], Language::chinese),
            "成员 H2:上网电量的时段电量合计 0.700 千瓦时,与表码电量 0.701 千瓦时相差 -0.001 "
            "千瓦时;查明后方可分配");
}

// 207 + 311 + 482 Wh at 0.50 yuan/kWh: 10.35, 15.55, 24.10 fen are 10, 16, 24.
TEST(SharingGate, MoneyBetweenMembersSumsToZero) {
  const SharingTable table = one_interval({333, 501, 777, 0, 0}, {0, 0, 0, 700, 300});
  const auto month = share(table, dynamic);
  const SharedMoney money = shared_money(table.members, member_totals(table, *month), {50'000'000});
  EXPECT_EQ(fen_of(money.paid), (std::vector<std::int64_t>{10, 16, 24, 0, 0}));
  EXPECT_EQ(fen_of(money.earned), (std::vector<std::int64_t>{0, 0, 0, 35, 15}));
  const SharedMoney none = shared_money({"a"}, {{}}, {50'000'000});
  EXPECT_EQ(sum_of(none.paid) + sum_of(none.earned), 0);
}

TEST(SharingGate, TheBillOfTheGateIsSplitToTheFen) {
  const SharingTable table = one_interval({333, 501, 777, 0}, {0, 0, 0, 1000});
  const auto totals = member_totals(table, *share(table, dynamic));
  // From the grid 126, 190, 295 Wh; 29 unaccounted: 640 Wh cost 32 fen.
  const auto shares = split_gate_bill(table.members, totals, 29, {.asked = {3200}, .paid = {0}});
  ASSERT_TRUE(shares.has_value());
  EXPECT_EQ(fen_of(shares->asked), (std::vector<std::int64_t>{630, 950, 1475, 0, 145}));
  EXPECT_EQ(fen_of(shares->paid), (std::vector<std::int64_t>{0, 0, 0, 0}));
  const auto odd = split_gate_bill(table.members, totals, -4, {.asked = {-101}, .paid = {0}});
  EXPECT_EQ(sum_of(odd->asked), -101);
  EXPECT_EQ(odd->asked.back().fen, 0);
  EXPECT_EQ(
      message(split_gate_bill(table.members, totals, 0, {.asked = {1}, .paid = {250}}).error()[0],
              Language::english),
      "the bill of the gate has 2.50 yuan for export, but by the members' meters there was "
      "none");
}

TEST(SharingGate, PartsAreTheSameInEveryOrderOfTheNames) {
  EXPECT_EQ(fen_of(split_money({100}, {"b", "a", "c"}, {1, 1, 1}))[0],
            fen_of(split_money({100}, {"a", "c", "b"}, {1, 1, 1}))[2]);
  EXPECT_EQ(sum_of(split_money({-100}, {"b", "a", "c"}, {1, 1, 1})), -100);
}

}  // namespace
}  // namespace xiaoyuan::settle
