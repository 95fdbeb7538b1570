// Every way in which a network can be none, named with its element and line; and the village's
// files.
#include <map>

#include "solved.hpp"
#include "support/villages.hpp"
#include "wires/village_wires.hpp"

namespace {

using namespace xiaoyuan;

const test::Folder& sound_folder() {
  static const test::Folder folder{
      {"network.toml",
       "neutral = \"back_wire\"\n"
       "[source]\n"
       "bus = \"10kV\"\n"
       "voltage_pu = 1.0\n"
       "[[type]]\n"
       "name = \"old line\"\n"
       "r1 = 0.6\nx1 = 0.35\nr0 = 1.5\nx0 = 1.2\n"
       "[[type]]\n"
       "name = \"nothing\"\n"
       "r1 = 0.0\nx1 = 0.0\nr0 = 0.0\nx0 = 0.0\n"},
      {"transformers.csv",
       "id,low_bus,rating_kva,group,short_circuit_percent,load_loss_kw\n"
       "T1,p0,200,Dyn11,4,2.6\n"},
      {"lines.csv",
       "id,from,to,length_m,type,spacing_m\n"
       "L1,p0,p1,60,JKLYJ-70,0.4\n"
       "L2,p1,p2,55,JKLYJ-70,0.4\n"
       "L3,p1,h01,20,YJLV-4x25,\n"
       "L4,p2,h02,25,old line,\n"}};
  return folder;
}

const wires::WireLibrary& library() {
  static const wires::WireLibrary shipped{
      *wires::read_wire_types(test::project_bytes("share/wires/china.toml"), "china.toml"),
      *wires::read_transformer_types(test::project_bytes("share/transformers/china.toml"),
                                     "china.toml")};
  return shipped;
}

Result<wires::Flow> flow_of(const test::Folder& folder, wires::Shape shape = wires::Shape::any) {
  auto network = wires::read_village_wires(
      test::files_of(folder), {{"h01", wires::Phases::a, 2}, {"h02", wires::Phases::abc, 3}},
      library());
  if (!network) {
    return std::unexpected(network.error());
  }
  return wires::Flow::of(std::move(*network), shape);
}

TEST(VillageWires, AHouseholdsRiseComesThroughItsOwnLines) {
  const auto flow = flow_of(sound_folder(), wires::Shape::radial);
  ASSERT_TRUE(flow) << test::errors_of(flow.error());
  ASSERT_EQ(flow->network().connections.size(), 2U);
  const std::vector<double> kw{-6.0, 0.0};
  const auto moment = wires::solve(*flow, {kw, {}});
  ASSERT_TRUE(moment);
  const auto& buses = flow->network().buses;
  std::map<std::string, double> rise;
  for (std::size_t i = 0; i < buses.size(); ++i) {
    rise[buses[i].name] = moment->phase_v(i, 0) - moment->phase_v(0, 0);  // p0
  }
  // 6 kW over phase and neutral of 60 m of 70 mm² and 20 m of 25 mm²: 25.4 A · 2·(0.0266 + 0.024)
  // Ω.
  EXPECT_NEAR(rise["h01"], 25.4 * 2.0 * (0.060 * 0.443 + 0.020 * 1.20), 0.15);
  EXPECT_NEAR(rise["p2"], rise["p1"], 1e-9);
}

struct Wrong {
  const char* file;
  const char* from;
  const char* to;
  const char* words;
  wires::Shape shape = wires::Shape::any;
};

class BadNetwork : public testing::TestWithParam<Wrong> {};

TEST_P(BadNetwork, IsNamedWithElementAndLine) {
  const Wrong& wrong = GetParam();
  const auto flow =
      flow_of(test::replaced(sound_folder(), wrong.file, wrong.from, wrong.to), wrong.shape);
  ASSERT_FALSE(flow);
  EXPECT_NE(test::errors_of(flow.error()).find(wrong.words), std::string::npos)
      << test::errors_of(flow.error());
  for (const Error& error : flow.error()) {
    EXPECT_FALSE(error.what.zh.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadNetwork,
    testing::Values(
        Wrong{"lines.csv", "L2,p1,p2", "L2,p8,p2", "lines.csv:3: bus: p8 is an island"},
        Wrong{"lines.csv", "L4,p2,h02,25,old line,\n",
              "L4,p2,h02,25,old line,\nL5,p0,p2,9,old line,\n",
              "lines.csv:6: line L5 closes a loop between p0 and p2", wires::Shape::radial},
        Wrong{"lines.csv", "25,old line", "25,nothing",
              "lines.csv:5: type: line L4 of type nothing"},
        Wrong{"lines.csv", "60,JKLYJ-70", "60,JKLYJ-71",
              "lines.csv:2: type: unknown name \"JKLYJ-71\"; did you mean \"JKLYJ-70\"?"},
        Wrong{"lines.csv", "p1,h01", "p1,h91",
              "households.csv:2: id: house h01 stands on no bus of lines.csv"},
        Wrong{"lines.csv", "p2,55", "p2,-55", "lines.csv:3: length: line L2 is -55 m long"},
        Wrong{"lines.csv", "p2,55", "p2,0", "lines.csv:3: length: line L2 is 0 m long"},
        Wrong{"lines.csv", "60,JKLYJ-70,0.4", "60,JKLYJ-70,", "lines.csv:2: spacing_m"},
        Wrong{"lines.csv", "L3,p1,h01", "L1,p1,h01", "lines.csv:4: id: \"L1\" stands twice"},
        Wrong{"lines.csv", "id,from,to,length_m", "id,from,to,lenght_m", "length_m"},
        Wrong{"lines.csv", "L1,p0,p1", "L1,10kV,p1",
              "households.csv:2: id: house h01 stands at 10000 V"},
        Wrong{"network.toml", "voltage_pu", "voltage_pv", "did you mean \"voltage_pu\"?"},
        Wrong{"network.toml", "10kV\"", "10kV\"\nshort_circuit_mva = 100", "r_over_x"},
        Wrong{"network.toml", "[source]", "[electrodes]\np1 = 10\n[source]",
              "p1 has an earth electrode"},
        Wrong{"transformers.csv", "Dyn11", "Dyn10", "transformers.csv:2: group"},
        Wrong{"transformers.csv", "Dyn11", "Yyn0",
              "transformers.csv:2: zero_sequence_percent: transformer T1"},
        Wrong{"transformers.csv", "200,", "0,", "transformers.csv:2: rating_kva"}));

TEST(BadNetwork, AllErrorsOfThreeFilesComeAtOnce) {
  test::Folder folder = test::replaced(sound_folder(), "lines.csv", "JKLYJ-70", "JKLYJ-71");
  folder = test::replaced(folder, "transformers.csv", "Dyn11", "Dyn10");
  folder = test::replaced(folder, "network.toml", "voltage_pu", "voltage");
  const auto flow = flow_of(folder);
  ASSERT_FALSE(flow);
  EXPECT_GE(flow.error().size(), 4U);
}

TEST(BadNetwork, TwoSourcesAndNoneAreNamed) {
  wires::Network net;
  net.files.lines = "x.json";
  net.buses = {{"a", 400.0, {}, 3}, {"b", 400.0, {}, 4}};
  net.links = {{"s", 0, 1, 5}};
  const auto none = wires::Flow::of(net);
  ASSERT_FALSE(none);
  EXPECT_NE(test::errors_of(none.error()).find("has no source"), std::string::npos);
  net.sources = {{"one", 0, 1.0, 0.0, {}, 7}, {"two", 1, 1.0, 0.0, {}, 8}};
  const auto two = wires::Flow::of(net);
  ASSERT_FALSE(two);
  EXPECT_NE(test::errors_of(two.error()).find("x.json:8: source: a second source at b"),
            std::string::npos);
}

TEST(BadNetwork, ALoopOfSwitchesAloneIsNamed) {
  wires::Network net;
  net.buses = {{"a", 400.0, {}, 3}, {"b", 400.0, {}, 4}};
  net.links = {{"s", 0, 1, 5}, {"t", 0, 1, 6}};
  net.sources = {{"one", 0, 1.0, 0.0, {}, 7}};
  const auto flow = wires::Flow::of(net);
  ASSERT_FALSE(flow);
  EXPECT_NE(test::errors_of(flow.error()).find("loop of switches"), std::string::npos);
}

}  // namespace
