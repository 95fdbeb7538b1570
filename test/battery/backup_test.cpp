// How long an island lasts, against hours by hand and against a slow walk through every failure.
#include "battery/backup.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include "base/random.hpp"

namespace xiaoyuan::battery {
namespace {

const Spec plain{.floor_kwh = 1.0, .ceiling_kwh = 11.0, .charge_kw = 5.0, .discharge_kw = 5.0};

TEST(Backup, WithoutSunTheBatteryLastsAsLongAsItsCharge) {
  // 8 kWh above the floor at 90 % carry 0.5 kW for 14.4 h.
  Spec spec = plain;
  spec.discharge_efficiency = 0.9;
  const std::vector<double> stored(100, 9.0);
  const std::vector<double> dark(100, 0.0);
  const auto result = backup({stored, dark, 0.5, spec, 1.0});
  for (const double hours : result.hours) {
    ASSERT_NEAR(hours, 14.4, 1e-9);
  }
  EXPECT_NEAR(result.least_hours, 14.4, 1e-9);
  EXPECT_NEAR(result.median_hours, 14.4, 1e-9);
  EXPECT_EQ(result.share_bridged_24h, 0.0);
}

TEST(Backup, TheSunChargesItAndTheYearWrapsAround) {
  // Four hours: 4 kWh of sun in the first, none after; 1 kW of load, 2 kWh above the floor at each
  // beginning. Failing in hour 0: 2 + 3 − 1 − 1 − 1 = 2, again sun: for ever. In hour 1: two hours.
  // In hour 2: 2 − 1 − 1 = 0, then sun again: for ever.
  const std::vector<double> stored{3.0, 3.0, 3.0, 3.0};
  const std::vector<double> pv{4.0, 0.0, 0.0, 0.0};
  const auto result = backup({stored, pv, 1.0, plain, 1.0});
  EXPECT_EQ(result.hours, (std::vector{72.0, 2.0, 72.0, 72.0}));
  EXPECT_EQ(result.least_hours, 2.0);
  EXPECT_EQ(result.median_hours, 72.0);
  EXPECT_EQ(result.share_bridged_24h, 0.75);
}

TEST(Backup, TooWeakOrWithoutIslandOrWithoutLoad) {
  const std::vector<double> stored(10, 11.0);
  const std::vector<double> dark(10, 0.0);
  EXPECT_EQ(backup({stored, dark, 5.5, plain, 1.0}).hours, std::vector<double>(10, 0.0));
  EXPECT_EQ(backup({stored, dark, 1.0, {}, 1.0}).hours, std::vector<double>(10, 0.0));
  EXPECT_EQ(backup({stored, dark, 0.0, plain, 1.0}).share_bridged_24h, 1.0);
}

struct Drawn {
  Spec spec;
  std::vector<double> stored_kwh;
  std::vector<double> pv_kwh;
  double critical_kw = 0.0;
  double step_hours = 1.0;

  explicit Drawn(std::uint64_t seed) {
    Random random(seed);
    step_hours = random.uniform() < 0.5 ? 1.0 : 0.25;
    spec.floor_kwh = random.uniform();
    spec.ceiling_kwh = spec.floor_kwh + 0.1 + 20.0 * random.uniform();
    spec.charge_kw = 0.1 + 5.0 * random.uniform();
    spec.discharge_kw = 0.1 + 5.0 * random.uniform();
    spec.charge_efficiency = 0.6 + 0.4 * random.uniform();
    spec.discharge_efficiency = 0.6 + 0.4 * random.uniform();
    spec.standing_loss_per_hour = random.uniform() < 0.5 ? 0.0 : 0.02 * random.uniform();
    critical_kw = 2.0 * random.uniform();
    const int size = 1 + static_cast<int>(400.0 * random.uniform());
    for (int i = 0; i < size; ++i) {
      stored_kwh.push_back(spec.floor_kwh + random.uniform() * (spec.ceiling_kwh - spec.floor_kwh));
      const double day = std::cos((i * step_hours - 12.0) * std::numbers::pi / 12.0);
      pv_kwh.push_back(std::max(0.0, day) * 6.0 * random.uniform() * step_hours);
    }
    if (random.uniform() < 0.2) {  // a rested battery may lie below its floor
      stored_kwh[0] = 0.5 * spec.floor_kwh;
    }
  }
};

/// One failure, walked step by step.
double oracle(const Drawn& drawn, std::size_t failure) {
  const Spec& s = drawn.spec;
  const double keep = std::pow(1.0 - s.standing_loss_per_hour, drawn.step_hours);
  double e = drawn.stored_kwh[failure];
  for (double hours = 0.0; hours < 72.0 - 1e-9; hours += drawn.step_hours) {
    const auto step = failure + static_cast<std::size_t>(std::llround(hours / drawn.step_hours));
    const double surplus =
        drawn.pv_kwh[step % drawn.pv_kwh.size()] - drawn.critical_kw * drawn.step_hours;
    e *= keep;
    if (surplus >= 0.0) {
      e += s.charge_efficiency * std::min(surplus, s.charge_kw * drawn.step_hours);
      e = std::min(e, s.ceiling_kwh);
    } else if (-surplus > s.discharge_kw * drawn.step_hours) {
      return hours;
    } else if (e + surplus / s.discharge_efficiency < s.floor_kwh) {
      const double left = std::max(0.0, e - s.floor_kwh) * s.discharge_efficiency;
      return hours + left / -surplus * drawn.step_hours;
    } else {
      e += surplus / s.discharge_efficiency;
    }
  }
  return 72.0;
}

RC_GTEST_PROP(Backup, EqualsAWalkThroughEveryFailure, (std::uint64_t seed)) {
  const Drawn drawn(seed);
  const auto result =
      backup({drawn.stored_kwh, drawn.pv_kwh, drawn.critical_kw, drawn.spec, drawn.step_hours});
  std::vector<double> wanted;
  for (std::size_t t = 0; t < drawn.pv_kwh.size(); ++t) {
    wanted.push_back(oracle(drawn, t));
    RC_ASSERT(std::abs(result.hours[t] - wanted[t]) <= 1e-7);
  }
  std::ranges::sort(wanted);
  const std::size_t half = wanted.size() / 2;
  const double median =
      wanted.size() % 2 == 1 ? wanted[half] : (wanted[half - 1] + wanted[half]) / 2.0;
  RC_ASSERT(std::abs(result.median_hours - median) <= 1e-7);
  RC_ASSERT(std::abs(result.least_hours - wanted.front()) <= 1e-7);
}

RC_GTEST_PROP(Backup, MoreStoredNeverLastsShorter, (std::uint64_t seed)) {
  Drawn drawn(seed);
  const auto less =
      backup({drawn.stored_kwh, drawn.pv_kwh, drawn.critical_kw, drawn.spec, drawn.step_hours});
  for (double& stored : drawn.stored_kwh) {
    stored = (stored + drawn.spec.ceiling_kwh) / 2.0;
  }
  const auto more =
      backup({drawn.stored_kwh, drawn.pv_kwh, drawn.critical_kw, drawn.spec, drawn.step_hours});
  for (std::size_t t = 0; t < less.hours.size(); ++t) {
    RC_ASSERT(more.hours[t] >= less.hours[t] - 1e-9);
  }
}

TEST(Backup, AYearOfQuartersTakesMilliseconds) {
  Random random(3);
  std::vector<double> pv;
  for (int i = 0; i < 35040; ++i) {
    pv.push_back(std::max(0.0, std::cos((i % 96 - 48) * std::numbers::pi / 48.0)) *
                 random.uniform());
  }
  const std::vector<double> stored(35040, 8.0);
  double best_ms = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = backup({stored, pv, 0.5, plain, 0.25});
    best_ms = std::min(
        best_ms, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                     .count());
    ASSERT_EQ(result.hours.size(), 35040U);
  }
  RecordProperty("best_ms", std::to_string(best_ms));
  EXPECT_LT(best_ms, 500.0);  // sanitizers and busy machines included
}

}  // namespace
}  // namespace xiaoyuan::battery
