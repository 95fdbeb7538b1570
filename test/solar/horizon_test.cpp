// Horizons drawn by hand: what they hide, how much sky they leave, and how they are read.
#include "solar/horizon.hpp"

#include <gtest/gtest.h>

#include "solar/days.hpp"
#include "solar/solar.hpp"

namespace xiaoyuan::solar {
namespace {

constexpr double rad = std::numbers::pi / 180.0;

Horizon even(double elevation_deg) { return {.points = {{0.0, elevation_deg}}}; }

ArraySpec south_roof() {
  ArraySpec array;
  array.plane = {30.0, 180.0};
  array.capacity_kwp = 10.0;
  return array;
}
const InverterSpec inverter{.ac_rating_kw = 10.0, .efficiency = 0.97, .curve = InverterCurve::flat};

TEST(Horizon, RunsStraightBetweenPointsAndRoundThroughNorth) {
  const Horizon horizon{.points = {{90.0, 12.0}, {120.0, 24.0}, {350.0, 4.0}}};
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 90.0), 12.0);
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 100.0), 16.0);
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 235.0), 14.0);
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 350.0), 4.0);
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 0.0), 4.8);  // a tenth of the way from 350 to 90
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 40.0), 8.0);
  EXPECT_DOUBLE_EQ(elevation_deg(horizon, 360.0), 4.8);
  EXPECT_EQ(elevation_deg(even(7.0), 200.0), 7.0);
  EXPECT_EQ(elevation_deg({}, 200.0), 0.0);
}

TEST(Horizon, ALevelPlaneSeesTheSquaredCosine) {
  for (const double height_deg : {0.0, 5.0, 20.0, 45.0, 70.0, 90.0}) {
    const double cosine = std::cos(height_deg * rad);
    EXPECT_NEAR(sky_view(even(height_deg), {0.0, 180.0}), cosine * cosine, 1e-12) << height_deg;
  }
}

/// Slow and obvious: the dome in small squares.
double counted_view(const Horizon& horizon, const Plane& plane) {
  double left = 0.0;
  double whole = 0.0;
  for (int i = 0; i < 1440; ++i) {
    const double azimuth_deg = (i + 0.5) / 4.0;
    for (int j = 0; j < 720; ++j) {
      const double e = (j + 0.5) / 8.0 * rad;
      const double cosine = std::cos(plane.tilt_deg * rad) * std::sin(e) +
                            std::sin(plane.tilt_deg * rad) * std::cos(e) *
                                std::cos((azimuth_deg - plane.azimuth_deg) * rad);
      const double light = std::max(cosine, 0.0) * std::cos(e);
      whole += light;
      left += e > elevation_deg(horizon, azimuth_deg) * rad ? light : 0.0;
    }
  }
  return left / whole;
}

TEST(Horizon, ATiltedPlaneSeesWhatTheDomeInSmallSquaresLeaves) {
  const Horizon ridge{.points = {{60.0, 5.0}, {100.0, 35.0}, {150.0, 10.0}, {260.0, 50.0}}};
  for (const Plane plane : {Plane{0.0, 180.0}, Plane{30.0, 180.0}, Plane{30.0, 100.0},
                            Plane{60.0, 300.0}, Plane{90.0, 180.0}}) {
    EXPECT_NEAR(sky_view(ridge, plane), counted_view(ridge, plane), 1e-3) << plane.tilt_deg;
    EXPECT_EQ(sky_view(even(0.0), plane), 1.0);
    EXPECT_EQ(sky_view({}, plane), 1.0);
  }
}

TEST(Horizon, AtNoHeightChangesNothing) {
  const Sky sky = sky_over(test::two_days());
  for (int by = 0; by < transpositions; ++by) {
    ArraySpec array = south_roof();
    array.transposition = static_cast<Transposition>(by);
    const PvYield free = pv_yield(sky, {&array, 1}, inverter);
    array.horizon = {.points = {{0.0, 0.0}, {90.0, 0.0}, {270.0, 0.0}}};
    const PvYield flat = pv_yield(sky, {&array, 1}, inverter);
    EXPECT_EQ(flat.ac.values, free.ac.values);
    EXPECT_EQ(flat.waterfall.kwh, free.waterfall.kwh);
    EXPECT_EQ(flat.waterfall.at(Stage::horizon), 0.0);
  }
}

TEST(Horizon, AWallAllAroundLeavesTheGroundsLightAlone) {
  const Sky sky = sky_over(test::two_days());
  for (int by = 0; by < transpositions; ++by) {
    ArraySpec array = south_roof();
    array.transposition = static_cast<Transposition>(by);
    array.horizon = even(90.0);
    const Waterfall walled = pv_yield(sky, {&array, 1}, inverter).waterfall;
    const double left =
        walled.at(Stage::horizontal) + walled.at(Stage::transposition) + walled.at(Stage::horizon);
    const double ground_share = 0.2 * (1.0 - std::cos(30.0 * rad)) / 2.0;
    EXPECT_NEAR(left, ground_share * walled.at(Stage::horizontal), 1e-9);
    array.albedo = 0.0;
    EXPECT_NEAR(total(ac_power(sky, {&array, 1}, inverter)).value, 0.0, 1e-9);
  }
}

TEST(Horizon, BelowTheWinterNoonTakesOnlyMorningAndEvening) {
  // A cloudless day at the winter solstice, sun at 26.6° at noon: all light comes from the sun.
  weather::Weather day = test::two_days();
  day.place = {40.0, 116.0, 50.0};
  day.axis.start = test::instant_of("2026-12-20T16:00:00Z");
  for (std::size_t i = 0; i < day.axis.size; ++i) {
    const sun::Position at = sun::position(day.axis.middle(i), day.place);
    day.dni_w_m2[i] = at.apparent_zenith_deg < 90.0 ? 800.0 : 0.0;
    day.dhi_w_m2[i] = 0.0;
    day.ghi_w_m2[i] = day.dni_w_m2[i] * std::cos(at.apparent_zenith_deg * rad);
  }
  const Sky sky = sky_over(day);
  ArraySpec array = south_roof();
  array.albedo = 0.0;
  const PvYield free = pv_yield(sky, {&array, 1}, inverter);
  array.horizon = even(15.0);
  const PvYield hidden = pv_yield(sky, {&array, 1}, inverter);
  std::size_t dark = 0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const double kept = hidden.ac.values[sky.steps[k]];
    if (sky.sun_elevation_deg[k] < 15.0) {
      EXPECT_EQ(kept, 0.0);
      ++dark;
    } else {
      EXPECT_EQ(kept, free.ac.values[sky.steps[k]]);
    }
  }
  EXPECT_GT(dark, 8U);
  EXPECT_LT(dark, sky.lit() - 8U);
  EXPECT_LT(hidden.waterfall.at(Stage::horizon), 0.0);
}

TEST(Horizon, HidesByTheSunsAzimuth) {
  // A hill in the east takes from the morning.
  const Sky sky = sky_over(test::two_days());
  ArraySpec array = south_roof();
  array.plane.tilt_deg = 0.0;
  array.horizon = {.points = {{60.0, 0.0}, {61.0, 30.0}, {119.0, 30.0}, {120.0, 0.0}}};
  const Series<Power> east = ac_power(sky, {&array, 1}, inverter);
  array.horizon = {};
  const Series<Power> free = ac_power(sky, {&array, 1}, inverter);
  std::size_t lower = 0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const std::size_t i = sky.steps[k];
    if (sky.sun_azimuth_deg[k] > 61.0 && sky.sun_azimuth_deg[k] < 119.0 &&
        sky.sun_elevation_deg[k] < 30.0 && free.values[i] > 0.0) {
      EXPECT_LT(east.values[i], 0.95 * free.values[i]);
      ++lower;
    } else {
      EXPECT_GE(east.values[i], 0.93 * free.values[i]);  // the dome is a little smaller
    }
  }
  EXPECT_GT(lower, 4U);
}

std::string english(const Result<Horizon>& result) {
  std::string all;
  for (const Error& error : result.error()) {
    all += message(error, Language::english) + "\n";
  }
  return all;
}

TEST(Horizon, IsReadFromALine) {
  const auto horizon = parse_horizon(" 90:12  120:25.5 150:8 ");
  ASSERT_TRUE(horizon);
  ASSERT_EQ(horizon->points.size(), 3U);
  EXPECT_EQ(horizon->points[1].azimuth_deg, 120.0);
  EXPECT_EQ(horizon->points[1].elevation_deg, 25.5);
  ASSERT_TRUE(parse_horizon(""));
  EXPECT_TRUE(parse_horizon("")->free());
}

TEST(Horizon, SaysAllThatIsWrongWithALine) {
  const Where where{"households.csv", 4, "horizon"};
  EXPECT_EQ(english(parse_horizon("90;12 120:95 100:x", where)),
            "households.csv:4: horizon: expected azimuth:elevation like 120:25, found \"90;12\"\n"
            "households.csv:4: horizon: elevation in \"120:95\": expected a number from 0 to 90, "
            "found \"95\"\n"
            "households.csv:4: horizon: elevation in \"100:x\": expected a number from 0 to 90, "
            "found \"x\"\n");
  EXPECT_EQ(english(parse_horizon("90:12 90:13")),
            "azimuth must rise from point to point: 90 follows 90\n");
  EXPECT_EQ(english(parse_horizon("90:12 360:13")),
            "azimuth 360 is north again; write its point as 0, in the first place\n");
  EXPECT_EQ(message(parse_horizon("90:95", where).error()[0], Language::chinese),
            "households.csv:4: horizon: “90:95”中的遮挡高度角应为 0 到 90 之间的数字,实为 \"95\"");
}

}  // namespace
}  // namespace xiaoyuan::solar
