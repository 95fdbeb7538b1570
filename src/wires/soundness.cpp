#include "wires/soundness.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

namespace xiaoyuan::wires {

namespace {

constexpr std::size_t most_islands_named = 20;

/// Sets of buses that are joined.
class Joined {
 public:
  explicit Joined(std::size_t size) : above_(size) {
    std::iota(above_.begin(), above_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t bus) {
    while (above_[bus] != bus) {
      above_[bus] = above_[above_[bus]];
      bus = above_[bus];
    }
    return bus;
  }
  /// False when the two were joined already.
  bool join(std::size_t a, std::size_t b) {
    const std::size_t one = root(a);
    const std::size_t other = root(b);
    above_[one] = other;
    return one != other;
  }

 private:
  std::vector<std::size_t> above_;
};

class Inspector {
 public:
  explicit Inspector(const Network& network) : net_(network), joined_(network.buses.size()) {}

  Errors all(Shape shape) {
    speak_of(net_.files.source);
    sources();
    speak_of(net_.files.lines);
    lines();
    speak_of(net_.files.transformers);
    transformers();
    speak_of(net_.files.lines);
    buses();
    joints(shape);
    islands();
    return std::move(errors_);
  }

 private:
  void complain(int line, std::string field, Text what) {
    errors_.push_back({Fault::bad_input, std::move(what), {file_, line, std::move(field)}});
  }
  /// The file that the next complaints are about.
  void speak_of(const std::string& file) { file_ = file.empty() ? net_.files.lines : file; }
  void sources();
  void lines();
  void line_type(const Line& line);
  void transformers();
  void buses();
  void joints(Shape shape);
  void islands();
  void join(Shape shape, std::size_t from, std::size_t to, const std::string& name, int line) {
    if (!joined_.join(from, to) && shape == Shape::radial) {
      complain(line, "",
               {fmt::format("{} closes a loop between {} and {}; the network must be radial here",
                            name, net_.buses[from].name, net_.buses[to].name),
                fmt::format("{} 使 {} 与 {} 之间形成环路;此处要求辐射状网络", name,
                            net_.buses[from].name, net_.buses[to].name)});
    }
  }

  const Network& net_;
  std::string file_;
  Joined joined_;
  Errors errors_;
};

void Inspector::sources() {
  if (net_.sources.empty()) {
    complain(0, "source",
             {"the network has no source (no bus that holds the voltage)",
              "网络没有电源(没有电压恒定的平衡节点)"});
  }
  for (std::size_t i = 1; i < net_.sources.size(); ++i) {
    const Source& extra = net_.sources[i];
    complain(extra.line, "source",
             {fmt::format("a second source at {}; the first is at {}: a low-voltage network is fed "
                          "from one",
                          net_.buses[extra.bus].name, net_.buses[net_.sources[0].bus].name),
              fmt::format("{} 处有第二个电源,第一个在 {};低压网络只由一个电源供电",
                          net_.buses[extra.bus].name, net_.buses[net_.sources[0].bus].name)});
  }
}

void Inspector::line_type(const Line& line) {
  const LineType& type = net_.types[line.type];
  const auto* sequence = std::get_if<SequencePerKm>(&type.impedance);
  const bool is_none = sequence != nullptr
                           ? sequence->positive_ohm == 0.0 || sequence->zero_ohm == 0.0
                           : std::get<FourWiresPerKm>(type.impedance).ohm.is_zero();
  if (is_none) {
    complain(line.line, "type",
             {fmt::format("line {} of type {} has no impedance; join its two buses by a switch "
                          "instead",
                          line.name, type.name),
              fmt::format("线路 {}(型号 {})阻抗为零;请改用开关连接两节点", line.name, type.name)});
  }
  const double from_v = net_.buses[line.from].nominal_v;
  if (net_.neutral == Neutral::own_wire && sequence != nullptr && from_v < 1000.0) {
    complain(line.line, "type",
             {fmt::format("line {} is given by its sequences and has no neutral wire of its own; "
                          "give its four wires",
                          line.name),
              fmt::format("线路 {} 仅有序阻抗,没有独立的中性线;请给出四线参数", line.name)});
  }
}

void Inspector::lines() {
  for (const Line& line : net_.lines) {
    if (!(line.length_km > 0.0)) {
      complain(line.line, "length",
               {fmt::format("line {} is {} m long; the length must be above 0", line.name,
                            line.length_km * 1000.0),
                fmt::format("线路 {} 长 {} m;长度须大于 0", line.name, line.length_km * 1000.0)});
    }
    if (line.from == line.to) {
      complain(line.line, "to",
               {fmt::format("line {} begins and ends at {}", line.name, net_.buses[line.to].name),
                fmt::format("线路 {} 的起点与终点同为 {}", line.name, net_.buses[line.to].name)});
    }
    const double from_v = net_.buses[line.from].nominal_v;
    const double to_v = net_.buses[line.to].nominal_v;
    if (std::abs(from_v - to_v) > 0.1 * std::max(from_v, to_v)) {
      complain(line.line, "to",
               {fmt::format("line {} joins {} V and {} V; a transformer belongs there", line.name,
                            from_v, to_v),
                fmt::format("线路 {} 连接 {} V 与 {} V;此处应为变压器", line.name, from_v, to_v)});
    }
    line_type(line);
  }
}

void Inspector::transformers() {
  for (const Transformer& t : net_.transformers) {
    if (!(t.rating_kva > 0.0) || !(t.short_circuit_percent > 0.0) || !(t.high_v > 0.0) ||
        !(t.low_v > 0.0)) {
      complain(t.line, "transformer",
               {fmt::format("transformer {}: rating, voltages and short-circuit voltage must be "
                            "above 0",
                            t.name),
                fmt::format("变压器 {}:额定容量、额定电压与短路阻抗须大于 0", t.name)});
    }
    if (t.low_winding != Winding::earthed_star) {
      complain(t.line, "group",
               {fmt::format("transformer {}: the low side must be a star with its neutral brought "
                            "out (yn); only that feeds a four-wire network",
                            t.name),
                fmt::format("变压器 {}:低压侧须为引出中性点的星形(yn),才能接四线网络", t.name)});
    }
    if (t.high_winding == Winding::star && !t.zero_sequence_percent) {
      complain(t.line, "zero_sequence_percent",
               {fmt::format("transformer {}: a Yyn transformer's zero-sequence impedance is not "
                            "that of its short circuit; it must be given",
                            t.name),
                fmt::format("变压器 {}:Yyn 接线的零序阻抗与短路阻抗不同,必须给出", t.name)});
    }
  }
}

void Inspector::buses() {
  for (const Bus& bus : net_.buses) {
    if (bus.electrode_ohm && net_.neutral != Neutral::own_wire) {
      complain(bus.line, "electrode_ohm",
               {fmt::format("{} has an earth electrode; the neutral must then be its own wire",
                            bus.name),
                fmt::format("{} 设有接地极;此时中性线须按独立导线计算", bus.name)});
    }
  }
}

void Inspector::joints(Shape shape) {
  for (const Link& link : net_.links) {
    join(shape, link.from, link.to, "switch " + link.name, link.line);
  }
  speak_of(net_.files.transformers);
  for (const Transformer& t : net_.transformers) {
    join(shape, t.high, t.low, "transformer " + t.name, t.line);
  }
  speak_of(net_.files.lines);
  for (const Line& line : net_.lines) {
    if (line.from != line.to) {
      join(shape, line.from, line.to, "line " + line.name, line.line);
    }
  }
}

void Inspector::islands() {
  if (net_.sources.empty()) {
    return;
  }
  std::size_t named = 0;
  for (std::size_t i = 0; i < net_.buses.size() && named < most_islands_named; ++i) {
    if (joined_.root(i) != joined_.root(net_.sources[0].bus)) {
      ++named;
      const Bus& bus = net_.buses[i];
      complain(bus.line, "bus",
               {fmt::format("{} is an island: nothing joins it to the source", bus.name),
                fmt::format("{} 为孤岛:与电源没有任何连接", bus.name)});
    }
  }
}

}  // namespace

Errors faults_of(const Network& network, Shape shape) { return Inspector(network).all(shape); }

}  // namespace xiaoyuan::wires
