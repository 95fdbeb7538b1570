// Validation, estimation and editing of intervals: every rule of the written procedure by hand, and
// that estimates sum to the registers whatever happens.
#include "readings/estimation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "made.hpp"
#include "readings/shares.hpp"
#include "readings/similar.hpp"

namespace xiaoyuan::readings {
namespace {

const TimeAxis eight_hours{local(2026, 10, 1, 480), std::chrono::hours{1}, 8};  // 08:00–16:00
const TimeAxis whole_day{local(2026, 10, 1), std::chrono::hours{1}, 24};

EstimationInputs inputs() {
  EstimationInputs made;
  made.zone = beijing();
  made.most_w = 12000;
  made.register_step = {10000};
  return made;
}

/// Registers at both ends of an axis that say so many Wh.
std::vector<Anchor> anchors(const TimeAxis& axis, std::int64_t wh_between) {
  return {{axis.start, kwh(100)}, {axis.end(), kwh(100) + MeteredEnergy{wh_between * 1000}}};
}

std::vector<std::int64_t> wh_of(const Intervals& intervals) {
  std::vector<std::int64_t> all;
  for (std::size_t i = 0; i < intervals.axis.size; ++i) {
    all.push_back(intervals.is_missing(i) ? -1 : intervals.at(i).mwh / 1000);
  }
  return all;
}

/// The outcome of the last note of a rule.
Outcome outcome_of(const Estimation& done, Rule rule) {
  const auto found = std::find_if(done.rules.rbegin(), done.rules.rend(),
                                  [&](const RuleNote& note) { return note.rule == rule; });
  EXPECT_NE(found, done.rules.rend());
  return found == done.rules.rend() ? Outcome::failed : found->outcome;
}

TEST(Estimation, WhatIsWholeIsLeftAlone) {
  EstimationInputs given = inputs();
  given.anchors = anchors(eight_hours, 3600);
  const Intervals raw = wh(eight_hours, {100, 200, 300, 400, 500, 600, 700, 800});
  const Estimation done = estimate(raw, given);
  EXPECT_EQ(done.version, raw);
  EXPECT_EQ(done.grade, Grade::measured);
  EXPECT_TRUE(done.edits.empty());
  EXPECT_EQ(outcome_of(done, Rule::sum_check), Outcome::passed);
  EXPECT_EQ(outcome_of(done, Rule::spike), Outcome::passed);
  EXPECT_EQ(outcome_of(done, Rule::anchor), Outcome::skipped);
  EXPECT_EQ(outcome_of(done, Rule::generation_window), Outcome::skipped);
}

TEST(Estimation, TwoMissingPointsLieOnALine) {
  const Estimation done =
      estimate(wh(eight_hours, {100, -1, -1, 400, 500, -1, 700, 800}), inputs());
  EXPECT_EQ(wh_of(done.version),
            (std::vector<std::int64_t>{100, 200, 300, 400, 500, 600, 700, 800}));
  EXPECT_EQ(done.grade, Grade::estimated);
  ASSERT_EQ(done.edits.size(), 3U);
  EXPECT_EQ(done.edits[0].made_by, Rule::linear);
  EXPECT_FALSE(done.edits[0].before.has_value());
}

TEST(Estimation, EstimatesSumToTheRegisters) {
  EstimationInputs given = inputs();
  given.anchors = anchors(eight_hours, 3601);
  const Estimation done = estimate(wh(eight_hours, {100, -1, -1, 400, 500, -1, 700, 800}), given);
  // 1,101 Wh are left for 200 : 300 : 600; the Wh over goes to the largest remainder.
  EXPECT_EQ(wh_of(done.version),
            (std::vector<std::int64_t>{100, 200, 300, 400, 500, 601, 700, 800}));
  EXPECT_EQ(total(done.version), (MeteredEnergy{3601 * 1000}));
  EXPECT_EQ(outcome_of(done, Rule::anchor), Outcome::acted);
  EXPECT_EQ(outcome_of(done, Rule::sum_check), Outcome::passed);
}

TEST(Estimation, LongerHolesOfGenerationFollowTheRegion) {
  EstimationInputs given = inputs();
  given.efficiency = RegionalEfficiency{
      .mwh_per_kwp = {100'000, 200'000, 300'000, 400'000, 400'000, 300'000, 200'000, 100'000},
      .capacity_wp = 5000};
  const Intervals raw = wh(eight_hours, {500, -1, -1, -1, -1, 1500, 1000, 500}, Channel::generated);
  EXPECT_EQ(wh_of(estimate(raw, given).version),
            (std::vector<std::int64_t>{500, 1000, 1500, 2000, 2000, 1500, 1000, 500}));
  given.anchors = anchors(eight_hours, 3500 + 3250);  // half of what the region says
  EXPECT_EQ(wh_of(estimate(raw, given).version),
            (std::vector<std::int64_t>{500, 500, 750, 1000, 1000, 1500, 1000, 500}));
  given.efficiency.reset();
  const Estimation without = estimate(raw, given);
  EXPECT_EQ(missing_count(without.version), 4U);
  EXPECT_EQ(without.grade, Grade::missing);
  EXPECT_EQ(outcome_of(without, Rule::regional_efficiency), Outcome::skipped);
  EXPECT_EQ(outcome_of(without, Rule::sum_check), Outcome::passed);
}

TEST(Estimation, OutsideTheWindowGenerationIsSpreadEvenlyFromTheFreeze) {
  EstimationInputs given = inputs();
  std::vector<std::int64_t> values(24, 0);
  for (int hour = 6; hour < 18; ++hour) {
    values[static_cast<std::size_t>(hour)] = 1000;
  }
  for (const int hour : {0, 1, 2, 3, 22}) {
    values[static_cast<std::size_t>(hour)] = -1;
  }
  given.anchors = anchors(whole_day, 12'013);
  const Estimation done = estimate(wh(whole_day, values, Channel::generated), given);
  EXPECT_EQ(wh_of(done.version)[0], 3);  // 13 Wh over five hours
  EXPECT_EQ(wh_of(done.version)[2], 3);
  EXPECT_EQ(wh_of(done.version)[3], 2);
  EXPECT_EQ(wh_of(done.version)[22], 2);
  EXPECT_EQ(total(done.version).mwh, 12'013'000);
  // With a hole inside the window too, what is left belongs there.
  values[12] = -1;
  const Estimation inside = estimate(wh(whole_day, values, Channel::generated), given);
  EXPECT_EQ(wh_of(inside.version)[0], 0);
  EXPECT_EQ(wh_of(inside.version)[12], 1013);
  EXPECT_EQ(outcome_of(inside, Rule::generation_window), Outcome::acted);
}

SimilarDays four_days(const std::vector<std::int64_t>& first_wh) {
  SimilarDays all;
  for (const std::int64_t more : {-30, -10, 10, 30}) {
    std::vector<std::optional<MeteredEnergy>> day;
    for (const std::int64_t value : first_wh) {
      day.emplace_back(MeteredEnergy{(value + more) * 1000});
    }
    all.push_back(day);
  }
  return all;
}

TEST(Estimation, LongerHolesOfImportAreTheMeanOfFourSimilarDays) {
  EstimationInputs given = inputs();
  given.similar = four_days({110, 210, 310, 410, 510, 610, 710, 810});
  const Intervals raw = wh(eight_hours, {100, -1, -1, -1, 500, 600, 700, 800});
  EXPECT_EQ(wh_of(estimate(raw, given).version),
            (std::vector<std::int64_t>{100, 210, 310, 410, 500, 600, 700, 800}));
  given.similar.pop_back();  // three days are not four
  EXPECT_EQ(missing_count(estimate(raw, given).version), 3U);
  EXPECT_EQ(outcome_of(estimate(raw, given), Rule::similar_days), Outcome::skipped);
}

// F_N = F_{N−1} + (generation + import − W), a negative step counts as 0.
TEST(Estimation, LongerHolesOfExportFollowWhatIsLeftOfGeneration) {
  EstimationInputs given = inputs();
  given.similar = four_days({500, 500, 500, 500, 500, 500, 500, 500});
  given.generated = wh(eight_hours, {900, 1200, 400, 700, 900, 900, 900, 900}, Channel::generated);
  given.imported = wh(eight_hours, {0, 0, 50, 10, 0, 0, 0, 0});
  const Intervals raw = wh(eight_hours, {400, -1, -1, -1, 400, 400, 400, 400}, Channel::exported);
  const Estimation done = estimate(raw, given);
  EXPECT_EQ(wh_of(done.version), (std::vector<std::int64_t>{400, 700, 0, 210, 400, 400, 400, 400}));
  given.imported.reset();
  EXPECT_EQ(missing_count(estimate(raw, given).version), 3U);
}

TEST(Estimation, SpikesAndNegativesAreEditedAndListed) {
  Intervals raw = wh(eight_hours, {100, 200, 13'000, 400, 500, 600, 700, 800});
  raw.counts[5] = -600;
  const Estimation done = estimate(raw, inputs());
  EXPECT_EQ(wh_of(done.version),
            (std::vector<std::int64_t>{100, 200, 300, 400, 500, 600, 700, 800}));
  EXPECT_EQ(done.grade, Grade::edited);
  ASSERT_EQ(done.edits.size(), 2U);
  EXPECT_EQ(done.edits[0].taken_out_by, Rule::spike);
  EXPECT_EQ(done.edits[0].made_by, Rule::linear);
  EXPECT_EQ(done.edits[0].before, kwh(13));
  EXPECT_EQ(done.edits[1].taken_out_by, Rule::negative_interval);
  EXPECT_EQ(done.version.quality[5], Quality::edited);
}

TEST(Estimation, IntervalsThatContradictTheRegistersAreRefused) {
  EstimationInputs given = inputs();
  given.anchors = anchors(eight_hours, 3000);
  const Estimation more =
      estimate(wh(eight_hours, {100, 200, 300, 400, 500, 600, 700, 800}), given);
  EXPECT_EQ(more.grade, Grade::refused);
  EXPECT_EQ(outcome_of(more, Rule::sum_check), Outcome::failed);
  // Nothing is left for the holes: they are not filled with less than nothing.
  const Estimation holes =
      estimate(wh(eight_hours, {100, -1, 300, 400, 500, 600, 700, 800}), given);
  EXPECT_EQ(holes.grade, Grade::refused);
  EXPECT_EQ(missing_count(holes.version), 1U);
  given.anchors = anchors(eight_hours, 3610);  // what the register's last digit leaves out
  EXPECT_EQ(estimate(wh(eight_hours, {100, 200, 300, 400, 500, 600, 700, 800}), given).grade,
            Grade::measured);
}

TEST(Estimation, AnAnchorOffTheStepsIsSkippedAndNamed) {
  EstimationInputs given = inputs();
  given.anchors = {{eight_hours.start + std::chrono::minutes{7}, kwh(1)}};
  const Estimation done = estimate(wh(eight_hours, {1, 2, 3, 4, 5, 6, 7, 8}), given);
  EXPECT_EQ(done.rules[2].rule, Rule::anchor);
  EXPECT_EQ(done.rules[2].outcome, Outcome::skipped);
  EXPECT_EQ(outcome_of(done, Rule::sum_check), Outcome::skipped);
}

RC_GTEST_PROP(Estimates, SumToEveryPairOfRegistersExactly, ()) {
  const TimeAxis days{local(2026, 10, 1), std::chrono::minutes{30}, 144};
  EstimationInputs given = inputs();
  const auto channel = *rc::gen::element(Channel::imported, Channel::generated, Channel::exported);
  std::vector<std::int64_t> true_wh;
  for (std::size_t i = 0; i < days.size; ++i) {
    true_wh.push_back(*rc::gen::inRange<std::int64_t>(0, 3000));
  }
  std::vector<std::int64_t> seen = true_wh;
  const auto holes = *rc::gen::inRange(0, 40);
  for (int k = 0; k < holes; ++k) {
    seen[*rc::gen::inRange<std::size_t>(0, days.size)] = -1;
  }
  std::int64_t sum = 1'000'000;
  for (std::size_t i = 0; i <= days.size; ++i) {
    if (i % 48 == 0) {
      given.anchors.push_back({days.at(i), {sum * 1000}});
    }
    sum += i < days.size ? true_wh[i] : 0;
  }
  given.efficiency = RegionalEfficiency{std::vector<std::int64_t>(days.size, 77'000), 6000};
  given.similar =
      SimilarDays(4, std::vector<std::optional<MeteredEnergy>>(days.size, MeteredEnergy{400'000}));
  given.generated = wh(days, true_wh, Channel::generated);
  given.imported = wh(days, true_wh);
  const Estimation done = estimate(wh(days, seen, channel), given);
  RC_ASSERT(missing_count(done.version) == 0U);
  for (std::size_t day = 0; day < 3; ++day) {
    const MeteredEnergy by_registers = given.anchors[day + 1].energy - given.anchors[day].energy;
    RC_ASSERT(sum_of(done.version, day * 48, day * 48 + 48) == by_registers);
  }
  for (std::size_t i = 0; i < days.size; ++i) {
    RC_ASSERT(done.version.counts[i] >= 0);
    RC_ASSERT(seen[i] < 0 || done.version.at(i) == MeteredEnergy{seen[i] * 1000});
  }
  const auto again = estimate(done.version, given);  // nothing is left to do
  RC_ASSERT(again.version == done.version && again.edits.empty());
}

RC_GTEST_PROP(Shares, AddToTheWholeAndStayWithinOneUnit, ()) {
  const auto weights = *rc::gen::container<std::vector<std::int64_t>>(
      rc::gen::inRange<std::int64_t>(0, 1'000'000'000));
  const auto whole = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
  const auto parts = shares(whole, weights);
  if (!weights.empty()) {
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == whole);
  }
  const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  for (std::size_t i = 0; i < parts.size() && sum > 0; ++i) {
    const long double exact = static_cast<long double>(whole) *
                              static_cast<long double>(weights[i]) / static_cast<long double>(sum);
    RC_ASSERT(std::abs(static_cast<long double>(parts[i]) - exact) < 1.001L);
  }
}

TEST(SimilarDays, AreTheNearestOfTheSameKind) {
  // 2026-10-01 is a Thursday. 28 days of noon only, each day's number as its energy.
  const TimeAxis history_axis{local(2026, 10, 1), std::chrono::hours{1}, 24 * 28};
  std::vector<std::int64_t> values(history_axis.size, -1);
  for (std::size_t day = 0; day < 28; ++day) {
    values[day * 24 + 12] = static_cast<std::int64_t>(day + 1);
  }
  const Intervals history = wh(history_axis, values);
  const TimeAxis day{local(2026, 10, 14), std::chrono::hours{1}, 24};  // a Wednesday
  const SimilarDays similar = similar_days(history, day, beijing());
  ASSERT_EQ(similar.size(), similar_day_count);
  std::vector<std::int64_t> noon;
  for (const auto& each : similar) {
    EXPECT_FALSE(each[11].has_value());
    noon.push_back(each[12]->mwh / 1000);
  }
  EXPECT_EQ(noon, (std::vector<std::int64_t>{13, 15, 12, 16}));  // 17 and 18 are a weekend
  const TimeAxis sunday{local(2026, 10, 18), std::chrono::hours{1}, 24};
  EXPECT_EQ((similar_days(history, sunday, beijing())[0][12]), (MeteredEnergy{17'000}));
}

TEST(SimilarDays, UseIsGenerationAndImportLessExport) {
  const Intervals use = used(wh(eight_hours, {900, 900, -1}, Channel::generated),
                             wh(eight_hours, {0, 100, 5}), wh(eight_hours, {300, 0, 5}));
  EXPECT_EQ(wh_of(use), (std::vector<std::int64_t>{600, 1000, -1, -1, -1, -1, -1, -1}));
}

}  // namespace
}  // namespace xiaoyuan::readings
