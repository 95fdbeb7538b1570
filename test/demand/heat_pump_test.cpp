// The heat pump against what was measured in Beijing's villages, on the shipped climate.
//
// Daily course: doi 10.1080/23744731.2020.1746152 (largest 03–07 h, least 13–15 h in January).
// Season's COP: 2.3–2.9 for 煤改电 air-source heat pumps.
#include "demand/heat_pump.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "model/assumption.hpp"
#include "support/cases.hpp"
#include "weather/climate.hpp"

namespace xiaoyuan::demand {
namespace {

struct BeijingYear {
  weather::Weather weather;
  std::vector<Civil> times;
  HeatPump pump;

  BeijingYear() {
    const auto climate =
        weather::read_climate(test::project_bytes("share/climates/beijing.toml"), "beijing.toml");
    weather = *weather::synthetic_year(*climate, 2026, 1);
    times = Zone::find("Asia/Shanghai")->civil(weather.axis);
    const auto assumed =
        *model::read_assumptions(test::project_bytes("share/assumptions.toml"), "assumptions.toml");
    pump = {assumed.value("demand.heating_base_c"), assumed.value("demand.cop_at_7c"),
            assumed.value("demand.cop_per_k")};
  }
  std::vector<double> kw(double season_kwh) const {
    return heat_pump_kw(pump, weather.temperature_c, times, season_kwh, 1.0);
  }
};

TEST(HeatPump, TheMeanJanuaryDayIsThatOfBeijingsVillages) {
  const BeijingYear year;
  const auto kw = year.kw(7000.0);
  std::array<double, 24> mean{};
  for (std::size_t i = 0; i < kw.size(); ++i) {
    if (year.times[i].month == 1) {
      mean[static_cast<std::size_t>(year.times[i].hour())] += kw[i] / 31.0;
    }
  }
  const auto most = std::ranges::max_element(mean) - mean.begin();
  const auto least = std::ranges::min_element(mean) - mean.begin();
  EXPECT_GE(most, 3);
  EXPECT_LT(most, 7);
  EXPECT_GE(least, 13);
  EXPECT_LT(least, 15);
  RecordProperty("most", static_cast<int>(most));
  RecordProperty("least", static_cast<int>(least));
}

TEST(HeatPump, TheSeasonsCopIsThatOfTheFacts) {
  const BeijingYear year;
  double heat = 0.0;
  double electricity = 0.0;
  const auto kw = year.kw(7000.0);
  for (std::size_t i = 0; i < kw.size(); ++i) {
    heat += kw[i] * coefficient_of_performance(year.pump, year.weather.temperature_c[i]);
    electricity += kw[i];
  }
  EXPECT_GE(heat / electricity, 2.3);
  EXPECT_LE(heat / electricity, 2.9);
  RecordProperty("season_cop", std::to_string(heat / electricity));
}

TEST(HeatPump, TheSeasonsEnergyIsTheGivenOneAndSummerIsStill) {
  const BeijingYear year;
  const auto kw = year.kw(7123.4);
  EXPECT_NEAR(std::accumulate(kw.begin(), kw.end(), 0.0), 7123.4, 7123.4e-9);
  for (std::size_t i = 0; i < kw.size(); ++i) {
    ASSERT_GE(kw[i], 0.0);
    if (year.times[i].month >= 4 && year.times[i].month <= 10) {
      ASSERT_EQ(kw[i], 0.0) << i;
    }
  }
}

TEST(HeatPump, ColderMeansMoreAndWarmMeansNothing) {
  const Zone utc = *Zone::find("UTC");
  const auto times = utc.civil(
      {std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}, std::chrono::minutes{15}, 4});
  const auto kw =
      heat_pump_kw({16.0, 3.0, 0.05}, std::vector{-15.0, 0.0, 7.0, 20.0}, times, 10.0, 0.25);
  // need / COP: 31/1.9, 16/2.65, 9/3.0 and 0
  EXPECT_NEAR(kw[0] / kw[2], (31.0 / 1.9) / 3.0, 1e-12);
  EXPECT_NEAR(kw[1] / kw[2], (16.0 / 2.65) / 3.0, 1e-12);
  EXPECT_EQ(kw[3], 0.0);
  EXPECT_NEAR((kw[0] + kw[1] + kw[2]) * 0.25, 10.0, 1e-12);
  EXPECT_EQ(heat_pump_kw({}, std::vector{20.0, 16.0, 17.0, 30.0}, times, 10.0, 0.25),
            (std::vector{0.0, 0.0, 0.0, 0.0}));
  EXPECT_EQ(coefficient_of_performance({16.0, 3.0, 0.1}, -40.0), 1.0);
}

}  // namespace
}  // namespace xiaoyuan::demand
