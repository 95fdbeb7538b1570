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
    return heat_by_season(pump, weather.temperature_c, times, season_kwh, 1.0).kw;
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
  const auto use = heat_by_season(year.pump, year.weather.temperature_c, year.times, 7000.0, 1.0);
  for (std::size_t i = 0; i < use.kw.size(); ++i) {
    const double cop = coefficient_of_performance(year.pump, year.weather.temperature_c[i]);
    ASSERT_NEAR(use.heat_kw[i], use.kw[i] * cop, 1e-9);
    heat += use.heat_kw[i];
    electricity += use.kw[i];
  }
  EXPECT_EQ(use.auxiliary_kwh, 0.0);
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
      heat_by_season({16.0, 3.0, 0.05}, std::vector{-15.0, 0.0, 7.0, 20.0}, times, 10.0, 0.25).kw;
  // need / COP: 31/1.9, 16/2.65, 9/3.0 and 0
  EXPECT_NEAR(kw[0] / kw[2], (31.0 / 1.9) / 3.0, 1e-12);
  EXPECT_NEAR(kw[1] / kw[2], (16.0 / 2.65) / 3.0, 1e-12);
  EXPECT_EQ(kw[3], 0.0);
  EXPECT_NEAR((kw[0] + kw[1] + kw[2]) * 0.25, 10.0, 1e-12);
  EXPECT_EQ(heat_by_season({}, std::vector{20.0, 16.0, 17.0, 30.0}, times, 10.0, 0.25).kw,
            (std::vector{0.0, 0.0, 0.0, 0.0}));
  EXPECT_EQ(coefficient_of_performance({16.0, 3.0, 0.1}, -40.0), 1.0);
}

/// A house as the shipped assumptions have it, but for its loss.
HeatLoss house_of(double loss_w_per_k) {
  const auto assumed =
      *model::read_assumptions(test::project_bytes("share/assumptions.toml"), "assumptions.toml");
  return {loss_w_per_k, assumed.value("demand.set_point_c"),
          assumed.value("demand.night_set_back_k"), assumed.value("demand.internal_gain_w")};
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(HeatByLoss, HousesOf100SquareMetresUseWhatTheFactsSay) {
  // Facts 6.2: 5,000-10,000 kWh a season for ~100 m2; houses losing 2.5 to 4 W/K on a square metre.
  const BeijingYear year;
  for (const double loss_w_per_k : {250.0, 300.0, 350.0, 400.0}) {
    const auto use = heat_by_loss(year.pump, house_of(loss_w_per_k), year.weather.temperature_c,
                                  year.times, 1.0);
    const double kwh = sum_of(use.kw);
    EXPECT_GE(kwh, 5000.0) << loss_w_per_k;
    EXPECT_LE(kwh, 10000.0) << loss_w_per_k;
    RecordProperty("kwh_at_" + std::to_string(static_cast<int>(loss_w_per_k)), std::to_string(kwh));
    EXPECT_GE(sum_of(use.heat_kw) / kwh, 2.3);
    EXPECT_LE(sum_of(use.heat_kw) / kwh, 2.9);
  }
}

TEST(HeatByLoss, TheHeatIsTheDegreeHoursOfTheSeason) {
  // Without gains the heat is H × the degree hours below the set-point.
  const BeijingYear year;
  HeatPump pump = year.pump;
  pump.season = {1201.0, 228.0};
  const auto use =
      heat_by_loss(pump, {.loss_w_per_k = 300.0}, year.weather.temperature_c, year.times, 1.0);
  double degree_hours = 0.0;
  for (std::size_t i = 0; i < year.times.size(); ++i) {
    if (year.times[i].month == 12 || year.times[i].month <= 2) {
      degree_hours += std::max(0.0, 18.0 - year.weather.temperature_c[i]);
    } else {
      ASSERT_EQ(use.heat_kw[i], 0.0);
    }
  }
  EXPECT_NEAR(sum_of(use.heat_kw), 0.3 * degree_hours, 1e-6);
}

TEST(HeatByLoss, GainsSetBackRatingAndAuxiliaryHeaterByHand) {
  const Zone utc = *Zone::find("UTC");
  // Two half-hours at night (06:00), two by day (07:00).
  const auto times =
      utc.civil({std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + std::chrono::hours{6},
                 std::chrono::minutes{30}, 4});
  const HeatPump pump{.rating_kw = 5.0};
  const HeatLoss house{.loss_w_per_k = 250.0,
                       .set_point_c = 18.0,
                       .night_set_back_k = 4.0,
                       .internal_gain_w = 500.0};
  const auto use = heat_by_loss(pump, house, std::vector{-3.0, 12.5, -3.0, 16.5}, times, 0.5);
  // Needs: 250·17 − 500 = 3750 W; 250·1.5 − 500 < 0; 250·21 − 500 = 4750 W; 250·1.5 − 500 < 0.
  EXPECT_EQ(use.heat_kw, (std::vector{3.75, 0.0, 4.75, 0.0}));
  EXPECT_NEAR(use.kw[0], 3.75 / 2.5, 1e-12);
  EXPECT_NEAR(use.kw[2], 4.75 / 2.5, 1e-12);
  EXPECT_EQ(use.auxiliary_kwh, 0.0);
  // At −23 °C the day's need is 9.75 kW: 5 by the pump at COP 1.5, 4.75 by the auxiliary heater.
  const auto cold = heat_by_loss(pump, house, std::vector{-3.0, -3.0, -23.0, 20.0}, times, 0.5);
  EXPECT_NEAR(cold.heat_kw[2], 9.75, 1e-12);
  EXPECT_NEAR(cold.kw[2], 5.0 / 1.5 + 4.75, 1e-12);
  EXPECT_NEAR(cold.auxiliary_kwh, 4.75 * 0.5, 1e-12);
}

TEST(HeatingSeason, RunsAcrossNewYearOrWithinAYear) {
  const auto on = [](const HeatingSeason& season, int month, int day) {
    return season.holds({2026, static_cast<std::int8_t>(month), static_cast<std::int8_t>(day)});
  };
  const HeatingSeason district{1115.0, 315.0};
  EXPECT_FALSE(on(district, 11, 14));
  EXPECT_TRUE(on(district, 11, 15));
  EXPECT_TRUE(on(district, 12, 31));
  EXPECT_TRUE(on(district, 1, 1));
  EXPECT_TRUE(on(district, 3, 15));
  EXPECT_FALSE(on(district, 3, 16));
  const HeatingSeason autumn{1001.0, 1231.0};
  EXPECT_FALSE(on(autumn, 9, 30));
  EXPECT_TRUE(on(autumn, 12, 31));
  EXPECT_FALSE(on(autumn, 1, 1));
}

}  // namespace
}  // namespace xiaoyuan::demand
