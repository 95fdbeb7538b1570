// Broken weather files of the services and of plain CSV: each error word for word, in English and
// for some in Chinese.
#include <gtest/gtest.h>

#include "made_formats.hpp"
#include "weather/reader.hpp"

namespace xiaoyuan::weather {
namespace {

using test::Cells;
using test::Change;
using test::made_nasa_power;
using test::made_nsrdb;
using test::made_plain_csv;
using test::made_pvgis_hourly;
using test::made_pvgis_tmy;

struct Broken {
  std::string bytes;
  std::string expected;  ///< all errors, one a line
};

ReadOptions in_beijing() {
  ReadOptions options;
  options.place = Place{39.8, 116.47, 32.0};
  options.utc_offset = std::chrono::hours{8};
  return options;
}

void expect_errors(const std::vector<Broken>& all, const ReadOptions& options) {
  for (const Broken& broken : all) {
    const auto weather = read_weather(broken.bytes, "w.csv", options);
    ASSERT_FALSE(weather) << broken.expected;
    EXPECT_EQ(test::lines_of(weather.error()), broken.expected);
  }
}

Change cell(int row, std::size_t column, const std::string& text) {
  return [=](int at, Cells& cells) { cells[column] = at == row ? text : cells[column]; };
}

Change without_rows(int from, int to) {
  return [=](int row, Cells& cells) {
    if (row >= from && row < to) {
      cells.clear();
    }
  };
}

/// Swaps the rows of lines `first` and `first + 1` (1 is the first line).
std::string swapped(const std::string& bytes, int first) {
  std::size_t begin = 0;
  for (int line = 1; line < first; ++line) {
    begin = bytes.find('\n', begin) + 1;
  }
  const std::size_t middle = bytes.find('\n', begin) + 1;
  const std::size_t end = bytes.find('\n', middle) + 1;
  return bytes.substr(0, begin) + bytes.substr(middle, end - middle) +
         bytes.substr(begin, middle - begin) + bytes.substr(end);
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

TEST(BrokenPlainCsv, ErrorsAreWordForWord) {
  expect_errors(
      {{made_plain_csv({.change = cell(4, 1, "NaN")}),
        "w.csv:6: ghi_w_m2: expected a number from -20 to 2000, found \"NaN\"\n"},
       {made_plain_csv({.change = cell(4, 4, "25,5")}),
        "w.csv:6: has 8 cells, but the header names 7 columns\n"},
       {made_plain_csv({.change = cell(0, 6, "101.3")}),
        "w.csv:2: pressure_pa: expected a number from 30000 to 120000, found \"101.3\"\n"},
       {made_plain_csv({.change = cell(9, 1, "3600")}),
        "w.csv:11: ghi_w_m2: expected a number from -20 to 2000, found \"3600\"\n"},
       {made_plain_csv({}, {.names = "time,ghi_kj_m2,dni_w_m2,dhi_w_m2,temperature_c,wind_m_s,"
                                     "pressure_pa"}),
        "w.csv:1: ghi_kj_m2: unknown name \"ghi_kj_m2\"; did you mean \"ghi_w_m2\"?\n"},
       {made_plain_csv({}, {.names = "time,ghi_w_m2,dni_w_m2,dhi_w_m2,temp_c,wind_m_s,pressure_"
                                     "pa"}),
        "w.csv:1: temp_c: unknown name \"temp_c\"; known here: time, ghi_w_m2, dni_w_m2, dhi_w_m2, "
        "wind_m_s, pressure_pa, temperature_c, pressure_hpa\n"},
       {made_plain_csv({.change = cell(7, 0, "2016-02-30 07:00")}),
        "w.csv:9: time: expected a time like 2024-01-31 07:00 or 2024-01-31 07:00+08:00, found "
        "\"2016-02-30 07:00\"\n"},
       {made_plain_csv({.change = cell(8, 0, "2016-01-01 07:00")}),
        "w.csv:10: time: 2016-01-01 07:00 stands twice, here and in line 9\n"},
       {swapped(made_plain_csv(), 30),
        "w.csv:31: time: 2016-01-02 04:00 comes after 2016-01-02 05:00: rows must stand in the "
        "order of time\n"},
       {made_plain_csv({.change = without_rows(100, 112)}),
        "w.csv:102: time: no rows from 2016-01-05 04:00 to 2016-01-05 16:00; gaps of up to 6 h are "
        "filled\n"},
       {made_plain_csv({.change = cell(50, 0, "2016-01-03 02:20")}),
        "w.csv:52: time: 2016-01-03 02:20 is no whole number of 60 min steps after 2016-01-03 "
        "01:00\n"},
       {made_plain_csv({.change = without_rows(5000, 8784)}),
        "w.csv:5001: time: goes from 2016-01-01 00:00 to 2016-07-27 08:00; at least a whole year "
        "is "
        "needed\n"},
       {made_plain_csv({.step = std::chrono::hours{3}}),
        "w.csv:3: time: rows must be 5, 10, 15, 30 or 60 minutes apart; 2016-01-01 03:00 follows "
        "2016-01-01 00:00\n"},
       {made_plain_csv({.change = cell(3, 0, "2016-01-01 03:00+08:00")}),
        "w.csv: time: some times carry an offset from UTC and others do not\n"
        "w.csv:5: time: 2015-12-31 19:00 comes after 2016-01-01 02:00: rows must stand in the "
        "order "
        "of time\n"},
       {"\xCA\xB1\xBC\xE4,ghi_w_m2,temperature_c\n2016-01-01 00:00,0,1\n",
        "w.csv:1: is not UTF-8 (perhaps GBK or UTF-16); in Excel save it as \"CSV UTF-8\"\n"},
       {"time;ghi_w_m2;temperature_c\n2016-01-01 00:00;0;1\n",
        "w.csv:1: the columns are separated by \";\"; use \",\"\n"},
       {"time,ghi_w_m2,temperature_c\n", "w.csv: holds no hours\n"}},
      in_beijing());
}

TEST(BrokenPlainCsv, PlaceAndClockMustBeKnown) {
  expect_errors({{made_plain_csv(),
                  "w.csv: place: the file does not say where it was measured: latitude, longitude "
                  "and elevation must be given beside it\n"
                  "w.csv: time: the file does not say its clock: write the offset behind each time "
                  "(2024-01-31 07:00+08:00) or give the offset from UTC beside the file\n"}},
                {});
}

TEST(BrokenPvgis, ErrorsAreWordForWord) {
  expect_errors(
      {{with(made_pvgis_hourly(), "Slope: 0 deg.", "Slope: 30 deg."),
        "w.csv:7: Slope: the plane is tilted by 30°; ask PVGIS for slope 0 with radiation "
        "components\n"},
       {with(made_pvgis_hourly(), "Slope: 0 deg. ", ""),
        "w.csv: Slope: the file does not say that its plane is fixed: ask PVGIS for a fixed plane "
        "of slope 0 with radiation components\n"},
       {"Latitude (decimal degrees):\t45.000\nLongitude (decimal degrees):\t8.000\nRadiation "
        "database:\tPVGIS-SARAH3\n\nyear\t\tmonth\t\tH(h)_m\n2016\tJan\t42.1\n",
        "w.csv: is a PVGIS file, but neither its typical year nor its hourly series (perhaps a "
        "daily or monthly one): download \"TMY\" or \"Hourly data\" as CSV\n"},
       {"Latitude (decimal degrees):\t45.000\nLongitude (decimal degrees):\t8.000\nMonth: "
        "January\n\ntime(UTC)\tG(i)\tGb(i)\tGd(i)\n00:00\t0\t0\t0\n",
        "w.csv:5: is a PVGIS file, but neither its typical year nor its hourly series (perhaps a "
        "daily or monthly one): download \"TMY\" or \"Hourly data\" as CSV\n"},
       {made_pvgis_hourly({}, {.names = "time,Gb(i),Gd(i),Gr(i),H_sun,T2,WS10m,Int"}),
        "w.csv:9: T2m: this column is missing; did you mean \"T2\", which is there?\n"},
       {made_pvgis_hourly({.change = cell(2, 0, "20160101-0230")}),
        "w.csv:12: time: expected 8 cells that begin with a time like 20160101:0010, found 8, the "
        "first of them \"20160101-0230\"\n"},
       {with(made_pvgis_tmy(), "Latitude (decimal degrees): 39.800",
             "Latitude (decimal degrees): 139.8"),
        "w.csv:1: Latitude (decimal degrees): expected a number from -90 to 90, found \"139.8\"\n"},
       {made_pvgis_tmy({.from_year = 2001, .change = without_rows(8000, 8760)}),
        "w.csv:8018: time: a typical year goes from 1 January to 31 December; this one has 8000 of "
        "8760 rows\n"}},
      {});
}

TEST(BrokenNasaPower, ErrorsAreWordForWord) {
  expect_errors(
      {{made_nasa_power({}, {.light_unit = "MJ/hr"}),
        "w.csv:8: ALLSKY_SFC_SW_DWN: is in MJ/hr; Wh/m^2 is needed (download it for the community "
        "\"Renewable Energy\")\n"},
       {made_nasa_power({}, {.pressure_unit = "hPa"}),
        "w.csv:11: PS: is in hPa; kPa is needed (download it for the community \"Renewable "
        "Energy\")\n"},
       {made_nasa_power({.change = cell(0, 9, "900")}),
        "w.csv:14: PS: expected a number from 30 to 120, found \"900\"\n"},
       {made_nasa_power({}, {.names = "YEAR,MO,DY,ALLSKY_SFC_SW_DWN,T2M"}),
        "w.csv:13: is a NASA POWER file, but not an hourly one: its columns must begin with "
        "YEAR,MO,DY,HR\n"},
       {made_nasa_power({}, {.names = "YEAR,MO,DY,HR,CLRSKY_SFC_SW_DWN,A,B,T2M,WS10M,PS"}),
        "w.csv:13: ALLSKY_SFC_SW_DWN: this column is missing; did you mean "
        "\"CLRSKY_SFC_SW_DWN\", which is there?\n"},
       {made_nasa_power({.change = cell(5, 3, "24")}),
        "w.csv:19: YEAR,MO,DY,HR: expected a date and an hour from 0 to 23, found "
        "\"2016,1,1,24\"\n"},
       {made_nasa_power(
            {.change = [](int row, Cells& cells) { cells[7] = row < 24 ? "-999" : cells[7]; }}),
        "w.csv:14: T2M: 24 rows in succession without a value; gaps of up to 6 h are filled\n"},
       {with(made_nasa_power(), "Location: latitude  39.8   longitude 116.47 ", ""),
        "w.csv: place: the file does not say where it was measured: latitude, longitude and "
        "elevation must be given beside it\n"}},
      {});
}

TEST(BrokenNsrdb, ErrorsAreWordForWord) {
  expect_errors(
      {{made_nsrdb({}, {.pressure_unit = "kPa"}),
        "w.csv:2: Pressure Units: is in kPa; mbar is needed\n"},
       {made_nsrdb({}, {.latitude = "west"}),
        "w.csv:2: Latitude: expected a number from -90 to 90, found \"west\"\n"},
       {made_nsrdb({}, {.names = "Year,Month,Day,Hour,Minute,Temp,DHI,DNI,GHI"}),
        "w.csv:3: Temperature: this column is missing\n"},
       {made_nsrdb({.change = cell(4, 4, "75")}),
        "w.csv:8: Year,Month,Day,Hour,Minute: expected a date, an hour from 0 to 23 and a minute "
        "from 0 to 59\n"},
       {"Year,Month,Day,Hour,Minute,GHI,Temperature\n2023,1,1,0,0,0,1\n",
        "w.csv: place: the file does not say where it was measured: latitude, longitude and "
        "elevation must be given beside it\n"
        "w.csv: time: the file does not say its clock: write the offset behind each time "
        "(2024-01-31 07:00+08:00) or give the offset from UTC beside the file\n"},
       {"Source,Location ID,\n",
        "w.csv: expected two rows of station data, a row of column names and the hours of a "
        "year\n"}},
      {});
}

TEST(BrokenFiles, OtherFormatsSayWhatTheyAre) {
  expect_errors({{"{\"inputs\": {}}", "w.csv: is JSON; download the weather as CSV\n"},
                 {"\xC8\xD5\xC6\xDA,\xB7\xF8\xD5\xD5\n",
                  "w.csv: is not UTF-8 (perhaps GBK or UTF-16); save the file as UTF-8\n"},
                 {std::string("\xFF\xFEt\0i\0m\0e\0,\0", 12),
                  "w.csv: is not UTF-8 (perhaps GBK or UTF-16); save the file as UTF-8\n"},
                 {"Latitude (decimal degrees):\t45\n\xB6\xAB\n",
                  "w.csv:2: is not UTF-8 (perhaps GBK or UTF-16); save the file as UTF-8\n"}},
                {});
}

TEST(BrokenFiles, ChineseSaysTheSame) {
  const auto weather =
      read_weather(made_plain_csv({.change = without_rows(100, 112)}), "w.csv", in_beijing());
  ASSERT_FALSE(weather);
  EXPECT_EQ(message(weather.error().front(), Language::chinese),
            "w.csv:102: time: 2016-01-05 04:00 至 2016-01-05 16:00 没有数据行;仅可补 6 "
            "小时以内的缺口");
  const auto tilted =
      read_weather(with(made_pvgis_hourly(), "Slope: 0 deg.", "Slope: 30 deg."), "w.csv", {});
  ASSERT_FALSE(tilted);
  EXPECT_EQ(message(tilted.error().front(), Language::chinese),
            "w.csv:7: Slope: 平面倾角为 30°;请在 PVGIS 中选择倾角 0 并勾选辐射分量");
}

TEST(BrokenFiles, CutShortAnywhereIsAnErrorAndNoCrash) {
  for (const std::string& whole :
       {made_pvgis_hourly(), made_pvgis_tmy(), made_nasa_power(), made_nsrdb(), made_plain_csv()}) {
    for (std::size_t length = 0; length < 2500; length += 61) {
      const auto weather = read_weather(whole.substr(0, length), "w.csv", in_beijing());
      ASSERT_FALSE(weather);
      ASSERT_FALSE(weather.error().empty());
    }
  }
}

}  // namespace
}  // namespace xiaoyuan::weather
