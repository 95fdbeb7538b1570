// Global light split into beam and diffuse: published values of Erbs, DISC and DIRINT, and what no
// split may break.
#include "sun/decomposition.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "base/angle.hpp"
#include "sun/dirint.hpp"
#include "sun/disc.hpp"

namespace xiaoyuan::sun {
namespace {

// Noon and six o'clock of 24 June 2014 (day 175) in Arizona. Source of the light, the zeniths and
// the beams expected here: the published tests of pvlib-python (tests/test_irradiance.py), which
// compute DISC and DIRINT for them to 0.1 W/m².
constexpr double arizona_pressure_pa = 93193.0;
const std::vector<GlobalLight> arizona = {{1038.62, 10.567, 175, arizona_pressure_pa},
                                          {254.53, 72.469, 175, arizona_pressure_pa}};

TEST(Disc, GivesThePublishedBeams) {
  EXPECT_NEAR(disc(arizona[0]).dni_w_m2, 830.46, 0.05);
  EXPECT_NEAR(disc(arizona[1]).dni_w_m2, 676.09, 0.05);
}

TEST(Disc, ClearnessIsAtMostOneAndAirMassAtMostTwelve) {
  // pvlib: an impossibly bright noon (zenith 0, 19 July) gives kt = 1, DNI 872.5443 at AM 0.99949.
  const GlobalLight too_bright{2000.0, 0.0, 201};
  EXPECT_NEAR(disc_air_mass(too_bright), 0.999493933, 1e-8);
  EXPECT_NEAR(disc(too_bright).dni_w_m2, 872.544336, 1e-3);
  EXPECT_EQ(disc(too_bright).clearness, 1.0);
  // pvlib: 1 W/m² at a zenith of 89.99° is kt = 0.0116046 and no beam.
  const GlobalLight dusk{1.0, 89.99, 201};
  EXPECT_NEAR(disc(dusk).clearness, 1.16046346e-02, 1e-9);
  EXPECT_EQ(disc_air_mass(dusk), 12.0);
  EXPECT_EQ(disc(dusk).dni_w_m2, 0.0);
  EXPECT_EQ(disc(dusk).dhi_w_m2, 1.0);
}

TEST(Dirint, GivesThePublishedBeams) {
  const auto steady = dirint(arizona, Steadiness::counted);
  EXPECT_NEAR(steady[0].dni_w_m2, 868.8, 0.1);
  EXPECT_NEAR(steady[1].dni_w_m2, 699.7, 0.1);
  const auto alone = dirint(arizona, Steadiness::unknown);
  EXPECT_NEAR(alone[0].dni_w_m2, 861.9, 0.1);
  EXPECT_NEAR(alone[1].dni_w_m2, 670.4, 0.1);
}

TEST(Dirint, NightNeighboursSayNothingOfClouds) {
  std::vector<GlobalLight> evening = {arizona[0], arizona[1], {0.0, 95.0, 175}};
  const auto with_night = dirint(evening, Steadiness::counted);
  EXPECT_NEAR(with_night[1].dni_w_m2, 699.7, 0.1);
  EXPECT_EQ(with_night[2].dni_w_m2 + with_night[2].dhi_w_m2, 0.0);
  const auto one = dirint(std::span(evening).first(1), Steadiness::counted);
  EXPECT_NEAR(one[0].dni_w_m2, 861.9, 0.1);
}

TEST(Dirint, TableStandsAsPublished) {
  // Spot values of the published table, and the sum of its 252 numbers, typed in a second time.
  double sum = 0.0;
  for (const auto& block : dirint_table) {
    for (const auto& row : block) {
      sum = std::accumulate(row.begin(), row.end(), sum);
    }
  }
  EXPECT_NEAR(sum, 337.11222, 1e-9);
  EXPECT_EQ(dirint_table[0][3][5], 21.74424);
  EXPECT_EQ(dirint_table[3][2][6], 0.97299);
  EXPECT_EQ(dirint_table[5][5][6], 0.79439);
}

TEST(Erbs, GivesThePublishedShares) {
  // pvlib's published test of erbs: 1 January and 20 June.
  const auto dull = erbs(50.0, 85.0, extraterrestrial_w_m2(1));
  EXPECT_NEAR(dull.dni_w_m2, 96.719, 0.5);
  EXPECT_NEAR(dull.dhi_w_m2, 41.570, 0.05);
  const auto june = erbs(1000.0, 10.0, extraterrestrial_w_m2(171));
  EXPECT_NEAR(june.dni_w_m2, 842.0016, 0.05);
  EXPECT_NEAR(june.dhi_w_m2, 170.7903, 0.05);
}

RC_GTEST_PROP(Split, KeepsTheGlobalLightAndIsNeverNegative, ()) {
  const auto between = [](int low, int high) { return *rc::gen::inRange(low, high); };
  std::vector<GlobalLight> series(static_cast<std::size_t>(between(1, 6)));
  for (GlobalLight& light : series) {
    light = {between(0, 14000) / 10.0, between(0, 10000) / 100.0, between(1, 367),
             between(50000, 105000) * 1.0};
  }
  const auto split = dirint(series, Steadiness::counted);
  for (std::size_t i = 0; i < series.size(); ++i) {
    const GlobalLight& light = series[i];
    for (const Decomposition& part :
         {split[i], disc(light),
          erbs(light.ghi_w_m2, light.zenith_deg, extraterrestrial_w_m2(light.day_of_year))}) {
      RC_ASSERT(part.dni_w_m2 >= 0.0 && part.dhi_w_m2 >= 0.0);
      const double cos_zenith = std::max(std::cos(light.zenith_deg * rad_per_deg), 0.0);
      RC_ASSERT(std::abs(part.dni_w_m2 * cos_zenith + part.dhi_w_m2 - light.ghi_w_m2) < 1e-9);
    }
  }
}

}  // namespace
}  // namespace xiaoyuan::sun
