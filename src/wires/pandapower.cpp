#include "wires/pandapower.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "wires/json.hpp"
#include "wires/places.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr double voltage_factor = 1.1;  ///< c

class PandapowerReader {
 public:
  PandapowerReader(const Node& root, const std::string& name, Errors& errors)
      : top_(root, name, errors), places_(net_) {
    net_.files.lines = name;
  }

  Network read() {
    net_.frequency_hz = top_.number_or("f_hz", 50.0, {1.0, 1000.0});
    for (Fields& fields : top_.tables("bus")) {
      if (fields.truth_or("in_service", true) &&
          !places_.add(text_of(fields.number("index")), 1000.0 * fields.number("vn_kv", positive),
                       fields.line())) {
        fields.complain("index", {"this bus stands twice", "该节点编号重复"});
      }
    }
    each("ext_grid", [&](Fields& fields) { read_source(fields); });
    each("line", [&](Fields& fields) { read_line(fields); });
    each("trafo", [&](Fields& fields) { read_transformer(fields); });
    each("load", [&](Fields& fields) { read_power(fields, 1.0); });
    each("sgen", [&](Fields& fields) { read_power(fields, -1.0); });
    each("asymmetric_load", [&](Fields& fields) { read_phases(fields); });
    each("switch", [&](Fields& fields) { read_switch(fields); });
    return std::move(net_);
  }

 private:
  template <class Work>
  void each(std::string_view table, const Work& work) {
    for (Fields& fields : top_.tables(table)) {
      if (fields.truth_or("in_service", true)) {
        name_ = fmt::format("{} {}", table, text_of(fields.number("index")));
        work(fields);
      }
    }
  }
  void read_source(Fields& fields);
  void read_line(Fields& fields);
  void read_transformer(Fields& fields);
  void read_power(Fields& fields, double sign);
  void read_phases(Fields& fields);
  void read_switch(Fields& fields);

  Fields top_;
  Network net_;
  Places places_;
  std::string name_;
};

void PandapowerReader::read_source(Fields& fields) {
  const auto bus = places_.of(fields, "bus");
  Source source{
      name_, bus.value_or(0), fields.number("vm_pu", positive), fields.number_or("va_degree", 0.0),
      {},    fields.line()};
  const auto short_circuit_mva = fields.number_if("s_sc_max_mva", positive);
  if (bus && short_circuit_mva && fields.has("r0x0_max")) {
    const double nominal_v = net_.buses[*bus].nominal_v;
    const double ohm = voltage_factor * nominal_v * nominal_v / (*short_circuit_mva * 1e6);
    const double ratio = fields.number_or("rx_max", 0.0, not_negative);
    const double x = ohm / std::hypot(1.0, ratio);
    const double x0 = x * fields.number_or("x0x_max", 1.0, positive);
    source.impedance_ohm = {Complex(fields.number("r0x0_max", not_negative) * x0, x0), 0.0,
                            Complex(ratio * x, x)};
  }
  if (bus) {
    net_.sources.push_back(source);
  }
}

void PandapowerReader::read_line(Fields& fields) {
  const auto from = places_.of(fields, "from_bus");
  const auto to = places_.of(fields, "to_bus");
  const double turn = 2.0 * std::numbers::pi * net_.frequency_hz;
  const auto shunt = [&](std::string_view g, std::string_view c) {
    return Complex(fields.number_or(g, 0.0) * 1e-6, turn * fields.number_or(c, 0.0) * 1e-9);
  };
  const Complex positive_ohm{fields.number("r_ohm_per_km", not_negative),
                             fields.number("x_ohm_per_km")};
  // A balanced file has no zero sequence, and nothing in it flows there.
  const Complex zero_ohm{fields.number_or("r0_ohm_per_km", positive_ohm.real()),
                         fields.number_or("x0_ohm_per_km", positive_ohm.imag())};
  LineType type{name_,
                SequencePerKm{positive_ohm, zero_ohm, shunt("g_us_per_km", "c_nf_per_km"),
                              shunt("g0_us_per_km", "c0_nf_per_km")},
                std::nullopt};
  if (const auto rating_ka = fields.number_if("max_i_ka", positive)) {
    type.rating_a = 1000.0 * *rating_ka;
  }
  if (from && to) {
    net_.lines.push_back({name_, *from, *to, fields.number("length_km"), net_.types.size(),
                          fields.whole_or("parallel", 1, {1, 1000}), fields.line(), type.rating_a});
    net_.types.push_back(std::move(type));
  }
}

void PandapowerReader::read_transformer(Fields& fields) {
  const auto high = places_.of(fields, "hv_bus");
  const auto low = places_.of(fields, "lv_bus");
  Transformer t;
  t.name = name_;
  t.line = fields.line();
  t.rating_kva = 1000.0 * fields.number("sn_mva", positive);
  t.high_v = 1000.0 * fields.number("vn_hv_kv", positive);
  t.low_v = 1000.0 * fields.number("vn_lv_kv", positive);
  t.short_circuit_percent = fields.number("vk_percent", positive);
  t.load_loss_kw = fields.number("vkr_percent", not_negative) / 100.0 * t.rating_kva;
  t.no_load_loss_kw = fields.number_or("pfe_kw", 0.0, not_negative);
  t.no_load_current_percent = fields.number_or("i0_percent", 0.0, not_negative);
  t.clock = static_cast<int>(std::lround(fields.number_or("shift_degree", 0.0, {-360, 360}) / 30));
  const std::string group = fields.text_or("vector_group", "Dyn");
  t.high_winding = group.starts_with("D")    ? Winding::delta
                   : group.starts_with("YN") ? Winding::earthed_star
                                             : Winding::star;
  t.low_winding = group.find("yn") != std::string::npos ? Winding::earthed_star : Winding::star;
  t.tap_side = fields.text_or("tap_side", "hv") == "lv" ? TapSide::low : TapSide::high;
  t.tap_percent = (fields.number_or("tap_pos", 0.0) - fields.number_or("tap_neutral", 0.0)) *
                  fields.number_or("tap_step_percent", 0.0);
  if (const auto size = fields.number_if("vk0_percent", positive)) {
    const double loss = fields.number_or("vkr0_percent", 0.0, {0.0, *size});
    const Complex leakage{loss, std::sqrt(*size * *size - loss * loss)};
    const double high_share = fields.number_or("si0_hv_partial", 0.5, fraction);
    const double ratio = fields.number_or("mag0_rx", 0.0, not_negative);
    const Complex magnetising = fields.number_or("mag0_percent", 100.0, positive) * *size *
                                Complex(ratio, 1.0) / std::hypot(1.0, ratio);
    const Complex upper = high_share * leakage;
    t.zero_sequence_percent =
        (1.0 - high_share) * leakage + upper * magnetising / (upper + magnetising);
  }
  if (high && low) {
    t.high = *high;
    t.low = *low;
    net_.transformers.push_back(std::move(t));
  }
}

void PandapowerReader::read_power(Fields& fields, double sign) {
  const double scale = 1000.0 * sign * fields.number_or("scaling", 1.0);
  Connection connection;
  connection.name = name_;
  connection.line = fields.line();
  connection.kw = scale * fields.number("p_mw");
  connection.kvar = scale * fields.number_or("q_mvar", 0.0);
  if (const auto bus = places_.of(fields, "bus")) {
    connection.bus = *bus;
    net_.connections.push_back(std::move(connection));
  }
}

void PandapowerReader::read_phases(Fields& fields) {
  const auto bus = places_.of(fields, "bus");
  const double scale = 1000.0 * fields.number_or("scaling", 1.0);
  for (std::size_t phase = 0; bus && phase < 3; ++phase) {
    const char letter = "abc"[phase];
    Connection connection;
    connection.name = fmt::format("{} {}", name_, letter);
    connection.bus = *bus;
    connection.phases = Phases(phase);
    connection.line = fields.line();
    connection.kw = scale * fields.number_or(fmt::format("p_{}_mw", letter), 0.0);
    connection.kvar = scale * fields.number_or(fmt::format("q_{}_mvar", letter), 0.0);
    if (connection.kw != 0.0 || connection.kvar != 0.0) {
      net_.connections.push_back(std::move(connection));
    }
  }
}

void PandapowerReader::read_switch(Fields& fields) {
  const bool is_closed = fields.truth_or("closed", true);
  if (fields.text("et") == "b") {
    const auto from = places_.of(fields, "bus");
    const auto to = places_.of(fields, "element");
    if (from && to && is_closed) {
      net_.links.push_back({name_, *from, *to, fields.line()});
    }
  } else if (!is_closed) {
    fields.complain("et", {"only switches between two buses may be open here; take the line out of "
                           "service instead",
                           "此处仅两节点间的开关可断开;请改为将该线路停运"});
  }
}

}  // namespace

Result<Network> read_pandapower(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_json(bytes, name));
  Errors errors;
  Network network = PandapowerReader(root, name, errors).read();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return network;
}

}  // namespace xiaoyuan::wires
