// The chain on small worlds: published rows, sums that must close, limits that must hold.
#include "solar/solar.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

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

/// Two days of plausible light whose parts add up, with a step of half an hour.
weather::Weather two_days() {
  weather::Weather days;
  days.place = {34.5, 113.0, 200.0};
  days.axis = {test::instant_of("2026-05-31T16:00:00Z"), std::chrono::minutes{30}, 96};
  for (std::size_t i = 0; i < days.axis.size; ++i) {
    const sun::Position at = sun::position(days.axis.middle(i), days.place);
    const double up = std::cos(at.apparent_zenith_deg * std::numbers::pi / 180.0);
    const double dni = up > 0.0 ? (i < 48 ? 850.0 : 120.0) * std::sqrt(up) : 0.0;
    const double dhi = up > 0.0 ? (i < 48 ? 90.0 : 300.0) * up : 0.0;
    days.dni_w_m2.push_back(dni);
    days.dhi_w_m2.push_back(dhi);
    days.ghi_w_m2.push_back(up > 0.0 ? dni * up + dhi : 0.0);
    days.temperature_c.push_back(24.0 + 6.0 * up);
    days.wind_m_s.push_back(2.0);
    days.pressure_pa.push_back(99000.0);
  }
  return days;
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
  const std::vector<ArraySpec> planes = {{.plane = south,
                                          .capacity_kwp = 5.0,
                                          .temperature_coefficient_per_k = -0.004,
                                          .loss_fraction = 0.0,
                                          .glass = std::nullopt}};
  const PvYield yield = pv_yield(sky, planes, {5.0, 0.96});
  EXPECT_NEAR(yield.dc.value, 4.037305283, 1e-5);
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
  const weather::Weather days = two_days();
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

TEST(Solar, EveryKilowattHourIsAccountedFor) {
  const Sky sky = sky_over(two_days());
  std::vector<ArraySpec> planes(2);
  planes[0].plane = {25.0, 110.0};
  planes[0].capacity_kwp = 4.0;
  planes[0].glass = Glass{};
  planes[1].plane = {10.0, 290.0};
  planes[1].capacity_kwp = 6.0;
  planes[1].transposition = Transposition::perez;
  planes[1].mount = Mount::pvwatts_roof;
  const PvYield yield = pv_yield(sky, planes, {5.5, 0.97});
  const PvLosses& lost = yield.losses;
  const Energy left = lost.nominal - lost.incidence - lost.temperature - lost.system;
  EXPECT_NEAR(left.value, yield.dc.value, 1e-9);
  EXPECT_NEAR((left - lost.inverter - lost.clipped).value, total(yield.ac).value, 1e-9);
  EXPECT_GT(lost.incidence.value, 0.0);
  EXPECT_GT(lost.clipped.value, 0.0);
  EXPECT_NEAR(4.0 * yield.poa_kwh_m2[0] + 6.0 * yield.poa_kwh_m2[1], lost.nominal.value, 1e-9);
  for (std::size_t i = 0; i < yield.ac.size(); ++i) {
    EXPECT_GE(yield.ac.values[i], 0.0);
    EXPECT_LE(yield.ac.values[i], 5.5);
  }
  EXPECT_EQ(yield.ac.values[0], 0.0);  // midnight in China
}

TEST(Solar, TwoHalvesOfAPlaneAreThePlane) {
  const Sky sky = sky_over(two_days());
  ArraySpec whole;
  whole.plane = {20.0, 180.0};
  whole.capacity_kwp = 8.0;
  ArraySpec half = whole;
  half.capacity_kwp = 4.0;
  const Series<Power> one = ac_power(sky, std::vector{whole}, {7.0, 0.97});
  const Series<Power> two = ac_power(sky, std::vector{half, half}, {7.0, 0.97});
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_NEAR(one.values[i], two.values[i], 1e-12);
  }
}

TEST(Solar, NoPlanesMakeNoPowerAndNeedNoInverter) {
  const Sky sky = sky_over(two_days());
  const Series<Power> ac = ac_power(sky, {}, {0.0, 0.96});
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
  weather::Weather days = two_days();
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
