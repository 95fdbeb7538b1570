// The models of the cover against published values, and the diffuse light against a slow integral.
#include "solar/incidence.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace xiaoyuan::solar {
namespace {

constexpr double radians = std::numbers::pi / 180.0;

// The published values are those of pvlib's documentation and tests (pvlib.iam).
TEST(Incidence, AshraeHoldsPublishedValues) {
  EXPECT_NEAR(ashrae_modifier(0.05, std::cos(22.5 * radians)), 0.99588039, 1e-8);
  EXPECT_NEAR(ashrae_modifier(0.05, std::cos(45.0 * radians)), 0.97928932, 1e-8);
  EXPECT_NEAR(ashrae_modifier(0.05, std::cos(67.5 * radians)), 0.9193437, 1e-7);
  EXPECT_EQ(ashrae_modifier(0.05, 1.0), 1.0);
  EXPECT_EQ(ashrae_modifier(0.05, std::cos(89.0 * radians)), 0.0);
  EXPECT_EQ(ashrae_modifier(0.05, 0.0), 0.0);
  EXPECT_EQ(ashrae_modifier(0.05, -0.5), 0.0);
}

TEST(Incidence, GlassHoldsPublishedValues) {
  EXPECT_NEAR(incidence_modifier(Glass{}, std::cos(22.5 * radians)), 0.99926198, 1e-7);
  EXPECT_NEAR(incidence_modifier(Glass{}, std::cos(45.0 * radians)), 0.98797788, 1e-7);
  EXPECT_NEAR(incidence_modifier(Glass{}, std::cos(67.5 * radians)), 0.8893998, 1e-7);
}

TEST(Incidence, MartinRuizHoldsPublishedValues) {
  EXPECT_NEAR(martin_ruiz_modifier(0.16, std::cos(45.0 * radians)), 0.98986965, 1e-8);
  EXPECT_NEAR(martin_ruiz_modifier(0.18, std::cos(60.0 * radians)), 0.9414631, 1e-7);
  EXPECT_EQ(martin_ruiz_modifier(0.18, 1.0), 1.0);
  EXPECT_EQ(martin_ruiz_modifier(0.18, std::cos(100.0 * radians)), 0.0);
}

TEST(Incidence, MartinRuizDiffuseHoldsPublishedValues) {
  // pvlib rounds 4/(3π) to 0.4244, which moves the fifth decimal.
  constexpr double rounded = 2e-5;
  const DiffuseModifiers usual = martin_ruiz_diffuse(0.16, 30.0);
  EXPECT_NEAR(usual.sky, 0.9549735, rounded);
  EXPECT_NEAR(usual.ground, 0.7944426, rounded);
  struct Row {
    double tilt_deg, sky, ground;
  };
  for (const Row& row :
       {Row{0.0, 0.9407678, 0.0}, Row{30.0, 0.9452250, 0.7610849}, Row{90.0, 0.9407678, 0.9407678},
        Row{120.0, 0.9055541, 0.9483508}, Row{180.0, 0.0, 0.9407678}}) {
    const DiffuseModifiers found = martin_ruiz_diffuse(0.18, row.tilt_deg);
    EXPECT_NEAR(found.sky, row.sky, rounded) << row.tilt_deg;
    EXPECT_NEAR(found.ground, row.ground, rounded) << row.tilt_deg;
  }
}

TEST(Incidence, ACoverIsItsModel) {
  for (const double cosine : {-0.2, 0.0, 0.1, 0.5, 0.9, 1.0}) {
    EXPECT_EQ(Cover(Incidence::none).beam(cosine), 1.0);
    EXPECT_NEAR(Cover(Incidence::glass).beam(cosine), incidence_modifier(Glass{}, cosine), 1e-12);
    EXPECT_EQ(Cover(Incidence::ashrae).beam(cosine), ashrae_modifier(0.05, cosine));
    EXPECT_NEAR(Cover(Incidence::martin_ruiz).beam(cosine), martin_ruiz_modifier(0.16, cosine),
                1e-12);
  }
}

/// Slow and obvious: m over a half-space of even light, weighed with cos θ, in small squares. The
/// plane lies in its own frame; `up` is where the sky's zenith stands in it.
DiffuseModifiers integrated(Incidence by, double tilt_deg) {
  const Cover cover(by);
  constexpr int rings = 400;
  constexpr int turns = 720;
  DiffuseModifiers passed{0.0, 0.0};
  DiffuseModifiers all{0.0, 0.0};
  for (int i = 0; i < rings; ++i) {
    const double angle = (i + 0.5) * 90.0 / rings * radians;
    for (int j = 0; j < turns; ++j) {
      const double turn = (j + 0.5) * 360.0 / turns * radians;
      const double height = std::cos(angle) * std::cos(tilt_deg * radians) +
                            std::sin(angle) * std::cos(turn) * std::sin(tilt_deg * radians);
      const double weight = std::cos(angle) * std::sin(angle);
      double& into = height > 0.0 ? passed.sky : passed.ground;
      into += weight * cover.beam(std::cos(angle));
      (height > 0.0 ? all.sky : all.ground) += weight;
    }
  }
  return {passed.sky / all.sky, all.ground > 0.0 ? passed.ground / all.ground : 0.0};
}

TEST(Incidence, DiffuseLightAgreesWithTheIntegralOverTheSky) {
  for (const double tilt_deg : {10.0, 25.0, 40.0, 60.0, 90.0}) {
    // Martin and Ruiz give a closed form close to their own integral.
    const DiffuseModifiers exact = integrated(Incidence::martin_ruiz, tilt_deg);
    const DiffuseModifiers found = diffuse_modifiers(Incidence::martin_ruiz, tilt_deg);
    EXPECT_NEAR(found.sky, exact.sky, 0.01) << tilt_deg;
    EXPECT_NEAR(found.ground, exact.ground, 0.03) << tilt_deg;
    // Effective angles were fitted to glass; ASHRAE's curve is another.
    for (const Incidence by : {Incidence::glass, Incidence::ashrae}) {
      EXPECT_NEAR(diffuse_modifiers(by, tilt_deg).sky, integrated(by, tilt_deg).sky, 0.02)
          << tilt_deg;
    }
  }
  EXPECT_EQ(diffuse_modifiers(Incidence::glass_beam, 30.0).sky, 1.0);
  EXPECT_EQ(diffuse_modifiers(Incidence::none, 30.0).ground, 1.0);
}

}  // namespace
}  // namespace xiaoyuan::solar
