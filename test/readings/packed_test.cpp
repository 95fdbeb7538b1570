// Packed intervals: nothing is lost, nothing foreign is believed, and homes take two bytes a
// reading.
#include "readings/packed.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "made.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::readings {
namespace {

RC_GTEST_PROP(Packed, ComesBackAsItWas, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 200);
  Intervals made = empty_intervals("m7", Channel(*rc::gen::inRange(0, 3)),
                                   {Instant{std::chrono::seconds{*rc::gen::inRange<std::int64_t>(
                                        -4'000'000'000, 4'000'000'000)}},
                                    std::chrono::seconds{*rc::gen::inRange(1, 100'000)}, size},
                                   {*rc::gen::inRange<std::int64_t>(1, 1'000'000)});
  const auto most = *rc::gen::inRange<std::int64_t>(0, 1 + most_of_step.mwh / made.unit.mwh);
  for (std::size_t i = 0; i < size; ++i) {
    const auto any = *rc::gen::inRange<std::int64_t>(-most, most + 1);
    made.counts[i] = *rc::gen::inRange(0, 4) == 0 && i > 0 ? made.counts[i - 1] : any;
    made.quality[i] = Quality(*rc::gen::inRange(0, 4) % *rc::gen::inRange(1, 5));
  }
  const std::string bytes = pack(made);
  const auto back = unpack(bytes, made.meter);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == made);
}

TEST(Packed, ExtremesComeBack) {
  const std::int64_t most = most_of_step.mwh;
  const std::int64_t least = -most;
  Intervals made = wh({local(2026, 10, 1), std::chrono::minutes{15}, 40}, {});
  made.unit = {1};
  made.counts = std::vector<std::int64_t>(40, 0);
  made.counts[3] = most;
  made.counts[4] = least;
  made.counts[20] = 1;
  made.counts[39] = least;
  EXPECT_EQ(*unpack(pack(made), "m1"), made);
}

TEST(Packed, WhatIsDamagedIsRefused) {
  std::vector<std::int64_t> values;
  for (int i = 0; i < 96; ++i) {
    values.push_back((i * 37) % 500);
  }
  const std::string bytes = pack(wh({local(2026, 10, 1), std::chrono::minutes{15}, 96}, values));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(unpack(bytes.substr(0, size), "x").has_value()) << size;
  }
  EXPECT_FALSE(unpack(bytes + '\0', "x").has_value());
  std::string other = bytes;
  other[0] = 2;
  const auto refused = unpack(other, "m1");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(errors_text(refused.error()),
            "readings of meter m1: packed in version 2; this program reads version 1\n");
  // A few bytes cannot promise a year of minutes.
  EXPECT_FALSE(unpack(std::string("\x01\x04\x3c\x01\xff\xff\x1f\x01\x00\x00", 10), "x"));
}

/// Bytes of a reading, packed by the month and by the day.
void expect_small(const std::string& name, const std::vector<double>& kwh_by_step, int minutes,
                  double most_by_month, double most_by_day) {
  const auto day = static_cast<std::size_t>(1440 / minutes);
  for (const std::size_t chunk : {day * 30, day}) {
    std::size_t bytes = 0;
    std::size_t readings = 0;
    for (std::size_t i = 0; i + chunk <= kwh_by_step.size(); i += chunk) {
      std::vector<std::int64_t> values;
      for (std::size_t k = i; k < i + chunk; ++k) {
        values.push_back(std::llround(kwh_by_step[k] * 1000.0));
      }
      const Intervals made = wh({local(2026, 10, 1), std::chrono::minutes{minutes}, chunk}, values);
      const std::string packed = pack(made);
      ASSERT_EQ(*unpack(packed, "m1"), made);
      bytes += packed.size();
      readings += chunk;
    }
    const double each = static_cast<double>(bytes) / static_cast<double>(readings);
    EXPECT_LE(each, chunk == day ? most_by_day : most_by_month) << name;
    ::testing::Test::RecordProperty(fmt::format("{}_{}", name, chunk), fmt::format("{:.3f}", each));
  }
}

std::vector<double> times_of(std::vector<double> values, double factor) {
  for (double& value : values) {
    value *= factor;
  }
  return values;
}

TEST(Packed, RealHomesTakeLessThanTwoBytesAReading) {
  CASE_OR_SKIP(ausgrid, "homes/ausgrid/data_2011-2012.csv");
  const test::Columns half_hours(ausgrid);
  expect_small("ausgrid load", times_of(half_hours.numbers("GC"), 0.5), 30, 1.2, 1.45);
  expect_small("ausgrid pv", times_of(half_hours.numbers("GG"), 0.5), 30, 0.8, 1.0);
  for (const int home : {1, 2, 3, 4, 5}) {
    CASE_OR_SKIP(bytes, fmt::format("homes/citylearn/Building_{}.csv", home));
    const test::Columns hours(bytes);
    expect_small("citylearn load", hours.numbers("non_shiftable_load"), 60, 1.6, 2.0);
    expect_small("citylearn pv", times_of(hours.numbers("solar_generation"), 0.004), 60, 1.35, 1.8);
  }
  CASE_OR_SKIP(quarters, "household/household_35040.csv");
  const test::Columns own(quarters, quarters.starts_with('#') ? 1 : 0);
  expect_small("own load", times_of(own.numbers("load_kw"), 0.25), 15, 1.1, 1.2);
  expect_small("own pv", times_of(own.numbers("pv_kw"), 0.25), 15, 0.75, 0.85);
}

}  // namespace
}  // namespace xiaoyuan::readings
