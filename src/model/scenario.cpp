#include "model/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::model {

namespace {

const std::vector<std::string>& settable() {
  static const std::vector<std::string> names{
      "site", "plan", "weather", "tariff", "carbon", "pv", "assumptions", "transformer", "sizing"};
  return names;
}

/// One choice each: another choice stands in place of the whole table.
bool is_one_choice(const std::string& name) {
  return name == "weather" || name == "tariff" || name == "carbon";
}

void lay_over(Node& base, const Node& over) {
  for (std::size_t i = 0; i < over.names.size(); ++i) {
    const auto same = std::ranges::find(base.names, over.names[i]);
    if (same == base.names.end()) {
      base.names.push_back(over.names[i]);
      base.list.push_back(over.list[i]);
      continue;
    }
    Node& value = base.list[static_cast<std::size_t>(same - base.names.begin())];
    const bool are_tables =
        value.kind == Node::Kind::table && over.list[i].kind == Node::Kind::table;
    if (are_tables && !is_one_choice(over.names[i])) {
      lay_over(value, over.list[i]);
    } else {
      value = over.list[i];
    }
  }
}

enum class Kept { as_planned, none };
Kept kept(Fields& fields, std::string_view key) {
  return Kept(fields.choice_or(key, {"as_planned", "none"}, 0));
}

HouseholdEdit read_edit(Fields& fields) {
  HouseholdEdit edit;
  if (fields.has("only")) {
    edit.only = fields.texts("only");
  }
  edit.without_pv = kept(fields, "pv") == Kept::none;
  edit.without_heat_pump = kept(fields, "heat_pump") == Kept::none;
  edit.without_car = kept(fields, "car") == Kept::none;
  if (fields.has("owner")) {
    edit.owner = Owner(fields.choice("owner", names_of(Owner{})));
  }
  if (const auto energy = fields.number_if("battery_kwh", {0.0, 1e5})) {
    edit.battery = Battery{*energy, fields.number_or("battery_kw", *energy / 2.0, {0.0, 1e5})};
  }
  const bool no_villager_owns =
      edit.without_pv || edit.owner.value_or(Owner::natural_person) != Owner::natural_person;
  if (edit.battery && edit.battery->energy_kwh > 0.0 && no_villager_owns) {
    fields.complain("battery_kwh",
                    {"a battery stands at a villager's own PV, and here there is none",
                     "电池只配给农户自有光伏,而此方案中没有"});
  }
  if (edit.without_pv && edit.owner) {
    fields.complain("owner",
                    {"nobody owns PV where pv = \"none\"", "pv = \"none\" 时没有光伏业主"});
  }
  fields.finish();
  return edit;
}

/// Also tells what it edits, as the keys of `set` are told.
TransformerEdit read_transformers(Fields& fields, std::vector<std::string>& sets) {
  TransformerEdit edit;
  if (fields.has("curtailment")) {
    edit.curtailment = Curtailment(fields.choice("curtailment", names_of(Curtailment{})));
  }
  edit.import_limit_kw = fields.number_if("import_limit_kw", positive);
  edit.export_limit_kw = fields.number_if("export_limit_kw", not_negative);
  fields.finish();
  for (const std::string& key : fields.keys()) {
    sets.push_back(fmt::format("transformers.{} = {}", key, fields.written(key)));
  }
  return edit;
}

void check_set(Fields& set) {
  for (const std::string& key : set.keys()) {
    if (std::ranges::find(settable(), key) == settable().end()) {
      set.complain(key, unknown_name(key, settable()));
    }
  }
}

void take_pv(Household& home) {
  home.roofs.clear();
  home.mode = Mode::none;
  home.battery = {};
  home.inverter_kw = 0.0;
  home.without_pv = true;
}

void edit_transformer(const TransformerEdit& edit, Transformer& transformer) {
  transformer.curtailment = edit.curtailment.value_or(transformer.curtailment);
  transformer.import_limit_kw =
      edit.import_limit_kw ? edit.import_limit_kw : transformer.import_limit_kw;
  transformer.export_limit_kw =
      edit.export_limit_kw ? edit.export_limit_kw : transformer.export_limit_kw;
}

/// False when a battery was wanted here and could not be put.
bool edit_household(const HouseholdEdit& edit, Household& home) {
  if (edit.without_pv) {
    take_pv(home);
  }
  if (edit.without_heat_pump) {
    home.heating = {};
  }
  if (edit.without_car) {
    home.car = {};
  }
  if (edit.owner && home.makes_energy() && home.owner != *edit.owner) {
    const bool is_own = *edit.owner == Owner::natural_person;
    home.owner = *edit.owner;
    home.registered_by = *edit.owner;
    home.mode = is_own ? Mode::self_use_surplus : Mode::full_export;
    home.battery = is_own ? home.battery : Battery{};
  }
  const bool may_store = home.makes_energy() && home.mode != Mode::full_export;
  if (edit.battery && may_store && home.owner == Owner::natural_person) {
    home.battery = *edit.battery;
    return true;
  }
  return !edit.battery;
}

}  // namespace

Result<Node> with_scenario(const Node& root, std::string_view id, const std::string& file) {
  std::vector<std::string> known;
  const Node* scenarios = root.find("scenario");
  for (const Node& scenario : scenarios ? scenarios->list : std::vector<Node>{}) {
    const Node* own = scenario.find("id");
    known.push_back(own ? own->text : "");
    if (known.back() == id) {
      Node merged = root;
      if (const Node* set = scenario.find("set"); set && set->kind == Node::Kind::table) {
        lay_over(merged, *set);
      }
      return merged;
    }
  }
  return fail(Fault::bad_input, unknown_name(id, known), {file, 0, "scenario"});
}

std::vector<Scenario> read_scenarios(Fields& root) {
  std::vector<Scenario> all;
  for (Fields& fields : root.tables("scenario")) {
    Scenario scenario;
    scenario.where = fields.where("id");
    scenario.id = fields.text("id");
    scenario.name = fields.both("name");
    if (auto edit = fields.table_if("households")) {
      scenario.households = read_edit(*edit);
    }
    if (auto set = fields.table_if("set")) {
      check_set(*set);
      scenario.sets = set->all_written();
    }
    if (auto edit = fields.table_if("transformers")) {
      scenario.transformers = read_transformers(*edit, scenario.sets);
    }
    if (std::ranges::find(all, scenario.id, &Scenario::id) != all.end()) {
      fields.complain("id", {fmt::format("\"{}\" stands twice", scenario.id),
                             fmt::format("“{}”重复", scenario.id)});
    }
    if (scenario.id.find_first_of("/\\:*?\"<>|. ") != std::string::npos) {
      fields.complain("id", {"may hold letters, digits, - and _ only: it names a folder",
                             "只能含字母、数字、- 和 _:它将用作文件夹名"});
    }
    fields.finish();
    all.push_back(std::move(scenario));
  }
  return all;
}

void apply(const Scenario& scenario, Village& village, Errors& errors) {
  std::vector<std::string> known;
  for (const Household& home : village.households) {
    known.push_back(home.id);
  }
  const auto& only = scenario.households.only;
  for (const std::string& id : only) {
    if (std::ranges::find(known, id) == known.end()) {
      errors.push_back({Fault::bad_input,
                        unknown_name(id, known),
                        {scenario.where.file, scenario.where.line, "scenario.households.only"}});
    }
  }
  village.name.en += ": " + scenario.name.en;
  village.name.zh += ":" + scenario.name.zh;
  for (Transformer& transformer : village.transformers) {
    edit_transformer(scenario.transformers, transformer);
  }
  std::size_t passed_over = 0;
  for (Household& home : village.households) {
    if (only.empty() || std::ranges::find(only, home.id) != only.end()) {
      passed_over += edit_household(scenario.households, home) ? 0 : 1;
    }
  }
  if (passed_over > 0) {
    village.warnings.push_back(
        {fmt::format("{}: {} households get no battery: they have no PV of their own, or sell all "
                     "of it",
                     scenario.id, passed_over),
         fmt::format("{}:{} 户未配电池(无自有光伏或全额上网)", scenario.id, passed_over)});
  }
}

}  // namespace xiaoyuan::model
