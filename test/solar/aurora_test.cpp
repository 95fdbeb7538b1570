// Every stage from the sky to the inverter, hour by hour, against a year computed with pvlib.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "solar/aurora.hpp"
#include "solar/solar.hpp"
#include "sun/decomposition.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::solar {
namespace {

constexpr double deg_per_rad = 180.0 / std::numbers::pi;

struct Roof {
  const char* name;
  Plane plane;
};

class Aurora : public testing::TestWithParam<Roof> {};

/// The values of lit steps on the whole axis, 0 elsewhere.
std::vector<double> spread(const Sky& sky, const std::vector<double>& lit) {
  std::vector<double> all(sky.axis.size, 0.0);
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    all[sky.steps[k]] = lit[k];
  }
  return all;
}

void expect_near(const std::vector<double>& found, const std::vector<double>& expected,
                 double tolerance, const std::string& what) {
  ASSERT_EQ(found.size(), expected.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    worst = std::max(worst, std::abs(found[i] - expected[i]));
    ASSERT_NEAR(found[i], expected[i], tolerance) << what << ", hour " << i;
  }
  testing::Test::RecordProperty(what, std::to_string(worst));
}

struct Stages {
  std::vector<double> total, beam, ground;
};
Stages stages_of(const Sky& sky, const Plane& plane, Transposition by) {
  const Facing facing(plane, 0.2);
  Stages all;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const Incident light = incident(sky, sky.diffuse_by(by), k, facing);
    all.total.push_back(light.total_w_m2());
    all.beam.push_back(light.beam_w_m2);
    all.ground.push_back(light.ground_w_m2);
  }
  return all;
}

TEST_P(Aurora, SunStandsWhereTheCaseHasIt) {
  CASE_OR_SKIP(bytes, std::string("solar/") + GetParam().name);
  const test::Columns rows(bytes);
  const weather::Weather year = test::aurora_weather(rows);
  const auto zenith = rows.numbers("zenith"), apparent = rows.numbers("apparent_zenith");
  const auto azimuth = rows.numbers("azimuth");
  for (std::size_t i = 0; i < year.axis.size; ++i) {
    const sun::Position at = sun::position(year.axis.middle(i), year.place,
                                           {year.pressure_pa[i], year.temperature_c[i]});
    ASSERT_NEAR(at.zenith_deg, zenith[i], 1e-4) << i;
    ASSERT_NEAR(at.apparent_zenith_deg, apparent[i], 1e-4) << i;
    ASSERT_NEAR(at.azimuth_deg, azimuth[i], 1e-4) << i;
  }
}

TEST_P(Aurora, LightOnThePlaneHoldsWithinATenthOfAWatt) {
  CASE_OR_SKIP(bytes, std::string("solar/") + GetParam().name);
  const test::Columns rows(bytes);
  const Sky sky = sky_over(test::aurora_weather(rows));
  const Plane plane = GetParam().plane;
  const Stages hay_davies = stages_of(sky, plane, Transposition::hay_davies);
  expect_near(spread(sky, hay_davies.total), rows.numbers("poa_haydavies"), 0.1, "hay_davies");
  expect_near(spread(sky, hay_davies.beam), rows.numbers("poa_direct"), 0.1, "beam");
  expect_near(spread(sky, hay_davies.ground), rows.numbers("poa_ground"), 0.1, "ground");
  expect_near(spread(sky, stages_of(sky, plane, Transposition::isotropic).total),
              rows.numbers("poa_isotropic"), 0.1, "isotropic");
  // The case has no Perez value in the lightless hours with the sun up: 0/0 of its clearness.
  std::vector<double> perez = rows.numbers("poa_perez");
  const auto direct = rows.numbers("poa_direct"), ground = rows.numbers("poa_ground");
  const auto dhi = rows.numbers("dhi");
  for (std::size_t i = 0; i < perez.size(); ++i) {
    if (std::isnan(perez[i])) {
      ASSERT_EQ(dhi[i], 0.0) << i;
      perez[i] = direct[i] + ground[i];
    }
  }
  expect_near(spread(sky, stages_of(sky, plane, Transposition::perez).total), perez, 0.1, "perez");
}

TEST_P(Aurora, AngleOfIncidenceAndGlassHold) {
  CASE_OR_SKIP(bytes, std::string("solar/") + GetParam().name);
  const test::Columns rows(bytes);
  const Sky sky = sky_over(test::aurora_weather(rows));
  const Facing facing(GetParam().plane, 0.2);
  const auto angle = rows.numbers("aoi"), modifier = rows.numbers("iam_physical");
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const std::size_t i = sky.steps[k];
    const double cosine =
        incident(sky, sky.diffuse_by(Transposition::isotropic), k, facing).cos_incidence;
    ASSERT_NEAR(std::acos(cosine) * deg_per_rad, angle[i], 1e-4) << i;
    ASSERT_NEAR(incidence_modifier(Glass{}, cosine), modifier[i], 1e-5) << i;
  }
}

TEST_P(Aurora, ErbsHolds) {
  CASE_OR_SKIP(bytes, std::string("solar/") + GetParam().name);
  const test::Columns rows(bytes);
  const auto ghi = rows.numbers("ghi"), zenith = rows.numbers("zenith");
  const auto extra = rows.numbers("dni_extra"), dni = rows.numbers("erbs_dni");
  const auto dhi = rows.numbers("erbs_dhi"), kt = rows.numbers("erbs_kt");
  for (std::size_t i = 0; i < ghi.size(); ++i) {
    const sun::Decomposition found = sun::erbs(ghi[i], zenith[i], extra[i]);
    ASSERT_NEAR(found.dni_w_m2, dni[i], 1e-3) << i;
    ASSERT_NEAR(found.dhi_w_m2, dhi[i], 1e-3) << i;
    ASSERT_NEAR(found.clearness, kt[i], 1e-6) << i;
  }
}

TEST_P(Aurora, CellsPowerAndInverterHold) {
  CASE_OR_SKIP(bytes, std::string("solar/") + GetParam().name);
  const test::Columns rows(bytes);
  const weather::Weather year = test::aurora_weather(rows);
  const Sky sky = sky_over(year);
  const Stages light = stages_of(sky, GetParam().plane, Transposition::hay_davies);
  // In darkness the cells have the air's temperature.
  const auto on_axis = [&](Mount mount) {
    std::vector<double> all = year.temperature_c;
    const std::vector<double> cell = cell_temperature_c(sky, mount, light.total);
    for (std::size_t k = 0; k < sky.lit(); ++k) {
      all[sky.steps[k]] = cell[k];
    }
    return all;
  };
  expect_near(on_axis(Mount::close_roof_glass_glass), rows.numbers("cell_sapm"), 0.005, "sapm");
  expect_near(on_axis(Mount::faiman), rows.numbers("cell_faiman"), 0.005, "faiman");
  expect_near(on_axis(Mount::pvsyst), rows.numbers("cell_pvsyst"), 0.005, "pvsyst");

  const Module module{5.0, -0.004, 0.0};
  const InverterSpec inverter{.ac_rating_kw = 5.0, .efficiency = 0.96};
  const auto poa = rows.numbers("poa_haydavies"), cell = rows.numbers("cell_sapm");
  const auto dc = rows.numbers("dc_pvwatts_W"), ac = rows.numbers("ac_pvwatts_W");
  for (std::size_t i = 0; i < poa.size(); ++i) {
    ASSERT_NEAR(dc_power_kw(module, poa[i], cell[i]) * 1000.0, dc[i], 1e-3) << i;
    ASSERT_NEAR(ac_power_kw(inverter, dc[i] / 1000.0) * 1000.0, ac[i], 1e-3) << i;
  }
}

TEST_P(Aurora, YearOfTheFullChainHolds) {
  CASE_OR_SKIP(bytes, std::string("solar/") + GetParam().name);
  const test::Columns rows(bytes);
  const Sky sky = sky_over(test::aurora_weather(rows));
  const std::vector<ArraySpec> planes = {{.plane = GetParam().plane,
                                          .capacity_kwp = 5.0,
                                          .temperature_coefficient_per_k = -0.004,
                                          .incidence = Incidence::none}};
  const PvYield yield = pv_yield(sky, planes, {.ac_rating_kw = 5.0, .efficiency = 0.96});
  const auto expected_w = rows.numbers("ac_pvwatts_W");
  const double expected_kwh = std::accumulate(expected_w.begin(), expected_w.end(), 0.0) / 1000.0;
  const double found_kwh = total(yield.ac).value;
  RecordProperty("year_error", std::to_string(found_kwh / expected_kwh - 1.0));
  EXPECT_NEAR(found_kwh / expected_kwh, 1.0, 1e-3);
  for (std::size_t i = 0; i < expected_w.size(); ++i) {
    ASSERT_NEAR(yield.ac.values[i] * 1000.0, expected_w[i], 0.5) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Roofs, Aurora,
                         testing::Values(Roof{"aurora_tilt30_south.csv", {30.0, 180.0}},
                                         Roof{"aurora_tilt15_az250.csv", {15.0, 250.0}}),
                         [](const auto& roof) { return roof.index == 0 ? "South" : "West"; });

}  // namespace
}  // namespace xiaoyuan::solar
