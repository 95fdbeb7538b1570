// A freeze carried forward by intervals.
#include "readings/freeze.hpp"

#include "made.hpp"

namespace xiaoyuan::readings {
namespace {

const TimeAxis hours{local(2026, 10, 31), std::chrono::hours{6}, 4};

TEST(CarriedFreeze, IsTheLastOneAndWhatFlowedSince) {
  const RegisterReading last = reading("m1", Channel::imported, hours.start, kwh(100, 50));
  const Service service{.meter = "m1", .form = {}, .multiplier = 40, .from = {}, .to = {}};
  const auto carried =
      carried_freeze(last, service, wh(hours, {1000, 2000, 500, 1234}), local(2026, 11, 3));
  ASSERT_TRUE(carried.has_value());
  EXPECT_EQ(carried->value, kwh(100, 61));  // 4,734 Wh / 40 = 118.35 Wh, of which 110 are shown
  EXPECT_EQ(carried->key.at, local(2026, 11, 1));
  EXPECT_EQ(carried->quality, Quality::estimated);
}

TEST(CarriedFreeze, IsNotMadeOfHolesNorPastTheWidth) {
  const RegisterReading last = reading("m1", Channel::imported, hours.start, kwh(9999, 50));
  const Service service{.meter = "m1",
                        .form = {.whole_digits = 4, .decimals = 2},
                        .multiplier = 1,
                        .from = {},
                        .to = {}};
  const auto holes = carried_freeze(last, service, wh(hours, {1, 2, -1, 4}), last.recorded_at);
  EXPECT_EQ(
      errors_text(holes.error()),
      "meter m1: import, total, 2026-10-31T16:00:00Z: 1 steps before it are missing; it cannot "
      "be carried forward\n");
  const auto wide = carried_freeze(last, service, wh(hours, {500, 0, 0, 0}), last.recorded_at);
  EXPECT_NE(errors_text(wide.error()).find("past the register's width"), std::string::npos);
}

}  // namespace
}  // namespace xiaoyuan::readings
