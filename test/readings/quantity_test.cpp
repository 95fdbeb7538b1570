// Quantities from registers: the worked examples, the complaints of users, and what is never
// guessed.
#include "readings/quantity.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "made.hpp"

namespace xiaoyuan::readings {
namespace {

using std::chrono::year;

const Period october{local(2026, 10, 1), local(2026, 11, 1)};

MeterPoint point_of(Channel channel, std::optional<std::int64_t> most_w = 12000) {
  return {.household = "h001",
          .channel = channel,
          .most_w = most_w,
          .services = {{.meter = "m1",
                        .form = {.whole_digits = 6, .decimals = 2},
                        .multiplier = 1,
                        .from = local(2025, 1, 1),
                        .to = {}}}};
}

Registers two(Channel channel, MeteredEnergy start, MeteredEnergy end) {
  return Registers(
      {reading("m1", channel, october.from, start), reading("m1", channel, october.to, end)});
}

std::string refusal(const MeterPoint& point, const Registers& registers,
                    Language language = Language::english) {
  const auto result = quantity(point, Rate::total, registers, october, {});
  return result ? "" : errors_text(result.error(), language);
}

Outcome outcome_of(const std::vector<RuleNote>& rules, Rule rule) {
  for (const RuleNote& note : rules) {
    if (note.rule == rule) {
      return note.outcome;
    }
  }
  ADD_FAILURE() << "no note of the rule";
  return Outcome::failed;
}

TEST(Quantity, EndLessStartTimesTheMultiplier) {
  MeterPoint point = point_of(Channel::generated, std::nullopt);
  point.services[0].multiplier = 40;
  const auto made = quantity(point, Rate::total,
                             two(Channel::generated, kwh(1200, 10), kwh(1224, 60)), october, {});
  ASSERT_TRUE(made.has_value()) << errors_text(made.error());
  EXPECT_EQ(made->energy, kwh(980));
  EXPECT_EQ(made->grade, Grade::measured);
  EXPECT_EQ(outcome_of(made->rules, Rule::negative_difference), Outcome::passed);
  EXPECT_EQ(outcome_of(made->rules, Rule::rollover), Outcome::skipped);
  EXPECT_EQ(outcome_of(made->rules, Rule::most_power), Outcome::skipped);
}

// Facts, test vector: 980 generated, 770 exported, 190 imported; self-use 210.
TEST(Quantity, SelfUseIsGenerationLessExport) {
  const auto generated = quantity(point_of(Channel::generated), Rate::total,
                                  two(Channel::generated, kwh(5000), kwh(5980)), october, {});
  const auto exported = quantity(point_of(Channel::exported), Rate::total,
                                 two(Channel::exported, kwh(3000), kwh(3770)), october, {});
  const auto used = self_use(*generated, *exported, "h001");
  ASSERT_TRUE(used.has_value());
  EXPECT_EQ(used->energy, kwh(210));
  const auto wrong = self_use(*exported, *generated, "h001");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(
      errors_text(wrong.error()),
      "household h001: 980.00 kWh exported, but only 770.00 kWh generated; self-use cannot be "
      "negative: check both meters\n");
}

TEST(Quantity, AMonthBeginsAtLocalMidnight) {
  const Period month = month_of(beijing(), year{2026} / 10);
  EXPECT_EQ(month.from, october.from);
  EXPECT_EQ(month.to, october.to);
  EXPECT_EQ(text_of(month.from), "2026-09-30T16:00:00Z");
}

TEST(Quantity, WholeKwhByCuttingTheReadingCarriesTheFraction) {
  const MeterPoint point = point_of(Channel::imported);
  const QuantityRules rules{.whole_kwh = WholeKwh::truncated_readings};
  const Period november{local(2026, 11, 1), local(2026, 12, 1)};
  const Registers registers({reading("m1", Channel::imported, october.from, kwh(100, 60)),
                             reading("m1", Channel::imported, october.to, kwh(201, 50)),
                             reading("m1", Channel::imported, november.to, kwh(300, 70))});
  const auto first = quantity(point, Rate::total, registers, october, rules);
  const auto second = quantity(point, Rate::total, registers, november, rules);
  EXPECT_EQ(first->energy, kwh(101));  // exactly 100.90; cutting the difference would give 100
  EXPECT_EQ(second->energy, kwh(99));
  EXPECT_EQ(outcome_of(first->rules, Rule::whole_kwh), Outcome::acted);
}

// "A new meter booked −5,422 kWh": a swap that nobody wrote down is refused, one that was is a sum.
TEST(Quantity, ANewMeterIsNotBookedAsMinus5422) {
  const Registers unrecorded = two(Channel::imported, kwh(5422), kwh(0));
  EXPECT_EQ(
      refusal(point_of(Channel::imported), unrecorded),
      "household h001, meter m1: import, total, 2026-10-31T16:00:00Z: the register fell, "
      "5422.00 kWh → 0.00 kWh; a rollover would mean 994578 kWh, but at most 8928 kWh can have "
      "flowed: was the meter changed or reset?\n");
  EXPECT_NE(refusal(point_of(Channel::imported), unrecorded, Language::chinese).find("示数倒走"),
            std::string::npos);

  MeterPoint point = point_of(Channel::imported);
  const Instant swapped = local(2026, 10, 13, 14 * 60 + 30);
  point.services[0].to = swapped;
  point.services.push_back({.meter = "m2", .form = {}, .multiplier = 1, .from = swapped, .to = {}});
  const Registers recorded({reading("m1", Channel::imported, october.from, kwh(5422)),
                            reading("m1", Channel::imported, swapped, kwh(5500, 25)),
                            reading("m2", Channel::imported, swapped, kwh(0, 3)),
                            reading("m2", Channel::imported, october.to, kwh(101, 3))});
  const auto sum = quantity(point, Rate::total, recorded, october, {});
  ASSERT_TRUE(sum.has_value()) << errors_text(sum.error());
  EXPECT_EQ(sum->energy, kwh(179, 25));
  ASSERT_EQ(sum->pieces.size(), 2U);
  EXPECT_EQ(sum->pieces[1].energy, kwh(101));
  EXPECT_EQ(outcome_of(sum->rules, Rule::meter_change), Outcome::acted);
}

TEST(Quantity, ASwapNeedsBothMetersReadings) {
  MeterPoint point = point_of(Channel::imported);
  const Instant swapped = local(2026, 10, 13);
  point.services[0].to = swapped;
  point.services.push_back({.meter = "m2", .form = {}, .multiplier = 1, .from = swapped, .to = {}});
  const Registers registers({reading("m1", Channel::imported, october.from, kwh(5422)),
                             reading("m2", Channel::imported, october.to, kwh(101))});
  EXPECT_EQ(refusal(point, registers),
            "household h001, meter m1: import, total, 2026-10-12T16:00:00Z: no reading; a quantity "
            "is never made without the registers of both its ends\n"
            "household h001, meter m2: import, total, 2026-10-12T16:00:00Z: no reading; a quantity "
            "is never made without the registers of both its ends\n");
}

// "A counter reset booked 15.5 MWh": five digits, 84,500 → 0; as a rollover it would be 15,500 kWh.
TEST(Quantity, AResetIsNotBookedAs15500) {
  MeterPoint point = point_of(Channel::generated, 10000);
  point.services[0].form.whole_digits = 5;
  const std::string text = refusal(point, two(Channel::generated, kwh(84500), kwh(0)));
  EXPECT_NE(text.find("a rollover would mean 15500 kWh, but at most 7440 kWh"), std::string::npos)
      << text;
  // The other way to book it: a counter that comes back from 0 to what it had.
  const std::string leap = refusal(point, two(Channel::generated, kwh(0), kwh(15500)));
  EXPECT_NE(leap.find("the register rose by 15500.00 kWh, but at most 7440 kWh"), std::string::npos)
      << leap;
}

TEST(Quantity, ARolloverNeedsAWidthAndAPowerThatMakeItPossible) {
  MeterPoint point = point_of(Channel::imported, 12000);
  point.services[0].form.whole_digits = 5;
  const Registers registers = two(Channel::imported, kwh(99900), kwh(150, 50));
  const auto made = quantity(point, Rate::total, registers, october, {});
  ASSERT_TRUE(made.has_value()) << errors_text(made.error());
  EXPECT_EQ(made->energy, kwh(250, 50));
  EXPECT_TRUE(made->pieces[0].rolled_over);
  EXPECT_EQ(outcome_of(made->rules, Rule::rollover), Outcome::acted);
  EXPECT_EQ(
      quantity(point, Rate::total, registers, october, {.whole_kwh = WholeKwh::truncated_readings})
          ->energy,
      kwh(250));

  point.most_w.reset();
  EXPECT_NE(refusal(point, registers).find("not assumed without the point's most power"),
            std::string::npos);
  point.most_w = 12000;
  point.services[0].form.whole_digits.reset();
  EXPECT_NE(refusal(point, registers).find("not assumed without the register's width"),
            std::string::npos);
}

TEST(Quantity, AReadingWiderThanItsRegisterIsRefused) {
  MeterPoint point = point_of(Channel::imported);
  point.services[0].form.whole_digits = 4;
  EXPECT_NE(refusal(point, two(Channel::imported, kwh(9990), kwh(10010)))
                .find("10010.00 kWh does not fit a register of 4 digits"),
            std::string::npos);
}

TEST(Quantity, ANewMultiplierIsANewPiece) {
  MeterPoint point = point_of(Channel::generated, std::nullopt);
  const Instant changed = local(2026, 10, 16);
  point.services[0].multiplier = 20;
  point.services[0].to = changed;
  point.services.push_back(point.services[0]);
  point.services[1].multiplier = 30;
  point.services[1].from = changed;
  point.services[1].to.reset();
  const Registers registers({reading("m1", Channel::generated, october.from, kwh(10)),
                             reading("m1", Channel::generated, changed, kwh(12)),
                             reading("m1", Channel::generated, october.to, kwh(15))});
  EXPECT_EQ(quantity(point, Rate::total, registers, october, {})->energy, kwh(2 * 20 + 3 * 30));
}

TEST(Quantity, ATimeThatNoMeterServedIsNamed) {
  MeterPoint point = point_of(Channel::imported);
  point.services[0].to = local(2026, 10, 13);
  const Registers registers({reading("m1", Channel::imported, october.from, kwh(10)),
                             reading("m1", Channel::imported, local(2026, 10, 13), kwh(12))});
  EXPECT_NE(refusal(point, registers).find("from 2026-10-12T16:00:00Z no meter served"),
            std::string::npos);
  EXPECT_NE(refusal({.household = "h", .channel = {}, .most_w = {}, .services = {}}, registers)
                .find("no meter served"),
            std::string::npos);
}

TEST(Quantity, TheGradeIsTheWorstOfItsReadings) {
  RegisterReading end = reading("m1", Channel::imported, october.to, kwh(120));
  end.quality = Quality::estimated;
  const Registers registers({reading("m1", Channel::imported, october.from, kwh(100)), end});
  const auto made = quantity(point_of(Channel::imported), Rate::total, registers, october, {});
  EXPECT_EQ(made->grade, Grade::estimated);
}

TEST(Quantity, KnowsOnlyWhatWasKnown) {
  RegisterReading corrected = reading("m1", Channel::imported, october.to, kwh(130));
  corrected.recorded_at = local(2026, 11, 20);
  const Registers registers({reading("m1", Channel::imported, october.from, kwh(100)),
                             reading("m1", Channel::imported, october.to, kwh(120)), corrected});
  const MeterPoint point = point_of(Channel::imported);
  const auto at = [&](Instant known_at) {
    return quantity(point, Rate::total, registers, october, {.known_at = known_at});
  };
  EXPECT_EQ(at(local(2026, 11, 5))->energy, kwh(20));
  EXPECT_EQ(at(local(2026, 11, 20))->energy, kwh(30));
  EXPECT_FALSE(at(local(2026, 10, 5)).has_value());
}

TEST(Quantity, PeriodsAreHeldAgainstTheTotal) {
  std::vector<RegisterReading> all{reading("m1", Channel::imported, october.from, kwh(100)),
                                   reading("m1", Channel::imported, october.to, kwh(160, 1))};
  const std::vector<Rate> rates{Rate::peak, Rate::flat, Rate::valley};
  for (const Rate rate : rates) {
    all.push_back(reading("m1", Channel::imported, october.from, kwh(30), rate));
    all.push_back(reading("m1", Channel::imported, october.to, kwh(50), rate));
  }
  const MeterPoint point = point_of(Channel::imported);
  const auto agree = quantities(point, rates, Registers(all), october, {});
  ASSERT_TRUE(agree.has_value());
  EXPECT_EQ(agree->sum.outcome, Outcome::passed);  // 0.01 apart is what three last digits leave
  all[1].value = kwh(161);
  const auto apart = quantities(point, rates, Registers(all), october, {});
  EXPECT_EQ(apart->sum.outcome, Outcome::failed);
  EXPECT_EQ(apart->sum.why.en, "the periods sum to 60.00 kWh, the total says 61.00 kWh");
  EXPECT_EQ(quantities(point, {}, Registers(all), october, {})->sum.outcome, Outcome::skipped);
}

RC_GTEST_PROP(QuantityOfPieces, SumsAsIfTheMeterHadStayed, ()) {
  // A register that is swapped or rolled over at random instants counts what flowed all the same.
  const auto flows = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 20000));
  RC_PRE(!flows.empty() && flows.size() < 30U);
  MeterPoint point = point_of(Channel::imported, 1'000'000);
  point.services.clear();
  std::vector<RegisterReading> all;
  std::int64_t whole = 0;
  Instant at = october.from;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const Instant next = i + 1 == flows.size() ? october.to : at + std::chrono::hours{20};
    const std::string meter = fmt::format("m{}", i);
    const auto shown = *rc::gen::inRange<std::int64_t>(0, 10'000'000);
    point.services.push_back({.meter = meter,
                              .form = {.whole_digits = 5, .decimals = 2},
                              .multiplier = 1,
                              .from = at,
                              .to = next});
    all.push_back(reading(meter, Channel::imported, at, kwh(0, shown)));
    all.push_back(reading(meter, Channel::imported, next, kwh(0, (shown + flows[i]) % 10'000'000)));
    whole += flows[i];
    at = next;
  }
  const auto made = quantity(point, Rate::total, Registers(all), october, {});
  RC_ASSERT(made.has_value());
  RC_ASSERT(made->energy == kwh(0, whole));
}

}  // namespace
}  // namespace xiaoyuan::readings
