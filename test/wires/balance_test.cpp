// What no power flow may break: power arrives at every bus as it is drawn there; cut loops, passed
// buses and lanes change nothing.
#include "balance.hpp"

#include "drawn.hpp"
#include "solved.hpp"

namespace {

using namespace xiaoyuan;
using wires::Complex;

/// What each phase of each bus draws, by the voltages of the answer.
std::vector<Complex> told(const wires::Network& net, const wires::Moment& moment) {
  std::vector<Complex> va(3 * net.buses.size());
  for (std::size_t c = 0; c < net.connections.size(); ++c) {
    const wires::Connection& connection = net.connections[c];
    const Complex power = 1000.0 * Complex(moment.kw[c], moment.kvar[c]);
    const auto volt = [&](std::size_t wire) { return moment.volt(connection.bus, wire); };
    const auto kind = static_cast<std::size_t>(connection.phases);
    Complex* at = va.data() + 3 * connection.bus;
    if (kind < 3) {
      at[kind] += power;
    } else if (kind > 3) {  // between two phases: one current through both
      const std::size_t from = kind - 4;
      const std::size_t to = (from + 1) % 3;
      const Complex amps = std::conj(power / (volt(from) - volt(to)));
      at[from] += volt(from) * std::conj(amps);
      at[to] -= volt(to) * std::conj(amps);
    } else {
      // Three equal currents' worth of power, each by its own phase's law.
      const auto& law = connection.law;
      double weights[3];
      double sum = 0.0;
      for (std::size_t k = 0; k < 3; ++k) {
        const double v = std::abs(volt(k)) / (net.buses[connection.bus].nominal_v / std::sqrt(3.0));
        weights[k] = law.power + law.current * v + law.impedance * v * v;
        sum += weights[k];
      }
      for (std::size_t k = 0; k < 3; ++k) {
        at[k] += power * weights[k] / sum;
      }
    }
  }
  return va;
}

void expect_balance(const wires::Network& net, const std::string& what) {
  const auto flow = wires::Flow::of(net);
  ASSERT_TRUE(flow) << what << test::errors_of(flow.error());
  const auto moment = test::solve_as_given(*flow);
  ASSERT_TRUE(moment) << what << test::errors_of(moment.error());
  const test::Balance balance(net, moment->volts);
  const auto drawn = told(net, *moment);
  const double base_va = 1000.0 * net.transformers.front().rating_kva;
  for (std::size_t bus = 0; bus < net.buses.size(); ++bus) {
    if (bus == net.sources.front().bus) {
      continue;  // what arrives there is the source's
    }
    for (std::size_t k = 0; k < 3; ++k) {
      ASSERT_LT(std::abs(balance.drawn(bus, k) - drawn[3 * bus + k]), 1e-9 * base_va)
          << what << " at " << net.buses[bus].name << " phase " << k;
    }
  }
}

TEST(Balance, HoldsAtEveryBusOfRandomRadialNetworks) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    expect_balance(test::drawn_network({.seed = seed, .buses = 5 + seed % 60}),
                   "seed " + std::to_string(seed));
  }
}

TEST(Balance, HoldsWithChargingAndEveryVoltageLaw) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    expect_balance(test::drawn_network({.seed = seed, .has_charging = true, .has_laws = true}),
                   "seed " + std::to_string(seed));
  }
}

TEST(Balance, HoldsInMeshedNetworks) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    expect_balance(test::drawn_network({.seed = seed, .loops = 1 + seed % 6, .has_laws = true}),
                   "seed " + std::to_string(seed));
  }
}

TEST(Balance, HoldsWithTransformersInParallel) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    wires::Network net = test::drawn_network({.seed = seed});
    net.transformers.push_back(net.transformers.front());
    net.transformers.back().name = "t2";
    net.transformers.back().rating_kva = 200.0;
    net.transformers.back().load_loss_kw = 2.6;
    expect_balance(net, "seed " + std::to_string(seed));
  }
}

TEST(Balance, HoldsOnTheSolvedNetworksOfTheCases) {
  for (const char* name : {"kerber_dorfnetz__base", "cigre_network_lv__pv5kw_load30",
                           "ieee_european_lv__on_peak_566"}) {
    CASE_OR_SKIP(bytes, std::string("network/kerber_cigre/") + name + ".json");
    auto network = wires::read_pandapower(bytes, name);
    ASSERT_TRUE(network);
    if (network->links.empty()) {  // the checker knows no switches
      expect_balance(*network, name);
    }
  }
}

TEST(Flow, PassedBusesHaveTheVoltagesThatTheyHaveWhenKept) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    wires::Network net = test::drawn_network({.seed = seed, .buses = 50});
    const auto flow = wires::Flow::of(net);
    for (std::size_t bus = 0; bus < net.buses.size(); ++bus) {  // nothing, but it keeps the bus
      net.connections.push_back({"idle", bus, wires::Phases::a, {}, 0.0, 0.0, 0.0, {}, 0});
    }
    const auto all = wires::Flow::of(net);
    ASSERT_LT(flow->prepared().tree.sweep.size(), all->prepared().tree.sweep.size());
    const auto one = test::solve_as_given(*flow);
    const auto other = test::solve_as_given(*all);
    ASSERT_TRUE(one && other);
    for (std::size_t i = 0; i < one->volts.size(); ++i) {
      ASSERT_LT(std::abs(one->volts[i] - other->volts[i]), 1e-8);
    }
  }
}

}  // namespace
