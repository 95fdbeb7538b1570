// Weather on the axis of a plan: means kept, shapes right, any start, leap years.
#include "weather/resample.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "made.hpp"
#include "sun/position.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::weather {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;
using test::lines_of;

const Weather& beijing_2026() {
  static const Weather weather = *synthetic_year(
      *read_climate(test::project_bytes("share/climates/beijing.toml"), "beijing.toml"), 2026, 1);
  return weather;
}

TimeAxis axis_from(Instant start, minutes step, int days) {
  return {start, step, static_cast<std::size_t>(hours{24 * days} / step)};
}

/// Every step of `coarse` holds the mean of its steps in `fine`.
void expect_means_kept(const std::vector<double>& coarse, const std::vector<double>& fine) {
  const std::size_t count = fine.size() / coarse.size();
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < count; ++j) {
      sum += fine[i * count + j];
    }
    ASSERT_NEAR(sum / static_cast<double>(count), coarse[i], 1e-12 * (1.0 + std::abs(coarse[i])))
        << "step " << i;
  }
}

TEST(OnAxis, SameAxisSameValues) {
  const Weather& source = beijing_2026();
  const auto same = on_axis(source, source.axis);
  ASSERT_TRUE(same) << lines_of(same.error());
  EXPECT_EQ(same->ghi_w_m2, source.ghi_w_m2);
  EXPECT_EQ(same->temperature_c, source.temperature_c);
  EXPECT_EQ(same->pressure_pa, source.pressure_pa);
}

TEST(OnAxis, FinerStepsKeepEveryHoursMean) {
  const Weather& source = beijing_2026();
  for (const minutes step : {minutes{30}, minutes{15}, minutes{5}}) {
    const auto fine = on_axis(source, axis_from(source.axis.start, step, 365));
    ASSERT_TRUE(fine) << lines_of(fine.error());
    expect_means_kept(source.ghi_w_m2, fine->ghi_w_m2);
    expect_means_kept(source.dni_w_m2, fine->dni_w_m2);
    expect_means_kept(source.dhi_w_m2, fine->dhi_w_m2);
    expect_means_kept(source.temperature_c, fine->temperature_c);
    expect_means_kept(source.wind_m_s, fine->wind_m_s);
    expect_means_kept(source.pressure_pa, fine->pressure_pa);
    EXPECT_GE(*std::ranges::min_element(fine->wind_m_s), 0.0);
  }
}

TEST(OnAxis, QuartersRiseThroughAMorningAndNightsStayDark) {
  const Weather& source = beijing_2026();
  const auto fine = on_axis(source, axis_from(source.axis.start, minutes{15}, 365));
  ASSERT_TRUE(fine);
  for (std::size_t day = 0; day < 365; ++day) {
    for (std::size_t quarter = day * 96 + 36; quarter < day * 96 + 39; ++quarter) {  // 9 to 10 h
      EXPECT_LT(fine->ghi_w_m2[quarter], fine->ghi_w_m2[quarter + 1]) << day;
    }
    for (std::size_t quarter = day * 96 + 56; quarter < day * 96 + 59; ++quarter) {  // 14 to 15 h
      EXPECT_GT(fine->ghi_w_m2[quarter], fine->ghi_w_m2[quarter + 1]) << day;
    }
  }
  std::size_t repeated = 0;
  for (std::size_t i = 0; i + 1 < fine->axis.size; ++i) {
    const auto begins = sun::position(fine->axis.at(i), fine->place).apparent_zenith_deg;
    const auto ends = sun::position(fine->axis.at(i + 1), fine->place).apparent_zenith_deg;
    if (std::min(begins, ends) > 90.0) {
      EXPECT_EQ(fine->ghi_w_m2[i] + fine->dni_w_m2[i] + fine->dhi_w_m2[i], 0.0) << i;
    }
    repeated += fine->temperature_c[i] == fine->temperature_c[i + 1] ? 1U : 0U;
  }
  EXPECT_LT(repeated, 5U);
}

TEST(OnAxis, LightWhereTheSunIsDownIsSpreadEvenly) {
  Weather source = beijing_2026();
  source.ghi_w_m2[1] = 8.0;
  const auto fine = on_axis(source, axis_from(source.axis.start, minutes{15}, 1));
  ASSERT_TRUE(fine);
  for (std::size_t quarter = 4; quarter < 8; ++quarter) {
    EXPECT_DOUBLE_EQ(fine->ghi_w_m2[quarter], 8.0);
  }
}

TEST(OnAxis, CoarserStepsAverage) {
  const Weather& source = beijing_2026();
  const auto coarse = on_axis(source, axis_from(source.axis.start, minutes{180}, 365));
  ASSERT_TRUE(coarse);
  expect_means_kept(coarse->ghi_w_m2, source.ghi_w_m2);
  expect_means_kept(coarse->wind_m_s, source.wind_m_s);
}

TEST(OnAxis, YearMayStartInTheLastHourOfJuly) {
  const Weather& source = beijing_2026();
  const Instant start = sys_days{year{2029} / 7 / 31} + hours{15};  // 23:00 in Beijing
  const auto laid = on_axis(source, {start, hours{1}, 8760});
  ASSERT_TRUE(laid) << lines_of(laid.error());
  const std::size_t july_31_23 = 211 * 24 + 23;
  for (std::size_t i = 0; i < 8760; ++i) {
    ASSERT_EQ(laid->ghi_w_m2[i], source.ghi_w_m2[(july_31_23 + i) % 8760]) << i;
    ASSERT_EQ(laid->temperature_c[i], source.temperature_c[(july_31_23 + i) % 8760]) << i;
  }
}

TEST(OnAxis, LeapDayRepeatsTheDayBeforeWithANote) {
  const Weather& source = beijing_2026();
  const Instant start = Instant{sys_days{year{2028} / 1 / 1}} - hours{8};
  const auto laid = on_axis(source, {start, hours{1}, 8784});
  ASSERT_TRUE(laid) << lines_of(laid.error());
  for (std::size_t hour = 0; hour < 24; ++hour) {
    EXPECT_EQ(laid->ghi_w_m2[59 * 24 + hour], source.ghi_w_m2[58 * 24 + hour]);
    EXPECT_EQ(laid->ghi_w_m2[60 * 24 + hour], source.ghi_w_m2[59 * 24 + hour]);
    EXPECT_EQ(laid->ghi_w_m2[365 * 24 + hour], source.ghi_w_m2[364 * 24 + hour]);
  }
  ASSERT_EQ(laid->notes.size(), source.notes.size() + 1);
  EXPECT_NE(laid->notes.back().en.find("29 February"), std::string::npos);
  // A year laid on a leap year has a 29 February of its own and may be laid on again.
  const auto again = on_axis(*laid, {start, hours{1}, 8784});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->ghi_w_m2, laid->ghi_w_m2);
}

TEST(OnAxis, StartBetweenTheSourcesStepsKeepsTheEnergy) {
  Weather source = beijing_2026();
  source.utc_offset = minutes{5 * 60 + 45};  // Kathmandu: hours start at a quarter past in UTC
  source.axis.start = Instant{sys_days{year{2026} / 1 / 1}} - source.utc_offset;
  const auto laid = on_axis(source, {sys_days{year{2026} / 1 / 1}, hours{1}, 8760});
  ASSERT_TRUE(laid) << lines_of(laid.error());
  EXPECT_NEAR(test::mean(laid->ghi_w_m2), test::mean(source.ghi_w_m2), 1e-9);
  EXPECT_NEAR(test::mean(laid->temperature_c), test::mean(source.temperature_c), 1e-9);
}

TEST(OnAxis, MeasuredYearMustCoverTheAxis) {
  Weather measured = beijing_2026();
  measured.typical = false;
  const Instant start = measured.axis.start;
  const auto part = on_axis(measured, {start + hours{48}, minutes{15}, 960});
  ASSERT_TRUE(part) << lines_of(part.error());
  expect_means_kept(std::vector(measured.ghi_w_m2.begin() + 48, measured.ghi_w_m2.begin() + 288),
                    part->ghi_w_m2);
  for (const Instant begin : {start - hours{1}, start + hours{1}}) {
    const auto outside = on_axis(measured, {begin, hours{1}, 8760});
    ASSERT_FALSE(outside);
    EXPECT_NE(
        lines_of(outside.error()).find("goes from 2025-12-31T16:00:00Z to 2026-12-31T16:00:00Z"),
        std::string::npos);
  }
}

TEST(OnAxis, RefusesWhatCannotBeLaid) {
  Weather half = beijing_2026();
  half.axis.size = 4380;
  for (auto* values : {&half.ghi_w_m2, &half.dni_w_m2, &half.dhi_w_m2, &half.temperature_c,
                       &half.wind_m_s, &half.pressure_pa}) {
    values->resize(4380);
  }
  EXPECT_FALSE(on_axis(half, {half.axis.start, hours{1}, 24}));
  const Weather& source = beijing_2026();
  EXPECT_FALSE(on_axis(source, {source.axis.start + std::chrono::seconds{1}, hours{1}, 24}));
}

}  // namespace
}  // namespace xiaoyuan::weather
