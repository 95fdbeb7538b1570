#include "wires/village_wires.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/csv.hpp"
#include "base/fields.hpp"
#include "wires/places.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr const char* lines_name = "lines.csv";
constexpr const char* transformers_name = "transformers.csv";
constexpr const char* network_name = "network.toml";
constexpr const char* households_name = "households.csv";
constexpr double high_nominal_v = 10000.0;

class VillageWires {
 public:
  VillageWires(const WireLibrary& library, Errors& errors)
      : library_(library.lines),
        transformers_(library.transformers),
        errors_(errors),
        places_(net_) {
    net_.files = {lines_name, transformers_name, network_name, households_name};
  }

  void read_network(const std::string& bytes);
  void read_transformers(const std::string& bytes);
  void read_lines(const std::string& bytes);
  void place(const std::vector<House>& houses);
  void end();
  Network network() { return std::move(net_); }

 private:
  void read_source(Fields fields);
  void read_own_types(Fields& top);
  Transformer read_transformer(CsvColumns& columns, const CsvRow& row);
  bool take_type(CsvColumns& columns, const CsvRow& row, Transformer& transformer);
  void read_figures(CsvColumns& columns, const CsvRow& row, Transformer& transformer);
  void read_line(CsvColumns& columns, const CsvRow& row);
  std::optional<std::size_t> type_of(CsvColumns& columns, const CsvRow& row);
  std::size_t bus(const std::string& name, double nominal_v, int line) {
    places_.add(name, nominal_v, line);
    return *places_.find(name);
  }

  const std::vector<WireType>& library_;
  const std::vector<TransformerType>& transformers_;
  Errors& errors_;
  Network net_;
  Places places_;
  double nominal_v_ = 380.0;
  double celsius_ = 20.0;
  std::string source_bus_;
  std::vector<std::pair<std::string, double>> electrodes_;
  std::set<std::string> ids_;
};

void VillageWires::read_own_types(Fields& top) {
  for (Fields& fields : top.tables("type")) {
    LineType type;
    type.name = fields.text("name");
    type.impedance =
        SequencePerKm{{fields.number("r1", not_negative), fields.number("x1", not_negative)},
                      {fields.number("r0", not_negative), fields.number("x0", not_negative)},
                      {},
                      {}};
    type.rating_a = fields.number_if("rating_a", positive);
    fields.finish();
    net_.types.push_back(std::move(type));
  }
}

void VillageWires::read_source(Fields fields) {
  source_bus_ = fields.text("bus");
  Source source;
  source.name = source_bus_;
  source.line = fields.line();
  source.voltage_pu = fields.number("voltage_pu", {0.8, 1.2});
  if (const auto size_mva = fields.number_if("short_circuit_mva", positive)) {
    const double ohm = high_nominal_v * high_nominal_v / (*size_mva * 1e6);
    const double ratio = fields.number("r_over_x", not_negative);
    const Complex z = Complex(ratio, 1.0) * (ohm / std::hypot(1.0, ratio));
    source.impedance_ohm = {z, z, z};
  }
  fields.finish();
  net_.sources.push_back(std::move(source));
}

void VillageWires::read_network(const std::string& bytes) {
  auto root = parse_toml(bytes, network_name);
  if (!gather(root, errors_)) {
    return;
  }
  Fields top(*root, network_name, errors_);
  net_.neutral = Neutral(top.choice("neutral", {"back_wire", "earthed", "own_wire"}));
  nominal_v_ = top.number_or("nominal_v", 380.0, {100.0, 1000.0});
  celsius_ = top.number_or("celsius", 20.0, {-50.0, 120.0});
  read_source(top.table("source"));
  if (auto electrodes = top.table_if("electrodes")) {
    for (const std::string& name : electrodes->keys()) {
      electrodes_.emplace_back(name, electrodes->number(name, positive));
    }
  }
  read_own_types(top);
  top.finish();
}

/// "Dyn11", "Yyn0"
bool read_group(std::string_view group, Transformer& transformer) {
  const bool is_delta = group.starts_with("Dyn");
  const bool is_earthed = group.starts_with("YNyn");
  if (!is_delta && !is_earthed && !group.starts_with("Yyn")) {
    return false;
  }
  const auto clock = parse_number(group.substr(is_earthed ? 4 : 3));
  if (!clock || *clock != std::floor(*clock) || *clock < 0.0 || *clock > 11.0 ||
      (static_cast<int>(*clock) % 2 == 1) != is_delta) {
    return false;
  }
  transformer.high_winding = is_delta     ? Winding::delta
                             : is_earthed ? Winding::earthed_star
                                          : Winding::star;
  transformer.clock = static_cast<int>(*clock);
  return true;
}

/// The figures of the type ("S13-400") or of the series ("S13", with the row's rating) that a row
/// names; false where it names none.
bool VillageWires::take_type(CsvColumns& columns, const CsvRow& row, Transformer& transformer) {
  const std::string name(columns.cell(row, "type"));
  if (name.empty()) {
    return false;
  }
  std::vector<std::string> names;
  for (const TransformerType& type : transformers_) {
    names.push_back(type.name);
    if (type.name == name) {
      transformer.rating_kva = type.rating_kva;
      take_figures(transformer, type);
      return true;
    }
  }
  if (std::ranges::find(transformers_, name, &TransformerType::series) == transformers_.end()) {
    columns.complain(row, "type", unknown_name(name, names));
    return true;
  }
  const double rating_kva = columns.number(row, "rating_kva", positive);
  if (rating_kva > 0.0) {
    take_figures(transformer, type_for(transformers_, name, rating_kva));
  }
  return true;
}

/// Rating, losses and short circuit: of the type where a row names one, and of its own columns.
void VillageWires::read_figures(CsvColumns& columns, const CsvRow& row, Transformer& transformer) {
  const bool has_type = take_type(columns, row, transformer);
  const auto own = [&](const char* column, const Range& range, double& value) {
    value = has_type ? columns.number_if(row, column, range).value_or(value)
                     : columns.number(row, column, range);
  };
  own("rating_kva", positive, transformer.rating_kva);
  own("short_circuit_percent", {0.1, 50.0}, transformer.short_circuit_percent);
  own("load_loss_kw", not_negative, transformer.load_loss_kw);
  transformer.no_load_loss_kw =
      columns.number_if(row, "no_load_loss_kw", not_negative).value_or(transformer.no_load_loss_kw);
  transformer.no_load_current_percent =
      columns.number_if(row, "no_load_current_percent", {0.0, 100.0})
          .value_or(transformer.no_load_current_percent);
}

Transformer VillageWires::read_transformer(CsvColumns& columns, const CsvRow& row) {
  Transformer t;
  t.line = row.line;
  t.name = columns.text(row, "id");
  read_figures(columns, row, t);
  t.high_v = 1000.0 * columns.number_if(row, "high_kv", positive).value_or(10.0);
  t.low_v = 1000.0 * columns.number_if(row, "low_kv", positive).value_or(0.4);
  t.tap_percent = columns.number_if(row, "tap_percent", {-20.0, 20.0}).value_or(0.0);
  const auto zero_r = columns.number_if(row, "zero_r_percent", not_negative);
  const auto zero_x = columns.number_if(row, "zero_x_percent", not_negative);
  if (zero_r && zero_x) {
    t.zero_sequence_percent = Complex(*zero_r, *zero_x);
  } else if (zero_r || zero_x) {
    columns.complain(row, zero_r ? "zero_x_percent" : "zero_r_percent", missing());
  }
  const bool has_type = !columns.cell(row, "type").empty();
  const std::string group =
      has_type && columns.cell(row, "group").empty() ? "Dyn11" : columns.text(row, "group");
  if (!group.empty() && !read_group(group, t)) {
    columns.complain(
        row, "group",
        {fmt::format("expected a vector group like Dyn11, Yyn0 or YNyn0, found \"{}\"", group),
         fmt::format("应为 Dyn11、Yyn0、YNyn0 之类的联结组别,实为“{}”", group)});
  }
  const std::string low = columns.text(row, "low_bus");
  const std::string high(columns.cell(row, "high_bus"));
  t.low = bus(low, nominal_v_, row.line);
  t.high = bus(high.empty() ? source_bus_ : high, high_nominal_v, row.line);
  return t;
}

void VillageWires::read_transformers(const std::string& bytes) {
  static const std::vector<std::string> known{"id",
                                              "high_bus",
                                              "low_bus",
                                              "type",
                                              "rating_kva",
                                              "high_kv",
                                              "low_kv",
                                              "group",
                                              "short_circuit_percent",
                                              "load_loss_kw",
                                              "no_load_loss_kw",
                                              "no_load_current_percent",
                                              "zero_r_percent",
                                              "zero_x_percent",
                                              "tap_percent",
                                              "note"};
  auto table = parse_csv(bytes, transformers_name);
  if (!gather(table, errors_)) {
    return;
  }
  CsvColumns columns(*table, transformers_name, known, errors_);
  for (std::size_t i = 1; columns.well_formed() && i < table->rows.size(); ++i) {
    net_.transformers.push_back(read_transformer(columns, table->rows[i]));
  }
}

std::optional<std::size_t> VillageWires::type_of(CsvColumns& columns, const CsvRow& row) {
  const std::string name = columns.text(row, "type");
  const auto spacing_m = columns.number_if(row, "spacing_m", {0.01, 10.0});
  const auto laid = std::ranges::find(library_, name, &WireType::name);
  if (laid != library_.end() && laid->laying == Laying::row && !spacing_m) {
    columns.complain(row, "spacing_m",
                     {fmt::format("{} is an overhead line: the distance between its wires is "
                                  "needed",
                                  name),
                      fmt::format("{} 为架空线,须填写线间距离 spacing_m", name)});
  }
  const LineType type =
      laid == library_.end()
          ? LineType{name, {}, std::nullopt}
          : line_type(*laid, {spacing_m.value_or(0.4), celsius_, net_.frequency_hz});
  const auto known = std::ranges::find(net_.types, type.name, &LineType::name);
  if (known != net_.types.end()) {
    return static_cast<std::size_t>(known - net_.types.begin());
  }
  if (laid == library_.end()) {
    std::vector<std::string> names;
    for (const WireType& other : library_) {
      names.push_back(other.name);
    }
    for (const LineType& other : net_.types) {
      names.push_back(other.name);
    }
    columns.complain(row, "type", unknown_name(name, names));
    return std::nullopt;
  }
  net_.types.push_back(type);
  return net_.types.size() - 1;
}

void VillageWires::read_line(CsvColumns& columns, const CsvRow& row) {
  Line line;
  line.line = row.line;
  line.name = columns.text(row, "id");
  if (!line.name.empty() && !ids_.insert(line.name).second) {
    columns.complain(
        row, "id",
        {fmt::format("\"{}\" stands twice", line.name), fmt::format("“{}”重复", line.name)});
  }
  const std::string from = columns.text(row, "from");
  const std::string to = columns.text(row, "to");
  line.length_km = columns.number(row, "length_m", any_number) / 1000.0;
  line.parallel = static_cast<int>(columns.number_if(row, "parallel", {1.0, 100.0}).value_or(1.0));
  const auto type = type_of(columns, row);
  const auto rating_a = columns.number_if(row, "rating_a", positive);
  const auto nominal_of = [&](const std::string& end, const std::string& other) {
    const auto found = places_.find(other);
    return end == source_bus_            ? high_nominal_v
           : found && !places_.find(end) ? net_.buses[*found].nominal_v
                                         : nominal_v_;
  };
  if (type) {
    line.from = bus(from, nominal_of(from, to), row.line);
    line.to = bus(to, nominal_of(to, from), row.line);
    line.type = *type;
    line.rating_a = rating_a ? rating_a : net_.types[*type].rating_a;
    net_.lines.push_back(std::move(line));
  }
}

void VillageWires::read_lines(const std::string& bytes) {
  static const std::vector<std::string> known{
      "id", "from", "to", "length_m", "type", "parallel", "spacing_m", "rating_a", "note"};
  auto table = parse_csv(bytes, lines_name);
  if (!gather(table, errors_)) {
    return;
  }
  CsvColumns columns(*table, lines_name, known, errors_);
  for (std::size_t i = 1; columns.well_formed() && i < table->rows.size(); ++i) {
    read_line(columns, table->rows[i]);
  }
}

void VillageWires::place(const std::vector<House>& houses) {
  for (const House& house : houses) {
    const auto found = places_.find(house.id);
    if (!found) {
      const Text missing_bus = unknown_bus(house.id, net_);
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("house {} stands on no bus of lines.csv: {}", house.id, missing_bus.en),
            fmt::format("住户 {} 未接在 lines.csv 的任何节点上:{}", house.id, missing_bus.zh)},
           {households_name, house.line, "id"}});
      continue;
    }
    if (net_.buses[*found].nominal_v > 1000.0) {
      const double volts = net_.buses[*found].nominal_v;
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("house {} stands at {} V; no transformer is between it and "
                        "the source",
                        house.id, volts),
            fmt::format("住户 {} 接在 {} V 节点上;其与电源之间没有变压器", house.id, volts)},
           {households_name, house.line, "id"}});
    }
    Connection connection;
    connection.name = house.id;
    connection.bus = *found;
    connection.phases = house.phases;
    connection.line = house.line;
    net_.connections.push_back(std::move(connection));
  }
}

void VillageWires::end() {
  if (!net_.sources.empty()) {
    const auto found = places_.find(source_bus_);
    if (!found && !source_bus_.empty()) {
      errors_.push_back({Fault::bad_input,
                         unknown_bus(source_bus_, net_),
                         {network_name, net_.sources.front().line, "source.bus"}});
    }
    net_.sources.front().bus = found.value_or(0);
  }
  for (const auto& [name, ohm] : electrodes_) {
    const auto found = places_.find(name);
    if (!found) {
      errors_.push_back(
          {Fault::bad_input, unknown_bus(name, net_), {network_name, 0, "electrodes." + name}});
    } else {
      net_.buses[*found].electrode_ohm = ohm;
    }
  }
}

}  // namespace

Result<Network> read_village_wires(const Files& folder, const std::vector<House>& houses,
                                   const WireLibrary& library) {
  Errors errors;
  auto network = folder.read(network_name);
  auto transformers = folder.read(transformers_name);
  auto lines = folder.read(lines_name);
  const bool has_network = gather(network, errors);
  const bool has_transformers = gather(transformers, errors);
  const bool has_lines = gather(lines, errors);
  if (!has_network || !has_transformers || !has_lines) {
    return std::unexpected(std::move(errors));
  }
  VillageWires reader(library, errors);
  reader.read_network(*network);
  reader.read_transformers(*transformers);
  reader.read_lines(*lines);
  reader.place(houses);
  reader.end();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return reader.network();
}

}  // namespace xiaoyuan::wires
