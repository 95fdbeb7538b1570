#include "hosting/inverter_setting.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "base/fields.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr double hardly_any_kw = 1e-6;
const std::vector<std::string> setting_keys{"volt_var", "volt_watt", "power_factor"};

wires::Curve read_curve(Fields& setting, std::string_view key, const Range& range) {
  wires::Curve curve;
  auto fields = setting.table_if(key);
  if (!fields) {
    return curve;
  }
  curve.at = fields->numbers("at", {0.0, 2.0});
  curve.value = fields->numbers("value", range);
  if (curve.at.size() < 2 || curve.value.size() != curve.at.size() ||
      std::ranges::adjacent_find(curve.at, std::greater_equal<>()) != curve.at.end()) {
    fields->complain("at", {"expected at least two rising points, and a value for each",
                            "应至少有两个递增的点,且每点对应一个值"});
  }
  fields->finish();
  return curve;
}

wires::Curve scaled(wires::Curve curve, double at, double value) {
  for (double& x : curve.at) {
    x *= at;
  }
  for (double& y : curve.value) {
    y *= value;
  }
  return curve;
}

}  // namespace

Result<std::vector<InverterSetting>> read_inverter_settings(std::string_view bytes,
                                                            const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields top(root, name, errors);
  std::vector<InverterSetting> settings;
  for (Fields& fields : top.tables("setting")) {
    InverterSetting setting;
    setting.key = setting_keys[fields.choice("key", setting_keys)];
    setting.name = fields.both("name");
    setting.document = fields.text("document");
    setting.source = fields.text("source");
    setting.confidence = fields.confidence();
    setting.power_factor = fields.number_or("power_factor", 1.0, {0.5, 1.0});
    setting.volt_var = read_curve(fields, "volt_var", {-1.0, 1.0});
    setting.volt_watt = read_curve(fields, "volt_watt", fraction);
    setting.by_power = read_curve(fields, "power_factor_by_power", {-1.0, 1.0});
    const bool is_empty =
        setting.volt_var.at.empty() && setting.volt_watt.at.empty() && setting.by_power.at.empty();
    if (is_empty) {
      fields.complain("key", {"a setting needs a curve: volt_var, volt_watt or "
                              "power_factor_by_power",
                              "须给出一条曲线:volt_var、volt_watt 或 power_factor_by_power"});
    }
    fields.finish();
    settings.push_back(std::move(setting));
  }
  top.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return settings;
}

std::vector<std::optional<wires::InverterRule>> rules_of(const InverterSetting& setting,
                                                         const VillageYear& village,
                                                         std::size_t transformer) {
  std::vector<std::optional<wires::InverterRule>> rules(village.houses.size());
  for (std::size_t h = 0; h < rules.size(); ++h) {
    const House& house = village.houses[h];
    if (house.transformer != transformer) {
      continue;
    }
    const double bus_v = village.network.buses[house.bus].nominal_v / std::numbers::sqrt3;
    const double nominal = village.limits.nominal_v / bus_v;
    wires::InverterRule rule;
    rule.name = setting.key;
    rule.rating_kva = std::max(house.pv_kw, hardly_any_kw) / setting.power_factor;
    rule.volt_var = scaled(setting.volt_var, nominal, 1.0);
    rule.volt_watt = scaled(setting.volt_watt, nominal, setting.power_factor);
    rule.power_factor = scaled(setting.by_power, setting.power_factor, 1.0);
    rules[h] = std::move(rule);
  }
  return rules;
}

void let_inverters_grow(VillageYear& village) {
  for (House& house : village.houses) {
    house.pv_kw = std::max(house.pv_kw, hardly_any_kw);
  }
}

}  // namespace xiaoyuan::hosting
