// The built-in climate: reading it, and the hourly year drawn around it, held against real years.
#include "weather/climate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "made.hpp"
#include "sun/clear_sky.hpp"
#include "sun/position.hpp"
#include "support/cases.hpp"
#include "weather/reader.hpp"

namespace xiaoyuan::weather {
namespace {

using test::climate_of;
using test::lines_of;
using test::mean;
using test::year_sum_kwh_m2;

Climate beijing() {
  auto climate = read_climate(test::project_bytes("share/climates/beijing.toml"), "beijing.toml");
  EXPECT_TRUE(climate) << lines_of(climate.error());
  return *climate;
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

void expect_monthly(const Monthly& found, const Monthly& wanted, double tolerance) {
  for (std::size_t month = 0; month < 12; ++month) {
    EXPECT_NEAR(found[month], wanted[month], tolerance * (1.0 + std::abs(wanted[month])))
        << "month " << month + 1;
  }
}

Monthly range_of(const Climate& climate) {
  Monthly range{};
  for (std::size_t month = 0; month < 12; ++month) {
    range[month] = climate.t_max_c[month] - climate.t_min_c[month];
  }
  return range;
}

TEST(Climate, BeijingAddsUpToTheYearOfItsSource) {
  const Climate climate = beijing();
  EXPECT_EQ(climate.utc_offset, std::chrono::hours{8});
  const auto year = synthetic_year(climate, 2026, 1);
  ASSERT_TRUE(year) << lines_of(year.error());
  EXPECT_NEAR(year_sum_kwh_m2(*year, year->ghi_w_m2), 1396.0, 0.5);
  EXPECT_NEAR(year_sum_kwh_m2(*year, year->dhi_w_m2), 641.0, 0.5);
  EXPECT_NEAR(year_sum_kwh_m2(*year, year->dni_w_m2), 1227.0, 3.0);
  EXPECT_NEAR(mean(year->temperature_c), 12.8, 0.05);
  EXPECT_NEAR(mean(year->wind_m_s), 2.31, 0.01);
}

TEST(Climate, ErrorsNameFieldAndMonth) {
  const std::string text = test::project_bytes("share/climates/beijing.toml");
  const std::vector<std::pair<std::string, std::string>> all = {
      {changed(text, "[0.92, 1.21", "[2.92, 1.21"), "January: diffuse 2.92 is more than global"},
      {changed(text, "[-2.9, 0.0", "[-2.9, 7.0"), "February: the mean 7 must lie between"},
      {changed(text, "5.55, 4.98", "9.55, 4.98"), "June: 9.55 is not below"},
      {changed(text, "[3.14, 3.50", "[1.14, 3.50"), "January: beam 1.14 cannot give"},
      {changed(text, "[2.22, 2.94", "[2.94"), "expected 12 numbers, found 11"},
      {changed(text, "39.80", "93.80"), "place.latitude_deg: expected a number from -66.5"},
      {changed(text, "wind_m_s", "wind_ms"), "did you mean"},
      {changed(text, "confidence = \"high\"", "confidence = \"sure\""), "high, med, low"}};
  for (const auto& [bytes, expected] : all) {
    const auto climate = read_climate(bytes, "beijing.toml");
    ASSERT_FALSE(climate) << expected;
    EXPECT_NE(lines_of(climate.error()).find(expected), std::string::npos)
        << "wanted: " << expected << "\nfound:\n"
        << lines_of(climate.error());
  }
}

TEST(SyntheticYear, MonthlyMeansAreExact) {
  const Climate climate = beijing();
  for (const auto& [number, seed] : {std::pair{2026, 1U}, {2028, 7U}, {2027, 12345U}}) {
    const auto year = synthetic_year(climate, number, seed);
    ASSERT_TRUE(year) << lines_of(year.error());
    EXPECT_EQ(year->axis.size, number == 2028 ? 8784U : 8760U);
    EXPECT_EQ(year->axis.at(0), Instant{std::chrono::sys_days{std::chrono::year{number} / 1 / 1} -
                                        std::chrono::hours{8}});
    const Climate found = climate_of(*year);
    expect_monthly(found.ghi_kwh_m2_day, climate.ghi_kwh_m2_day, 1e-9);
    expect_monthly(found.dhi_kwh_m2_day, climate.dhi_kwh_m2_day, 1e-9);
    expect_monthly(found.t_mean_c, climate.t_mean_c, 1e-9);
    expect_monthly(range_of(found), range_of(climate), 1e-9);
    expect_monthly(found.wind_m_s, climate.wind_m_s, 1e-9);
    expect_monthly(found.t_max_c, climate.t_max_c, 0.001);
    expect_monthly(*found.dni_kwh_m2_day, *climate.dni_kwh_m2_day, 0.02);
  }
}

TEST(SyntheticYear, LightIsPossibleInEveryHour) {
  const Climate climate = beijing();
  const auto year = synthetic_year(climate, 2026, 3);
  ASSERT_TRUE(year);
  const double pressure_pa = sun::standard_pressure_pa(climate.place.elevation_m);
  for (std::size_t i = 0; i < year->axis.size; ++i) {
    const double ghi = year->ghi_w_m2[i];
    const double dni = year->dni_w_m2[i];
    const double dhi = year->dhi_w_m2[i];
    const auto at =
        sun::position(year->axis.middle(i), climate.place, {.pressure_pa = pressure_pa});
    const double zenith = at.apparent_zenith_deg;
    ASSERT_GE(dni, 0.0);
    ASSERT_GE(dhi, 0.0);
    ASSERT_GE(year->wind_m_s[i], 0.0);
    if (zenith >= 90.0) {
      ASSERT_EQ(ghi + dni + dhi, 0.0) << i;
      continue;
    }
    const double cos_zenith = std::cos(zenith * std::numbers::pi / 180.0);
    ASSERT_NEAR(ghi, dni * cos_zenith + dhi, 1e-9) << i;
    const auto clear = sun::clear_sky({.apparent_zenith_deg = zenith,
                                       .pressure_pa = pressure_pa,
                                       .elevation_m = climate.place.elevation_m,
                                       .extraterrestrial_w_m2 = 1412.0,
                                       .linke_turbidity = 1.8});
    ASSERT_LT(dni, clear.dni_w_m2 + 1e-9) << i;
    ASSERT_LT(ghi, 1.15 * clear.ghi_w_m2 + 1e-9) << i;
  }
}

TEST(SyntheticYear, SameSeedSameBits) {
  const Climate climate = beijing();
  const auto first = synthetic_year(climate, 2026, 5);
  const auto again = synthetic_year(climate, 2026, 5);
  const auto other = synthetic_year(climate, 2026, 6);
  ASSERT_TRUE(first && again && other);
  EXPECT_EQ(first->ghi_w_m2, again->ghi_w_m2);
  EXPECT_EQ(first->dni_w_m2, again->dni_w_m2);
  EXPECT_EQ(first->temperature_c, again->temperature_c);
  EXPECT_EQ(first->wind_m_s, again->wind_m_s);
  EXPECT_NE(first->ghi_w_m2, other->ghi_w_m2);
  EXPECT_NE(first->temperature_c, other->temperature_c);
}

TEST(SyntheticYear, DayIsColdestAtSunriseAndWarmestAfterNoon) {
  const auto year = synthetic_year(beijing(), 2026, 1);
  ASSERT_TRUE(year);
  std::array<double, 24> of_hour{};
  for (std::size_t i = 0; i < year->axis.size; ++i) {
    of_hour[i % 24] += year->temperature_c[i];
  }
  const auto warmest = std::ranges::max_element(of_hour) - of_hour.begin();
  const auto coldest = std::ranges::min_element(of_hour) - of_hour.begin();
  EXPECT_TRUE(warmest == 14 || warmest == 15) << warmest;
  EXPECT_TRUE(coldest >= 5 && coldest <= 7) << coldest;
}

TEST(SyntheticYear, UnreachableDiffuseShareIsAnError) {
  Climate climate = beijing();
  climate.dhi_kwh_m2_day[2] = 0.01;
  const auto year = synthetic_year(climate, 2026, 1);
  ASSERT_FALSE(year);
  EXPECT_NE(lines_of(year.error()).find("month 3: a diffuse share of 0.003"), std::string::npos);
}

/// What days and hours do, relative to a clear sky of Linke turbidity 3.
struct Character {
  double day_deviation = 0.0;  ///< of the daily clear-sky index around its month's mean
  double day_memory = 0.0;     ///< its lag-1 autocorrelation
  double tenth = 0.0;          ///< percentiles of the hourly clearness index, sun above 10°
  double median = 0.0;
  double ninetieth = 0.0;
  double hour_change = 0.0;         ///< mean change of the clearness index from hour to hour
  double temperature_memory = 0.0;  ///< lag-1 autocorrelation of daily temperature anomalies
  double temperature_deviation = 0.0;
  double dni_kwh_m2 = 0.0;
};

struct Spread {
  double deviation = 0.0;
  double memory = 0.0;
};

/// Of daily values around the mean of their month.
Spread spread_of(const Weather& weather, std::vector<double> daily) {
  Monthly sums{};
  Monthly counts{};
  for (std::size_t day = 0; day < daily.size(); ++day) {
    sums[test::month_of(weather, day)] += daily[day];
    counts[test::month_of(weather, day)] += 1.0;
  }
  for (std::size_t day = 0; day < daily.size(); ++day) {
    const std::size_t month = test::month_of(weather, day);
    daily[day] -= sums[month] / counts[month];
  }
  double squares = 0.0;
  double products = 0.0;
  for (std::size_t day = 0; day < daily.size(); ++day) {
    squares += daily[day] * daily[day];
    products += day > 0 ? daily[day] * daily[day - 1] : 0.0;
  }
  return {std::sqrt(squares / static_cast<double>(daily.size())), products / squares};
}

Character character_of(const Weather& weather) {
  const double pressure_pa = sun::standard_pressure_pa(weather.place.elevation_m);
  std::vector<double> day_index;
  std::vector<double> day_temperature;
  std::vector<double> clearness;
  double change = 0.0;
  double changes = 0.0;
  for (std::size_t day = 0; day < weather.axis.size / 24; ++day) {
    double sum = 0.0, clear_sum = 0.0, temperature = 0.0, before = -1.0;
    const double outside = sun::extraterrestrial_w_m2(static_cast<int>(day) + 1);
    for (std::size_t i = day * 24; i < day * 24 + 24; ++i) {
      const auto at =
          sun::position(weather.axis.middle(i), weather.place, {.pressure_pa = pressure_pa});
      sum += weather.ghi_w_m2[i];
      clear_sum += sun::clear_sky({.apparent_zenith_deg = at.apparent_zenith_deg,
                                   .pressure_pa = pressure_pa,
                                   .elevation_m = weather.place.elevation_m,
                                   .extraterrestrial_w_m2 = outside})
                       .ghi_w_m2;
      temperature += weather.temperature_c[i] / 24.0;
      if (at.zenith_deg < 80.0) {
        const double now =
            weather.ghi_w_m2[i] / (outside * std::cos(at.zenith_deg * std::numbers::pi / 180.0));
        clearness.push_back(now);
        change += before >= 0.0 ? std::abs(now - before) : 0.0;
        changes += before >= 0.0 ? 1.0 : 0.0;
        before = now;
      }
    }
    day_index.push_back(sum / clear_sum);
    day_temperature.push_back(temperature);
  }
  std::ranges::sort(clearness);
  const auto at_share = [&](double share) {
    return clearness[static_cast<std::size_t>(share * static_cast<double>(clearness.size() - 1))];
  };
  const Spread days = spread_of(weather, day_index);
  const Spread temperatures = spread_of(weather, day_temperature);
  return {days.deviation,
          days.memory,
          at_share(0.1),
          at_share(0.5),
          at_share(0.9),
          change / changes,
          temperatures.memory,
          temperatures.deviation,
          year_sum_kwh_m2(weather, weather.dni_w_m2)};
}

/// A year drawn from the monthly means of a real one (without its DNI) behaves like it.
void expect_alike(const Weather& real, double median_band) {
  Climate climate = climate_of(real);
  climate.dni_kwh_m2_day.reset();
  const Character wanted = character_of(real);
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto year = synthetic_year(climate, 2001, seed);
    ASSERT_TRUE(year) << lines_of(year.error());
    const Character found = character_of(*year);
    EXPECT_NEAR(found.day_deviation, wanted.day_deviation, 0.02);
    EXPECT_NEAR(found.day_memory, wanted.day_memory, 0.20);
    EXPECT_NEAR(found.tenth, wanted.tenth, 0.07);
    EXPECT_NEAR(found.median, wanted.median, median_band);
    EXPECT_NEAR(found.ninetieth, wanted.ninetieth, 0.05);
    EXPECT_NEAR(found.hour_change, wanted.hour_change, 0.015);
    EXPECT_NEAR(found.temperature_memory, wanted.temperature_memory, 0.12);
    EXPECT_NEAR(found.temperature_deviation, wanted.temperature_deviation, 0.8);
    EXPECT_NEAR(found.dni_kwh_m2, wanted.dni_kwh_m2, 0.02 * wanted.dni_kwh_m2);
  }
}

TEST(SyntheticYear, BehavesLikeGreensboro) {
  CASE_OR_SKIP(bytes, "weather/723170TYA.CSV");
  expect_alike(*read_weather(bytes, "723170TYA.CSV"), 0.05);
}

TEST(SyntheticYear, BehavesLikeAurora) {
  CASE_OR_SKIP(bytes, "weather/USA_CO_Aurora-Buckley.Field.ANGB.724695_TMY3.epw");
  expect_alike(*read_weather(bytes, "aurora.epw"), 0.05);
}

TEST(SyntheticYear, BehavesLikeSandPoint) {
  CASE_OR_SKIP(bytes, "weather/703165TY.csv");
  expect_alike(*read_weather(bytes, "703165TY.csv"), 0.08);
}

}  // namespace
}  // namespace xiaoyuan::weather
