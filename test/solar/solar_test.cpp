// The chain on small worlds: published rows, sums that must close, limits that must hold.
#include "solar/solar.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "solar/days.hpp"
#include "solar/fuentes.hpp"
#include "sun/case_instant.hpp"
#include "sun/decomposition.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::solar {
namespace {

/// Aurora, 1 January 2001, 12:00–13:00: a row of the case solar/aurora_tilt30_south.csv.
weather::Weather noon_in_aurora() {
  weather::Weather hour;
  hour.place = {39.72, -104.75, 1726.0};
  hour.axis = {test::instant_of("2001-01-01T12:00:00-0700"), std::chrono::hours{1}, 1};
  hour.ghi_w_m2 = {475.0};
  hour.dni_w_m2 = {957.0};
  hour.dhi_w_m2 = {39.0};
  hour.temperature_c = {4.0};
  hour.wind_m_s = {3.6};
  hour.pressure_pa = {81600.0};
  return hour;
}

double poa(const Sky& sky, Transposition by, const Plane& plane) {
  return incident(sky, sky.diffuse_by(by), 0, Facing(plane, 0.2)).total_w_m2();
}

TEST(Solar, ARowOfTheCaseHolds) {
  const Sky sky = sky_over(noon_in_aurora());
  const Plane south{30.0, 180.0};
  EXPECT_NEAR(poa(sky, Transposition::isotropic, south), 842.518149, 1e-3);
  EXPECT_NEAR(poa(sky, Transposition::hay_davies, south), 866.413202, 1e-3);
  EXPECT_NEAR(poa(sky, Transposition::perez, south), 862.855481, 1e-3);
  EXPECT_NEAR(cell_temperature_c(sky, Mount::close_roof_glass_glass, {866.413202})[0], 42.010401,
              1e-5);
  EXPECT_NEAR(cell_temperature_c(sky, Mount::faiman, {866.413202})[0], 21.45956, 1e-5);
  EXPECT_NEAR(cell_temperature_c(sky, Mount::pvsyst, {866.413202})[0], 28.199817, 1e-5);
  const std::vector<ArraySpec> planes = {{.plane = south,
                                          .capacity_kwp = 5.0,
                                          .temperature_coefficient_per_k = -0.004,
                                          .incidence = Incidence::none}};
  const PvYield yield = pv_yield(sky, planes, {.ac_rating_kw = 5.0, .efficiency = 0.96});
  EXPECT_NEAR(yield.waterfall.at(Stage::dc), 4.037305283, 1e-5);
  EXPECT_NEAR(yield.ac.values[0], 3.883579416, 1e-5);
}

TEST(Solar, GlassAndErbsHoldOnRowsOfTheCase) {
  constexpr double rad_per_deg = std::numbers::pi / 180.0;
  EXPECT_NEAR(incidence_modifier(Glass{}, std::cos(33.310989 * rad_per_deg)), 0.996794, 1e-6);
  EXPECT_NEAR(incidence_modifier(Glass{}, std::cos(83.5077 * rad_per_deg)), 0.483694, 1e-5);
  EXPECT_DOUBLE_EQ(incidence_modifier(Glass{}, 1.0), 1.0);
  EXPECT_NEAR(incidence_modifier(Glass{}, -0.5), 0.0, 1e-12);
  const sun::Decomposition split = sun::erbs(475.0, 62.987197, 1413.981805);
  EXPECT_NEAR(split.dni_w_m2, 844.315007, 1e-3);
  EXPECT_NEAR(split.dhi_w_m2, 91.520921, 1e-3);
}

TEST(Solar, ALevelPlaneSeesTheGlobalLight) {
  const weather::Weather days = test::two_days();
  const Sky sky = sky_over(days);
  const Facing level({0.0, 180.0}, 0.2);
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    for (const auto by : {Transposition::isotropic, Transposition::hay_davies}) {
      if (sky.sun_up[k] < 0.02) {
        continue;  // where Hay-Davies holds its divisor
      }
      EXPECT_NEAR(incident(sky, sky.diffuse_by(by), k, level).total_w_m2(), sky.ghi_w_m2[k], 0.1);
    }
  }
}

TEST(Solar, TwoHalvesOfAPlaneAreThePlane) {
  const Sky sky = sky_over(test::two_days());
  ArraySpec whole;
  whole.plane = {20.0, 180.0};
  whole.capacity_kwp = 8.0;
  ArraySpec half = whole;
  half.capacity_kwp = 4.0;
  const Series<Power> one =
      ac_power(sky, std::vector{whole}, {.ac_rating_kw = 7.0, .efficiency = 0.97});
  const Series<Power> two =
      ac_power(sky, std::vector{half, half}, {.ac_rating_kw = 7.0, .efficiency = 0.97});
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_NEAR(one.values[i], two.values[i], 1e-12);
  }
}

TEST(Solar, NoPlanesMakeNoPowerAndNeedNoInverter) {
  const Sky sky = sky_over(test::two_days());
  const Series<Power> ac = ac_power(sky, {}, {});
  EXPECT_EQ(ac.size(), 96U);
  EXPECT_EQ(total(ac).value, 0.0);
}

TEST(Solar, FuentesReachesItsNominalTemperature) {
  // INOCT is defined at 800 W/m², 20 °C and 1 m/s at the module, 5 m up.
  for (const double nominal_c : {45.0, 49.0}) {
    ThermalModule module(nominal_c, 1.0);
    const double wind_m_s = std::pow(9.144 / 5.0, 0.2);
    double cell_c = 0.0;
    for (int hour = 0; hour < 12; ++hour) {
      cell_c = module.after({800.0, wind_m_s, 20.0});
    }
    EXPECT_NEAR(cell_c, nominal_c, 0.1);
  }
}

TEST(Solar, TheMiddleOfTheDaylightHasTheSunUp) {
  weather::Weather days = test::two_days();
  days.axis.step = std::chrono::hours{1};
  const Sky sky = sky_over(days, SunMoment::daylight_middle);
  const Sky plain = sky_over(days);
  std::size_t moved = 0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const sun::Position at = sun::position(days.axis.at(sky.steps[k]), days.place);
    const sun::Position after = sun::position(days.axis.at(sky.steps[k] + 1), days.place);
    if ((at.zenith_deg < 90.0) != (after.zenith_deg < 90.0)) {
      EXPECT_GT(sky.sun_up[k], 0.0);
      ++moved;
    } else {
      EXPECT_EQ(sky.sun_up[k], plain.sun_up[k]);
    }
  }
  EXPECT_GT(moved, 0U);
}

}  // namespace
}  // namespace xiaoyuan::solar
