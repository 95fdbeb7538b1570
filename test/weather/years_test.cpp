// Many years: those of a record, and those drawn around a climate.
#include "weather/years.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "made_formats.hpp"
#include "support/cases.hpp"
#include "weather/reader.hpp"
#include "weather/resample.hpp"
#include "weather/variation.hpp"

namespace xiaoyuan::weather {
namespace {

using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::year;
using test::lines_of;

Weather record(int from_year, int years) {
  const auto mark = [](int row, test::Cells& cells) {
    cells[7] = fmt::format("{:.3f}", static_cast<double>(row % 5000) / 1000.0);
  };
  auto weather = read_weather(
      test::made_nasa_power({.from_year = from_year, .years = years, .change = mark}), "power.csv");
  EXPECT_TRUE(weather) << lines_of(weather.error());
  return *weather;
}

TEST(Years, ARecordKnowsTheYearsThatItCovers) {
  Weather weather = record(2015, 3);
  EXPECT_FALSE(weather.typical);
  EXPECT_EQ(whole_years(weather), (std::vector<int>{2015, 2016, 2017}));
  weather.utc_offset += hours{1};  // its first local year now begins before the record
  EXPECT_EQ(whole_years(weather), (std::vector<int>{2016, 2017}));
  weather.utc_offset += std::chrono::minutes{30};  // midnight is in the middle of a step
  EXPECT_TRUE(whole_years(weather).empty());
  weather.typical = true;
  EXPECT_TRUE(whole_years(weather).empty());
}

TEST(Years, AYearOfARecordMayBeLaidOnAnyPlanYear) {
  const Weather weather = record(2015, 2);
  const Weather leap = year_of(weather, 2016);
  EXPECT_TRUE(leap.typical);
  ASSERT_EQ(leap.axis.size, 8784U);
  EXPECT_EQ(leap.temperature_c.front(), weather.temperature_c[8760]);
  EXPECT_EQ(leap.source, "NASA POWER: 39.8, 116.47, 2016");
  const auto on_2027 =
      on_axis(leap, {Instant{sys_days{year{2027} / 1 / 1}} - hours{8}, hours{1}, 8760});
  ASSERT_TRUE(on_2027) << lines_of(on_2027.error());
  EXPECT_EQ(on_2027->temperature_c[59 * 24], leap.temperature_c[60 * 24]);  // 1 March
  const Weather usual = year_of(weather, 2015);
  const auto on_2028 =
      on_axis(usual, {Instant{sys_days{year{2028} / 1 / 1}} - hours{8}, hours{1}, 8784});
  ASSERT_TRUE(on_2028) << lines_of(on_2028.error());
  EXPECT_EQ(on_2028->temperature_c[59 * 24], usual.temperature_c[58 * 24]);
  EXPECT_NE(on_2028->notes.back().en.find("29 February"), std::string::npos);
}

Climate beijing_climate() {
  return *read_climate(test::project_bytes("share/climates/beijing.toml"), "beijing.toml");
}

double year_ghi(const Climate& climate) {
  return std::accumulate(climate.ghi_kwh_m2_day.begin(), climate.ghi_kwh_m2_day.end(), 0.0);
}

TEST(Variation, YearsSpreadAsAsked) {
  const Climate climate = beijing_climate();
  constexpr int seeds = 400;
  constexpr double spread = 0.045;
  double sum = 0.0, squares = 0.0, june = 0.0;
  for (int seed = 0; seed < seeds; ++seed) {
    const Climate drawn = varied(climate, spread, static_cast<std::uint64_t>(seed));
    const double anomaly = year_ghi(drawn) / year_ghi(climate) - 1.0;
    sum += anomaly;
    squares += anomaly * anomaly;
    june += std::pow(drawn.ghi_kwh_m2_day[5] / climate.ghi_kwh_m2_day[5] - 1.0, 2.0);
    for (std::size_t month = 0; month < 12; ++month) {
      ASSERT_LE(drawn.dhi_kwh_m2_day[month], drawn.ghi_kwh_m2_day[month]);
      ASSERT_GE((*drawn.dni_kwh_m2_day)[month] + 1e-12,
                drawn.ghi_kwh_m2_day[month] - drawn.dhi_kwh_m2_day[month]);
    }
    EXPECT_EQ(drawn.t_mean_c, climate.t_mean_c);
  }
  const double deviation = std::sqrt(squares / seeds - std::pow(sum / seeds, 2.0));
  // Three standard errors: s/√(2n) of a deviation, s/√n of a mean.
  EXPECT_NEAR(deviation, spread, 3.0 * spread / std::sqrt(2.0 * seeds));
  EXPECT_NEAR(sum / seeds, 0.0, 3.0 * spread / std::sqrt(1.0 * seeds));
  EXPECT_GT(std::sqrt(june / seeds), 1.5 * spread);  // a month varies more than a year
}

TEST(Variation, ABrighterMonthIsLessDiffuse) {
  const Climate climate = beijing_climate();
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Climate drawn = varied(climate, 0.05, seed);
    for (std::size_t month = 0; month < 12; ++month) {
      const bool brighter = drawn.ghi_kwh_m2_day[month] > climate.ghi_kwh_m2_day[month];
      const double was = climate.dhi_kwh_m2_day[month] / climate.ghi_kwh_m2_day[month];
      const double now = drawn.dhi_kwh_m2_day[month] / drawn.ghi_kwh_m2_day[month];
      EXPECT_TRUE(brighter ? now <= was : now >= was) << seed << ", month " << month + 1;
    }
  }
}

TEST(Variation, EachDrawnClimateGivesAYearAndNoSpreadTheSame) {
  const Climate climate = beijing_climate();
  const Climate same = varied(climate, 0.0, 7);
  for (std::size_t month = 0; month < 12; ++month) {
    EXPECT_DOUBLE_EQ(same.ghi_kwh_m2_day[month], climate.ghi_kwh_m2_day[month]);
    EXPECT_DOUBLE_EQ(same.dhi_kwh_m2_day[month], climate.dhi_kwh_m2_day[month]);
    EXPECT_DOUBLE_EQ((*same.dni_kwh_m2_day)[month], (*climate.dni_kwh_m2_day)[month]);
  }
  EXPECT_EQ(varied(climate, 0.05, 3).ghi_kwh_m2_day, varied(climate, 0.05, 3).ghi_kwh_m2_day);
  EXPECT_NE(varied(climate, 0.05, 3).ghi_kwh_m2_day, varied(climate, 0.05, 4).ghi_kwh_m2_day);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Climate drawn = varied(climate, 0.06, seed);
    const auto made = synthetic_year(drawn, 2026, seed);
    ASSERT_TRUE(made) << lines_of(made.error());
    EXPECT_NEAR(test::climate_of(*made).ghi_kwh_m2_day[5], drawn.ghi_kwh_m2_day[5], 1e-9);
  }
}

}  // namespace
}  // namespace xiaoyuan::weather
