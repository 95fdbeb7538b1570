// The sun's place, held to the report that defines the algorithm and to 300 random moments.
#include "sun/position.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sun/case_instant.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::sun {
namespace {

constexpr double tolerance_deg = 1e-4;

struct Moment {
  const char* stamp;
  Place place;
  double temperature_c;
  Position expected;
};

// Rows of the case solar/sun_position_300.csv (computed with pvlib's SPA).
const Moment moments[] = {
    {"2049-07-04T14:51:33Z",
     {67.533654604, -133.015032317, 4032.316601441},
     -26.959911319,
     {69.511014398, 69.464759612, 79.726897115, -4.609029336}},
    {"2007-10-26T05:46:17Z",
     {68.052154971, -170.959324088, 2363.054467681},
     39.323992798,
     {104.999812373, 104.999812373, 274.242313531, 15.973248122}},
    {"2098-03-04T23:00:16Z",
     {10.350085849, 16.9438939, 3375.716220104},
     -0.583042871,
     {175.515311838, 175.515311838, 349.42097415, -11.34797974}},
    {"2047-11-10T08:39:56Z",
     {44.22340373, -22.261395465, 2787.074603193},
     -12.622293747,
     {87.242160572, 87.007526477, 117.318724096, 16.155326542}},
    {"1998-06-14T03:07:35Z",
     {11.246432208, 98.332944726, 2922.015248606},
     -25.971882097,
     {35.2211913, 35.208856075, 65.412959329, -0.124065782}},
    {"2075-11-15T02:11:06Z",
     {12.064447364, 64.300758015, 1895.17780484},
     -13.795174434,
     {83.683704252, 83.551377864, 110.465651599, 15.524048342}},
};

double angle_between(double a_deg, double b_deg) {
  return std::abs(std::remainder(a_deg - b_deg, 360.0));
}

void expect_near(const Position& found, const Position& expected, const std::string& what) {
  EXPECT_NEAR(found.zenith_deg, expected.zenith_deg, tolerance_deg) << what;
  EXPECT_NEAR(found.apparent_zenith_deg, expected.apparent_zenith_deg, tolerance_deg) << what;
  EXPECT_LT(angle_between(found.azimuth_deg, expected.azimuth_deg), tolerance_deg) << what;
  EXPECT_NEAR(found.equation_of_time_min, expected.equation_of_time_min, tolerance_deg) << what;
}

TEST(Position, IsTheReportsExample) {
  // NREL/TP-560-34302, table A5.1: 17 October 2003, 12:30:30 in Golden, Colorado.
  const Position found = position(test::instant_of("2003-10-17T12:30:30-0700"),
                                  {39.742476, -105.1786, 1830.14}, {82000.0, 11.0}, 67.0);
  EXPECT_NEAR(found.apparent_zenith_deg, 50.11162, 1e-5);
  EXPECT_NEAR(found.azimuth_deg, 194.34024, 1e-5);
}

TEST(Position, HoldsOnSixMomentsOfTheCase) {
  for (const Moment& moment : moments) {
    expect_near(position(test::instant_of(moment.stamp), moment.place,
                         {91192.5, moment.temperature_c}, 67.0),
                moment.expected, moment.stamp);
  }
}

TEST(Position, HoldsOnThreeHundredMoments) {
  CASE_OR_SKIP(bytes, "solar/sun_position_300.csv");
  const test::Columns rows(bytes);
  const auto& stamps = rows.text("time_utc");
  const auto latitude = rows.numbers("lat"), longitude = rows.numbers("lon");
  const auto elevation = rows.numbers("alt_m"), temperature = rows.numbers("temp_C");
  const auto zenith = rows.numbers("zenith"), apparent = rows.numbers("apparent_zenith");
  const auto azimuth = rows.numbers("azimuth"), equation = rows.numbers("eot_min");
  ASSERT_EQ(stamps.size(), 300U);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    expect_near(position(test::instant_of(stamps[i]), {latitude[i], longitude[i], elevation[i]},
                         {91192.5, temperature[i]}, 67.0),
                {zenith[i], apparent[i], azimuth[i], equation[i]}, stamps[i]);
  }
}

TEST(Position, RefractionLiftsTheSunAndOnlyNearAndAboveTheHorizon) {
  const Place place{35.0, 105.0, 1500.0};
  const Instant start = test::instant_of("2026-03-20T00:00:00Z");
  for (int minute = 0; minute < 1440; minute += 5) {
    const Position sun = position(start + std::chrono::minutes{minute}, place);
    const double lift_deg = sun.zenith_deg - sun.apparent_zenith_deg;
    if (sun.zenith_deg > 90.84) {
      EXPECT_EQ(lift_deg, 0.0);
    } else {
      EXPECT_GT(lift_deg, 0.0);
      EXPECT_LT(lift_deg, 0.8);
    }
    EXPECT_GE(sun.azimuth_deg, 0.0);
    EXPECT_LT(sun.azimuth_deg, 360.0);
  }
}

TEST(Position, IsOverheadAtTheEquatorsEquinoxNoon) {
  const Position sun = position(test::instant_of("2026-03-20T12:07:30Z"), {0.0, 0.0, 0.0});
  EXPECT_LT(sun.zenith_deg, 0.2);
}

}  // namespace
}  // namespace xiaoyuan::sun
