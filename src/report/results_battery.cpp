#include <nlohmann/json.hpp>

#include "report/results_parts.hpp"

namespace xiaoyuan::report {

namespace {

constexpr int drawn_digits = 4;  // of a series that is only drawn

Json ways_json(const plan::BatteryVerdict& battery) {
  Json list = Json::array();
  for (const plan::WayCost& one : battery.ways()) {
    list.push_back({{"way", names_of(one.way)[static_cast<std::size_t>(one.way)]},
                    {"cost_yuan", number(one.cost_yuan)},
                    {"saving_yuan", number(one.saving_yuan)},
                    {"share_of_best", number(one.share_of_best)}});
  }
  return list;
}

Json unit_json(const plan::UnitWorth& worth) {
  return {{"saves_yuan", number(worth.saves_yuan)}, {"costs_yuan", number(worth.costs_yuan)}};
}

Json unit_json(const std::optional<plan::UnitWorth>& worth) {
  return worth ? unit_json(*worth) : Json(nullptr);
}

Json worth_json(const plan::BatteryWorth& worth) {
  return {{"battery_kwh", unit_json(worth.battery_kwh)},
          {"battery_kw", unit_json(worth.battery_kw)},
          {"pv_kwp", unit_json(worth.pv_kwp)},
          {"export_kw", unit_json(worth.export_kw)}};
}

Json day_json(const char* season, const plan::BatteryDay& one) {
  Json reasons = Json::array();
  for (const Text& reason : one.reasons) {
    reasons.push_back(both(reason));
  }
  const auto drawn = [](const std::vector<double>& values) {
    return rough_numbers(values, drawn_digits);
  };
  return {{"season", season},
          {"date", text_of(one.date)},
          {"load_kw", drawn(one.load_kw)},
          {"pv_kw", drawn(one.pv_kw)},
          {"battery_kw", drawn(one.battery_kw)},
          {"stored_kwh", drawn(one.stored_kwh)},
          {"buy_yuan_per_kwh", drawn(one.buy_yuan)},
          {"sell_yuan_per_kwh", drawn(one.sell_yuan)},
          {"stored_value_yuan_per_kwh", drawn(one.stored_value_yuan)},
          {"reasons", std::move(reasons)}};
}

}  // namespace

Json battery_json(const plan::BatteryVerdict& battery) {
  Json json{{"without_cost_yuan", number(battery.without_cost_yuan)},
            {"rule_cost_yuan", number(battery.rule_cost_yuan)},
            {"optimum_cost_yuan", number(battery.optimum_cost_yuan)},
            {"saving_yuan", number(battery.saving_yuan)},
            {"best_saving_yuan", number(battery.best_saving_yuan)},
            {"cost_per_year_yuan", number(battery.cost_per_year_yuan)},
            {"pays", battery.pays()},
            {"gap", battery.gap},
            {"bounded_steps", battery.bounded_steps},
            {"ways", ways_json(battery)},
            {"worth", nullptr},
            {"days", Json::array()}};
  if (battery.reasons) {
    json["worth"] = worth_json(battery.reasons->worth);
    json["days"].push_back(day_json("summer", battery.reasons->summer));
    json["days"].push_back(day_json("winter", battery.reasons->winter));
  }
  return json;
}

}  // namespace xiaoyuan::report
