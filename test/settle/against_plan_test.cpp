// Why a month differs: worked by hand, exact to the fen and the mWh, and the mean over all orders.
#include "settle/against_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/random.hpp"

namespace xiaoyuan::settle {
namespace {

constexpr MeteredEnergy whole_kwh(std::int64_t whole) { return {whole * 1'000'000}; }

/// Beijing's feed-in 0.3598 and first tier 0.4883.
ComparedMonth month(std::int64_t made, std::int64_t sold, std::int64_t bought) {
  ComparedMonth result{.made = whole_kwh(made),
                       .sold = whole_kwh(sold),
                       .bought = whole_kwh(bought),
                       .sell = {35'980'000},
                       .buy = {48'830'000},
                       .earned = {},
                       .paid = {},
                       .other = {}};
  result.earned = amount(result.sold, result.sell);
  result.paid = amount(result.bought, result.buy);
  return result;
}

const ReasonPart& part(const Comparison& comparison, Reason reason) {
  return *std::ranges::find(comparison.parts, reason, &ReasonPart::reason);
}

// 38 kWh × 0.3598 = 13.67 yuan; the bills, 277.05 and 263.37, are each rounded.
TEST(AgainstPlan, ADullerMonthIsTold) {
  const Comparison told =
      compare(month(1000, 770, 190), month(962, 732, 190),
              {.weather_ppm = 962'000, .outage = MeteredEnergy{}}, Against::plan);
  EXPECT_EQ(told.money.fen, -1368);
  EXPECT_EQ(part(told, Reason::rest).money.fen, -1);
  const ReasonPart& weather = part(told, Reason::weather);
  EXPECT_EQ(weather.energy, MeteredEnergy{} - whole_kwh(38));
  EXPECT_EQ(weather.money.fen, -1367);
  EXPECT_EQ(weather.explanation.en, "Less sun than planned: 38.00 kWh less made, −13.67 yuan.");
  EXPECT_EQ(weather.explanation.zh, "日照少于计划:少发 38.00 千瓦时,−13.67 元。");
  EXPECT_EQ(changes_of(told).size(), 2U);
}

// Made 1,000 → 930: 38 by weather, 20 by outages, 12 otherwise. Sold 770 → 690, so 230 → 240 used
// at once. Bought 190 → 210, so 420 → 450 used.
TEST(AgainstPlan, EveryReasonHasItsPart) {
  ComparedMonth now = month(930, 690, 210);
  now.other = {-500};
  const Comparison told = compare(month(1000, 770, 190), now,
                                  {.weather_ppm = 962'000, .outage = whole_kwh(20)}, Against::plan);
  EXPECT_EQ(part(told, Reason::outage).money.fen, -720);          // 20 × 0.3598 = 7.196
  EXPECT_EQ(part(told, Reason::made_otherwise).money.fen, -432);  // 12 × 0.3598 = 4.3176
  EXPECT_EQ(part(told, Reason::use).energy, whole_kwh(30));
  EXPECT_EQ(part(told, Reason::use).money.fen, -1465);  // 30 × 0.4883 = 14.649
  EXPECT_EQ(part(told, Reason::used_at_once).energy, whole_kwh(10));
  EXPECT_EQ(part(told, Reason::used_at_once).money.fen, 129);  // 10 × 0.1285 = 1.285
  EXPECT_EQ(part(told, Reason::price).money.fen, 0);
  EXPECT_EQ(part(told, Reason::other).money.fen, -500);
  // 248.26 − 277.05 − (102.54 − 92.78) − 5 = −43.55, and the parts above are as much.
  EXPECT_EQ(told.money.fen, -4355);
  EXPECT_EQ(part(told, Reason::rest).money.fen, 0);
  EXPECT_EQ(part(told, Reason::outage).explanation.zh, "停电期间少发 20.00 千瓦时,−7.20 元。");
}

// Other prices alone: 770 × (0.3644 − 0.3598) = 3.54; 190 × (0.4983 − 0.4883) = 1.90.
TEST(AgainstPlan, PricesAloneMoveMoneyAndNoEnergy) {
  ComparedMonth now = month(1000, 770, 190);
  now.sell = {36'440'000};
  now.buy = {49'830'000};
  now.earned = amount(now.sold, now.sell);
  now.paid = amount(now.bought, now.buy);
  const Comparison told = compare(month(1000, 770, 190), now, {}, Against::last_month);
  EXPECT_EQ(part(told, Reason::price).money.fen, 164);
  EXPECT_EQ(told.money.fen, 164);
  EXPECT_EQ(changes_of(told).size(), 1U);
}

TEST(AgainstPlan, WhatIsUnknownIsNotToldApart) {
  const Comparison told =
      compare(month(1000, 770, 190), month(962, 732, 190), {}, Against::last_month);
  EXPECT_EQ(part(told, Reason::weather).energy, MeteredEnergy{});
  EXPECT_EQ(part(told, Reason::made_otherwise).label.zh, "发电量变化(未细分)");
  EXPECT_EQ(part(told, Reason::made_otherwise).explanation.en,
            "38.00 kWh less made, not told apart (weather and outages not known), −13.67 yuan.");
  const Comparison half = compare(month(1000, 770, 190), month(962, 732, 190),
                                  {.weather_ppm = 980'000, .outage = {}}, Against::last_month);
  EXPECT_EQ(part(half, Reason::made_otherwise).explanation.zh,
            "少发 18.00 千瓦时,未细分原因(停电情况未知),−6.48 元。");
}

struct Drawn {
  ComparedMonth before, now;
  KnownReasons reasons;
};

Drawn drawn_months(std::uint64_t seed) {
  Random random(seed);
  const auto below = [&](double most) {
    return static_cast<std::int64_t>(random.uniform() * most);
  };
  const auto any_month = [&] {
    const std::int64_t made = below(2e9);
    return ComparedMonth{
        .made = {made},
        .sold = {static_cast<std::int64_t>(random.uniform() * static_cast<double>(made))},
        .bought = {below(1e9)},
        .sell = {below(6e7)},
        .buy = {below(1.5e8)},
        .earned = {below(1e5)},
        .paid = {below(1e5)},
        .other = {below(1e4) - 5000}};
  };
  Drawn result{any_month(), any_month(), {}};
  if (random.uniform() < 0.7) {
    result.reasons.weather_ppm = 600'000 + below(8e5);
  }
  if (random.uniform() < 0.7) {
    result.reasons.outage = MeteredEnergy{below(1e8)};
  }
  return result;
}

TEST(AgainstPlan, PartsAddUpToTheFenAndTheMilliwattHour) {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const Drawn drawn = drawn_months(seed);
    const Comparison told = compare(drawn.before, drawn.now, drawn.reasons, Against::plan);
    Money sum;
    for (const ReasonPart& each : told.parts) {
      sum += each.money;
    }
    ASSERT_EQ(sum, drawn.now.net() - drawn.before.net());
    ASSERT_EQ(part(told, Reason::weather).energy + part(told, Reason::outage).energy +
                  part(told, Reason::made_otherwise).energy,
              told.made);
    ASSERT_EQ(part(told, Reason::use).energy, told.used);
    ASSERT_EQ(told.sold, told.made - told.used_at_once);
    ASSERT_EQ(told.bought, told.used - told.used_at_once);
  }
}

/// N with the reasons of a set let in: 0 weather, 1 outage, 2 made otherwise, 3 use, 4 used at
/// once, 5 price. In 2⁻¹ … no rounding: mWh × 1e-8 yuan/kWh.
__extension__ typedef __int128 Exact;
Exact value_of(const Drawn& drawn, const Comparison& told, unsigned in) {
  Exact made = drawn.before.made.mwh;
  for (const std::size_t k : {0U, 1U, 2U}) {
    made += (in >> k & 1U) != 0 ? told.parts[k].energy.mwh : 0;
  }
  const Exact used = drawn.before.used().mwh + ((in >> 3 & 1U) != 0 ? told.used.mwh : 0);
  const Exact at_once =
      drawn.before.self_used().mwh + ((in >> 4 & 1U) != 0 ? told.used_at_once.mwh : 0);
  const ComparedMonth& priced = (in >> 5 & 1U) != 0 ? drawn.now : drawn.before;
  return (made - at_once) * priced.sell.units - (used - at_once) * priced.buy.units;
}

// The definition: what a reason adds when it is let in, over all 720 orders.
TEST(AgainstPlan, EveryPartIsTheMeanOverAllOrders) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Drawn drawn = drawn_months(seed);
    const Comparison told = compare(drawn.before, drawn.now, drawn.reasons, Against::plan);
    std::array<std::size_t, 6> order{0, 1, 2, 3, 4, 5};
    std::array<Exact, 6> sums{};
    do {
      unsigned in = 0;
      for (const std::size_t k : order) {
        sums[k] += value_of(drawn, told, in | 1U << k) - value_of(drawn, told, in);
        in |= 1U << k;
      }
    } while (std::ranges::next_permutation(order).found);
    for (std::size_t k = 0; k < 6; ++k) {
      const auto fen = static_cast<double>(sums[k] / 720) / 1e12;
      EXPECT_NEAR(static_cast<double>(told.parts[k].money.fen), fen, 0.5001) << k;
    }
  }
}

// Beijing's tiers 0.4883, 0.5383 and 0.7883: no price is another, so none is told.
TEST(AgainstPlan, ATierIsNoPrice) {
  const std::vector<PricedLine> second{{"bought.tier2", whole_kwh(60), {53'830'000}},
                                       {"bought.tier3", whole_kwh(40), {78'830'000}}};
  const std::vector<PricedLine> third{{"bought.tier3", whole_kwh(90), {78'830'000}}};
  const MeanPrices shared = mean_prices(second, third);
  EXPECT_EQ(shared.before.units, 78'830'000);
  EXPECT_EQ(shared.now.units, 78'830'000);
  const std::vector<PricedLine> first{{"bought.tier1", whole_kwh(30), {48'830'000}}};
  const MeanPrices apart = mean_prices(first, third);  // (30 × 0.4883 + 90 × 0.7883) / 120
  EXPECT_EQ(apart.before.units, 71'330'000);
  EXPECT_EQ(apart.now, apart.before);
  EXPECT_EQ(mean_prices({}, {}).now.units, 0);
}

// Peak at 0.60 and valley at 0.30, 40 and 60 kWh, then 50 and 50; the peak rises by 0.10. In the
// same mixture, 90 to 110, that is 0.045 a kWh.
TEST(AgainstPlan, APriceThatRisesIsToldInTheSameMixture) {
  const std::vector<PricedLine> before{{"bought.peak", whole_kwh(40), {60'000'000}},
                                       {"bought.valley", whole_kwh(60), {30'000'000}}};
  const std::vector<PricedLine> now{{"bought.peak", whole_kwh(50), {70'000'000}},
                                    {"bought.valley", whole_kwh(50), {30'000'000}}};
  const MeanPrices means = mean_prices(before, now);
  EXPECT_EQ(means.before.units, 43'500'000);
  EXPECT_EQ(means.now.units - means.before.units, 4'500'000);
  EXPECT_FALSE(is_base_price("bought.tier2.addition"));
  EXPECT_TRUE(is_base_price("bought.tier2"));
}

}  // namespace
}  // namespace xiaoyuan::settle
