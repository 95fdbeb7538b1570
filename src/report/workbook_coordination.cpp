#include <algorithm>

#include "plan/coordination_notes.hpp"
#include "report/workbook_tables.hpp"

namespace xiaoyuan::report {

namespace {

const Text kwh_unit{"kWh", "千瓦时"};
const Text yuan_unit{"yuan", "元"};

Column share_column(Text title) { return {std::move(title), {"%", "%"}, 12.0, Look::share}; }
Column yuan_column(Text title, Total total) {
  return {std::move(title), yuan_unit, 15.0, Look::money, total};
}

/// Who gives up what under the chosen rule.
Table given_up_table() {
  return {{"Transformer limits", "台区协调"},
          {{{"Transformer", "台区"}, {}, 12.0},
           {{"Rule", "规则"}, {}, 16.0},
           {{"Number", "编号"}, {}, 12.0},
           {{"Curtailed for the limit", "为限值弃电"}, kwh_unit, 14.0, Look::tenth, Total::sum},
           share_column({"of its generation", "占其发电量"}),
           yuan_column({"Energy cost alone", "单独运行能源费用"}, Total::sum),
           yuan_column({"Energy cost within limits", "协调后能源费用"}, Total::sum),
           yuan_column({"Given up", "承担的损失"}, Total::sum)},
          {}};
}

/// The rules side by side.
Table rules_table() {
  return {{"Price of fairness", "公平代价"},
          {{{"Transformer", "台区"}, {}, 12.0},
           {{"Rule", "规则"}, {}, 16.0},
           yuan_column({"Energy cost of all", "全体能源费用"}, Total::none),
           yuan_column({"More than the least", "比最低多出"}, Total::none),
           {{"Curtailed", "弃电"}, kwh_unit, 14.0, Look::tenth},
           share_column({"Curtailed share, least", "弃电比例最低"}),
           share_column({"median", "中位"}),
           share_column({"most", "最高"}),
           {{"Loses most", "损失最大住户"}, {}, 12.0},
           yuan_column({"what it loses", "其损失"}, Total::none)},
          {}};
}

}  // namespace

std::vector<Table> coordination_tables(const plan::Inputs& inputs, const plan::Study& study,
                                       Language language) {
  const model::Village& village = inputs.village;
  Table homes = given_up_table();
  Table rules = rules_table();
  for (std::size_t i = 0; i < study.coordinations.size(); ++i) {
    const plan::Coordination& one = study.coordinations[i];
    const std::string& id = village.transformers[i].id;
    const std::string chosen = plan::title_of(one.rule).in(language);
    for (const plan::GivenUp& home : one.households) {
      homes.rows.push_back({id, chosen, village.households[home.household].id, home.withheld_kwh,
                            home.withheld_share, home.alone_yuan, home.cost_yuan,
                            home.lost_yuan()});
    }
    for (const plan::RuleFigures& rule : one.rules) {
      const auto more = one.more_than_least_yuan(rule);
      rules.rows.push_back({id, plan::title_of(rule.rule).in(language), rule.cost_yuan,
                            more ? Cell(*more) : Cell(), rule.withheld_kwh, rule.least_share,
                            rule.median_share, rule.most_share,
                            village.households[rule.worst_household].id, rule.worst_lost_yuan});
    }
  }
  std::vector<Table> tables{std::move(homes), std::move(rules)};
  std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
  return tables;
}

}  // namespace xiaoyuan::report
