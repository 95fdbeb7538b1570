// Sensitivities are what the power flow itself does when a power is moved a little.
#include "wires/sensitivity.hpp"

#include "drawn.hpp"
#include "solved.hpp"

namespace {

using namespace xiaoyuan;

double volts_at(const wires::Network& net, const wires::Moment& moment, std::size_t connection) {
  const wires::Connection& c = net.connections[connection];
  const auto kind = static_cast<std::size_t>(c.phases);
  if (kind < 3) {
    return std::abs(moment.volt(c.bus, kind));
  }
  if (kind > 3) {
    return std::abs(moment.volt(c.bus, kind - 4) - moment.volt(c.bus, (kind - 3) % 3));
  }
  return (std::abs(moment.volt(c.bus, 0)) + std::abs(moment.volt(c.bus, 1)) +
          std::abs(moment.volt(c.bus, 2))) /
         3.0;
}

TEST(Sensitivity, IsThatOfTwoPowerFlows) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const auto net = test::drawn_network(
        {.seed = seed, .buses = 20, .loops = seed % 3, .has_laws = seed % 2 == 0});
    const auto flow = wires::Flow::of(net);
    ASSERT_TRUE(flow);
    std::vector<double> kw;
    std::vector<double> kvar;
    for (const wires::Connection& connection : net.connections) {
      kw.push_back(connection.kw);
      kvar.push_back(connection.kvar);
    }
    const auto all = wires::sensitivities(*flow, {kw, kvar});
    ASSERT_TRUE(all);
    const double step_kw = 1e-3;
    for (std::size_t fed = 0; fed < kw.size(); ++fed) {
      for (const bool is_active : {true, false}) {
        auto& moved = is_active ? kw : kvar;
        moved[fed] -= step_kw;
        const auto up = wires::solve(*flow, {kw, kvar}, {.tolerance_pu = 1e-13});
        moved[fed] += 2 * step_kw;
        const auto down = wires::solve(*flow, {kw, kvar}, {.tolerance_pu = 1e-13});
        moved[fed] -= step_kw;
        ASSERT_TRUE(up && down);
        for (std::size_t seen = 0; seen < kw.size(); ++seen) {
          const double measured =
              (volts_at(net, *up, seen) - volts_at(net, *down, seen)) / (2 * step_kw);
          ASSERT_NEAR(is_active ? all->by_kw(seen, fed) : all->by_kvar(seen, fed), measured, 1e-6)
              << "seed " << seed << " seen " << seen << " fed " << fed;
        }
      }
    }
  }
}

}  // namespace
