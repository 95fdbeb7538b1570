#include <nlohmann/json.hpp>

#include "report/results_parts.hpp"

namespace xiaoyuan::report {

Json finance_json(const plan::Finance& finance) {
  return {{"capex_yuan", number(finance.capex_yuan())},
          {"npv_yuan", number(finance.npv_yuan)},
          {"irr", number(finance.irr)},
          {"irr_note", finance.irr_note.en.empty() ? Json(nullptr) : both(finance.irr_note)},
          {"payback_years", number(finance.payback_years)},
          {"discounted_payback_years", number(finance.discounted_payback_years)},
          {"lcoe_yuan_per_kwh", number(finance.lcoe_yuan_per_kwh)},
          {"break_even_yuan_per_kwh", number(finance.break_even_yuan_per_kwh)}};
}

namespace {

Json capex_json(const plan::CapexParts& parts) {
  Json list = Json::array();
  for (const auto& [part, yuan] :
       {std::pair{"modules", parts.modules_yuan}, std::pair{"inverter", parts.inverter_yuan},
        std::pair{"rest", parts.rest_yuan}, std::pair{"battery", parts.battery_yuan}}) {
    list.push_back({{"part", part}, {"yuan", number(yuan)}});
  }
  return list;
}

}  // namespace

Json money_json(const plan::Study& study, double discount_rate) {
  double without = 0.0;
  double with = 0.0;
  double income = 0.0;
  for (const plan::HouseholdPlan& home : study.households) {
    without += home.bill_without_pv.yuan();
    with += home.bill_with_pv.yuan();
    income += home.export_income.yuan();
  }
  const plan::Finance& finance = study.finance;
  const double operation =
      finance.years.size() > 1 ? finance.years[1].operation_yuan + finance.years[1].rent_yuan : 0.0;
  Json json{{"bill_without_pv_yuan", number(without)},
            {"bill_with_pv_yuan", number(with)},
            {"export_income_yuan", number(income)},
            {"operation_yuan", number(operation)},
            {"benefit_yuan", number(without - with + income)},
            {"discount_rate", discount_rate}};
  json.update(finance_json(finance));
  json["capex_parts"] = capex_json(study.capex);
  Json cash = Json::array();
  double cumulative = 0.0;
  for (std::size_t year = 0; year < finance.years.size(); ++year) {
    const plan::YearOfMoney& money = finance.years[year];
    cumulative += money.net_yuan();
    cash.push_back({{"year", year},
                    {"capex_yuan", number(money.capex_yuan)},
                    {"benefit_yuan", number(money.benefit_yuan())},
                    {"operation_yuan", number(money.operation_yuan + money.rent_yuan)},
                    {"replacement_yuan", number(money.replacement_yuan)},
                    {"net_yuan", number(money.net_yuan())},
                    {"cumulative_yuan", number(cumulative)}});
  }
  json["cash_flow"] = std::move(cash);
  return json;
}

Json parties_json(const std::vector<plan::FormMoney>& forms) {
  Json list = Json::array();
  for (const plan::FormMoney& form : forms) {
    Json parties = Json::array();
    for (const plan::PartyMoney& money : form.parties) {
      Json lines = Json::array();
      for (const plan::PartyLine& line : money.lines) {
        lines.push_back({{"line", model::name_of(line.line)}, {"yuan", numbers(line.yuan)}});
      }
      parties.push_back({{"party", model::name_of(money.party)},
                         {"npv_yuan", number(money.npv_yuan)},
                         {"irr", number(money.irr)},
                         {"payback_years", number(money.payback_years)},
                         {"total_yuan", number(money.total_yuan)},
                         {"lines", std::move(lines)}});
    }
    list.push_back({{"form", model::name_of(form.form)}, {"parties", std::move(parties)}});
  }
  return list;
}

Json scenarios_json(const std::vector<plan::ScenarioFigures>& scenarios) {
  Json list = Json::array();
  for (const plan::ScenarioFigures& one : scenarios) {
    const plan::EnergySums& sums = one.energy;
    Json json{{"id", one.id},
              {"name", both(one.name)},
              {"is_base", one.id.empty()},
              {"tariff_import", one.tariff_import},
              {"tariff_export", one.tariff_export},
              {"capacity_kwp", number(one.capacity_kwp)},
              {"battery_kwh", number(one.battery_kwh)}};
    put_energy(json, sums);
    json["self_consumption"] = share_or_null(sums.self_used_kwh(), sums.pv_kwh);
    json["self_sufficiency"] = share_or_null(sums.load_kwh - sums.import_kwh, sums.load_kwh);
    json["bill_yuan"] = number(one.bill_yuan);
    json["export_income_yuan"] = number(one.export_income_yuan);
    json["benefit_yuan"] = number(one.benefit_yuan());
    json.update(finance_json(one.finance));
    json["avoided_t"] = number(one.avoided_t);
    json["worst_grade"] = hosting::name_of(one.worst_grade).en;
    json["peak_import_kw"] = number(one.peak_import_kw);
    json["peak_export_kw"] = number(one.peak_export_kw);
    json["over_limit_hours"] = number(one.over_limit_hours);
    Json sentences = Json::array();
    for (const Text& sentence : one.explained) {
      sentences.push_back(both(sentence));
    }
    json["explained"] = std::move(sentences);
    list.push_back(std::move(json));
  }
  return list;
}

Json uncertainty_json(const std::optional<plan::Uncertainty>& uncertainty) {
  if (!uncertainty) {
    return nullptr;
  }
  Json measures = Json::array();
  for (const plan::Spread& spread : uncertainty->measures) {
    measures.push_back({{"measure", model::name_of(spread.measure)},
                        {"base", number(spread.base)},
                        {"p10", number(spread.p10)},
                        {"p50", number(spread.p50)},
                        {"p90", number(spread.p90)},
                        {"values", numbers(spread.values)}});
  }
  Json tornado = Json::array();
  for (const plan::Swing& swing : uncertainty->tornado) {
    tornado.push_back({{"factor", swing.factor},
                       {"low", number(swing.low)},
                       {"high", number(swing.high)},
                       {"unit", swing.unit},
                       {"low_npv_yuan", number(swing.low_npv_yuan)},
                       {"high_npv_yuan", number(swing.high_npv_yuan)}});
  }
  return {{"draws", uncertainty->draws},
          {"weather", model::name_of(uncertainty->weather)},
          {"measures", std::move(measures)},
          {"base_npv_yuan", number(uncertainty->base_npv_yuan)},
          {"tornado", std::move(tornado)}};
}

}  // namespace xiaoyuan::report
