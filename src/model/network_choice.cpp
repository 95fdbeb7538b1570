#include "model/network_choice.hpp"

namespace xiaoyuan::model {

namespace {

std::vector<NamedPrice> read_prices(Fields& costs, std::string_view key) {
  std::vector<NamedPrice> prices;
  auto fields = costs.table_if(key);
  if (!fields) {
    return prices;
  }
  for (const std::string& name : fields->keys()) {
    prices.push_back({name, fields->number(name, not_negative), fields->where(name)});
  }
  fields->finish();
  return prices;
}

NetworkCosts read_costs(Fields& network) {
  NetworkCosts costs;
  auto fields = network.table_if("costs");
  if (!fields) {
    return costs;
  }
  costs.phase_change_yuan = fields->number_if("phase_change_yuan", not_negative);
  costs.inverter_setting_yuan = fields->number_if("inverter_setting_yuan", not_negative);
  costs.tap_yuan = fields->number_if("tap_yuan", not_negative);
  costs.line_yuan_per_m = read_prices(*fields, "line_yuan_per_m");
  costs.transformer_yuan = read_prices(*fields, "transformer_yuan");
  fields->finish();
  return costs;
}

}  // namespace

NetworkChoice read_network_choice(Fields& root) {
  NetworkChoice choice;
  auto fields = root.table_if("network");
  if (!fields) {
    return choice;
  }
  choice.source = NetworkSource(fields->choice_or("source", names_of(NetworkSource{}), 0));
  choice.source_where = fields->where("source");
  choice.hosting = fields->truth_or("hosting", true);
  choice.remedies = fields->truth_or("remedies", true);
  choice.draws = fields->whole_or("draws", choice.draws, {0.0, 100000.0});
  choice.adopter_kw = fields->number_if("adopter_kw", {0.1, 1000.0});
  choice.costs = read_costs(*fields);
  fields->finish();
  return choice;
}

const std::vector<std::string>& names_of(NetworkSource) {
  static const std::vector<std::string> names{"auto", "assumed", "none"};
  return names;
}

}  // namespace xiaoyuan::model
