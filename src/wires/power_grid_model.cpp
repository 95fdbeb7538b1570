#include "wires/power_grid_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "wires/json.hpp"
#include "wires/places.hpp"

namespace xiaoyuan::wires {

namespace {

const std::vector<std::string>& tables_known() {
  static const std::vector<std::string> known{"node",     "line",     "link",    "transformer",
                                              "source",   "sym_load", "sym_gen", "asym_load",
                                              "asym_gen", "shunt"};
  return known;
}

bool is_on(Fields& fields, std::string_view key) { return fields.number_or(key, 1.0) != 0.0; }

class GridModelReader {
 public:
  GridModelReader(Fields data, const std::string& name) : data_(std::move(data)), places_(net_) {
    net_.files.lines = name;
  }

  Network read() {
    for (const std::string& table : data_.keys()) {
      if (!std::ranges::count(tables_known(), table)) {
        data_.complain(table, unknown_name(table, tables_known()));
      }
    }
    for (Fields& fields : data_.tables("node")) {
      if (!places_.add(text_of(fields.number("id")), fields.number("u_rated", positive),
                       fields.line())) {
        fields.complain("id", {"this node stands twice", "该节点编号重复"});
      }
    }
    each("source", [&](Fields& fields) { read_source(fields); });
    each("line", [&](Fields& fields) { read_line(fields); });
    each("link", [&](Fields& fields) { read_link(fields); });
    each("transformer", [&](Fields& fields) { read_transformer(fields); });
    each("sym_load", [&](Fields& fields) { read_balanced(fields, 1.0); });
    each("sym_gen", [&](Fields& fields) { read_balanced(fields, -1.0); });
    each("asym_load", [&](Fields& fields) { read_phases(fields, 1.0); });
    each("asym_gen", [&](Fields& fields) { read_phases(fields, -1.0); });
    each("shunt", [&](Fields& fields) { read_shunt(fields); });
    return std::move(net_);
  }

 private:
  template <class Work>
  void each(std::string_view table, const Work& work) {
    for (Fields& fields : data_.tables(table)) {
      id_ = text_of(fields.number("id"));
      if (is_on(fields, "status")) {
        work(fields);
      }
    }
  }
  struct Ends {
    std::size_t from;
    std::size_t to;
  };
  /// The two ends of a branch that is closed at one of them at least.
  std::optional<Ends> ends_of(Fields& fields);
  void read_source(Fields& fields);
  void read_line(Fields& fields);
  void read_link(Fields& fields);
  void read_transformer(Fields& fields);
  void read_balanced(Fields& fields, double sign);
  void read_phases(Fields& fields, double sign);
  void read_shunt(Fields& fields);
  Connection connection_of(Fields& fields);

  Fields data_;
  Network net_;
  Places places_;
  std::string id_;
};

std::optional<GridModelReader::Ends> GridModelReader::ends_of(Fields& fields) {
  auto from = places_.of(fields, "from_node");
  auto to = places_.of(fields, "to_node");
  const bool from_on = is_on(fields, "from_status");
  const bool to_on = is_on(fields, "to_status");
  if (!from || !to || (!from_on && !to_on)) {
    return std::nullopt;
  }
  auto& open = from_on ? to : from;
  if (!from_on || !to_on) {
    const std::string end = id_ + " open end";
    places_.add(end, net_.buses[*open].nominal_v, fields.line());
    open = places_.find(end);
  }
  return Ends{*from, *to};
}

void GridModelReader::read_source(Fields& fields) {
  const auto bus = places_.of(fields, "node");
  if (!bus) {
    return;
  }
  const double nominal_v = net_.buses[*bus].nominal_v;
  const double size = nominal_v * nominal_v / fields.number_or("sk", 1e10, positive);
  const double ratio = fields.number_or("rx_ratio", 0.1, not_negative);
  const Complex ohm = Complex(ratio, 1.0) * size / std::hypot(1.0, ratio);
  const double zero_ratio = fields.number_or("z01_ratio", 1.0, positive);
  net_.sources.push_back({id_,
                          *bus,
                          fields.number("u_ref", positive),
                          fields.number_or("u_ref_angle", 0.0) * 180.0 / std::numbers::pi,
                          {ohm * zero_ratio, ohm, ohm},
                          fields.line()});
}

void GridModelReader::read_line(Fields& fields) {
  const double turn = 2.0 * std::numbers::pi * net_.frequency_hz;
  const auto shunt = [&](std::string_view c, std::string_view tan) {
    const double siemens = turn * fields.number_or(c, 0.0);
    return Complex(siemens * fields.number_or(tan, 0.0), siemens);
  };
  const Complex ohm{fields.number("r1"), fields.number("x1")};
  const Complex zero_ohm{fields.number_or("r0", ohm.real()), fields.number_or("x0", ohm.imag())};
  LineType type{id_, SequencePerKm{ohm, zero_ohm, shunt("c1", "tan1"), shunt("c0", "tan0")},
                fields.number_if("i_n", positive)};
  if (const auto ends = ends_of(fields)) {  // given for the whole line: as long as its kilometre
    net_.lines.push_back({id_, ends->from, ends->to, 1.0, net_.types.size(), 1, fields.line()});
    net_.types.push_back(std::move(type));
  }
}

void GridModelReader::read_link(Fields& fields) {
  if (const auto ends = ends_of(fields)) {
    net_.links.push_back({id_, ends->from, ends->to, fields.line()});
  }
}

void GridModelReader::read_transformer(Fields& fields) {
  Transformer t;
  t.name = id_;
  t.line = fields.line();
  t.rating_kva = fields.number("sn", positive) / 1000.0;
  t.high_v = fields.number("u1", positive);
  t.low_v = fields.number("u2", positive);
  t.short_circuit_percent = 100.0 * fields.number("uk", positive);
  t.load_loss_kw = fields.number("pk", not_negative) / 1000.0;
  t.no_load_loss_kw = fields.number_or("p0", 0.0, not_negative) / 1000.0;
  t.no_load_current_percent = 100.0 * fields.number_or("i0", 0.0, not_negative);
  const auto winding = [&](std::string_view key) {
    const int kind = fields.whole_or(key, 1, {0, 2});
    return kind == 0 ? Winding::star : kind == 1 ? Winding::earthed_star : Winding::delta;
  };
  t.high_winding = winding("winding_from");
  t.low_winding = winding("winding_to");
  t.clock = fields.whole_or("clock", 0, {-12, 12});
  t.tap_side = fields.whole_or("tap_side", 0, fraction) == 0 ? TapSide::high : TapSide::low;
  const double rated_v = t.tap_side == TapSide::high ? t.high_v : t.low_v;
  const double direction =
      fields.number_or("tap_max", 1.0) >= fields.number_or("tap_min", 0.0) ? 1.0 : -1.0;
  t.tap_percent = direction * 100.0 *
                  (fields.number_or("tap_pos", 0.0) - fields.number_or("tap_nom", 0.0)) *
                  fields.number_or("tap_size", 0.0) / rated_v;
  t.equivalent = Equivalent::pi;
  if (const auto ends = ends_of(fields)) {
    t.high = ends->from;
    t.low = ends->to;
    net_.transformers.push_back(std::move(t));
  }
}

Connection GridModelReader::connection_of(Fields& fields) {
  Connection connection;
  connection.name = id_;
  connection.line = fields.line();
  const int type = fields.whole_or("type", 0, {0, 2});
  connection.law = {type == 0 ? 1.0 : 0.0, type == 2 ? 1.0 : 0.0, type == 1 ? 1.0 : 0.0};
  return connection;
}

void GridModelReader::read_balanced(Fields& fields, double sign) {
  Connection connection = connection_of(fields);
  connection.kw = sign * fields.number("p_specified") / 1000.0;
  connection.kvar = sign * fields.number("q_specified") / 1000.0;
  if (const auto bus = places_.of(fields, "node")) {
    connection.bus = *bus;
    net_.connections.push_back(std::move(connection));
  }
}

void GridModelReader::read_phases(Fields& fields, double sign) {
  const auto watts = fields.numbers("p_specified", any_number, 3);
  const auto vars = fields.numbers("q_specified", any_number, 3);
  const auto bus = places_.of(fields, "node");
  for (std::size_t phase = 0; bus && phase < 3 && watts.size() == 3 && vars.size() == 3; ++phase) {
    Connection connection = connection_of(fields);
    connection.name = fmt::format("{} {}", id_, "abc"[phase]);
    connection.phases = Phases(phase);
    connection.bus = *bus;
    connection.kw = sign * watts[phase] / 1000.0;
    connection.kvar = sign * vars[phase] / 1000.0;
    net_.connections.push_back(std::move(connection));
  }
}

void GridModelReader::read_shunt(Fields& fields) {
  const Complex admittance{fields.number_or("g1", 0.0), fields.number_or("b1", 0.0)};
  const Complex zero{fields.number_or("g0", 0.0), fields.number_or("b0", 0.0)};
  if (const auto bus = places_.of(fields, "node")) {
    net_.shunts.push_back({id_, *bus, {zero, admittance, admittance}, fields.line()});
  }
}

}  // namespace

Result<Network> read_power_grid_model(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_json(bytes, name));
  Errors errors;
  Fields top(root, name, errors);
  Network network = GridModelReader(top.table("data"), name).read();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return network;
}

}  // namespace xiaoyuan::wires
