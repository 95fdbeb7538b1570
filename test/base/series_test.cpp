// Series: what resampling must keep, whatever the steps.
#include "base/series.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace xiaoyuan {
namespace {

using namespace std::chrono_literals;

const Instant new_year = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

double integral(const std::vector<double>& values, const TimeAxis& axis) {
  return std::accumulate(values.begin(), values.end(), 0.0) * axis.step_hours();
}

/// Minute by minute: slow, and plain to see.
std::vector<double> oracle(const std::vector<double>& values, const TimeAxis& from,
                           const TimeAxis& to) {
  std::vector<double> means(to.size, 0.0);
  for (std::size_t i = 0; i < to.size; ++i) {
    for (Instant minute = to.at(i); minute < to.at(i) + to.step; minute += 1min) {
      if (minute >= from.start && minute < from.end()) {
        means[i] += values[static_cast<std::size_t>((minute - from.start) / from.step)];
      }
    }
    means[i] /= static_cast<double>(to.step / 1min);
  }
  return means;
}

TEST(Series, TotalIsMeanTimesStep) {
  const Series<Power> power{{new_year, 15min, 4}, {1.0, 2.0, 3.0, 4.0}};
  EXPECT_DOUBLE_EQ(total(power).value, 2.5);
  EXPECT_EQ(power.at(2), Power{3.0});
}

TEST(Resampled, CoarserAveragesFinerRepeats) {
  const TimeAxis hours{new_year, 1h, 2};
  const TimeAxis halves{new_year, 30min, 4};
  EXPECT_EQ(resampled({1.0, 3.0, 5.0, 7.0}, halves, hours), (std::vector{2.0, 6.0}));
  EXPECT_EQ(resampled({2.0, 6.0}, hours, halves), (std::vector{2.0, 2.0, 6.0, 6.0}));
  EXPECT_EQ(resampled({2.0, 6.0}, hours, hours), (std::vector{2.0, 6.0}));
  // A quarter of an hour late: three quarters of the first hour and one of the second.
  EXPECT_EQ(resampled({2.0, 6.0}, hours, {new_year + 15min, 1h, 1}), (std::vector{3.0}));
  // Beyond the source nothing is added.
  EXPECT_EQ(resampled({2.0, 6.0}, hours, {new_year + 90min, 1h, 2}), (std::vector{3.0, 0.0}));
}

RC_GTEST_PROP(Resampled, EqualsTheSlowWay, ()) {
  const auto minutes = rc::gen::elementOf(std::vector<int>{1, 5, 7, 15, 20, 30, 60, 61, 1440});
  const TimeAxis from{new_year, std::chrono::minutes{*minutes},
                      *rc::gen::inRange<std::size_t>(1, 40)};
  const TimeAxis to{new_year + std::chrono::minutes{*rc::gen::inRange(-2000, 2000)},
                    std::chrono::minutes{*minutes}, *rc::gen::inRange<std::size_t>(0, 40)};
  std::vector<double> values;
  for (std::size_t i = 0; i < from.size; ++i) {
    values.push_back(*rc::gen::inRange(0, 1000));
  }
  const auto found = resampled(values, from, to);
  const auto wanted = oracle(values, from, to);
  RC_ASSERT(found.size() == wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(std::abs(found[i] - wanted[i]) <= 1e-9);
  }
}

RC_GTEST_PROP(Resampled, KeepsTheEnergyWhateverTheRatio, ()) {
  const auto seconds = rc::gen::inRange(60, 90000);
  const TimeAxis from{new_year, std::chrono::seconds{*seconds},
                      *rc::gen::inRange<std::size_t>(1, 200)};
  const std::chrono::seconds step{*seconds};
  const auto size = static_cast<std::size_t>((from.end() - from.start) / step) + 3;
  const TimeAxis to{from.start - step / 3, step, size};  // reaches beyond at both ends
  std::vector<double> values;
  for (std::size_t i = 0; i < from.size; ++i) {
    values.push_back(*rc::gen::inRange(0, 1000) / 7.0);
  }
  const double before = integral(values, from);
  RC_ASSERT(std::abs(integral(resampled(values, from, to), to) - before) <= 1e-11 * (before + 1.0));
}

}  // namespace
}  // namespace xiaoyuan
