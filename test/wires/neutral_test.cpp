// Impedances of wires, and the three ways to see the neutral.
#include <cmath>

#include "drawn.hpp"
#include "solved.hpp"
#include "support/cases.hpp"
#include "wires/impedance.hpp"
#include "wires/wire_library.hpp"

namespace {

using namespace xiaoyuan;
using wires::Complex;

constexpr double mile_km = 1.609344;
constexpr double foot_m = 0.3048;

// Kersting, Distribution System Modeling and Analysis, example 4.1: 336,400 26/7 ACSR phases and a
// 4/0 6/1 ACSR neutral on a pole; Ω/mile.
TEST(Impedance, CarsonAndKronAreThoseOfKerstingsExample) {
  const wires::Wire phase{0.306 / mile_km, 0.0244 * foot_m, 0.0, 29.0 * foot_m};
  std::array<wires::Wire, 4> pole{
      phase, phase, phase, {0.5920 / mile_km, 0.00814 * foot_m, 4.0 * foot_m, 25.0 * foot_m}};
  pole[1].across_m = 2.5 * foot_m;
  pole[2].across_m = 7.0 * foot_m;
  const auto primitive = wires::carson(pole, {60.0, 100.0});
  const auto near = [](Complex ohm_per_km, double r, double x) {
    EXPECT_NEAR(ohm_per_km.real() * mile_km, r, 2e-4);
    EXPECT_NEAR(ohm_per_km.imag() * mile_km, x, 2e-3);
  };
  near(primitive(0, 0), 0.4013, 1.4133);
  near(primitive(0, 1), 0.0953, 0.8515);
  near(primitive(3, 3), 0.6873, 1.5465);
  const auto reduced = wires::kron(primitive);
  near(reduced(0, 0), 0.4576, 1.0780);
  near(reduced(0, 1), 0.1560, 0.5017);
  near(reduced(0, 2), 0.1535, 0.3849);
  near(reduced(1, 1), 0.4666, 1.0482);
  near(reduced(1, 2), 0.1580, 0.4236);
  near(reduced(2, 2), 0.4615, 1.0651);
}

TEST(Impedance, SequencesAndPhasesAreOneAnother) {
  const wires::Sequence z{{1.5, 0.3}, {0.4, 0.1}, {0.4, 0.1}};
  const auto m = wires::phase_matrix(z);
  EXPECT_NEAR(std::abs(m(0, 0) - (z.zero + 2.0 * z.positive) / 3.0), 0.0, 1e-15);
  EXPECT_NEAR(std::abs(m(0, 1) - (z.zero - z.positive) / 3.0), 0.0, 1e-15);
  const auto parts = wires::components_of({1.0, wires::at_angle(240.0), wires::at_angle(120.0)});
  EXPECT_NEAR(std::abs(parts.positive - 1.0) + std::abs(parts.zero) + std::abs(parts.negative), 0.0,
              1e-15);
}

/// The network of a seed with four-wire lines; loads of one phase or three, all below the
/// transformer.
wires::Network four_wire_network(unsigned seed) {
  wires::Network net = test::drawn_network({.seed = seed, .buses = 25});
  for (wires::LineType& type : net.types) {
    wires::WireType wire{type.name, wires::Laying::row, 50.0, 0.641, 0.00403, 0.0};
    type.impedance = wires::FourWiresPerKm{wires::four_wires(wire, {0.4, 20.0, 50.0})};
  }
  for (wires::Connection& connection : net.connections) {
    connection.phases = wires::Phases(static_cast<int>(connection.phases) % 4);
    connection.kw *= 0.5;
  }
  return net;
}

double furthest(const wires::Network& net, const wires::Moment& one, const wires::Moment& other) {
  double most = 0.0;
  for (std::size_t bus = 1; bus < net.buses.size(); ++bus) {
    for (std::size_t k = 0; k < 3; ++k) {
      most = std::max(most, std::abs(one.phase_v(bus, k) - other.phase_v(bus, k)));
    }
  }
  return most;
}

TEST(Neutral, AWireEarthedAtTheTransformerAloneIsTheBackWire) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    wires::Network net = four_wire_network(seed);
    const auto three = wires::Flow::of(net);
    net.neutral = wires::Neutral::own_wire;
    net.buses[1].electrode_ohm = 4.0;  // no current comes back through it
    const auto four = wires::Flow::of(net);
    ASSERT_TRUE(three && four) << test::errors_of(four.error());
    const auto one = test::solve_as_given(*three);
    const auto other = test::solve_as_given(*four);
    ASSERT_TRUE(one && other);
    EXPECT_LT(furthest(net, *one, *other), 1e-6) << "seed " << seed;
    double highest = 0.0;
    for (std::size_t bus = 1; bus < net.buses.size(); ++bus) {
      highest = std::max(highest, std::abs(other->volt(bus, 3)));
    }
    EXPECT_GT(highest, 0.1) << "the far neutral has a voltage of its own";
  }
}

TEST(Neutral, AWireWellEarthedEverywhereIsKronsReduction) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    wires::Network net = four_wire_network(seed);
    net.neutral = wires::Neutral::earthed;
    const auto three = wires::Flow::of(net);
    net.neutral = wires::Neutral::own_wire;
    for (std::size_t bus = 1; bus < net.buses.size(); ++bus) {
      net.buses[bus].electrode_ohm = 1e-7;
    }
    const auto four = wires::Flow::of(net);
    ASSERT_TRUE(three && four);
    const auto one = test::solve_as_given(*three);
    const auto other = test::solve_as_given(*four);
    ASSERT_TRUE(one && other);
    EXPECT_LT(furthest(net, *one, *other), 1e-3) << "seed " << seed;
  }
}

TEST(Neutral, AnElectrodeTakesItsShareByOhmsLaw) {
  wires::Network net = four_wire_network(3);
  net.neutral = wires::Neutral::own_wire;
  net.buses[1].electrode_ohm = 4.0;
  net.buses[7].electrode_ohm = 10.0;
  const auto flow = wires::Flow::of(net);
  ASSERT_TRUE(flow);
  const auto moment = test::solve_as_given(*flow);
  ASSERT_TRUE(moment);
  // What the far electrode gives to the earth comes back through the transformer's.
  Complex out = 0.0;
  for (std::size_t wire = 0; wire < 4; ++wire) {
    out += moment->transformer_amps[wire];
  }
  EXPECT_NEAR(std::abs(moment->volt(7, 3) / 10.0 + moment->volt(1, 3) / 4.0), 0.0, 1e-9);
  EXPECT_GT(std::abs(moment->volt(7, 3)), 1e-3);
  EXPECT_NEAR(std::abs(out - moment->volt(7, 3) / 10.0), 0.0, 1e-8);
}

TEST(WireLibrary, EveryShippedTypeIsPlausible) {
  const auto types =
      wires::read_wire_types(test::project_bytes("share/wires/china.toml"), "china.toml");
  ASSERT_TRUE(types) << test::errors_of(types.error());
  EXPECT_EQ(types->size(), 31U);
  for (const wires::WireType& type : *types) {
    const auto loop = wires::back_wire(wires::four_wires(type, {0.4, 20.0, 50.0}));
    // Positive sequence: the conductor's own resistance; 0.07–0.09 Ω/km in a cable, 0.3–0.4 in air.
    const Complex positive = loop(0, 0) - 0.5 * (loop(0, 1) + loop(0, 2));
    EXPECT_NEAR(positive.real(), type.ohm_per_km, 1e-3 * type.ohm_per_km) << type.name;
    EXPECT_GT(positive.imag(), type.laying == wires::Laying::row ? 0.25 : 0.06) << type.name;
    EXPECT_LT(positive.imag(), type.laying == wires::Laying::row ? 0.42 : 0.1) << type.name;
  }
}

}  // namespace
