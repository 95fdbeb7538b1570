// Weather files: the cases' sums and clocks, and every error with its line and field.
#include "weather/reader.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "made.hpp"
#include "measured_on.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::weather {
namespace {

using test::Cells;
using test::expect_clock_right;
using test::expect_sums;
using test::lines_of;
using test::made_epw;
using test::made_tmy3;
using test::mean;
using test::year_sum_kwh_m2;

constexpr auto aurora = "weather/USA_CO_Aurora-Buckley.Field.ANGB.724695_TMY3.epw";
constexpr auto greensboro = "weather/723170TYA.CSV";
constexpr auto sand_point = "weather/703165TY.csv";

TEST(Cases, GreensboroTmy3) {
  CASE_OR_SKIP(bytes, greensboro);
  const auto weather = read_weather(bytes, "723170TYA.CSV");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  expect_sums(*weather, {1566.2, 1476.5, 682.2, 14.42});
  expect_clock_right(*weather);
  EXPECT_EQ(weather->place, (Place{36.1, -79.95, 273.0}));
  EXPECT_EQ(weather->utc_offset, std::chrono::hours{-5});
  EXPECT_EQ(text_of(weather->axis.start), "2001-01-01T05:00:00Z");
  EXPECT_DOUBLE_EQ(weather->pressure_pa[8759], 98000.0);
  EXPECT_DOUBLE_EQ(weather->temperature_c[8758], 2.8);
}

TEST(Cases, SandPointTmy3) {
  CASE_OR_SKIP(bytes, sand_point);
  const auto weather = read_weather(bytes, "703165TY.csv");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  expect_sums(*weather, {829.2, 819.2, 460.9, 4.42});
  expect_clock_right(*weather);
}

TEST(Cases, AuroraEpw) {
  CASE_OR_SKIP(bytes, aurora);
  const auto weather = read_weather(bytes, "aurora.epw");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  expect_sums(*weather, {1660.4, 1995.8, 566.0, 10.02});
  expect_clock_right(*weather);
  EXPECT_EQ(weather->place, (Place{39.72, -104.75, 1726.0}));
  // Row "1,1,12" holds 473/960/39 W/m²: hour 12 covers 11:00–12:00.
  EXPECT_EQ(text_of(weather->axis.at(11)), "2001-01-01T18:00:00Z");
  EXPECT_EQ(weather->ghi_w_m2[11], 473.0);
  EXPECT_EQ(weather->dni_w_m2[11], 960.0);
  EXPECT_EQ(weather->dhi_w_m2[11], 39.0);
}

TEST(Reader, ReadsMadeYears) {
  for (const auto& [bytes, name] : {std::pair{made_epw(), "made.epw"},
                                    std::pair{made_epw({}, {.line_end = "\r\n"}), "made.txt"},
                                    std::pair{made_tmy3(), "made.csv"}}) {
    const auto weather = read_weather(bytes, name);
    ASSERT_TRUE(weather) << lines_of(weather.error());
    EXPECT_TRUE(weather->typical);
    EXPECT_TRUE(weather->notes.empty());
    EXPECT_EQ(weather->axis.size, 8760U);
    EXPECT_EQ(text_of(weather->axis.start), "2001-01-01T07:00:00Z");
    EXPECT_EQ(weather->ghi_w_m2[5], 0.0);
    EXPECT_EQ(weather->ghi_w_m2[6], 400.0);  // hour 7 covers 06:00–07:00
    EXPECT_EQ(weather->dni_w_m2[17], 500.0);
    EXPECT_EQ(weather->dhi_w_m2[18], 0.0);
    EXPECT_EQ(weather->pressure_pa[0], 90000.0);
  }
}

TEST(Reader, UnknownFormatNamesTheKnownOnes) {
  const auto weather = read_weather("a,b\n1,2\n", "some.csv");
  ASSERT_FALSE(weather);
  EXPECT_NE(lines_of(weather.error()).find("EPW (*.epw) and TMY3"), std::string::npos);
}

TEST(Reader, SubHourlyEpw) {
  for (const int records : {2, 4}) {
    const auto weather = read_weather(made_epw({}, {.records_per_hour = records}), "made.epw");
    ASSERT_TRUE(weather) << lines_of(weather.error());
    EXPECT_EQ(weather->axis.size, 8760U * static_cast<std::size_t>(records));
    EXPECT_EQ(weather->axis.step, std::chrono::seconds{3600 / records});
    EXPECT_NEAR(year_sum_kwh_m2(*weather, weather->ghi_w_m2), 0.4 * 12 * 365, 1e-9);
  }
  const auto weather = read_weather(made_epw({}, {.records_per_hour = 3}), "made.epw");
  EXPECT_NE(lines_of(weather.error()).find("made.epw:8: DATA PERIODS records per hour: 1, 2 or 4"),
            std::string::npos);
}

TEST(Reader, LeapDayIsLeftOutWithANote) {
  const auto mark = [](int row, Cells& cells) {
    if (row == 60 * 24) {  // 1 March of a leap year
      cells[6] = "33";
    }
  };
  const auto weather = read_weather(made_epw(mark, {.year = 2004}), "made.epw");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_EQ(weather->axis.size, 8760U);
  EXPECT_EQ(weather->temperature_c[59 * 24], 33.0);
  ASSERT_EQ(weather->notes.size(), 1U);
  EXPECT_NE(weather->notes[0].en.find("29 February"), std::string::npos);
}

TEST(Reader, ShortGapsAreFilledAndCounted) {
  const auto epw_gap = [](int row, Cells& cells) {
    if (row == 10 || row == 11) {
      cells[6] = "99.9";
    }
    if (row == 12) {
      cells[6] = "16";
    }
    if (row == 0) {
      cells[9] = "999999";
      cells[21] = "999";
    }
  };
  const auto epw = read_weather(made_epw(epw_gap), "made.epw");
  ASSERT_TRUE(epw) << lines_of(epw.error());
  EXPECT_DOUBLE_EQ(epw->temperature_c[10], 12.0);
  EXPECT_DOUBLE_EQ(epw->temperature_c[11], 14.0);
  EXPECT_EQ(epw->pressure_pa[0], 90000.0);
  ASSERT_EQ(epw->notes.size(), 3U);
  EXPECT_EQ(epw->notes[0].en, "Dry Bulb Temperature: 2 missing values filled on a straight line");

  const auto tmy_gap = [](int row, Cells& cells) { cells[2] = row == 9 ? "-9900" : cells[2]; };
  const auto tmy3 = read_weather(made_tmy3(tmy_gap), "made.csv");
  ASSERT_TRUE(tmy3) << lines_of(tmy3.error());
  EXPECT_EQ(tmy3->ghi_w_m2[9], 400.0);
  EXPECT_EQ(tmy3->notes.size(), 1U);
}

TEST(Reader, WindAndPressureMayBeMissingThroughout) {
  const auto none = [](int, Cells& cells) { cells[9] = "999999", cells[21] = "999"; };
  const auto weather = read_weather(made_epw(none), "made.epw");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_NEAR(weather->pressure_pa[0], 82200.0, 200.0);  // standard atmosphere at 1726 m
  EXPECT_EQ(weather->notes.size(), 2U);
}

TEST(Reader, AFileThatKnowsOnlyGlobalLightIsSplitByErbs) {
  const auto only_ghi = [](int, Cells& cells) { cells[14] = "9999", cells[15] = "9999"; };
  const auto weather = read_weather(made_epw(only_ghi), "made.epw");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  ASSERT_EQ(weather->notes.size(), 1U);
  const std::size_t noon = 180 * 24 + 11;
  EXPECT_GT(weather->dni_w_m2[noon], 0.0);
  EXPECT_GT(weather->dhi_w_m2[noon], 0.0);
  EXPECT_LT(weather->dhi_w_m2[noon], weather->ghi_w_m2[noon]);
  EXPECT_EQ(weather->dhi_w_m2[0], 0.0);
}

struct BrokenBytes {
  std::string bytes;
  std::string expected;
};

TEST(Reader, EpwErrorsNameLineAndField) {
  const auto cell = [](int row, std::size_t column, std::string text) {
    return [=](int at, Cells& cells) { cells[column] = at == row ? text : cells[column]; };
  };
  const auto gap = [](int from, int to, std::size_t column, std::string code) {
    return [=](int row, Cells& cells) {
      cells[column] = row >= from && row < to ? code : cells[column];
    };
  };
  const std::vector<BrokenBytes> all = {
      {made_epw(cell(3, 13, "many")),
       "made.epw:12: Global Horizontal Radiation: expected a number from 0 to 2000, found "
       "\"many\""},
      {made_epw(cell(3, 6, "88")), "made.epw:12: Dry Bulb Temperature: expected a number from -90"},
      {made_epw(cell(3, 1, "13")), "made.epw:12: date: expected a day of the year and an hour"},
      {made_epw(cell(3, 3, "25")), "made.epw:12: date: expected a day of the year and an hour"},
      {made_epw([](int row, Cells& cells) {
         if (row == 100) {
           cells.clear();
         }
       }),
       "made.epw:109: hour: expected the row that ends at 01-05 05:00, found 01-05 06:00"},
      {made_epw([](int row, Cells& cells) {
         if (row == 5) {
           cells.resize(20);
         }
       }),
       "made.epw:14: row: expected 35 columns (at least 22), found 20"},
      {made_epw([](int row, Cells& cells) {
         if (row >= 8000) {
           cells.clear();
         }
       }),
       "the file ends at 11-30 08:00; a whole year of 8760 rows is needed"},
      {made_epw({}, {.latitude = "97"}), "made.epw:1: LOCATION latitude: expected a number from"},
      {made_epw({}, {.without = "GROUND"}), "made.epw:4: GROUND TEMPERATURES: expected the header"},
      {made_epw({}, {.without = "DATA PERIODS"}), "made.epw:8: DATA PERIODS: expected the header"},
      {made_epw(gap(0, 8760, 13, "9999")),
       "made.epw: Global Horizontal Radiation: has no value in the whole file; GHI and"},
      {made_epw(gap(48, 55, 6, "99.9")),
       "made.epw:57: Dry Bulb Temperature: 7 rows in succession without a value"},
  };
  for (const BrokenBytes& broken : all) {
    const auto weather = read_weather(broken.bytes, "made.epw");
    ASSERT_FALSE(weather) << broken.expected;
    EXPECT_NE(lines_of(weather.error()).find(broken.expected), std::string::npos)
        << "wanted: " << broken.expected << "\nfound:\n"
        << lines_of(weather.error());
  }
}

TEST(Reader, Tmy3ErrorsNameLineAndField) {
  const std::vector<BrokenBytes> all = {
      {made_tmy3([](int row, Cells& cells) { cells[3] = row == 2 ? "x" : cells[3]; }),
       "made.csv:5: DNI (W/m^2): expected a number from 0 to 2000, found \"x\""},
      {made_tmy3([](int row, Cells& cells) { cells[0] = row == 2 ? "1998-01-01" : cells[0]; }),
       "made.csv:5: Date (MM/DD/YYYY): expected a date and hour like 01/31/1998 24:00"},
      {made_tmy3([](int row, Cells& cells) { cells[1] = row == 2 ? "03:30" : cells[1]; }),
       "made.csv:5: Date (MM/DD/YYYY): expected a date and hour like 01/31/1998 24:00"},
      {made_tmy3([](int row, Cells& cells) { cells[1] = row == 2 ? "02:00" : cells[1]; }),
       "made.csv:5: hour: one row too many for 01-01 02:00"},
      {made_tmy3([](int row, Cells& cells) {
         if (row == 2) {
           cells.resize(7);
         }
       }),
       "made.csv:5: row: expected at least 8 columns, found 7"},
      {made_tmy3({}, {.without = "DHI"}), "made.csv:2: DHI (W/m^2): this column is missing"},
      {made_tmy3({}, {.latitude = "-91"}),
       "made.csv:1: latitude: expected a number from -90 to 90"},
      {made_tmy3([](int, Cells& cells) { cells[2] = "-9900"; }),
       "made.csv: GHI (W/m^2): has no value in the whole file"},
  };
  for (const BrokenBytes& broken : all) {
    const auto weather = read_weather(broken.bytes, "made.csv");
    ASSERT_FALSE(weather) << broken.expected;
    EXPECT_NE(lines_of(weather.error()).find(broken.expected), std::string::npos)
        << "wanted: " << broken.expected << "\nfound:\n"
        << lines_of(weather.error());
  }
}

TEST(Reader, StopsAfterTwentyErrorsAndCountsTheRest) {
  const auto all_bad = [](int row, Cells& cells) { cells[13] = row < 50 ? "?" : cells[13]; };
  const auto weather = read_weather(made_epw(all_bad), "made.epw");
  ASSERT_FALSE(weather);
  ASSERT_EQ(weather.error().size(), 21U);
  EXPECT_EQ(weather.error().back().what.en, "30 more errors are not shown");
}

TEST(Reader, DamagedBytesAreErrorsAndNoCrash) {
  const std::string whole = made_epw();
  for (std::size_t length = 0; length < 3000; length += 97) {
    EXPECT_FALSE(read_weather(whole.substr(0, length), "made.epw"));
  }
  EXPECT_FALSE(read_weather("", "x.csv"));
  EXPECT_FALSE(read_weather("x\nDate (MM/DD/YYYY)\n", "x.csv"));
}

}  // namespace
}  // namespace xiaoyuan::weather
