// The component cases of power-grid-model (MPL-2.0, beside the checkout), each within its own
// tolerances. Out of scope, each refused by name (see the last tests):
//   two sources (a low-voltage network is fed from one), three windings (no low-voltage part has
//   them), a node that nothing feeds (an island is an error here).
// Of a source only its power is compared; "energized", loading and current of it are not outputs.
#include <cmath>

#include "solved.hpp"
#include "wires/impedance.hpp"
#include "wires/power_grid_model.hpp"

namespace {

using namespace xiaoyuan;
using nlohmann::json;
using wires::Complex;

struct Tolerance {
  double relative = 0.0;
  json absolute;
  double of(const std::string& attribute) const {
    if (absolute.is_number()) {
      return absolute;
    }
    return absolute.value(attribute, absolute["default"].get<double>());
  }
};

/// The values of one attribute by phase; of a balanced file one value.
class Comparison {
 public:
  Comparison(const wires::Flow& flow, const wires::Moment& moment, Tolerance tolerance,
             bool is_balanced)
      : net_(flow.network()),
        moment_(moment),
        tolerance_(std::move(tolerance)),
        is_balanced_(is_balanced) {}

  void check(const json& output) {
    for (const json& node : output.value("node", json::array())) {
      check_node(node);
    }
    for (const json& line : output.value("line", json::array())) {
      check_line(line);
    }
    for (const json& link : output.value("link", json::array())) {
      for (std::size_t i = 0; i < net_.links.size(); ++i) {
        if (net_.links[i].name == id(link)) {
          compare(link, "i_from",
                  [&](std::size_t k) { return std::abs(moment_.link_amps[3 * i + k]); });
        }
      }
    }
    for (const json& transformer : output.value("transformer", json::array())) {
      check_transformer(transformer);
    }
    for (const auto& [table, sign] :
         {std::pair{"sym_load", 1.0}, {"asym_load", 1.0}, {"sym_gen", -1.0}, {"asym_gen", -1.0}}) {
      for (const json& load : output.value(table, json::array())) {
        check_load(load, sign);
      }
    }
    for (const json& shunt : output.value("shunt", json::array())) {
      check_shunt(shunt);
    }
  }
  std::size_t compared() const { return compared_; }

 private:
  static std::string id(const json& element) { return std::to_string(element["id"].get<int>()); }
  std::size_t bus_of(const std::string& name) const {
    for (std::size_t i = 0; i < net_.buses.size(); ++i) {
      if (net_.buses[i].name == name) {
        return i;
      }
    }
    ADD_FAILURE() << "no bus " << name;
    return 0;
  }
  /// Powers of balanced files are of all three phases.
  double whole() const { return is_balanced_ ? 3.0 : 1.0; }

  template <class Ours>
  void compare(const json& element, const std::string& attribute, const Ours& ours) {
    if (!element.contains(attribute)) {
      return;
    }
    const json& given = element[attribute];
    for (std::size_t k = 0; k < (given.is_array() ? 3U : 1U); ++k) {
      const double theirs = given.is_array() ? given[k].get<double>() : given.get<double>();
      const double mine = ours(k);
      ++compared_;
      EXPECT_LE(std::abs(mine - theirs),
                tolerance_.of(attribute) + tolerance_.relative * std::abs(theirs))
          << attribute << " of " << id(element) << ": " << mine << " beside " << theirs;
    }
  }
  template <class Power>
  void compare_power(const json& element, const std::string& end, const Power& power) {
    compare(element, "p" + end, [&](std::size_t k) { return whole() * power(k).real(); });
    compare(element, "q" + end, [&](std::size_t k) { return whole() * power(k).imag(); });
  }

  void check_node(const json& node) {
    if ((node["u_pu"].is_array() ? node["u_pu"][0] : node["u_pu"]) == 0.0) {
      return;
    }
    const std::size_t bus = bus_of(id(node));
    const double nominal_v = net_.buses[bus].nominal_v;
    compare(node, "u_pu", [&](std::size_t k) {
      return std::abs(moment_.volt(bus, k)) / nominal_v * std::sqrt(3.0);
    });
    compare(node, "u", [&](std::size_t k) {
      return std::abs(moment_.volt(bus, k)) * (is_balanced_ ? std::sqrt(3.0) : 1.0);
    });
    // One file gives angle 0 to all three phases.
    if (node.contains("u_angle") && node["u_angle"] != json{0.0, 0.0, 0.0}) {
      compare(node, "u_angle", [&](std::size_t k) { return std::arg(moment_.volt(bus, k)); });
    }
  }
  /// Current from a bus into a line: what the line carries, and half its charging.
  Complex into_line(std::size_t line, bool is_from, std::size_t k) const {
    const wires::Line& l = net_.lines[line];
    const auto half = wires::shunt_per_km(net_.types[l.type]) * (0.5 * l.length_km);
    Complex amps = moment_.line_amps[3 * line + k] * (is_from ? 1.0 : -1.0);
    for (std::size_t j = 0; j < 3; ++j) {
      amps += half(k, j) * moment_.volt(is_from ? l.from : l.to, j);
    }
    return amps;
  }
  void check_line(const json& element) {
    for (std::size_t i = 0; i < net_.lines.size(); ++i) {
      if (net_.lines[i].name != id(element)) {
        continue;
      }
      for (const bool is_from : {true, false}) {
        const std::size_t bus = is_from ? net_.lines[i].from : net_.lines[i].to;
        const auto amps = [&](std::size_t k) { return into_line(i, is_from, k); };
        compare_power(element, is_from ? "_from" : "_to",
                      [&](std::size_t k) { return moment_.volt(bus, k) * std::conj(amps(k)); });
        compare(element, is_from ? "i_from" : "i_to",
                [&](std::size_t k) { return std::abs(amps(k)); });
      }
    }
  }
  void check_transformer(const json& element) {
    for (std::size_t i = 0; i < net_.transformers.size(); ++i) {
      const wires::Transformer& t = net_.transformers[i];
      if (t.name != id(element)) {
        continue;
      }
      const auto half = wires::model_of(t).no_load_siemens * 0.5;
      compare_power(element, "_to", [&](std::size_t k) {
        Complex amps = -moment_.transformer_amps[3 * i + k];
        for (std::size_t j = 0; j < 3; ++j) {
          amps += half(k, j) * moment_.volt(t.low, j);
        }
        return moment_.volt(t.low, k) * std::conj(amps);
      });
    }
  }
  void check_load(const json& element, double sign) {
    for (std::size_t c = 0; c < net_.connections.size(); ++c) {
      const std::string& name = net_.connections[c].name;
      const Complex va = 1000.0 * sign * Complex(moment_.kw[c], moment_.kvar[c]);
      if (name == id(element)) {
        compare_power(element, "", [&](std::size_t) { return va / 3.0; });
      } else if (name.starts_with(id(element) + " ") && element["p"].is_array()) {
        const std::size_t k = static_cast<std::size_t>(name.back() - 'a');
        ++compared_;
        EXPECT_NEAR(va.real(), element["p"][k].get<double>(),
                    tolerance_.of("p") + tolerance_.relative * std::abs(va));
      }
    }
  }
  void check_shunt(const json& element) {
    for (const wires::Shunt& shunt : net_.shunts) {
      if (shunt.name == id(element)) {
        compare_power(element, "", [&](std::size_t k) {
          return std::norm(moment_.volt(shunt.bus, k)) *
                 std::conj(shunt.admittance_siemens.positive);
        });
      }
    }
  }

  const wires::Network& net_;
  const wires::Moment& moment_;
  Tolerance tolerance_;
  bool is_balanced_;
  std::size_t compared_ = 0;
};

/// The input as one scenario of a batch changes it.
json updated(json input, const json& update) {
  for (const auto& [table, changes] : update.items()) {
    for (const json& change : changes) {
      for (json& element : input["data"][table]) {
        if (element["id"] == change["id"]) {
          element.update(change);
        }
      }
    }
  }
  return input;
}

/// Nodes that nothing feeds are 0 V in the file and an error here: they are taken out.
void leave_out_unfed(json& input, const json& output) {
  for (const json& node : output["node"]) {
    const json& u = node["u_pu"];
    if ((u.is_array() ? u[0] : u) == 0.0) {
      auto& nodes = input["data"]["node"];
      nodes.erase(std::remove_if(nodes.begin(), nodes.end(),
                                 [&](const json& other) { return other["id"] == node["id"]; }),
                  nodes.end());
    }
  }
}

void check_moment(json input, const json& output, const Tolerance& tolerance, bool is_balanced) {
  leave_out_unfed(input, output);
  const auto network = wires::read_power_grid_model(input.dump(1), "input.json");
  ASSERT_TRUE(network) << test::errors_of(network.error());
  const auto flow = wires::Flow::of(*network);
  ASSERT_TRUE(flow) << test::errors_of(flow.error());
  const auto moment = test::solve_as_given(*flow);
  ASSERT_TRUE(moment) << test::errors_of(moment.error());
  Comparison comparison(*flow, *moment, tolerance, is_balanced);
  comparison.check(output);
  EXPECT_GT(comparison.compared(), 2U);
}

class GridModel : public testing::TestWithParam<const char*> {};

TEST_P(GridModel, OutputsAreWithinTheCasesOwnTolerances) {
  const std::string folder = std::string("network/pgm/") + GetParam() + "/";
  CASE_OR_SKIP(input_bytes, folder + "input.json");
  CASE_OR_SKIP(params_bytes, folder + "params.json");
  const json input = json::parse(input_bytes);
  const json params = json::parse(params_bytes);
  const Tolerance tolerance{params["rtol"], params["atol"]};
  std::size_t found = 0;
  for (const char* kind : {"sym", "asym"}) {
    const bool is_balanced = kind == std::string("sym");
    if (const auto bytes = test::case_bytes(folder + kind + "_output.json")) {
      ++found;
      check_moment(input, json::parse(*bytes)["data"], tolerance, is_balanced);
    }
    const auto batch = test::case_bytes(folder + kind + "_output_batch.json");
    const auto updates = test::case_bytes(folder + "update_batch.json");
    if (batch && updates) {
      const json outputs = json::parse(*batch)["data"];
      const json changes = json::parse(*updates)["data"];
      for (std::size_t i = 0; i < outputs.size(); ++i) {
        ++found;
        check_moment(updated(input, changes[i]), outputs[i], tolerance, is_balanced);
      }
    }
  }
  EXPECT_GT(found, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, GridModel,
    testing::Values("components/asymmetric/asym_gen", "components/asymmetric/asym_load",
                    "components/asymmetric/line", "components/asymmetric/node",
                    "components/asymmetric/shunt", "components/asymmetric/sym_gen",
                    "components/asymmetric/sym_load", "components/asymmetric/transformer",
                    "components/symmetric/line", "components/symmetric/node",
                    "components/symmetric/shunt", "components/symmetric/sym_gen",
                    "components/symmetric/sym_load", "components/symmetric/transformer",
                    "components/symmetric/basic-node", "dummy-test"));

class OutOfScope : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(OutOfScope, IsRefusedByName) {
  const auto& [folder, words] = GetParam();
  const std::string name = std::string("network/pgm/components/") + folder + "/input.json";
  CASE_OR_SKIP(bytes, name);
  const auto network = wires::read_power_grid_model(bytes, "input.json");
  const auto flow = network ? wires::Flow::of(*network) : std::unexpected(Errors(network.error()));
  ASSERT_FALSE(flow);
  EXPECT_NE(test::errors_of(flow.error()).find(words), std::string::npos)
      << test::errors_of(flow.error());
}

INSTANTIATE_TEST_SUITE_P(Cases, OutOfScope,
                         testing::Values(std::pair{"asymmetric/source", "a second source at 5"},
                                         std::pair{"symmetric/source", "a second source at 5"},
                                         std::pair{"symmetric/basic-node", "2 is an island"},
                                         std::pair{"symmetric/three_winding_transformer",
                                                   "data.three_winding_transformer"}));

}  // namespace
