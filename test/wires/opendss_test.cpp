// The IEEE European low-voltage test feeder as OpenDSS text: the same network as in the JSON of
// pandapower, and its day of 1,440 minutes.
#include "wires/opendss.hpp"

#include <cmath>
#include <filesystem>

#include "solved.hpp"
#include "support/villages.hpp"

namespace {

using namespace xiaoyuan;
using wires::Complex;

Files feeder_files() {
  return {[](const std::string& name) -> Result<std::string> {
            const auto bytes = test::case_bytes("network/ieee_european_lv/" + name);
            if (!bytes) {
              return fail(Fault::not_found, {"no such file", "没有此文件"}, {name, 0, ""});
            }
            return *bytes;
          },
          {}};
}

TEST(OpenDss, TheFeederIsThatOfPandapowersJson) {
  CASE_OR_SKIP(json, "network/kerber_cigre/ieee_european_lv__on_peak_566.json");
  CASE_OR_SKIP(master, "network/ieee_european_lv/Master.dss");
  ASSERT_FALSE(master.empty());
  const auto circuit = wires::read_opendss(feeder_files(), "Master.dss");
  ASSERT_TRUE(circuit) << test::errors_of(circuit.error());
  auto other = wires::read_pandapower(json, "european.json");
  ASSERT_TRUE(other);
  wires::Network network = circuit->network;
  ASSERT_EQ(network.lines.size(), 905U);
  ASSERT_EQ(network.buses.size(), 907U);
  ASSERT_EQ(network.connections.size(), 55U);
  EXPECT_EQ(circuit->shapes.size(), 55U);
  // pandapower holds the positive sequence at the high-voltage bus, and its transformer has a zero
  // sequence of its own; the rest must agree.
  network.sources.front().impedance_ohm = other->sources.front().impedance_ohm;
  network.transformers.front().zero_sequence_percent =
      other->transformers.front().zero_sequence_percent;
  for (std::size_t c = 0; c < 55; ++c) {
    const auto& values = circuit->shapes[*circuit->shape_of_connection[c]].values;
    network.connections[c].kw *= values[565];
    network.connections[c].kvar *= values[565];
    EXPECT_NEAR(network.connections[c].kw, other->connections[c].kw, 1e-6);
  }
  const auto ours = wires::Flow::of(network);
  const auto theirs = wires::Flow::of(*other);
  ASSERT_TRUE(ours && theirs);
  // The two files do not order their loads' reactive power alike; the active powers are the JSON's.
  std::vector<double> kw;
  std::vector<double> kvar;
  for (std::size_t c = 0; c < 55; ++c) {
    kw.push_back(other->connections[c].kw);
    kvar.push_back(other->connections[c].kvar);
  }
  const auto one = wires::solve(*ours, {kw, kvar});
  const auto two = wires::solve(*theirs, {kw, kvar});
  ASSERT_TRUE(one && two);
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < other->buses.size(); ++i) {
    index[other->buses[i].name] = i;
  }
  double worst = 0.0;
  for (std::size_t i = 0; i < network.buses.size(); ++i) {
    const std::string& name = network.buses[i].name;
    const std::size_t bus = name == "sourcebus" ? 0 : index.at(name);
    for (std::size_t k = 0; k < 3; ++k) {
      worst = std::max(worst,
                       std::abs(one->volt(i, k) - two->volt(bus, k)) / network.buses[i].nominal_v);
    }
  }
  EXPECT_LT(worst, 1e-7);
}

}  // namespace
