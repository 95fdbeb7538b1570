#include "model/sizing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/village.hpp"

namespace xiaoyuan::model {

namespace {

constexpr Range battery_kwh{0.1, 1e5};
constexpr Range battery_kw{0.05, 1e5};

void read_catalogue(Fields& fields, SizingChoice& sizing) {
  for (Fields& product : fields.tables("catalogue")) {
    sizing.catalogue.push_back({product.number("kwh", battery_kwh),
                                product.number_if("kw", battery_kw).value_or(0.0),
                                product.number_if("yuan", not_negative)});
    if (sizing.catalogue.back().yuan && sizing.apply) {
      product.complain("yuan",
                       {"with apply = true the plan pays money.battery_yuan_per_kwh for every "
                        "battery; leave this price out, or apply = false",
                        "apply = true 时规划对所有电池均按 money.battery_yuan_per_kwh "
                        "计价;请删去此价格,或改为 apply = false"});
    }
    product.finish();
  }
  if (!sizing.catalogue.empty() && sizing.most_kwh) {
    fields.complain("most_kwh",
                    {"the catalogue says how large a battery may be: give one of the two",
                     "电池上限已由 catalogue 决定:二者只填一项"});
  }
}

void check_whether_anything(Fields& fields, const SizingChoice& sizing) {
  if (!sizing.pv && !sizing.battery) {
    fields.complain("battery", {"pv and battery are both false: nothing is to be sized",
                                "pv 与 battery 均为 false:没有需要优化的容量"});
  }
  for (const char* key : {"most_kwh", "kw_per_kwh", "catalogue"}) {
    if (!sizing.battery && fields.has(key)) {
      fields.complain(key, {"belongs to a battery that is to be sized, and battery is false",
                            "仅用于电池容量优化,而 battery = false"});
    }
  }
  if (!sizing.pv && fields.has("module_kwp")) {
    fields.complain("module_kwp", {"belongs to PV that is to be sized, and pv is false",
                                   "仅用于光伏容量优化,而 pv = false"});
  }
}

void complain_unknown(const std::string& id, const std::vector<std::string>& known,
                      const Where& where, Errors& errors) {
  if (std::ranges::find(known, id) == known.end()) {
    errors.push_back({Fault::bad_input, unknown_name(id, known), where});
  }
}

}  // namespace

std::optional<SizingChoice> read_sizing(Fields& root) {
  auto fields = root.table_if("sizing");
  if (!fields) {
    return std::nullopt;
  }
  SizingChoice sizing;
  sizing.pv = fields->truth_or("pv", true);
  sizing.battery = fields->truth_or("battery", true);
  sizing.objective =
      SizingObjective(fields->choice_or("objective", names_of(SizingObjective{}), 0));
  sizing.aim = SizingAim(fields->choice_or("aim", names_of(SizingAim{}), 0));
  sizing.budget_yuan = fields->number_if("budget_yuan", not_negative);
  sizing.most_kwh = fields->number_if("most_kwh", battery_kwh);
  sizing.kw_per_kwh = fields->number_or("kw_per_kwh", sizing.kw_per_kwh, {0.01, 10.0});
  sizing.module_kwp = fields->number_or("module_kwp", 0.0, {0.05, 5.0});
  sizing.gap = fields->number_or("gap", sizing.gap, {1e-8, 0.1});
  sizing.apply = fields->truth_or("apply", false);
  if (fields->has("households")) {
    sizing.households = fields->texts("households");
  }
  sizing.households_where = fields->where("households");
  sizing.front = fields->text_or("front", "");
  sizing.front_where = fields->where("front");
  sizing.front_points = fields->whole_or("front_points", sizing.front_points, {0.0, 30.0});
  read_catalogue(*fields, sizing);
  check_whether_anything(*fields, sizing);
  fields->finish();
  return sizing;
}

void check_sizing(const Village& village, Errors& errors) {
  if (!village.sizing) {
    return;
  }
  const SizingChoice& sizing = *village.sizing;
  std::vector<std::string> known;
  for (const Household& home : village.households) {
    known.push_back(home.id);
  }
  for (const std::string& id : sizing.households) {
    complain_unknown(id, known, sizing.households_where, errors);
  }
  if (!sizing.front.empty()) {
    complain_unknown(sizing.front, sizing.households.empty() ? known : sizing.households,
                     sizing.front_where, errors);
  }
}

const std::vector<std::string>& names_of(SizingObjective) {
  static const std::vector<std::string> names{"npv", "annual"};
  return names;
}
const std::vector<std::string>& names_of(SizingAim) {
  static const std::vector<std::string> names{"cheapest", "least_import", "least_carbon"};
  return names;
}

}  // namespace xiaoyuan::model
