// Inverters that follow the voltage: the answer keeps the rule and the power balance at once.
#include "wires/inverter.hpp"

#include "drawn.hpp"
#include "solved.hpp"

namespace {

using namespace xiaoyuan;

wires::InverterRule rule(double rating_kva) {
  wires::InverterRule rule;
  rule.name = "volt-watt and volt-var";
  rule.rating_kva = rating_kva;
  rule.volt_watt = {{1.06, 1.10}, {1.0, 0.2}};
  rule.volt_var = {{0.93, 0.97, 1.03, 1.06}, {0.44, 0.0, 0.0, -0.44}};
  return rule;
}

/// The facts' worked rise: 10 kW of one phase over a loop of 0.30 Ω lifts 220 V by 13.6 V, and
/// three phases over 0.15 Ω by 2.27 V (P·R/U, so of first order in P).
TEST(Inverter, VoltageRiseIsThatOfTheFacts) {
  wires::Network net;
  net.buses = {{"t", 220.0 * std::sqrt(3.0), {}, 1}, {"h", 220.0 * std::sqrt(3.0), {}, 2}};
  net.types = {{"0.30 loop", wires::SequencePerKm{{0.15, 1e-9}, {0.6, 1e-9}, {}, {}}, {}}};
  net.lines = {{"l", 0, 1, 1.0, 0, 1, 3}};
  net.sources = {{"s", 0, 1.0, 0.0, {}, 1}};
  // z_aa = (z0 + 2·z1)/3 = 0.30 Ω.
  net.connections = {{"h", 1, wires::Phases::a, {}, -0.01, 0.0, 0.0, {}, 2}};
  const auto one = wires::Flow::of(net);
  ASSERT_TRUE(one) << test::errors_of(one.error());
  const auto rise = test::solve_as_given(*one);
  ASSERT_TRUE(rise);
  EXPECT_NEAR(1000.0 * (rise->phase_v(1, 0) - 220.0), 13.64, 0.01);
  net.connections.front().phases = wires::Phases::abc;
  const auto three = wires::Flow::of(net);
  const auto little = test::solve_as_given(*three);
  ASSERT_TRUE(little);
  EXPECT_NEAR(1000.0 * (little->phase_v(1, 0) - 220.0), 2.27, 0.01);
}

TEST(Inverter, CurvesAreBrokenLinesConstantBeyondTheirEnds) {
  const wires::Curve curve{{1.0, 1.1}, {1.0, 0.0}};
  EXPECT_EQ(curve(0.5), 1.0);
  EXPECT_NEAR(curve(1.05), 0.5, 1e-12);
  EXPECT_EQ(curve(1.2), 0.0);
  EXPECT_NEAR(curve.steepest(), 10.0, 1e-9);
  wires::InverterRule by_power;
  by_power.rating_kva = 10.0;
  by_power.power_factor = {{0.5, 1.0}, {1.0, -0.9}};
  EXPECT_EQ(wires::obeyed(by_power, {5.0, 0.0}, 1.0).kvar, 0.0);
  const auto full = wires::obeyed(by_power, {8.0, 0.0}, 1.0);
  EXPECT_LT(full.kvar, 0.0);
  EXPECT_LE(std::hypot(full.kw, full.kvar), 10.0 + 1e-12);
}

TEST(Inverter, RulesAreKeptAtTheVoltagesThatTheyMake) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    wires::Network net = test::drawn_network({.seed = seed, .buses = 25, .loops = seed % 2});
    net.inverters = {rule(8.0), rule(12.0)};
    std::vector<double> kw;
    for (std::size_t c = 0; c < net.connections.size(); ++c) {
      net.connections[c].phases = wires::Phases(c % 4);
      net.connections[c].inverter = c % 3 == 0 ? std::nullopt : std::optional(c % 2);
      kw.push_back(c % 3 == 0 ? 1.0 : -8.0);
    }
    const auto flow = wires::Flow::of(net);
    ASSERT_TRUE(flow);
    const auto moment = wires::solve(*flow, {kw, {}});
    ASSERT_TRUE(moment) << "seed " << seed << test::errors_of(moment.error());
    for (std::size_t c = 0; c < net.connections.size(); ++c) {
      if (!net.connections[c].inverter) {
        continue;
      }
      const auto kind = static_cast<std::size_t>(net.connections[c].phases);
      double v = 0.0;
      for (std::size_t k = 0; k < 3; ++k) {
        v += kind == k   ? moment->phase_v(net.connections[c].bus, k)
             : kind == 3 ? moment->phase_v(net.connections[c].bus, k) / 3.0
                         : 0.0;
      }
      const auto aim = wires::obeyed(net.inverters[*net.connections[c].inverter], {8.0, 0.0},
                                     v / (400.0 / std::sqrt(3.0)));
      EXPECT_NEAR(-moment->kw[c], aim.kw, 1e-7) << "seed " << seed;
      EXPECT_NEAR(-moment->kvar[c], aim.kvar, 1e-7) << "seed " << seed;
    }
  }
}

}  // namespace
