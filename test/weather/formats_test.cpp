// PVGIS, NASA POWER, NSRDB and plain CSV: the cases' sums and clocks, made files of each format.
#include <gtest/gtest.h>

#include "base/angle.hpp"
#include "made_formats.hpp"
#include "measured_on.hpp"
#include "support/cases.hpp"
#include "weather/instants.hpp"
#include "weather/reader.hpp"
#include "weather/resample.hpp"
#include "weather/years.hpp"

namespace xiaoyuan::weather {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::Cells;
using test::expect_clock_right;
using test::expect_sums;
using test::lines_of;

constexpr auto pvgis_tmy = "weather/tmy_45.000_8.000_2005_2023.csv";
constexpr auto psm4 = "weather/test_psm4_full_disc_2023.csv";

ReadOptions at(const Place& place) {
  ReadOptions options;
  options.place = place;
  return options;
}

ReadOptions beijing_options() {
  ReadOptions options = at({39.80, 116.47, 32.0});
  options.utc_offset = hours{8};
  return options;
}

/// Root mean square of (GHI − DHI)/DNI − cos z under a sun that is `shift` later: it is least where
/// the light stands at its own time.
double beam_misfit(const Weather& weather, minutes shift) {
  double sum = 0.0, count = 0.0;
  for (std::size_t i = 0; i < weather.axis.size; ++i) {
    if (weather.dni_w_m2[i] > 200.0) {
      const auto sun = sun::position(weather.axis.middle(i) + shift, weather.place);
      const double cosine = (weather.ghi_w_m2[i] - weather.dhi_w_m2[i]) / weather.dni_w_m2[i];
      sum += std::pow(cosine - std::cos(sun.zenith_deg * rad_per_deg), 2.0);
      count += 1.0;
    }
  }
  return std::sqrt(sum / count);
}

TEST(Cases, PvgisTypicalYear) {
  CASE_OR_SKIP(bytes, pvgis_tmy);
  const auto weather = read_weather(bytes, "tmy.csv");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  expect_sums(*weather, {1435.9, 1591.6, 570.9, 13.564});
  expect_clock_right(*weather);
  EXPECT_TRUE(weather->typical);
  EXPECT_EQ(weather->place, (Place{45.0, 8.0, 250.0}));
  EXPECT_EQ(text_of(weather->axis.start), "2001-01-01T00:00:00Z");
  const double right = beam_misfit(*weather, minutes{0});
  EXPECT_LT(right, 0.02);
  for (const int shift : {-20, -10, 10, 20}) {  // minutes
    EXPECT_LT(right, beam_misfit(*weather, minutes{shift})) << shift;
  }
}

TEST(Cases, NsrdbYearWithoutAPlaceInItsHead) {
  CASE_OR_SKIP(bytes, psm4);
  const auto weather = read_weather(bytes, "psm4.csv", at({40.5137, -108.5449, 2168.0}));
  ASSERT_TRUE(weather) << lines_of(weather.error());
  expect_sums(*weather, {1848.5, 2335.0, 555.2, 6.688});
  EXPECT_FALSE(weather->typical);
  EXPECT_EQ(weather->utc_offset, hours{-7});
  EXPECT_EQ(text_of(weather->axis.start), "2023-01-01T07:00:00Z");
  EXPECT_EQ(whole_years(*weather), std::vector<int>{2023});
  const double right = beam_misfit(*weather, minutes{0});
  EXPECT_LT(right, 0.02);
  for (const int shift : {-20, -10, 10, 20}) {
    EXPECT_LT(right, beam_misfit(*weather, minutes{shift})) << shift;
  }
  const auto nowhere = read_weather(bytes, "psm4.csv");
  ASSERT_FALSE(nowhere);
  EXPECT_NE(lines_of(nowhere.error()).find("does not say where it was measured"),
            std::string::npos);
}

TEST(Formats, EachReadsItsMadeYear) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {test::made_pvgis_hourly(), "2016-01-01T00:00:00Z"},
      {test::made_pvgis_tmy(), "2001-01-01T00:00:00Z"},
      {test::made_nasa_power(), "2015-12-31T16:00:00Z"},
      {test::made_nsrdb(), "2015-12-31T16:00:00Z"},
      {test::made_plain_csv(), "2015-12-31T16:00:00Z"}};
  for (const auto& [bytes, start] : all) {
    const auto weather = read_weather(bytes, "made.csv", beijing_options());
    ASSERT_TRUE(weather) << lines_of(weather.error()) << bytes.substr(0, 200);
    const bool typical = start.starts_with("2001");
    EXPECT_EQ(weather->typical, typical);
    EXPECT_EQ(weather->axis.size, typical ? 8760U : 8784U);
    EXPECT_EQ(text_of(weather->axis.start), start);
    EXPECT_EQ(weather->ghi_w_m2[6], 0.0);
    EXPECT_NEAR(weather->ghi_w_m2[7], 400.0, 1e-9);  // the row of 7 o'clock covers 7:00–8:00
    EXPECT_NEAR(weather->dni_w_m2[18], 500.0, 1e-9);
    EXPECT_FALSE(std::signbit(weather->dhi_w_m2[19]));
    EXPECT_EQ(weather->temperature_c[0], 10.0);
    EXPECT_EQ(weather->wind_m_s[0], 3.0);
    EXPECT_NEAR(weather->place.latitude_deg, 39.8, 1e-12);
    EXPECT_NEAR(weather->place.longitude_deg, 116.47, 1e-12);
  }
}

TEST(Formats, ByteOrderMarkAndWindowsLineEndsAreTaken) {
  const test::HourlyRows rows{.line_end = "\r\n"};
  for (const std::string& bytes : {test::made_pvgis_hourly(rows), test::made_nasa_power(rows),
                                   test::made_nsrdb(rows), test::made_plain_csv(rows),
                                   test::made_pvgis_tmy({.from_year = 2001, .line_end = "\r\n"})}) {
    const auto weather = read_weather("\xEF\xBB\xBF" + bytes, "made.csv", beijing_options());
    ASSERT_TRUE(weather) << lines_of(weather.error());
    EXPECT_NEAR(weather->ghi_w_m2[7], 400.0, 1e-9);
  }
}

TEST(Formats, UtcFilesTellTheirClock) {
  const auto utc = read_weather(
      test::made_nasa_power(
          {}, {.dates = "Dates (month/day/year): 01/01/2016 through 12/31/2016 in UTC"}),
      "power.csv");
  ASSERT_TRUE(utc) << lines_of(utc.error());
  EXPECT_EQ(text_of(utc->axis.start), "2016-01-01T00:00:00Z");
  EXPECT_EQ(utc->utc_offset, hours{0});
  EXPECT_EQ(utc->place.elevation_m, 46.13);
  const auto unsaid = read_weather(
      test::made_nasa_power({}, {.dates = "Dates (month/day/year): 01/01/2016 through 12/31/2016"}),
      "power.csv");
  ASSERT_TRUE(unsaid) << lines_of(unsaid.error());
  EXPECT_EQ(text_of(unsaid->axis.start), "2015-12-31T16:00:00Z");
  ASSERT_EQ(unsaid->notes.size(), 1U);
  EXPECT_NE(unsaid->notes[0].en.find("local solar time (LST)"), std::string::npos);
}

TEST(Formats, PlainTimesMayCarryTheirOffset) {
  for (const auto& [offset, start] :
       {std::pair{"Z", "2016-01-01T00:00:00Z"}, std::pair{"+08:00", "2015-12-31T16:00:00Z"},
        std::pair{" -0330", "2016-01-01T03:30:00Z"}}) {
    const auto weather = read_weather(test::made_plain_csv({}, {.offset = offset}), "made.csv",
                                      at({39.8, 116.47, 32.0}));
    ASSERT_TRUE(weather) << lines_of(weather.error());
    EXPECT_EQ(text_of(weather->axis.start), start);
  }
}

TEST(Formats, PlainQuartersAndHalfHours) {
  for (const int step_min : {15, 30}) {
    const auto weather = read_weather(test::made_plain_csv({.step = minutes{step_min}}), "made.csv",
                                      beijing_options());
    ASSERT_TRUE(weather) << lines_of(weather.error());
    EXPECT_EQ(weather->axis.step, minutes{step_min});
    EXPECT_NEAR(test::year_sum_kwh_m2(*weather, weather->ghi_w_m2), 0.4 * 12 * 366, 1e-9);
  }
}

TEST(Formats, PlainColumnsMayBeFewAndNightsSlightlyNegative) {
  const auto few = [](int row, Cells& cells) {
    cells = {cells[0], row == 0 ? "-1.8" : cells[1], row == 30 ? "" : cells[4]};
  };
  ReadOptions options = beijing_options();
  options.splitting = Splitting::dirint;
  const auto weather =
      read_weather(test::made_plain_csv({.change = few}, {.names = "time,ghi_w_m2,temperature_c"}),
                   "made.csv", options);
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_EQ(weather->ghi_w_m2[0], 0.0);
  std::string notes;
  for (const Text& note : weather->notes) {
    notes += note.en + "\n";
  }
  EXPECT_EQ(notes,
            "1 slightly negative irradiances were read as 0\n"
            "temperature_c: 1 missing values filled on a straight line\n"
            "wind is not in the file: 1 m/s was taken\n"
            "air pressure is not in the file: the standard atmosphere's was taken\n"
            "beam and diffuse light are not in the file: DIRINT's split of GHI was taken\n");
}

TEST(Formats, PressureMayBeInHectopascals) {
  const auto hpa = [](int, Cells& cells) { cells[6] = "900"; };
  const auto weather = read_weather(
      test::made_plain_csv(
          {.change = hpa},
          {.names = "time,ghi_w_m2,dni_w_m2,dhi_w_m2,temperature_c,wind_m_s,pressure_hpa"}),
      "made.csv", beijing_options());
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_EQ(weather->pressure_pa[0], 90000.0);
  const auto power = read_weather(test::made_nasa_power(), "power.csv");
  EXPECT_EQ(power->pressure_pa[0], 90000.0);
  const auto nsrdb = read_weather(test::made_nsrdb(), "nsrdb.csv");
  EXPECT_EQ(nsrdb->pressure_pa[0], 90000.0);
}

TEST(Formats, MissingRowsOfAnHourAreFilledAndALeftOutLeapDayRepeats) {
  const auto holes = [](int row, Cells& cells) {
    if (row >= 59 * 24 && row < 60 * 24) {
      cells.clear();  // 29 February
    } else if (row == 10 || row == 11) {
      cells[4] = "-999";
    } else if (row == 200) {
      cells.clear();
    } else if (row == 58 * 24) {
      cells[7] = "33.0";
    }
  };
  const auto weather = read_weather(test::made_nasa_power({.change = holes}), "power.csv");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_EQ(weather->axis.size, 8784U);
  EXPECT_EQ(weather->ghi_w_m2[10], 400.0);
  EXPECT_EQ(weather->temperature_c[58 * 24], 33.0);
  EXPECT_EQ(weather->temperature_c[59 * 24], 33.0);
  ASSERT_GE(weather->notes.size(), 2U);
  EXPECT_EQ(weather->notes[0].en,
            "29 February is not in the file: it shows the weather of the 28th");
  EXPECT_EQ(weather->notes[1].en, "ALLSKY_SFC_SW_DWN: 3 missing values filled on a straight line");
}

TEST(Formats, NsrdbTypicalYearHasMonthsOfDifferentYears) {
  const auto mixed = [](int row, Cells& cells) {
    cells[0] = row < 31 * 24 ? "2012" : row < 59 * 24 ? "2003" : "2010";
  };
  const auto weather =
      read_weather(test::made_nsrdb({.from_year = 2010, .change = mixed}), "nsrdb.csv");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_TRUE(weather->typical);
  EXPECT_EQ(weather->axis.size, 8760U);
  EXPECT_EQ(text_of(weather->axis.start), "2000-12-31T16:00:00Z");
}

TEST(Formats, PvgisWithoutComponentsIsSplit) {
  const auto global = [](int, Cells& cells) { cells = {cells[0], cells[1], cells[4], cells[5]}; };
  const auto weather = read_weather(
      test::made_pvgis_hourly({.change = global}, {.names = "time,G(i),H_sun,T2m"}), "pvgis.csv");
  ASSERT_TRUE(weather) << lines_of(weather.error());
  EXPECT_NEAR(weather->ghi_w_m2[7], 250.0, 1e-9);
  EXPECT_GT(test::mean(weather->dhi_w_m2), 0.0);
  EXPECT_LE(test::mean(weather->dhi_w_m2), test::mean(weather->ghi_w_m2));
}

/// The light of a year under clouds that drift, at one moment.
struct Truth {
  Place place{39.8, 116.47, 32.0};
  sun::ClearSky at(Instant instant) const {
    const auto sun = sun::position(instant, place, {.pressure_pa = 101000.0});
    sun::ClearSky light = sun::clear_sky(
        {.apparent_zenith_deg = sun.apparent_zenith_deg,
         .pressure_pa = 101000.0,
         .elevation_m = place.elevation_m,
         .extraterrestrial_w_m2 = sun::extraterrestrial_w_m2(sun::day_of_year(instant)),
         .linke_turbidity = 4.0});
    const double h = static_cast<double>(instant.time_since_epoch().count()) / 3600.0;
    const double cloud = 0.65 + 0.3 * std::sin(h / 2.3) * std::cos(h / 17.0);
    light.dni_w_m2 *= cloud * cloud;
    light.ghi_w_m2 *= cloud;
    light.dhi_w_m2 *= cloud;
    return light;
  }
};

TEST(Moments, MeansComeNearTheTrueOnes) {
  const Truth truth;
  Weather moments;
  moments.place = truth.place;
  moments.axis = {std::chrono::sys_days{std::chrono::year{2001} / 1 / 1}, hours{1}, 8760};
  const minutes late{11};
  std::vector<double> ghi_true, dni_true;
  for (std::size_t i = 0; i < moments.axis.size; ++i) {
    const auto light = truth.at(moments.axis.at(i) + late);
    moments.ghi_w_m2.push_back(light.ghi_w_m2);
    moments.dni_w_m2.push_back(light.dni_w_m2);
    moments.dhi_w_m2.push_back(light.dhi_w_m2);
    double sum = 0.0, beam = 0.0;
    for (int part = 0; part < 30; ++part) {
      const auto sample = truth.at(moments.axis.at(i) + minutes{2 * part + 1});
      sum += sample.ghi_w_m2, beam += sample.dni_w_m2;
    }
    ghi_true.push_back(sum / 30.0);
    dni_true.push_back(beam / 30.0);
  }
  moments.temperature_c.assign(8760, 10.0);
  moments.wind_m_s.assign(8760, 3.0);
  moments.pressure_pa.assign(8760, 101000.0);
  const auto rms = [](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return std::sqrt(sum / static_cast<double>(a.size()));
  };
  Weather means = moments;
  moments_to_means(means, {.light = late, .air = late});
  EXPECT_LT(rms(means.ghi_w_m2, ghi_true), 0.15 * rms(moments.ghi_w_m2, ghi_true));
  EXPECT_LT(rms(means.dni_w_m2, dni_true), 0.35 * rms(moments.dni_w_m2, dni_true));
  EXPECT_NEAR(test::year_sum_kwh_m2(means, means.ghi_w_m2),
              test::year_sum_kwh_m2(moments, moments.ghi_w_m2), 1e-6);
  EXPECT_NEAR(test::year_sum_kwh_m2(means, means.ghi_w_m2),
              test::year_sum_kwh_m2(moments, ghi_true), 1.0);
  RecordProperty("ghi_rms_before", fmt::format("{}", rms(moments.ghi_w_m2, ghi_true)));
  RecordProperty("ghi_rms_after", fmt::format("{}", rms(means.ghi_w_m2, ghi_true)));
}

TEST(Moments, AirIsAStraightLineBetweenThem) {
  Weather weather;
  weather.typical = false;
  weather.axis = {std::chrono::sys_days{std::chrono::year{2016} / 1 / 1}, hours{1}, 6};
  for (auto* values : {&weather.ghi_w_m2, &weather.dni_w_m2, &weather.dhi_w_m2, &weather.wind_m_s,
                       &weather.pressure_pa}) {
    values->assign(6, 0.0);
  }
  weather.temperature_c = {0.0, 2.0, 4.0, 6.0, 4.0, 2.0};
  moments_to_means(weather, {.light = minutes{30}, .air = minutes{0}});
  EXPECT_EQ(weather.temperature_c, (std::vector<double>{1.0, 3.0, 5.0, 5.0, 3.0, 2.0}));
  EXPECT_TRUE(weather.notes.empty());
}

}  // namespace
}  // namespace xiaoyuan::weather
