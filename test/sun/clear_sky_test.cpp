// Cloudless sky, air mass and pressure, held to a year of Aurora, Colorado. The case took its
// cloudless sky with the standard pressure of the place, not with the pressure of the row.
#include "sun/clear_sky.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sun/case_instant.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::sun {
namespace {

constexpr double aurora_elevation_m = 1726.0;

TEST(ClearSky, DayOfYearIsCountedInUtc) {
  EXPECT_EQ(day_of_year(test::instant_of("2026-01-01T00:00:00Z")), 1);
  EXPECT_EQ(day_of_year(test::instant_of("2001-01-01T17:30:00-0700")), 2);
  EXPECT_EQ(day_of_year(test::instant_of("2024-12-31T23:59:59Z")), 366);
}

TEST(ClearSky, SpencerAndKastenYoungHoldOnRowsOfTheCase) {
  // Case solar/aurora_tilt30_south.csv, 1 January, 8:30, 12:30 (computed with pvlib).
  EXPECT_NEAR(extraterrestrial_w_m2(1), 1413.981805, 1e-6);
  EXPECT_NEAR(extraterrestrial_w_m2(2), 1414.008017, 1e-6);
  EXPECT_NEAR(relative_air_mass(79.838887), 5.503593, 2e-6);
  EXPECT_NEAR(absolute_air_mass(62.96005, 81600.0), 1.765076, 1e-6);
}

TEST(ClearSky, StandardPressureIsTheAtmospheres) {
  // US Standard Atmosphere 1976: 101,325 Pa at the sea, 89,876 Pa at 1 km, 79,501 Pa at 2 km.
  EXPECT_NEAR(standard_pressure_pa(0.0), 101325.0, 5.0);
  EXPECT_NEAR(standard_pressure_pa(1000.0), 89876.0, 15.0);
  EXPECT_NEAR(standard_pressure_pa(2000.0), 79501.0, 15.0);
}

TEST(ClearSky, IneichenHoldsOnRowsOfTheCase) {
  const ClearSky low = clear_sky(
      {79.838887, standard_pressure_pa(aurora_elevation_m), aurora_elevation_m, 1413.981805, 3.0});
  EXPECT_NEAR(low.ghi_w_m2, 128.042667, 1e-4);
  EXPECT_NEAR(low.dni_w_m2, 548.152041, 1e-4);
  EXPECT_NEAR(low.dhi_w_m2, 31.339483, 1e-4);
  const ClearSky noon = clear_sky(
      {62.96005, standard_pressure_pa(aurora_elevation_m), aurora_elevation_m, 1413.981805, 3.0});
  EXPECT_NEAR(noon.ghi_w_m2, 479.670716, 1e-4);
  EXPECT_NEAR(noon.dni_w_m2, 889.257229, 1e-4);
  EXPECT_NEAR(noon.dhi_w_m2, 75.404012, 1e-4);
}

TEST(ClearSky, IneichenHoldsOnEveryHourOfAurora) {
  CASE_OR_SKIP(bytes, "solar/aurora_tilt30_south.csv");
  const test::Columns rows(bytes);
  const auto& stamps = rows.text("time_mid");
  const auto zenith = rows.numbers("apparent_zenith"), pressure = rows.numbers("pressure");
  const auto extra = rows.numbers("dni_extra"), relative = rows.numbers("airmass_rel");
  const auto absolute = rows.numbers("airmass_abs"), ghi = rows.numbers("cs_ghi");
  const auto dni = rows.numbers("cs_dni"), dhi = rows.numbers("cs_dhi");
  ASSERT_EQ(stamps.size(), 8760U);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const double above = extraterrestrial_w_m2(day_of_year(test::instant_of(stamps[i])));
    EXPECT_NEAR(above, extra[i], 1e-6) << stamps[i];
    if (!std::isnan(relative[i])) {
      EXPECT_NEAR(relative_air_mass(zenith[i]), relative[i], 1e-5) << stamps[i];
      EXPECT_NEAR(absolute_air_mass(zenith[i], pressure[i]), absolute[i], 1e-5) << stamps[i];
    }
    const ClearSky sky = clear_sky(
        {zenith[i], standard_pressure_pa(aurora_elevation_m), aurora_elevation_m, above, 3.0});
    EXPECT_NEAR(sky.ghi_w_m2, ghi[i], 1e-4) << stamps[i];
    EXPECT_NEAR(sky.dni_w_m2, dni[i], 1e-4) << stamps[i];
    EXPECT_NEAR(sky.dhi_w_m2, dhi[i], 1e-4) << stamps[i];
  }
}

TEST(ClearSky, PartsAddUpAndTurbidityDims) {
  double before = 1e9;
  for (const double turbidity : {2.0, 3.0, 4.0, 5.0, 6.0}) {
    const ClearSky sky = clear_sky({40.0, 90000.0, 1000.0, 1366.1, turbidity});
    EXPECT_NEAR(sky.dni_w_m2 * std::cos(40.0 * 3.14159265358979 / 180.0) + sky.dhi_w_m2,
                sky.ghi_w_m2, 1e-9);
    EXPECT_LT(sky.dni_w_m2, before);
    before = sky.dni_w_m2;
  }
  EXPECT_EQ(clear_sky({90.0, 90000.0, 1000.0, 1366.1, 3.0}).ghi_w_m2, 0.0);
}

}  // namespace
}  // namespace xiaoyuan::sun
