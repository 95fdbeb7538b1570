// The shadow bill: each cause is planted in a stated bill and must be named; what agrees stays
// silent.
#include "settle/shadow.hpp"

#include <gtest/gtest.h>

#include "settle/bills_samples.hpp"

namespace xiaoyuan::settle {

namespace {

using test::inputs;
using test::kwh;
using test::laid;
using test::metered;
using test::month;

class ShadowBill : public testing::Test {
 protected:
  MonthTariff tariff = laid(test::shipped("beijing-residential"), month(2026, 10));
  BillInputs made =
      inputs(tariff, {metered(tariff, kwh(200, 700000))}, tariff::Counted{kwh(2800), {}, {}});
  MonthBill bill;
  ShadowInputs asked;

  void SetUp() override { make(); }
  void make() {
    bill = *bought(made);
    asked = {.inputs = &made,
             .bill = &bill,
             .terms = {},
             .stated_energy = bill.energy,
             .stated_money = -bill.total(),
             .other_tariffs = {}};
  }
  void pieces(std::vector<readings::Piece> all) {
    made.metered[0].total.pieces = std::move(all);
    make();
  }
  std::vector<Cause> causes() const {
    std::vector<Cause> all;
    for (const Finding& finding : shadow(asked).findings) {
      EXPECT_FALSE(finding.why.en.empty() || finding.why.zh.empty());
      all.push_back(finding.cause);
    }
    return all;
  }
  static readings::Piece piece(const std::string& meter, MeteredEnergy start, MeteredEnergy end,
                               std::int64_t multiplier = 1) {
    readings::Piece made;
    made.meter = meter;
    made.multiplier = multiplier;
    made.start = start;
    made.end = end;
    made.energy = {(end - start).mwh * multiplier};
    return made;
  }
};

TEST_F(ShadowBill, ABillThatAgreesHasNoFindings) { EXPECT_TRUE(shadow(asked).is_equal()); }

TEST_F(ShadowBill, AStatedWholeKwhIsToldFromTheReadings) {
  pieces({piece("100", kwh(1000, 500000), kwh(1201, 200000))});
  // 1201 − 1000 = 201 whole kWh, at our prices 80 × 0.4883 + 121 × 0.5383.
  asked.stated_energy = kwh(201);
  asked.stated_money = Money{3906 + 6513};
  EXPECT_EQ(causes(), (std::vector{Cause::whole_kwh, Cause::from_energy}));
}

TEST_F(ShadowBill, TheMonthsEnergyCutToWholeKwhIsToldToo) {
  pieces({piece("100", kwh(1000), kwh(1200, 700000))});
  asked.stated_energy = kwh(200);
  asked.stated_money = {};
  EXPECT_EQ(causes(), (std::vector{Cause::whole_kwh}));
}

TEST_F(ShadowBill, AMeterLeftOutIsNamed) {
  pieces({piece("100", kwh(1000), kwh(1150)), piece("200", kwh(0), kwh(50, 700000))});
  asked.stated_energy = kwh(150);
  asked.stated_money = {};
  EXPECT_EQ(causes(), (std::vector{Cause::missing_meter}));
  EXPECT_EQ(shadow(asked).findings[0].why.en, "meter 200 with 50.7 kWh is left out");
}

TEST_F(ShadowBill, AMultiplierLeftOutIsNamed) {
  made.metered[0].total.energy = kwh(200);
  pieces({piece("100", kwh(1000), kwh(1010), 20)});
  asked.stated_energy = kwh(10);
  asked.stated_money = {};
  EXPECT_EQ(causes(), (std::vector{Cause::multiplier}));
}

TEST_F(ShadowBill, AnotherTariffIsNamed) {
  const MonthTariff other =
      laid(tariff::flat_tariff("beijing-old", tariff::Direction::import_, 0.4783, "document"),
           month(2026, 10));
  asked.other_tariffs = {&other};
  asked.stated_money = amount(kwh(200, 700000), Price::of(0.4783));
  EXPECT_EQ(causes(), (std::vector{Cause::price}));
}

TEST_F(ShadowBill, OneRoundingOfTheWholeBillIsNamed) {
  made.metered[0].total.energy = kwh(150, 10000);
  made.counted = tariff::Counted{kwh(2830), {}, {}};
  make();
  // 50 × 0.4883 = 24.415 → 24.42; 100.01 × 0.5383 = 53.835… → 53.84; together 78.250… → 78.25.
  EXPECT_EQ(bill.total(), Money{-7826});
  asked.stated_money = Money{7825};
  EXPECT_EQ(causes(), (std::vector{Cause::one_rounding}));
}

TEST_F(ShadowBill, ATierYearThatBeganAnewIsNamed) {
  asked.stated_money = amount(kwh(200, 700000), Price::of(0.4883));
  EXPECT_EQ(causes(), (std::vector{Cause::tier_year}));
}

TEST_F(ShadowBill, WhatNothingExplainsIsSaidSo) {
  asked.stated_energy = kwh(333);
  asked.stated_money = Money{1};
  EXPECT_EQ(causes(), (std::vector{Cause::unexplained, Cause::unexplained}));
}

TEST_F(ShadowBill, LinesCountWhatAgreesAndNameWhatDoesNot) {
  const Shadow agrees = shadow(asked);
  asked.stated_money = Money{10000};
  const Shadow differs = shadow(asked);
  const auto lines = shadow_lines(std::vector{agrees, differs, agrees});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].explanation.en, "2 of 3 bills agree in all that is stated, to the fen");
  EXPECT_EQ(lines[1].id, "shadow.H001.imported");
  EXPECT_EQ(lines[1].amount, differs.stated_money.value() - differs.our_money);
}

TEST(StatedFigures, OfSeveralMetersAreAddedUpWithinTheMonth) {
  const readings::Period october = readings::month_of(test::beijing(), month(2026, 10));
  const readings::Period september = readings::month_of(test::beijing(), month(2026, 9));
  const auto energy = [&](const readings::Period& when, MeteredEnergy of) {
    return readings::Statement{.meter = "100",
                               .household = "H001",
                               .from = when.from,
                               .to = when.to,
                               .channel = readings::Channel::exported,
                               .name = {},
                               .energy = of,
                               .money = {},
                               .line = 2};
  };
  readings::Statement money = energy(october, {});
  money.channel.reset();
  money.name = "paid";
  money.money = Money{27705};
  const std::vector<readings::Statement> all{energy(october, kwh(700)), energy(october, kwh(70)),
                                             energy(september, kwh(5)), money};
  const Stated stated = stated_of(all, {"H001", readings::Channel::exported, "paid", october});
  EXPECT_EQ(stated.energy, kwh(770));
  EXPECT_EQ(stated.money, Money{27705});
  EXPECT_FALSE(stated_of(all, {"H002", readings::Channel::exported, "paid", october}).energy);
}

}  // namespace

}  // namespace xiaoyuan::settle
