// The shipped year beside its plan: every part has its place, and they add up.
#include "office/against_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "office/papers.hpp"
#include "support/cases.hpp"
#include "support/review_village.hpp"

namespace xiaoyuan::office::test {
namespace {

constexpr const char* truth_file = "share/villages/xinggezhuang/readings/truth.csv";

ReasonsWanted wanted(int month) {
  ReasonsWanted all{.month = month_of_2026(month), .households = {}};
  for (const model::Household& home : review_village().village.model().households) {
    all.households.push_back(home.id);
  }
  return all;
}

/// A month of the shipped year with what truth.csv knows of it.
Review reviewed_month(int number) {
  ReviewVillage& there = review_village();
  const ledger::Period month = month_of_2026(number);
  const auto planned = planned_month(there.village, month, {.threads = 1, .on_progress = {}});
  const auto statements = month_statements(*there.store, month);
  const auto known =
      read_reasons(xiaoyuan::test::project_bytes(truth_file), "truth.csv", wanted(number));
  EXPECT_TRUE(planned && statements && known);
  const ActualMonth settled = actual_month(there.village, *statements);
  return review({.month = month, .planned = &*planned, .settled = &settled, .known = &*known});
}

const settle::ReasonPart& part(const settle::Comparison& comparison, settle::Reason reason) {
  return comparison.parts.at(static_cast<std::size_t>(reason));
}

void expect_sums(const ReviewedPlace& place) {
  const settle::Comparison& told = place.difference;
  Money money;
  for (const settle::ReasonPart& each : told.parts) {
    money += each.money;
  }
  EXPECT_EQ(money, place.settled.net() - place.planned.net()) << place.household;
  EXPECT_EQ(part(told, settle::Reason::weather).energy + part(told, settle::Reason::outage).energy +
                part(told, settle::Reason::made_otherwise).energy,
            place.settled.made - place.planned.made)
      << place.household;
}

/// Wh that the inverter took, by household.
std::map<std::string, double> inverter_wh(const std::string& month) {
  const xiaoyuan::test::Columns truth(xiaoyuan::test::project_bytes(truth_file));
  std::map<std::string, double> all;
  const std::vector<double> lost = truth.numbers("inverter_generation_wh");
  for (std::size_t i = 0; i < lost.size(); ++i) {
    if (truth.text("month")[i] == month) {
      all[truth.text("household")[i]] = lost[i];
    }
  }
  return all;
}

/// What registers can hide: 10 Wh behind the multiplier at either end of the month, and the Wh to
/// which the truth is written.
double hidden_wh(const std::string& household) {
  std::int64_t multiplier = 1;
  for (const readings::MeterPoint& point : review_village().village.points) {
    if (point.household == household && point.channel == readings::Channel::generated) {
      multiplier = point.services.front().multiplier;
    }
  }
  return 2.0 * 10.0 * static_cast<double>(multiplier) + 1.0;
}

// In May the inverter of H047 stands still, in July the transformer T1 has no supply. Beyond
// what registers cannot show there is nothing left to explain.
TEST(AgainstPlanReview, WeatherOutageAndInverterExplainGeneration) {
  for (const int number : {5, 7, 10}) {
    const Review review = reviewed_month(number);
    const auto inverter =
        inverter_wh("2026-" + std::string(number < 10 ? "0" : "") + std::to_string(number));
    ASSERT_GT(review.places.size(), 70U);
    EXPECT_EQ(review.untold, 0U);
    MeteredEnergy outage;
    for (const ReviewedPlace& place : review.places) {
      expect_sums(place);
      if (place.settled.made.mwh > 0) {
        const double otherwise_wh =
            static_cast<double>(part(place.difference, settle::Reason::made_otherwise).energy.mwh) /
            1000.0;
        EXPECT_NEAR(otherwise_wh, -inverter.at(place.household), hidden_wh(place.household))
            << place.household << " in month " << number;
      }
      outage += part(place.difference, settle::Reason::outage).energy;
    }
    expect_sums(review.village);
    EXPECT_EQ(outage.mwh < 0, number == 7);
    EXPECT_EQ(review.left_out.size(), number == 10 ? 1U : 0U);  // H048 has no register
  }
}

TEST(AgainstPlanReview, LeasedPlantsAreTheirOwners) {
  const Review review = reviewed_month(10);
  const auto plant = std::ranges::find_if(review.places, [](const ReviewedPlace& place) {
    return place.household == "H001" && place.holder == "C1";
  });
  ASSERT_NE(plant, review.places.end());
  EXPECT_GT(plant->settled.earned.fen, 0);
  EXPECT_EQ(plant->settled.bought.mwh, 0);
  const auto home = std::ranges::find_if(review.places, [](const ReviewedPlace& place) {
    return place.household == "H001" && place.holder == "H001";
  });
  ASSERT_NE(home, review.places.end());
  EXPECT_EQ(home->settled.made.mwh, 0);
  EXPECT_GT(home->settled.paid.fen, 0);
}

TEST(AgainstPlanReview, TheLargestComeFirst) {
  const Review review = reviewed_month(10);
  const auto largest = largest_differences(review, 5);
  ASSERT_EQ(largest.size(), 5U);
  for (const ReviewedPlace& place : review.places) {
    const bool is_shown = std::ranges::find(largest, &place) != largest.end();
    EXPECT_TRUE(is_shown || std::llabs(place.difference.money.fen) <=
                                std::llabs(largest.back()->difference.money.fen));
  }
}

TEST(AgainstPlanReview, EveryErrorOfTheReasonsIsToldAtOnce) {
  const auto read = read_reasons(
      "household,month,weather_ratio,outage_generation_wh,note\n"
      "H001,2026-10,0.95,0,\n"
      "H999,2026-10,0.95,0,\n"
      "H002,October,0.95,0,\n"
      "H003,2026-10,dull,-5,\n"
      "H001,2026-10,0.95,0,\n",
      "reasons.csv", wanted(10));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().size(), 5U);
  EXPECT_EQ(read.error()[0].where.line, 3);
  const auto good =
      read_reasons("household,month,weather_ratio\nH001,2026-10,0.95\n", "reasons.csv", wanted(10));
  ASSERT_TRUE(good);
  EXPECT_EQ(good->at("H001").weather_ppm, 950'000);
  EXPECT_FALSE(good->at("H001").outage);
  EXPECT_FALSE(read_reasons("household,month\nH001,2026-10\n", "reasons.csv", wanted(10)));
}

}  // namespace
}  // namespace xiaoyuan::office::test
