// A household's month with the grid company, held against figures that others worked out: the
// facts' test vectors (beijing_tier_cross, beijing_surplus_month, shandong_tier2_tou, cfd_pay,
// cfd_return), the notes' example of rounding, and a published table of Zhejiang.
#include "settle/bills.hpp"

#include <gtest/gtest.h>

#include "settle/bills_samples.hpp"

namespace xiaoyuan::settle {

namespace {

using readings::Rate;
using test::inputs;
using test::kwh;
using test::laid;
using test::line;
using test::metered;
using test::month;
using test::shown;

TEST(Bought, ABeijingMonthThatCrossesATierCosts103Yuan66) {
  const MonthTariff tariff = laid(test::shipped("beijing-residential"), month(2026, 10));
  const auto bill =
      bought(inputs(tariff, {metered(tariff, kwh(200))}, tariff::Counted{kwh(2800), {}, {}}));
  ASSERT_TRUE(bill.has_value()) << shown(bill);
  EXPECT_EQ(shown(bill), "bought.tier1 80.00 -39.06 | bought.tier2 120.00 -64.60");
  EXPECT_EQ(bill->total(), Money{-10366});
  EXPECT_EQ(bill->counted.tier_period, kwh(3000));
  EXPECT_EQ(bill->lines[0].price, Price{48830000});
  EXPECT_EQ(bill->lines[0].version, "beijing-residential from 2026-01-01");
  EXPECT_EQ(bill->lines[0].explanation.en,
            "the year went from 2800 to 3000 kWh with this bill; 80 kWh of it lie in the tier up "
            "to 2880 kWh");
  EXPECT_EQ(bill->lines[0].sources.size(), 1U);
}

TEST(Bought, TheThirdTierIsExplainedAsBeyondItsLimit) {
  const MonthTariff tariff = laid(test::shipped("beijing-residential"), month(2026, 12));
  const auto bill =
      bought(inputs(tariff, {metered(tariff, kwh(300))}, tariff::Counted{kwh(4700), {}, {}}));
  EXPECT_EQ(shown(bill), "bought.tier2 100.00 -53.83 | bought.tier3 200.00 -157.66");
  EXPECT_EQ(line(*bill, "bought.tier3")->explanation.en,
            "the year went from 4700 to 5000 kWh with this bill; 200 kWh of it lie beyond 4800 "
            "kWh");
}

TEST(Bought, TheSurplusMonthOfTheFactsEarns277Yuan05AndCosts92Yuan78) {
  const MonthTariff buying = laid(test::shipped("beijing-residential"), month(2026, 6));
  const MonthTariff selling = laid(test::shipped("beijing-feed-in"), month(2026, 6));
  const auto cost =
      bought(inputs(buying, {metered(buying, kwh(190))}, tariff::Counted{kwh(1500), {}, {}}));
  const auto income = sold(inputs(selling, {metered(selling, kwh(770))}),
                           {ExportMode::self_use_surplus, test::day(2023, 5, 1)});
  EXPECT_EQ(shown(cost), "bought.tier1 190.00 -92.78");
  EXPECT_EQ(shown(income), "sold.feed-in 770.00 277.05");
}

TEST(Bought, ShandongsSecondTierByTimeOfUseCosts136Yuan73) {
  const MonthTariff tariff =
      laid(test::shipped("shandong-residential-tou", {{"tier_limits_kwh", "2520,4800"}}),
           month(2026, 7));
  EXPECT_EQ(rates_of(tariff), (std::vector{Rate::peak, Rate::valley}));
  const auto bill = bought(inputs(
      tariff, {metered(tariff, kwh(250), {{Rate::peak, kwh(150)}, {Rate::valley, kwh(100)}})},
      tariff::Counted{kwh(3000), {}, {}}));
  EXPECT_EQ(shown(bill),
            "bought.valley 100.00 -37.69 | bought.peak 150.00 -86.54 | "
            "bought.tier2.addition 250.00 -12.50");
  EXPECT_EQ(bill->total(), Money{-13673});
}

/// 浙江省电网居民生活用电价格表 (relayed by a public repository): a kWh of each tier, at the peak
/// and in the valley.
TEST(Bought, ZhejiangsTableOfTiersAndPeriodsIsReproduced) {
  const MonthTariff tariff = laid(test::shipped("zhejiang-residential-tou"), month(2026, 5));
  const std::pair<std::int64_t, std::pair<std::int64_t, std::int64_t>> table[] = {
      {0, {56800, 28800}}, {2760, {61800, 33800}}, {4800, {86800, 58800}}};
  for (const auto& [before, prices] : table) {
    const tariff::Counted counted{kwh(before), {}, {}};
    const auto peak = bought(inputs(
        tariff, {metered(tariff, kwh(1000), {{Rate::peak, kwh(1000)}, {Rate::valley, kwh(0)}})},
        counted));
    const auto valley = bought(inputs(
        tariff, {metered(tariff, kwh(1000), {{Rate::peak, kwh(0)}, {Rate::valley, kwh(1000)}})},
        counted));
    EXPECT_EQ(peak->total(), Money{-prices.first});
    EXPECT_EQ(valley->total(), Money{-prices.second});
  }
}

/// notes of the settlement: 106.70, where rounding each interval's fen gives 106.07 and rounding
/// each interval's kWh gives 107.41.
TEST(Bought, OneRoundingALineMakes106Yuan70) {
  const MonthTariff tariff =
      laid(tariff::flat_tariff("flat", tariff::Direction::import_, 0.5283, "note"), month(2026, 4));
  const auto bill = bought(inputs(tariff, {metered(tariff, kwh(201, 970000))}));
  EXPECT_EQ(shown(bill), "bought.flat 201.97 -106.70");
}

TEST(Bought, JanuaryBeginsTheYearAgain) {
  const MonthTariff tariff = laid(test::shipped("beijing-residential"), month(2027, 1));
  EXPECT_FALSE(counts_on(tariff));
  const auto bill =
      bought(inputs(tariff, {metered(tariff, kwh(200))}, tariff::Counted{kwh(4700), {}, {}}));
  EXPECT_EQ(shown(bill), "bought.tier1 200.00 -97.66");
  EXPECT_EQ(bill->counted.tier_period, kwh(200));
  EXPECT_EQ(shown(bought(inputs(tariff, {metered(tariff, kwh(200))}, std::nullopt))),
            "bought.tier1 200.00 -97.66");
}

TEST(Bought, AYearThatNobodyCountedIsRefused) {
  const MonthTariff tariff = laid(test::shipped("beijing-residential"), month(2026, 10));
  EXPECT_TRUE(counts_on(tariff));
  const auto bill = bought(inputs(tariff, {metered(tariff, kwh(200))}, std::nullopt));
  EXPECT_EQ(shown(bill),
            "household H001: \"beijing-residential\" counts by the calendar year, and the energy "
            "from 2026-01-01 to the month's beginning is not known: the registers of 2026-01-01 at "
            "00:00 are missing\n");
}

TEST(Bought, OneMissingRegisterIsWhatTheOthersLeave) {
  const MonthTariff tariff = laid(test::shipped("beijing-electric-heating"), month(2026, 11));
  const auto bill = bought(inputs(tariff, {metered(tariff, kwh(300), {{Rate::valley, kwh(180)}})}));
  EXPECT_EQ(shown(bill), "bought.valley 180.00 -54.00 | bought.peak 120.00 -58.60");
  EXPECT_EQ(line(*bill, "bought.peak")->rules.back().why.en,
            "the total less the other periods: 120.00 kWh");
}

TEST(Bought, WhatTheRegistersLeaveOutGoesToThePeakOnlyWhenTheyAgree) {
  const MonthTariff tariff = laid(test::shipped("beijing-electric-heating"), month(2026, 11));
  Metered part = metered(tariff, kwh(300), {{Rate::peak, kwh(119)}, {Rate::valley, kwh(180)}});
  EXPECT_EQ(shown(bought(inputs(tariff, {part}))),
            "household H001: the registers of its periods sum to 299.00 kWh, the total says 300.00 "
            "kWh\n");
  part.sum.outcome = readings::Outcome::passed;
  const auto bill = bought(inputs(tariff, {part}));
  EXPECT_EQ(shown(bill), "bought.valley 180.00 -54.00 | bought.peak 120.00 -58.60");
  EXPECT_EQ(bill->energy, kwh(300));
}

TEST(Bought, APeriodThatTheTariffDoesNotHaveIsRefused) {
  const MonthTariff tariff = laid(test::shipped("beijing-electric-heating"), month(2026, 11));
  const auto bill = bought(inputs(
      tariff, {metered(tariff, kwh(300), {{Rate::valley, kwh(180)}, {Rate::flat, kwh(20)}})}));
  EXPECT_NE(shown(bill).find("counted 20.00 kWh in a period that tariff "
                             "\"beijing-electric-heating\" does not have: flat"),
            std::string::npos)
      << shown(bill);
}

TEST(Bought, WithoutRegistersOfPeriodsIntervalsDivideTheRegistersEnergy) {
  const MonthTariff tariff = laid(test::shipped("beijing-electric-heating"), month(2026, 11));
  // 15 h of peak and 9 h of valley: 30 days × (15 × 200 + 9 × 300) Wh = 90 + 81 kWh.
  const auto intervals =
      test::hourly(tariff, [](int, int hour) { return hour >= 6 && hour < 21 ? 200 : 300; });
  BillInputs asked = inputs(tariff, {metered(tariff, kwh(171))});
  EXPECT_NE(shown(bought(asked))
                .find("the registers of these periods are missing: peak, valley; "
                      "without intervals"),
            std::string::npos)
      << shown(bought(asked));
  asked.intervals = &intervals;
  EXPECT_EQ(shown(bought(asked)), "bought.valley 81.00 -24.30 | bought.peak 90.00 -43.95");

  // The registers say how much; intervals only how it falls. 172 kWh × 90/171, 172 × 81/171.
  asked.metered = {metered(tariff, kwh(172))};
  const auto bill = bought(asked);
  EXPECT_EQ(line(*bill, "bought.peak")->energy, MeteredEnergy{90526316});
  EXPECT_EQ(line(*bill, "bought.valley")->energy, MeteredEnergy{81473684});
  EXPECT_EQ(bill->grade, readings::Grade::measured);
  asked.metered = {metered(tariff, kwh(190))};
  EXPECT_EQ(bought(asked)->grade, readings::Grade::estimated);
}

TEST(Bought, MissingIntervalsAndPricesWithinAnIntervalAreRefused) {
  const MonthTariff tariff = laid(test::shipped("beijing-electric-heating"), month(2026, 11));
  auto intervals = test::hourly(tariff, [](int, int) { return 100; });
  intervals.quality[77] = readings::Quality::missing;
  BillInputs asked = inputs(tariff, {metered(tariff, kwh(72))});
  asked.intervals = &intervals;
  EXPECT_NE(shown(bought(asked)).find("1 of 720 intervals are missing"), std::string::npos);

  auto coarse = readings::empty_intervals("100", readings::Channel::imported,
                                          {tariff.month.from, std::chrono::hours{2}, 360}, {1000});
  coarse.quality.assign(360, readings::Quality::measured);
  asked.intervals = &coarse;
  EXPECT_NE(shown(bought(asked))
                .find("a price changes within the interval that begins at "
                      "2026-11-01T12:00:00Z"),
            std::string::npos)
      << shown(bought(asked));
}

/// 0.50 until the 15th, 0.60 from then on.
tariff::Tariff changed_on_the_15th() {
  tariff::Tariff tariff =
      tariff::flat_tariff("village", tariff::Direction::import_, 0.5, "document A");
  tariff::Version later = tariff.versions[0];
  later.valid_from = test::day(2026, 11, 15);
  later.document = "document B";
  later.seasons[0].periods[0].price = Price{60000000};
  tariff.versions[0].valid_to = test::day(2026, 11, 14);
  tariff.versions.push_back(later);
  return tariff;
}

TEST(Bought, APriceThatChangesWithinTheMonthNeedsItsDaysRegistersOrIntervals) {
  const MonthTariff tariff = laid(changed_on_the_15th(), month(2026, 11));
  ASSERT_EQ(tariff.stretches.size(), 2U);
  EXPECT_EQ(tariff.stretches[1].period.from, test::beijing().instant(test::day(2026, 11, 15), 0));
  BillInputs asked = inputs(tariff, {metered(tariff, kwh(300))});
  EXPECT_EQ(shown(bought(asked)),
            "household H001: the price changes on 2026-11-15, and the registers of that day at "
            "00:00 are missing; without intervals the month cannot be divided\n");

  Metered first = metered(tariff, kwh(100));
  Metered second = metered(tariff, kwh(200));
  first.period = tariff.stretches[0].period;
  second.period = tariff.stretches[1].period;
  BillInputs read = inputs(tariff, {first, second});
  EXPECT_EQ(shown(bought(read)), "bought.flat 100.00 -50.00 | bought.flat.2 200.00 -120.00");
  EXPECT_EQ(bought(read)->lines[1].document, "document B");

  const auto intervals = test::hourly(tariff, [](int days, int) { return days < 14 ? 125 : 250; });
  asked.intervals = &intervals;  // 42 and 96 kWh by them, 300 by the registers
  EXPECT_EQ(line(*bought(asked), "bought.flat")->energy, MeteredEnergy{91304348});
  EXPECT_EQ(line(*bought(asked), "bought.flat.2")->energy, MeteredEnergy{208695652});
}

TEST(Bought, TiersThatChangeWithinTheMonthAreRefused) {
  tariff::Tariff tariff = test::shipped("beijing-residential");
  tariff::Version later = tariff.versions[0];
  later.valid_from = test::day(2026, 11, 15);
  later.tiers->limits_kwh[0] = 3000;
  tariff.versions[0].valid_to = test::day(2026, 11, 14);
  tariff.versions.push_back(later);
  const auto made = month_tariff(tariff, test::beijing(), month(2026, 11));
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(message(made.error()[0], Language::english),
            "the tiers of tariff \"beijing-residential\" change on 2026-11-15, within the month; "
            "how a bill counts across such a day is not known");
}

TEST(Bought, AGradeIsTheWorstOfItsRegisters) {
  const MonthTariff tariff = laid(test::shipped("beijing-residential"), month(2026, 10));
  Metered part = metered(tariff, kwh(100));
  part.total.grade = readings::Grade::edited;
  const auto bill = bought(inputs(tariff, {part}));
  EXPECT_EQ(bill->grade, readings::Grade::edited);
  EXPECT_EQ(bill->lines[0].grade, readings::Grade::edited);
}

/// Whatever the energies: lines add up to the registers, and the money is that of exact rationals
/// rounded line by line.
TEST(Bought, EveryKwhStandsInOneTierAndOnePeriod) {
  const MonthTariff tariff = laid(test::shipped("zhejiang-residential-tou"), month(2026, 5));
  std::uint64_t state = 7;
  const auto drawn = [&](std::uint64_t most) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state >> 20) % most);
  };
  for (int round = 0; round < 300; ++round) {
    const MeteredEnergy peak{drawn(900'000'000)};
    const MeteredEnergy valley{drawn(900'000'000)};
    const MeteredEnergy before{drawn(6'000'000'000)};
    const auto bill = bought(inputs(
        tariff, {metered(tariff, peak + valley, {{Rate::peak, peak}, {Rate::valley, valley}})},
        tariff::Counted{before, {}, {}}));
    ASSERT_TRUE(bill.has_value());
    const std::int64_t after = (before + peak + valley).mwh;
    const auto beyond = [&](std::int64_t limit) {
      return std::max<std::int64_t>(0, after - std::max(before.mwh, limit));
    };
    const std::int64_t third = beyond(4'800'000'000);
    const std::int64_t second = beyond(2'760'000'000) - third;
    const auto fen = [](std::int64_t mwh, std::int64_t tenths_of_fen) {
      return (mwh * tenths_of_fen + 5'000'000) / 10'000'000;  // half up
    };
    EXPECT_EQ(bill->total().fen,
              -(fen(peak.mwh, 568) + fen(valley.mwh, 288) + fen(second, 50) + fen(third, 300)));
  }
}

}  // namespace

}  // namespace xiaoyuan::settle
