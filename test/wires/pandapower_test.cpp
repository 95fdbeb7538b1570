// Solved networks that we did not solve: Kerber's rural networks, CIGRE's low-voltage benchmark and
// the IEEE European feeder, by pandapower.
#include <cmath>
#include <cstdio>
#include <numbers>

#include "solved.hpp"

namespace {

using namespace xiaoyuan;
using wires::Complex;

Complex phasor(double size, double degrees) { return size * wires::at_angle(degrees); }

class Kerber : public testing::TestWithParam<const char*> {};

TEST_P(Kerber, VoltagesAreThoseOfPandapower) {
  const std::string name = std::string("network/kerber_cigre/") + GetParam() + ".json";
  CASE_OR_SKIP(bytes, name);
  const auto network = wires::read_pandapower(bytes, name);
  ASSERT_TRUE(network) << test::errors_of(network.error());
  const auto flow = wires::Flow::of(*network);
  ASSERT_TRUE(flow) << test::errors_of(flow.error());
  const auto moment = test::solve_as_given(*flow);
  ASSERT_TRUE(moment) << test::errors_of(moment.error());
  const auto results = nlohmann::json::parse(bytes)["results"];
  double worst = 0.0;
  const auto& buses = results["res_bus"];
  ASSERT_EQ(buses.size(), network->buses.size());
  for (std::size_t i = 0; i < buses.size(); ++i) {
    const Complex given = phasor(buses[i]["vm_pu"], buses[i]["va_degree"]);
    const double nominal_v = network->buses[i].nominal_v / std::numbers::sqrt3;
    worst = std::max(worst, std::abs(moment->volt(i, 0) / nominal_v - given));
  }
  EXPECT_LT(worst, 1e-6);
  double worst_a = 0.0;
  const auto& lines = results["res_line"];
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double given_a = 1000.0 * lines[i]["i_from_ka"].get<double>();
    worst_a = std::max(worst_a, std::abs(std::abs(moment->line_amps[3 * i]) - given_a));
  }
  EXPECT_LT(worst_a, 1e-4);
  RecordProperty("worst_pu", std::to_string(worst));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Kerber,
    testing::Values("cigre_network_lv__base", "cigre_network_lv__pv5kw_load30",
                    "kerber_dorfnetz__base", "kerber_dorfnetz__pv5kw_load30",
                    "kerber_landnetz_freileitung_1__base",
                    "kerber_landnetz_freileitung_1__pv5kw_load30",
                    "kerber_landnetz_freileitung_2__base",
                    "kerber_landnetz_freileitung_2__pv5kw_load30",
                    "kerber_landnetz_kabel_1__base", "kerber_landnetz_kabel_1__pv5kw_load30",
                    "kerber_landnetz_kabel_2__base", "kerber_landnetz_kabel_2__pv5kw_load30",
                    "kerber_vorstadtnetz_kabel_1__base",
                    "kerber_vorstadtnetz_kabel_1__pv5kw_load30"));

class European : public testing::TestWithParam<const char*> {};

TEST_P(European, VoltagesOfAllThreePhasesAreThoseOfPandapower) {
  const std::string name =
      std::string("network/kerber_cigre/ieee_european_lv__") + GetParam() + ".json";
  CASE_OR_SKIP(bytes, name);
  const auto network = wires::read_pandapower(bytes, name);
  ASSERT_TRUE(network) << test::errors_of(network.error());
  const auto flow = wires::Flow::of(*network, wires::Shape::radial);
  ASSERT_TRUE(flow) << test::errors_of(flow.error());
  const auto moment = test::solve_as_given(*flow);
  ASSERT_TRUE(moment) << test::errors_of(moment.error());
  const auto buses = nlohmann::json::parse(bytes)["results"]["res_bus_3ph"];
  ASSERT_EQ(buses.size(), 907U);
  double worst = 0.0;
  for (std::size_t i = 0; i < buses.size(); ++i) {
    const double nominal_v = network->buses[i].nominal_v / std::numbers::sqrt3;
    for (std::size_t phase = 0; phase < 3; ++phase) {
      const std::string letter(1, "abc"[phase]);
      const Complex given =
          phasor(buses[i]["vm_" + letter + "_pu"], buses[i]["va_" + letter + "_degree"]);
      worst = std::max(worst, std::abs(moment->volt(i, phase) / nominal_v - given));
    }
  }
  EXPECT_LT(worst, 1e-6);
  std::printf("%s: %.2e pu, %d rounds, %zu nodes of %zu buses\n", GetParam(), worst, moment->rounds,
              flow->prepared().tree.sweep.size(), buses.size());
}

INSTANTIATE_TEST_SUITE_P(Hours, European,
                         testing::Values("off_peak_1", "on_peak_566", "off_peak_1440"));

}  // namespace
