// The electric car: every kWh is charged or said to be unmet, at the hours that were asked for.
#include "demand/car.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.hpp"

namespace xiaoyuan::demand {
namespace {

using std::chrono::year;

/// Days of steps from the first hour of Monday, 2 March 2026.
std::vector<Civil> days_from_monday(int days, int minutes, int first_hour = 0) {
  const Zone zone = *Zone::find("Asia/Shanghai");
  return zone.civil({zone.instant(year{2026} / 3 / 2, first_hour * 60),
                     std::chrono::minutes{minutes},
                     static_cast<std::size_t>(days * 1440 / minutes)});
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> hours_of(const Car& car, std::span<const double> price = {}) {
  return car_charging(car, days_from_monday(2, 60), 1.0, price, 1).kw;
}

/// Two days of hours with the given values from an hour of the first day on.
std::vector<double> from_hour(std::size_t first, const std::vector<double>& values) {
  std::vector<double> hours(48, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    hours[(first + i) % 48] += values[i];
    hours[(first + 24 + i) % 48] += values[i];
  }
  return hours;
}

TEST(Car, TheFourWaysOfChargingByHand) {
  // Home 18:30 to 07:15, 7 kW, 16 kWh: 2 h 17 min of full power.
  Car car{.arrival_minute = 18 * 60 + 30, .departure_minute = 7 * 60 + 15, .day_kwh = 16.0};
  EXPECT_EQ(hours_of(car), from_hour(18, {3.5, 7.0, 5.5}));
  car.charging = Charging::latest;
  EXPECT_EQ(hours_of(car), from_hour(4, {0.25, 7.0, 7.0, 1.75}));
  car.charging = Charging::evenly;
  const auto even = hours_of(car);
  EXPECT_NEAR(even[19], 16.0 / 12.75, 1e-12);
  EXPECT_NEAR(even[18], 16.0 / 12.75 / 2.0, 1e-12);
  EXPECT_NEAR(even[31], 16.0 / 12.75 / 4.0, 1e-12);
  EXPECT_EQ(even[32], 0.0);
  car.charging = Charging::cheapest;
  std::vector<double> price(48, 0.5);
  price[2] = price[3] = price[26] = price[27] = price[12] = 0.1;  // at noon the car is away
  auto wanted = from_hour(2, {7.0, 7.0});
  wanted[18] = wanted[42] = 2.0;  // the rest at the earliest of the equally dear
  EXPECT_EQ(hours_of(car, price), wanted);
}

TEST(Car, AStayWithinADayAndThroughAWeekend) {
  // A night worker is home from 08:00 to 17:00.
  Car car{.arrival_minute = 8 * 60,
          .departure_minute = 17 * 60,
          .day_kwh = 9.0,
          .charger_kw = 7.0,
          .charging = Charging::evenly};
  EXPECT_EQ(hours_of(car), from_hour(8, std::vector<double>(9, 1.0)));
  // On weekdays only, Friday's stay lasts until Monday: 61 h.
  car = {.arrival_minute = 18 * 60,
         .departure_minute = 7 * 60,
         .driving_days = DrivingDays::weekdays,
         .day_kwh = 6.1,
         .charging = Charging::evenly};
  const auto use = car_charging(car, days_from_monday(7, 60), 1.0, {}, 1);
  EXPECT_NEAR(use.kw[4 * 24 + 18], 0.1, 1e-12);
  EXPECT_NEAR(use.kw[6 * 24 + 12], 0.1, 1e-12);
  EXPECT_NEAR(use.kw[3], 0.1, 1e-12);  // wraps around into Monday morning
  EXPECT_NEAR(sum(use.kw), 5 * 6.1, 1e-9);
  car.driving_days = DrivingDays::weekends;
  EXPECT_NEAR(sum(car_charging(car, days_from_monday(7, 60), 1.0, {}, 1).kw), 2 * 6.1, 1e-9);
}

TEST(Car, WhatDoesNotFitIsUnmet) {
  // 3 kW from 22:00 to 02:00 give 12 of 20 kWh.
  const Car car{
      .arrival_minute = 22 * 60, .departure_minute = 2 * 60, .day_kwh = 20.0, .charger_kw = 3.0};
  const auto use = car_charging(car, days_from_monday(3, 15), 0.25, {}, 1);
  EXPECT_NEAR(sum(use.kw) * 0.25, 36.0, 1e-9);
  EXPECT_NEAR(use.unmet_kwh, 24.0, 1e-9);
}

TEST(Car, AYearsEnergyIsSharedByItsDrivingDays) {
  const Zone zone = *Zone::find("Asia/Shanghai");
  for (const int first_hour : {0, 5, 19}) {
    const auto times = zone.civil(
        {zone.instant(year{2026} / 1 / 1, first_hour * 60), std::chrono::minutes{15}, 35040});
    const Car car{
        .driving_days = DrivingDays::weekdays, .year_kwh = 2610.0, .arrival_jitter_minutes = 30.0};
    const auto use = car_charging(car, times, 0.25, {}, 9);
    EXPECT_NEAR(sum(use.kw) * 0.25, 2610.0, 1e-7) << first_hour;  // 261 weekdays
    EXPECT_EQ(use.unmet_kwh, 0.0);
    EXPECT_EQ(use.kw, car_charging(car, times, 0.25, {}, 9).kw);
    EXPECT_NE(use.kw, car_charging(car, times, 0.25, {}, 10).kw);
  }
}

TEST(Car, NobodyAtHomeNoCharging) {
  Car car{
      .arrival_minute = 18 * 60, .departure_minute = 7 * 60, .day_kwh = 10.0, .charger_kw = 2.0};
  car.absences = {{year{2026} / 3 / 3, year{2026} / 3 / 4}};
  const auto use = car_charging(car, days_from_monday(4, 60), 1.0, {}, 1);
  // Monday's stay ends at midnight with 12 of 10 kWh possible; Tuesday and Wednesday are away.
  EXPECT_NEAR(sum(use.kw), 20.0, 1e-12);
  EXPECT_EQ(use.unmet_kwh, 0.0);
  for (std::size_t i = 24; i < 72; ++i) {
    ASSERT_EQ(use.kw[i], 0.0) << i;
  }
  car.day_kwh = 13.0;  // one kWh more than fits before midnight
  EXPECT_NEAR(car_charging(car, days_from_monday(4, 60), 1.0, {}, 1).unmet_kwh, 1.0, 1e-12);
}

struct Drawn {
  Car car;
  std::vector<Civil> times;
  std::vector<double> price;
  double step_hours = 1.0;
  int days = 0;
  int minutes = 60;

  explicit Drawn(std::uint64_t seed) {
    Random random(seed);
    const auto whole = [&](int most) { return static_cast<int>(random.uniform() * most); };
    days = 1 + whole(20);
    minutes = std::array{15, 30, 60}[static_cast<std::size_t>(whole(3))];
    step_hours = minutes / 60.0;
    times = days_from_monday(days, minutes, whole(24));
    car = {.arrival_minute = whole(1440),
           .departure_minute = whole(1440),
           .driving_days = DrivingDays(whole(3)),
           .day_kwh = 60.0 * random.uniform() * random.uniform(),
           .charger_kw = 1.0 + 10.0 * random.uniform(),
           .charging = Charging(whole(4)),
           .arrival_jitter_minutes = whole(3) * 120.0 * random.uniform()};
    if (whole(2) == 1) {
      const Date first{std::chrono::sys_days{year{2026} / 3 / 2} + std::chrono::days{whole(days)}};
      car.absences = {{first, Date{std::chrono::sys_days{first} + std::chrono::days{whole(5)}}}};
    }
    for (std::size_t i = 0; i < times.size(); ++i) {
      price.push_back(0.1 * whole(5));
    }
  }
};

RC_GTEST_PROP(Car, EnergyIsConservedWithinTheChargersPower, (std::uint64_t seed)) {
  const Drawn drawn(seed);
  const Car& car = drawn.car;
  const auto use = car_charging(car, drawn.times, drawn.step_hours, drawn.price, seed);
  const auto away = away_steps(drawn.times, car.absences);
  for (std::size_t i = 0; i < use.kw.size(); ++i) {
    RC_ASSERT(use.kw[i] >= 0.0);
    RC_ASSERT(use.kw[i] <= car.charger_kw * (1.0 + 1e-9));
    RC_ASSERT(away[i] == 0 || use.kw[i] == 0.0);
  }
  // Driving days whose arrival lies on the axis, by the calendar alone.
  std::size_t trips = 0;
  const auto first_minute = drawn.times.front().minute;
  for (int day = 0; day <= drawn.days; ++day) {
    const Date date{std::chrono::sys_days{year{2026} / 3 / 2} + std::chrono::days{day}};
    const unsigned weekday = std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding();
    const bool rests = weekday == 0 || weekday == 6;
    const bool drives = car.driving_days == DrivingDays::every_day ||
                        rests == (car.driving_days == DrivingDays::weekends);
    const bool is_away = std::ranges::any_of(car.absences, [&](const Absence& absence) {
      return absence.first_day <= date && date <= absence.last_day;
    });
    const bool on_axis = day == 0            ? car.arrival_minute >= first_minute
                         : day == drawn.days ? car.arrival_minute < first_minute
                                             : true;
    trips += drives && !is_away && on_axis ? 1 : 0;
  }
  const double wanted = static_cast<double>(trips) * car.day_kwh;
  RC_ASSERT(use.unmet_kwh >= 0.0);
  RC_ASSERT(std::abs(sum(use.kw) * drawn.step_hours + use.unmet_kwh - wanted) <= 1e-9);
}

double cost(const CarUse& use, const std::vector<double>& price) {
  return std::inner_product(use.kw.begin(), use.kw.end(), price.begin(), 0.0);
}

RC_GTEST_PROP(Car, CheapestIsNeverDearer, (std::uint64_t seed)) {
  Drawn drawn(seed);
  drawn.car.charging = Charging::cheapest;
  const auto best = car_charging(drawn.car, drawn.times, drawn.step_hours, drawn.price, seed);
  for (const Charging other : {Charging::on_arrival, Charging::evenly, Charging::latest}) {
    drawn.car.charging = other;
    const auto use = car_charging(drawn.car, drawn.times, drawn.step_hours, drawn.price, seed);
    RC_ASSERT(std::abs(use.unmet_kwh - best.unmet_kwh) <= 1e-9);
    RC_ASSERT(cost(best, drawn.price) <= cost(use, drawn.price) + 1e-9);
  }
}

TEST(TimeOfDay, HoursAndMinutesAndNothingElse) {
  const Where cell{"households.csv", 2, "car_arrival"};
  EXPECT_EQ(*parse_time_of_day("18:05", cell), 1085);
  EXPECT_EQ(*parse_time_of_day("7:30", cell), 450);
  EXPECT_EQ(*parse_time_of_day("00:00", cell), 0);
  EXPECT_EQ(minute_of_hhmm(1800.0), 18 * 60);
  EXPECT_EQ(minute_of_hhmm(730.0), 7 * 60 + 30);
  EXPECT_EQ(minute_of_hhmm(2359.0), 1439);
  for (const char* wrong : {"", "24:00", "18", "18:5", "18:60", "-1:00", "18:00:00", "6 pm"}) {
    const auto read = parse_time_of_day(wrong, cell);
    ASSERT_FALSE(read.has_value()) << wrong;
    EXPECT_EQ(message(read.error()[0], Language::english),
              std::string("households.csv:2: car_arrival: expected a time of day from 00:00 to "
                          "23:59, found \"") +
                  wrong + "\"");
    EXPECT_EQ(message(read.error()[0], Language::chinese),
              std::string("households.csv:2: car_arrival: 应为 00:00 至 23:59 之间的时刻,实为“") +
                  wrong + "”");
  }
}

}  // namespace
}  // namespace xiaoyuan::demand
