// Stages that can be chosen: published values, and what each takes from what reaches it.
#include <gtest/gtest.h>

#include "solar/days.hpp"
#include "solar/names.hpp"

namespace xiaoyuan::solar {
namespace {

constexpr double rad_of_deg = std::numbers::pi / 180.0;

/// Sky light of Klucher on a plane of 40° to the south.
double klucher_w_m2(double dhi, double ghi, double zenith_deg, double azimuth_deg) {
  const DiffuseParts parts =
      diffuse_parts({.apparent_zenith_deg = zenith_deg, .dhi_w_m2 = dhi, .ghi_w_m2 = ghi},
                    Transposition::klucher);
  Sky sky;
  sky.sun_east = {std::sin(zenith_deg * rad_of_deg) * std::sin(azimuth_deg * rad_of_deg)};
  sky.sun_north = {std::sin(zenith_deg * rad_of_deg) * std::cos(azimuth_deg * rad_of_deg)};
  sky.sun_up = {std::cos(zenith_deg * rad_of_deg)};
  sky.ghi_w_m2 = {ghi};
  sky.dni_w_m2 = {0.0};
  const DiffuseSteps steps{{parts.circumsolar_w_m2},
                           {parts.dome_w_m2},
                           {parts.horizon_w_m2},
                           {parts.brightening},
                           {parts.near_sun}};
  return incident(sky, steps, 0, Facing({40.0, 180.0}, 0.0)).total_w_m2();
}

TEST(Stages, KlucherHoldsPublishedValues) {
  // pvlib's tests of irradiance.klucher; the second sun stands behind the plane.
  EXPECT_NEAR(klucher_w_m2(100.0, 900.0, 20.0, 180.0), 94.99429931664851, 1e-9);
  EXPECT_NEAR(klucher_w_m2(40.46149818, 79.73860422, 82.97705621, 66.71410338), 36.789794, 1e-5);
  EXPECT_EQ(klucher_w_m2(0.0, 0.0, 95.0, 0.0), 0.0);
  // Overcast, F = 0: the isotropic sky. More diffuse than global light is overcast too.
  EXPECT_NEAR(klucher_w_m2(100.0, 100.0, 20.0, 180.0), 88.30222215594891, 1e-9);
  EXPECT_NEAR(klucher_w_m2(100.0, 90.0, 20.0, 180.0), 88.30222215594891, 1e-9);
}

TEST(Stages, PvsystTemperatureHoldsPublishedValues) {
  // pvlib's tests of temperature.pvsyst_cell: 900 W/m², 20 °C, 5 m/s.
  EXPECT_NEAR(20.0 + 900.0 * heating_k_m2_per_w(Mount::pvsyst, 5.0), 45.137, 0.002);
  const PvsystModule windy{.constant_w_m2_k = 23.5, .by_wind_w_s_m3_k = 6.25};
  EXPECT_NEAR(20.0 + 900.0 * heating_k_m2_per_w(windy, 5.0), 33.315, 0.002);
  EXPECT_NEAR(heating_k_m2_per_w(Mount::pvsyst_insulated, 3.0), 0.81 / 15.0, 1e-12);
}

TEST(Stages, AFlatInverterTakesTheSameShareAtEveryLoad) {
  const InverterSpec flat{.ac_rating_kw = 5.0, .efficiency = 0.96, .curve = InverterCurve::flat};
  EXPECT_DOUBLE_EQ(ac_power_kw(flat, 0.01), 0.0096);
  EXPECT_DOUBLE_EQ(ac_power_kw(flat, 4.0), 3.84);
  EXPECT_DOUBLE_EQ(ac_power_kw(flat, 8.0), 5.0);
}

TEST(Stages, AnInvertersPointsAreJoinedByStraightLines) {
  const auto points = parse_efficiency("0.1:0.92 0.5:0.98 1:0.97");
  ASSERT_TRUE(points);
  const InverterSpec curve{.ac_rating_kw = 9.7,
                           .efficiency = 0.97,
                           .curve = InverterCurve::points,
                           .points = *points};  // rated at 10 kW of direct current
  EXPECT_NEAR(unclipped_ac_kw(curve, 0.5), 0.5 * 0.92, 1e-12);
  EXPECT_NEAR(unclipped_ac_kw(curve, 1.0), 1.0 * 0.92, 1e-12);
  EXPECT_NEAR(unclipped_ac_kw(curve, 3.0), 3.0 * 0.95, 1e-12);
  EXPECT_NEAR(unclipped_ac_kw(curve, 5.0), 5.0 * 0.98, 1e-12);
  EXPECT_NEAR(unclipped_ac_kw(curve, 7.5), 7.5 * 0.975, 1e-12);
  EXPECT_NEAR(unclipped_ac_kw(curve, 12.0), 12.0 * 0.97, 1e-12);
  EXPECT_EQ(unclipped_ac_kw(curve, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(ac_power_kw(curve, 12.0), 9.7);
}

TEST(Stages, AnInvertersPointsAreReadWithAllTheirErrors) {
  const auto bad = parse_efficiency("0.1:0.92 0.05:97");
  ASSERT_FALSE(bad);
  ASSERT_EQ(bad.error().size(), 1U);
  EXPECT_EQ(message(bad.error()[0], Language::english),
            "efficiency in \"0.05:97\": expected a number from 0 to 1, found \"97\"");
  const auto none = parse_efficiency("", {"village.toml", 9, "inverter.points"});
  ASSERT_FALSE(none);
  EXPECT_EQ(message(none.error()[0], Language::english),
            "village.toml:9: inverter.points: expected at least one point of load:efficiency like "
            "0.3:0.97");
}

TEST(Stages, EveryModelHasItsName) {
  EXPECT_EQ(names_of(Mount{}).size(), 9U);
  EXPECT_EQ(name_of(Mount::pvwatts_roof), "pvwatts_roof");
  EXPECT_EQ(name_of(Mount::pvsyst), "pvsyst");
  EXPECT_EQ(names_of(Transposition{}).size(), std::size_t{transpositions});
  EXPECT_EQ(name_of(Transposition::klucher), "klucher");
  EXPECT_EQ(name_of(Incidence::martin_ruiz), "martin_ruiz");
  EXPECT_EQ(name_of(InverterCurve::points), "points");
  EXPECT_EQ(names_of(Stage{}).size(), stages);
  EXPECT_EQ(name_of(Stage::near_shading), "near_shading");
  EXPECT_EQ(name_of(Stage::ac), "ac");
}

}  // namespace
}  // namespace xiaoyuan::solar
