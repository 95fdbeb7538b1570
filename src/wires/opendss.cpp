#include "wires/opendss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "base/expected.hpp"
#include "wires/opendss_text.hpp"
#include "wires/places.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr int deepest_file = 8;

struct Class {
  const char* name;
  std::vector<std::string> properties;
};

const std::vector<Class>& classes() {
  static const std::vector<Class> all{
      {"circuit", {"basekv", "pu", "isc3", "isc1", "angle", "bus1", "phases"}},
      {"vsource", {"basekv", "pu", "isc3", "isc1", "angle", "bus1", "phases"}},
      {"linecode", {"nphases", "r1", "x1", "r0", "x0", "c1", "c0", "units", "normamps"}},
      {"line", {"bus1", "bus2", "phases", "linecode", "length", "units"}},
      {"transformer",
       {"phases", "windings", "buses", "conns", "kvs", "kvas", "xhl", "sub", "%rs", "%noloadloss",
        "%imag"}},
      {"load", {"phases", "bus1", "kv", "kw", "pf", "kvar", "yearly", "daily", "model", "conn"}},
      {"loadshape", {"npts", "minterval", "interval", "mult", "useactual"}}};
  return all;
}

const std::set<std::string>& passed_over() {
  static const std::set<std::string> all{"monitor", "energymeter"};
  return all;
}

/// Properties of one object, in the order of the last word.
struct Object {
  std::map<std::string, std::string> values;
  Where where;
};

class OpenDssReader {
 public:
  explicit OpenDssReader(const Files& files) : files_(&files) {}

  void read(const std::string& name, int depth);
  Result<OpenDssCircuit> circuit();

 private:
  void obey(const DssCommand& command, int depth);
  void note(const DssCommand& command);
  void complain(const Where& where, std::string_view key, Text what) {
    errors_.push_back(
        {Fault::bad_input, std::move(what), {where.file, where.line, std::string(key)}});
  }
  double number(const Object& object, const std::string& key, std::optional<double> otherwise = {});
  std::string text(const Object& object, const std::string& key, const std::string& otherwise = "");
  std::vector<double> numbers(const Object& object, const std::string& key, std::size_t count);
  /// Kilometres of a unit of length.
  double kilometres(const Object& object, double otherwise);
  std::size_t bus(const Object& object, const std::string& name);

  void make_source();
  void make_types();
  void make_lines();
  void make_transformers();
  void make_shapes();
  void make_load(const std::string& name, const Object& object);
  void spread_voltages();
  std::vector<std::pair<std::string, Object>>& of(const std::string& class_name) {
    return objects_[class_name];
  }

  const Files* files_;
  std::map<std::string, std::vector<std::pair<std::string, Object>>> objects_;
  OpenDssCircuit circuit_;
  std::map<std::string, std::size_t> buses_, types_, shapes_;
  std::vector<double> type_km_;
  Errors errors_;
};

void OpenDssReader::read(const std::string& name, int depth) {
  auto bytes = files_->read(name);
  if (!gather(bytes, errors_)) {
    return;
  }
  auto commands = parse_dss(*bytes, name);
  if (!gather(commands, errors_)) {
    return;
  }
  for (const DssCommand& command : *commands) {
    obey(command, depth);
  }
}

void OpenDssReader::obey(const DssCommand& command, int depth) {
  static const std::vector<std::string> verbs{"clear",     "set",       "new",
                                              "edit",      "batchedit", "redirect",
                                              "buscoords", "compile",   "calcvoltagebases",
                                              "solve"};
  if (command.verb == "new" || command.verb == "edit" || command.verb == "batchedit") {
    note(command);
  } else if (command.verb == "set") {
    for (const DssProperty& property : command.properties) {
      if (property.key == "defaultbasefrequency") {
        circuit_.network.frequency_hz = parse_number(property.value).value_or(0.0);
        if (!(circuit_.network.frequency_hz > 0.0)) {
          complain(command.where, property.key, number_expected(positive, property.value));
        }
      }
    }
  } else if (command.verb == "redirect" || command.verb == "compile") {
    if (depth >= deepest_file || command.properties.empty()) {
      complain(command.where, command.verb,
               {"expected a file, at most 8 of them within each other",
                "应给出文件名,且嵌套不得超过 8 层"});
    } else {
      read(command.properties.front().value, depth + 1);
    }
  } else if (!std::ranges::count(verbs, command.verb)) {
    complain(command.where, command.verb, unknown_name(command.verb, verbs));
  }
}

void OpenDssReader::note(const DssCommand& command) {
  if (passed_over().contains(command.class_name)) {
    return;
  }
  std::vector<std::string> known;
  const Class* found = nullptr;
  for (const Class& one : classes()) {
    known.emplace_back(one.name);
    found = one.name == command.class_name ? &one : found;
  }
  if (found == nullptr) {
    complain(command.where, command.class_name, unknown_name(command.class_name, known));
    return;
  }
  const std::string place = command.class_name == "circuit" ? "vsource" : command.class_name;
  const std::string name = command.class_name == "circuit" ? "source" : command.name;
  auto& list = of(place);
  const bool is_batch = command.verb == "batchedit";
  auto object = std::ranges::find(list, name, [](const auto& one) { return one.first; });
  if (!is_batch && object == list.end()) {
    if (command.verb == "edit") {
      complain(command.where, command.class_name,
               {fmt::format("there is no {}.{} to edit", place, name),
                fmt::format("没有可供修改的 {}.{}", place, name)});
      return;
    }
    list.emplace_back(name, Object{{}, command.where});
    object = list.end() - 1;
  }
  for (const DssProperty& property : command.properties) {
    if (!std::ranges::count(found->properties, property.key)) {
      complain(
          command.where, property.key.empty() ? property.value : property.key,
          unknown_name(property.key.empty() ? property.value : property.key, found->properties));
    } else if (is_batch) {
      for (auto& one : list) {
        one.second.values[property.key] = property.value;
      }
    } else {
      object->second.values[property.key] = property.value;
    }
  }
}

double OpenDssReader::number(const Object& object, const std::string& key,
                             std::optional<double> otherwise) {
  const auto found = object.values.find(key);
  if (found == object.values.end()) {
    if (!otherwise) {
      complain(object.where, key, missing());
    }
    return otherwise.value_or(1.0);
  }
  const auto value = parse_number(found->second);
  if (!value) {
    complain(object.where, key, number_expected(any_number, found->second));
  }
  return value.value_or(1.0);
}

std::string OpenDssReader::text(const Object& object, const std::string& key,
                                const std::string& otherwise) {
  const auto found = object.values.find(key);
  return found == object.values.end() ? otherwise : folded(found->second);
}

std::vector<double> OpenDssReader::numbers(const Object& object, const std::string& key,
                                           std::size_t count) {
  std::vector<double> all;
  const auto found = object.values.find(key);
  for (const std::string& word :
       dss_list(found == object.values.end() ? std::string() : found->second)) {
    const auto value = parse_number(word);
    if (!value) {
      complain(object.where, key, number_expected(any_number, word));
    }
    all.push_back(value.value_or(1.0));
  }
  if (count > 0 && all.size() != count) {
    complain(object.where, key,
             {fmt::format("expected {} numbers, found {}", count, all.size()),
              fmt::format("应为 {} 个数,实为 {} 个", count, all.size())});
    all.assign(count, 1.0);
  }
  return all;
}

double OpenDssReader::kilometres(const Object& object, double otherwise) {
  static const std::vector<std::string> names{"km", "m", "cm", "mi", "kft", "ft", "none"};
  static const std::vector<double> sizes{1.0, 1e-3, 1e-5, 1.609344, 0.3048, 0.0003048, 0.0};
  const std::string unit = text(object, "units", "none");
  const auto found = std::ranges::find(names, unit);
  if (found == names.end()) {
    complain(object.where, "units", unknown_name(unit, names));
    return 1.0;
  }
  const double size = sizes[static_cast<std::size_t>(found - names.begin())];
  return size > 0.0 ? size : otherwise;
}

std::size_t OpenDssReader::bus(const Object& object, const std::string& name) {
  const std::string bus = name.substr(0, name.find('.'));
  const auto [found, is_new] = buses_.emplace(bus, circuit_.network.buses.size());
  if (is_new) {
    circuit_.network.buses.push_back({bus, 0.0, std::nullopt, object.where.line});
  }
  return found->second;
}

void OpenDssReader::make_source() {
  for (const auto& [name, object] : of("vsource")) {
    const double base_v = 1000.0 * number(object, "basekv");
    const double amps3 = number(object, "isc3");
    const double amps1 = number(object, "isc1");
    const double phase_v = base_v / std::numbers::sqrt3;
    const double r1 = phase_v / amps3 / std::hypot(1.0, 4.0);
    const double x1 = 4.0 * r1;
    // |2·Z1 + Z0| = 3·V/I1 with X0 = 3·R0: a quadratic in R0.
    const double whole = 3.0 * phase_v / amps1;
    const double half_b = 2.0 * (r1 + 3.0 * x1);
    const double c = 4.0 * (r1 * r1 + x1 * x1) - whole * whole;
    const double r0 = (-half_b + std::sqrt(std::max(0.0, half_b * half_b - 10.0 * c))) / 10.0;
    if (!(r0 > 0.0) || !std::isfinite(r0)) {
      complain(object.where, "isc1",
               {"no zero-sequence impedance gives this single-phase short-circuit current",
                "该单相短路电流没有对应的零序阻抗"});
    }
    const std::string at = text(object, "bus1", "sourcebus");
    circuit_.network.sources.push_back({name,
                                        bus(object, at),
                                        number(object, "pu", 1.0),
                                        number(object, "angle", 0.0),
                                        {Complex(r0, 3.0 * r0), Complex(r1, x1), Complex(r1, x1)},
                                        object.where.line});
    circuit_.network.buses[buses_[at]].nominal_v = base_v;
  }
}

void OpenDssReader::make_types() {
  const double turn = 2.0 * std::numbers::pi * circuit_.network.frequency_hz * 1e-9;
  for (const auto& [name, object] : of("linecode")) {
    const double per_km = 1.0 / kilometres(object, 1.0);
    const auto value = [&](const char* key) { return number(object, key) * per_km; };
    LineType type{name,
                  SequencePerKm{{value("r1"), value("x1")},
                                {value("r0"), value("x0")},
                                {0.0, turn * value("c1")},
                                {0.0, turn * value("c0")}},
                  std::nullopt};
    if (object.values.contains("normamps")) {
      type.rating_a = number(object, "normamps");
    }
    types_[name] = circuit_.network.types.size();
    type_km_.push_back(1.0 / per_km);
    circuit_.network.types.push_back(std::move(type));
  }
}

void OpenDssReader::make_lines() {
  std::vector<std::string> known;
  for (const auto& [name, index] : types_) {
    known.push_back(name);
  }
  for (const auto& [name, object] : of("line")) {
    const std::string code = text(object, "linecode");
    const auto type = types_.find(code);
    if (type == types_.end()) {
      complain(object.where, "linecode", unknown_name(code, known));
      continue;
    }
    if (text(object, "phases", "3") != "3") {
      complain(object.where, "phases", {"only lines of three phases are read", "仅支持三相线路"});
    }
    const double length_km = number(object, "length") * kilometres(object, type_km_[type->second]);
    circuit_.network.lines.push_back(
        {name, bus(object, text(object, "bus1")), bus(object, text(object, "bus2")), length_km,
         type->second, 1, object.where.line, circuit_.network.types[type->second].rating_a});
  }
}

void OpenDssReader::make_transformers() {
  for (const auto& [name, object] : of("transformer")) {
    const auto ends = dss_list(text(object, "buses"));
    const auto conns = dss_list(text(object, "conns"));
    if (ends.size() != 2 || conns.size() != 2 || conns[0] != "delta" || conns[1] != "wye") {
      complain(object.where, "conns",
               {"only transformers of two windings, delta and wye, are read",
                "仅支持双绕组 delta–wye 变压器"});
      continue;
    }
    const auto kv = numbers(object, "kvs", 2);
    const auto loss =
        object.values.contains("%rs") ? numbers(object, "%rs", 2) : std::vector<double>{0.2, 0.2};
    Transformer t;
    t.name = name;
    t.high = bus(object, ends[0]);
    t.low = bus(object, ends[1]);
    t.rating_kva = numbers(object, "kvas", 2).front();
    t.high_v = 1000.0 * kv[0];
    t.low_v = 1000.0 * kv[1];
    const double loss_percent = loss[0] + loss[1];
    t.short_circuit_percent = std::hypot(number(object, "xhl"), loss_percent);
    t.load_loss_kw = loss_percent / 100.0 * t.rating_kva;
    t.no_load_loss_kw = number(object, "%noloadloss", 0.0) / 100.0 * t.rating_kva;
    t.no_load_current_percent =
        std::hypot(number(object, "%imag", 0.0), number(object, "%noloadloss", 0.0));
    t.clock = 1;
    t.line = object.where.line;
    circuit_.network.buses[t.low].nominal_v = t.low_v;
    circuit_.network.transformers.push_back(std::move(t));
  }
}

void OpenDssReader::make_shapes() {
  for (const auto& [name, object] : of("loadshape")) {
    LoadShape shape;
    shape.name = name;
    shape.step_minutes = object.values.contains("minterval")
                             ? number(object, "minterval")
                             : 60.0 * number(object, "interval", 1.0);
    shape.is_actual = std::ranges::count(std::vector<std::string>{"yes", "true", "y", "t"},
                                         text(object, "useactual", "no")) > 0;
    const auto found = object.values.find("mult");
    std::string values = found == object.values.end() ? "" : found->second;
    if (folded(values).starts_with("file=")) {
      const std::string file(trimmed(std::string_view(values).substr(5)));
      auto bytes = files_->read(file);
      values = gather(bytes, errors_) ? *bytes : "";
    }
    for (const std::string& word : dss_list(values)) {
      const auto value = parse_number(word);
      if (!value) {
        complain(object.where, "mult", number_expected(any_number, word));
        break;
      }
      shape.values.push_back(*value);
    }
    const auto points = static_cast<std::size_t>(std::max(0.0, number(object, "npts", 0.0)));
    if (shape.values.size() != points) {
      complain(object.where, "npts",
               {fmt::format("{} values are asked for, {} are given", points, shape.values.size()),
                fmt::format("应有 {} 个值,实有 {} 个", points, shape.values.size())});
    }
    shapes_[name] = circuit_.shapes.size();
    circuit_.shapes.push_back(std::move(shape));
  }
}

void OpenDssReader::make_load(const std::string& name, const Object& object) {
  static const std::vector<std::string> models{"1", "2", "5"};
  const std::string model = text(object, "model", "1");
  if (!std::ranges::count(models, model)) {
    complain(object.where, "model", unknown_name(model, models));
  }
  const std::string at = text(object, "bus1");
  const auto parts = parts_of(at, '.');
  const bool is_single = text(object, "phases", "3") == "1";
  Connection load;
  load.name = name;
  load.line = object.where.line;
  load.law = {model == "1" ? 1.0 : 0.0, model == "5" ? 1.0 : 0.0, model == "2" ? 1.0 : 0.0};
  if (is_single && (parts.size() != 2 || (parts[1] != "1" && parts[1] != "2" && parts[1] != "3"))) {
    complain(object.where, "bus1",
             {"a load of one phase names it: bus.1, bus.2 or bus.3",
              "单相负荷须注明相别:bus.1、bus.2 或 bus.3"});
  } else if (is_single) {
    load.phases = Phases(parts[1].front() - '1');
  }
  const auto place = buses_.find(std::string(parts[0]));
  if (place == buses_.end()) {
    complain(object.where, "bus1", unknown_bus(parts[0], circuit_.network));
    return;
  }
  load.bus = place->second;
  load.nominal_v = 1000.0 * number(object, "kv") / (is_single ? 1.0 : std::numbers::sqrt3);
  load.kw = number(object, "kw");
  const double factor = number(object, "pf", 0.88);
  load.kvar = object.values.contains("kvar")
                  ? number(object, "kvar")
                  : std::copysign(load.kw * std::sqrt(std::max(0.0, 1.0 / (factor * factor) - 1.0)),
                                  factor);
  const std::string shape = text(object, "yearly", text(object, "daily"));
  std::optional<std::size_t> index;
  if (!shape.empty()) {
    const auto found = shapes_.find(shape);
    if (found == shapes_.end()) {
      std::vector<std::string> known;
      for (const LoadShape& one : circuit_.shapes) {
        known.push_back(one.name);
      }
      complain(object.where, "yearly", unknown_name(shape, known));
    } else {
      index = found->second;
    }
  }
  circuit_.network.connections.push_back(std::move(load));
  circuit_.shape_of_connection.push_back(index);
}

/// From the source and the transformers along the lines.
void OpenDssReader::spread_voltages() {
  Network& net = circuit_.network;
  std::vector<std::vector<std::size_t>> at(net.buses.size());
  for (const Line& line : net.lines) {
    at[line.from].push_back(line.to);
    at[line.to].push_back(line.from);
  }
  std::vector<std::size_t> queue;
  for (std::size_t i = 0; i < net.buses.size(); ++i) {
    if (net.buses[i].nominal_v > 0.0) {
      queue.push_back(i);
    }
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::size_t other : at[queue[i]]) {
      if (!(net.buses[other].nominal_v > 0.0)) {
        net.buses[other].nominal_v = net.buses[queue[i]].nominal_v;
        queue.push_back(other);
      }
    }
  }
}

Result<OpenDssCircuit> OpenDssReader::circuit() {
  if (errors_.empty()) {
    make_source();
    make_types();
    make_lines();
    make_transformers();
    make_shapes();
    for (const auto& [name, object] : of("load")) {
      make_load(name, object);
    }
    spread_voltages();
  }
  if (!errors_.empty()) {
    return std::unexpected(std::move(errors_));
  }
  return std::move(circuit_);
}

}  // namespace

Result<OpenDssCircuit> read_opendss(const Files& files, const std::string& name) {
  OpenDssReader reader(files);
  reader.read(name, 0);
  auto circuit = reader.circuit();
  if (circuit) {
    circuit->network.files.lines = name;
  }
  return circuit;
}

}  // namespace xiaoyuan::wires
