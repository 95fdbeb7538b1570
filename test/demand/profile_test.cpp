// The built-in household load: exact energy, houses that differ, the same seed the same bits.
#include "demand/profile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/fields.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::demand {
namespace {

std::vector<Civil> year_of_steps(int minutes) {
  const Zone zone = *Zone::find("Asia/Shanghai");
  return zone.civil({zone.instant(std::chrono::year{2026} / 1 / 1, 0),
                     std::chrono::minutes{minutes}, static_cast<std::size_t>(8760 * 60 / minutes)});
}

Profile rural() {
  return *read_profile(test::project_bytes("share/profiles/rural.toml"), "rural.toml");
}

TEST(Profile, TheYearsEnergyIsTheGivenOne) {
  for (const int minutes : {60, 30, 15}) {
    const double step_hours = minutes / 60.0;
    const auto kw = household_load_kw(rural(), year_of_steps(minutes),
                                      {.year_kwh = 2345.6, .step_hours = step_hours, .seed = 7});
    const double kwh = std::accumulate(kw.begin(), kw.end(), 0.0) * step_hours;
    EXPECT_NEAR(kwh, 2345.6, 2345.6e-9) << minutes;
    for (const double power : kw) {
      ASSERT_GT(power, 0.0);
    }
  }
}

TEST(Profile, TheSameSeedGivesTheSameBitsAnotherAnotherHouse) {
  const auto times = year_of_steps(60);
  const ProfileUse use{.year_kwh = 2400.0, .step_hours = 1.0, .seed = 42};
  EXPECT_EQ(household_load_kw(rural(), times, use), household_load_kw(rural(), times, use));
  const auto one = household_load_kw(rural(), times, use);
  const auto other = household_load_kw(rural(), times, {2400.0, 1.0, 43});
  std::size_t equal = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    equal += one[i] == other[i] ? 1 : 0;
  }
  EXPECT_EQ(equal, 0U);
}

TEST(Profile, ManyHousesTogetherShowTheGivenHoursAndMonths) {
  const Profile profile = rural();
  const auto times = year_of_steps(60);
  std::array<double, 24> by_hour{};
  std::array<double, 12> by_month{};
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto kw = household_load_kw(profile, times, {2400.0, 1.0, seed});
    for (std::size_t i = 0; i < kw.size(); ++i) {
      by_hour[static_cast<std::size_t>(times[i].hour())] += kw[i];
      by_month[static_cast<std::size_t>(times[i].month - 1)] += kw[i];
    }
  }
  // Each house keeps hours of its own, up to one earlier or later: the peak stays in the evening.
  const auto peak = std::ranges::max_element(by_hour) - by_hour.begin();
  EXPECT_GE(peak, 18);
  EXPECT_LE(peak, 20);
  const auto least = std::ranges::min_element(by_hour) - by_hour.begin();
  EXPECT_LE(least, 5);
  const double july = by_month[6] / 31.0 / profile.months[6];
  const double april = by_month[3] / 30.0 / profile.months[3];
  EXPECT_NEAR(july / april, 1.0, 0.05);
}

TEST(Profile, WrongOnesAreNamed) {
  std::string text = test::project_bytes("share/profiles/rural.toml");
  text.replace(text.find("day_spread = 0.20"), 17, "day_spread = 3");
  text.replace(text.find("months = [1.00, "), 16, "months = [");
  text.replace(text.find("factor = 1.3"), 12, "faktor = 1.3");
  const auto read = read_profile(text, "rural.toml");
  ASSERT_FALSE(read.has_value());
  ASSERT_EQ(read.error().size(), 4U);
  EXPECT_EQ(message(read.error()[0], Language::english),
            "rural.toml:8: months: expected 12 numbers, found 11");
  EXPECT_EQ(message(read.error()[1], Language::english),
            "rural.toml:9: day_spread: expected a number from 0 to 2, found 3");
  EXPECT_EQ(message(read.error()[2], Language::english),
            "rural.toml:18: spring_festival.factor: is missing; it is required");
  EXPECT_EQ(message(read.error()[3], Language::english),
            "rural.toml:21: spring_festival.faktor: unknown name \"faktor\"; did you mean "
            "\"factor\"?");
}

TEST(Profile, AFullHouseAroundTheSpringFestivalWithinTheSameYear) {
  const Profile profile = rural();
  const auto times = year_of_steps(60);
  const std::vector<Date> festivals{std::chrono::year{2025} / 1 / 29,
                                    std::chrono::year{2026} / 2 / 17};
  const ProfileUse plain{.year_kwh = 2400.0, .step_hours = 1.0, .seed = 5};
  ProfileUse festive = plain;
  festive.spring_festivals = festivals;
  const auto without = household_load_kw(profile, times, plain);
  const auto with = household_load_kw(profile, times, festive);
  EXPECT_NEAR(std::accumulate(with.begin(), with.end(), 0.0), 2400.0, 2400.0e-9);
  // 10 February to 3 March use 1.3 times what the other days' common scale leaves them.
  const double scale = with.front() / without.front();
  EXPECT_LT(scale, 1.0);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Date date = times[i].date();
    const bool full =
        date >= std::chrono::year{2026} / 2 / 10 && date <= std::chrono::year{2026} / 3 / 3;
    ASSERT_NEAR(with[i], without[i] * scale * (full ? 1.3 : 1.0), 1e-12) << i;
  }
}

}  // namespace
}  // namespace xiaoyuan::demand
