// Held against the plain way: Eigen's sparse LU of the whole network in phase coordinates.
#include "drawn.hpp"
#include "solved.hpp"
#include "support/plain_flow.hpp"

namespace {

using namespace xiaoyuan;

/// What the plain way can do: no no-load branch, an impedance in the source, wye connections.
wires::Network plain_network(unsigned seed, std::size_t loops) {
  wires::Network net = test::drawn_network({.seed = seed, .loops = loops});
  net.sources.front().impedance_ohm = {{1.0, 3.0}, {0.5, 2.0}, {0.5, 2.0}};
  net.transformers.front().no_load_loss_kw = 0.0;
  net.transformers.front().no_load_current_percent = 0.0;
  for (wires::Connection& connection : net.connections) {
    connection.phases = wires::Phases(static_cast<int>(connection.phases) % 4);
  }
  return net;
}

TEST(Flow, VoltagesAreThoseOfAPlainSparseSolver) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const wires::Network net = plain_network(seed, seed % 4);
    const auto flow = wires::Flow::of(net);
    ASSERT_TRUE(flow);
    const auto moment = test::solve_as_given(*flow, {.tolerance_pu = 1e-12});
    ASSERT_TRUE(moment);
    test::PlainFlow plain(net);
    std::vector<double> watts;
    std::vector<double> vars;
    for (const wires::Connection& connection : net.connections) {
      watts.push_back(1000.0 * connection.kw);
      vars.push_back(1000.0 * connection.kvar);
    }
    plain.solve(watts, vars, 1e-12);
    for (std::size_t bus = 0; bus < net.buses.size(); ++bus) {
      for (std::size_t phase = 0; phase < 3; ++phase) {
        ASSERT_LT(std::abs(moment->volt(bus, phase) - plain.volt(bus, phase)),
                  1e-9 * net.buses[bus].nominal_v)
            << "seed " << seed << " bus " << bus;
      }
    }
  }
}

}  // namespace
