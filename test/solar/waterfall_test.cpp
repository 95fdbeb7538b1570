// The waterfall closes whatever is chosen, and each stage takes its share of what reaches it.
#include <gtest/gtest.h>

#include "model/assumption.hpp"
#include "solar/days.hpp"
#include "solar/names.hpp"
#include "solar/solar.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::solar {
namespace {

/// Every stage at work.
ArraySpec lossy() {
  ArraySpec array;
  array.plane = {25.0, 110.0};
  array.capacity_kwp = 4.0;
  array.horizon = {.points = {{90.0, 12.0}, {120.0, 25.0}, {150.0, 0.0}}};
  array.near_shading = 0.03;
  array.soiling = {0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12};
  array.snow[5] = 0.02;
  array.losses = {.nameplate = 0.01,
                  .light_induced = 0.015,
                  .mismatch = 0.02,
                  .wiring = 0.025,
                  .connections = 0.005};
  return array;
}
const InverterSpec small_inverter{
    .ac_rating_kw = 5.5, .efficiency = 0.97, .unavailable_fraction = 0.03};

void expect_closed(const Waterfall& waterfall) {
  double running = 0.0;
  for (std::size_t i = 0; i < stages; ++i) {
    const Stage stage = static_cast<Stage>(i);
    if (stage == Stage::dc || stage == Stage::ac) {
      EXPECT_NEAR(running, waterfall.kwh[i], 1e-9) << name_of(stage);
    } else {
      running += waterfall.kwh[i];
    }
  }
}

/// What is left after a stage.
double after(const Waterfall& waterfall, Stage last) {
  double running = 0.0;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    running += is_total(static_cast<Stage>(i)) && i > 0 ? 0.0 : waterfall.kwh[i];
  }
  return running;
}

TEST(Waterfall, ClosesForEveryModelOfEveryStage) {
  const Sky sky = sky_over(test::two_days());
  for (std::size_t mount = 0; mount < names_of(Mount{}).size(); ++mount) {
    for (std::size_t by = 0; by < names_of(Transposition{}).size(); ++by) {
      for (std::size_t cover = 0; cover < names_of(Incidence{}).size(); ++cover) {
        std::vector<ArraySpec> planes{lossy(), lossy()};
        planes[0].mount = static_cast<Mount>(mount);
        planes[0].transposition = static_cast<Transposition>(by);
        planes[0].incidence = static_cast<Incidence>(cover);
        planes[1].plane = {10.0, 290.0};
        planes[1].capacity_kwp = 6.0;
        const PvYield yield = pv_yield(sky, planes, small_inverter);
        expect_closed(yield.waterfall);
        EXPECT_NEAR(yield.waterfall.at(Stage::ac), total(yield.ac).value, 1e-9);
        for (const double kw : yield.ac.values) {
          EXPECT_GE(kw, 0.0);
          EXPECT_LE(kw, 5.5);
        }
      }
    }
  }
}

TEST(Waterfall, StartsWithTheWeathersLight) {
  const weather::Weather days = test::two_days();
  const std::vector<ArraySpec> planes{lossy()};
  const PvYield yield = pv_yield(sky_over(days), planes, small_inverter);
  double level_kwh_m2 = 0.0;
  for (const double w_m2 : days.ghi_w_m2) {
    level_kwh_m2 += w_m2 * 0.5 / 1000.0;
  }
  EXPECT_NEAR(yield.waterfall.at(Stage::horizontal), 4.0 * level_kwh_m2, 1e-9);
  EXPECT_NEAR(after(yield.waterfall, Stage::transposition), 4.0 * yield.poa_kwh_m2[0], 1e-9);
  EXPECT_EQ(yield.ac.values[0], 0.0);  // midnight in China
}

TEST(Waterfall, EachStageTakesItsShareOfWhatReachesIt) {
  const std::vector<ArraySpec> planes{lossy()};
  const Waterfall fall = pv_yield(sky_over(test::two_days()), planes, small_inverter).waterfall;
  const auto share = [&](Stage stage, Stage before) {
    return -fall.at(stage) / after(fall, before);
  };
  EXPECT_NEAR(share(Stage::near_shading, Stage::horizon), 0.03, 1e-12);
  EXPECT_NEAR(share(Stage::soiling, Stage::incidence), 0.06, 1e-12);  // June
  EXPECT_NEAR(share(Stage::snow, Stage::soiling), 0.02, 1e-12);
  EXPECT_NEAR(share(Stage::nameplate, Stage::temperature), 0.01, 1e-12);
  EXPECT_NEAR(share(Stage::light_induced, Stage::nameplate), 0.015, 1e-12);
  EXPECT_NEAR(share(Stage::mismatch, Stage::light_induced), 0.02, 1e-12);
  EXPECT_NEAR(share(Stage::wiring, Stage::mismatch), 0.025, 1e-12);
  EXPECT_NEAR(share(Stage::connections, Stage::wiring), 0.005, 1e-12);
  EXPECT_NEAR(share(Stage::availability, Stage::clipped), 0.03, 1e-12);
  EXPECT_LT(fall.at(Stage::horizon), 0.0);
  EXPECT_LT(fall.at(Stage::incidence), 0.0);
  EXPECT_LT(fall.at(Stage::temperature), 0.0);
  EXPECT_LT(fall.at(Stage::inverter), 0.0);
}

TEST(Waterfall, MonthsAreThoseOfThePlaceAndNotOfGreenwich) {
  // The two days are 1 and 2 June in China; the first morning is still May in Greenwich.
  const Sky sky = sky_over(test::two_days());
  for (const std::uint8_t month : sky.month) {
    EXPECT_EQ(month, 5);
  }
  ArraySpec array = lossy();
  array.snow.fill(1.0);
  array.snow[5] = 0.0;
  const double free = pv_yield(sky, {&array, 1}, small_inverter).waterfall.at(Stage::snow);
  EXPECT_EQ(free, 0.0);
}

TEST(Waterfall, WaterfallsAddAndSnowCanTakeAll) {
  const Sky sky = sky_over(test::two_days());
  const std::vector<ArraySpec> one{lossy()};
  Waterfall twice = pv_yield(sky, one, small_inverter).waterfall;
  const Waterfall once = twice;
  twice += once;
  for (std::size_t i = 0; i < stages; ++i) {
    EXPECT_EQ(twice.kwh[i], 2.0 * once.kwh[i]);
  }
  expect_closed(twice);
  std::vector<ArraySpec> buried{lossy()};
  buried[0].snow.fill(1.0);
  const PvYield none = pv_yield(sky, buried, small_inverter);
  expect_closed(none.waterfall);
  EXPECT_EQ(none.waterfall.at(Stage::ac), 0.0);
  EXPECT_EQ(total(none.ac).value, 0.0);
}

TEST(Waterfall, ShippedLossesAreTogetherThoseOfPvWatts) {
  const auto shipped =
      model::read_assumptions(test::project_bytes("share/assumptions.toml"), "assumptions.toml");
  ASSERT_TRUE(shipped);
  double left = 1.0;
  for (const char* key :
       {"pv.near_shading", "pv.soiling", "pv.snow", "pv.nameplate", "pv.light_induced",
        "pv.mismatch", "pv.wiring", "pv.connections", "pv.availability"}) {
    left *= 1.0 - shipped->value(key);
  }
  EXPECT_NEAR(1.0 - left, 0.1408, 5e-5);  // NREL/TP-6A20-62641
}

}  // namespace
}  // namespace xiaoyuan::solar
