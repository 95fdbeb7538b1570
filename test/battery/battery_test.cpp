// The plain rule: never through the meter, never beyond the limits, no energy lost on the way.
#include "battery/battery.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/random.hpp"

namespace xiaoyuan::battery {
namespace {

struct DrawnYear {
  Spec spec;
  std::vector<double> surplus_kwh;
  double step_hours = 1.0;
  double start_kwh = 0.0;

  explicit DrawnYear(std::uint64_t seed) {
    Random random(seed);
    step_hours = random.uniform() < 0.5 ? 1.0 : 0.25;
    spec.floor_kwh = random.uniform();
    spec.ceiling_kwh = spec.floor_kwh + 10.0 * random.uniform();
    spec.charge_kw = 0.1 + 5.0 * random.uniform();
    spec.discharge_kw = 0.1 + 5.0 * random.uniform();
    spec.charge_efficiency = 0.6 + 0.4 * random.uniform();
    spec.discharge_efficiency = 0.6 + 0.4 * random.uniform();
    spec.standing_loss_per_hour = random.uniform() < 0.5 ? 0.0 : 0.01 * random.uniform();
    start_kwh = spec.floor_kwh + random.uniform() * (spec.ceiling_kwh - spec.floor_kwh);
    for (int i = 0; i < 200; ++i) {
      surplus_kwh.push_back(random.uniform() < 0.1 ? 0.0
                                                   : (12.0 * random.uniform() - 6.0) * step_hours);
    }
  }
};

RC_GTEST_PROP(SelfConsumption, KeepsEveryLaw, (std::uint64_t seed)) {
  const DrawnYear drawn(seed);
  const Spec& spec = drawn.spec;
  const auto changes = self_consumption(spec, drawn.surplus_kwh, drawn.step_hours, drawn.start_kwh);
  const double lost = standing_loss(spec, drawn.step_hours);
  double stored = drawn.start_kwh;
  double in_kwh = 0.0;
  double out_kwh = 0.0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const double surplus = drawn.surplus_kwh[i];
    const double ac = ac_energy_kwh(spec, changes[i]);
    RC_ASSERT(ac <= std::max(0.0, surplus) + 1e-12);  // never charges from the grid
    RC_ASSERT(ac >= std::min(0.0, surplus) - 1e-12);  // never discharges into it
    RC_ASSERT(ac <= spec.charge_kw * drawn.step_hours + 1e-12);
    RC_ASSERT(ac >= -spec.discharge_kw * drawn.step_hours - 1e-12);
    const double kept = (1.0 - lost) * stored;
    stored = kept + changes[i];
    RC_ASSERT(stored <= spec.ceiling_kwh + 1e-12);
    RC_ASSERT(stored >= std::min(kept, spec.floor_kwh) - 1e-12);
    // AC energy = what is stored + what the conversion loses, and the loss is never negative.
    const double conversion_loss = ac - changes[i];
    RC_ASSERT(conversion_loss >= -1e-12);
    const double efficiency =
        changes[i] >= 0.0 ? spec.charge_efficiency : spec.discharge_efficiency;
    const double wanted_loss =
        changes[i] >= 0.0 ? ac * (1.0 - efficiency) : -changes[i] * (1.0 - efficiency);
    RC_ASSERT(std::abs(conversion_loss - wanted_loss) <= 1e-12);
    in_kwh += std::max(0.0, ac);
    out_kwh -= std::min(0.0, ac);
  }
  RC_ASSERT(out_kwh <= in_kwh + drawn.start_kwh + 1e-9);
}

/// The rule once more, in three lines that nobody can get wrong.
std::vector<double> oracle(const DrawnYear& drawn) {
  const Spec& s = drawn.spec;
  const double keep = std::pow(1.0 - s.standing_loss_per_hour, drawn.step_hours);
  double e = drawn.start_kwh;
  std::vector<double> changes;
  for (const double x : drawn.surplus_kwh) {
    e *= keep;
    const double in =
        x > 0 ? std::max(0.0, std::min({x * s.charge_efficiency,
                                        s.charge_kw * drawn.step_hours * s.charge_efficiency,
                                        s.ceiling_kwh - e}))
              : 0.0;
    const double out =
        x < 0 ? std::max(0.0, std::min({-x / s.discharge_efficiency,
                                        s.discharge_kw * drawn.step_hours / s.discharge_efficiency,
                                        e - s.floor_kwh}))
              : 0.0;
    changes.push_back(in - out);
    e += in - out;
  }
  return changes;
}

RC_GTEST_PROP(SelfConsumption, EqualsTheRuleSaidPlainly, (std::uint64_t seed)) {
  const DrawnYear drawn(seed);
  const auto found =
      self_consumption(drawn.spec, drawn.surplus_kwh, drawn.step_hours, drawn.start_kwh);
  const auto wanted = oracle(drawn);
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(std::abs(found[i] - wanted[i]) <= 1e-12);
  }
}

TEST(Battery, ConversionAndItsInverse) {
  const Spec spec{.charge_efficiency = 0.9, .discharge_efficiency = 0.8};
  EXPECT_DOUBLE_EQ(ac_energy_kwh(spec, 0.9), 1.0);
  EXPECT_DOUBLE_EQ(ac_energy_kwh(spec, -1.0), -0.8);
  for (const double kwh : {-3.0, -0.1, 0.0, 0.1, 3.0}) {
    EXPECT_NEAR(stored_change_kwh(spec, ac_energy_kwh(spec, kwh)), kwh, 1e-15);
  }
}

TEST(Battery, StandingLossDoesNotDependOnTheStep) {
  const Spec spec{.floor_kwh = 0.0, .ceiling_kwh = 10.0, .standing_loss_per_hour = 0.001};
  EXPECT_DOUBLE_EQ(standing_loss(spec, 1.0), 0.001);
  const double four_quarters = std::pow(1.0 - standing_loss(spec, 0.25), 4.0);
  EXPECT_NEAR(four_quarters, 1.0 - standing_loss(spec, 1.0), 1e-15);
}

TEST(Battery, RestLosesWhatTheStandingLossTakes) {
  const Spec spec{
      .ceiling_kwh = 10.0, .charge_kw = 5.0, .discharge_kw = 5.0, .standing_loss_per_hour = 0.01};
  const std::vector<double> rest(24, 0.0);
  for (const double change : self_consumption(spec, rest, 1.0, 8.0)) {
    EXPECT_EQ(change, 0.0);
  }
}

/// A year of surplus as a house has it: sun by day, use in the evening, clouds by chance.
std::vector<double> year_of_surplus(std::uint64_t seed) {
  Random random(seed);
  std::vector<double> surplus;
  for (int hour = 0; hour < 8760; ++hour) {
    const double angle = (hour % 24 - 12) * std::numbers::pi / 12.0;
    const double pv = std::max(0.0, std::cos(angle)) * 5.0 * random.uniform();
    surplus.push_back(pv - 0.2 - (hour % 24 >= 18 ? 1.5 : 0.3) * random.uniform());
  }
  return surplus;
}

double end_of(const Spec& spec, const std::vector<double>& surplus, double start_kwh) {
  const double kept = 1.0 - standing_loss(spec, 1.0);
  double stored = start_kwh;
  for (const double change : self_consumption(spec, surplus, 1.0, start_kwh)) {
    stored = kept * stored + change;
  }
  return stored;
}

TEST(CyclicStart, TheYearEndsAsItBegan) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const double standing : {0.0, 2.8e-5, 0.001}) {
      const Spec spec{.floor_kwh = 0.5,
                      .ceiling_kwh = 9.5,
                      .charge_kw = 5.0,
                      .discharge_kw = 5.0,
                      .charge_efficiency = 0.95,
                      .discharge_efficiency = 0.95,
                      .standing_loss_per_hour = standing};
      const auto surplus = year_of_surplus(seed);
      const double start = cyclic_start_kwh(spec, surplus, 1.0);
      EXPECT_NEAR(end_of(spec, surplus, start), start, 1e-9) << seed << " " << standing;
    }
  }
}

TEST(CyclicStart, WithoutSunOrUseToo) {
  const Spec spec{.floor_kwh = 0.5, .ceiling_kwh = 9.5, .charge_kw = 5.0, .discharge_kw = 5.0};
  for (const double surplus : {-1.0, 0.0, 1.0}) {
    const std::vector<double> year(8760, surplus);
    const double start = cyclic_start_kwh(spec, year, 1.0);
    EXPECT_NEAR(end_of(spec, year, start), start, 1e-9) << surplus;
  }
}

}  // namespace
}  // namespace xiaoyuan::battery
