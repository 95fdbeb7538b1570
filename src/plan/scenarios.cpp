#include "plan/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double least_told_kw = 0.05;
constexpr double least_told_kwh = 1.0;
constexpr double least_told_yuan = 1.0;

std::string whole(double value) { return grouped(std::abs(value)); }
std::string more_en(double change) { return change > 0.0 ? "more" : "less"; }
std::string more_zh(double change) { return change > 0.0 ? "增加" : "减少"; }

void tell_plant(const ScenarioFigures& plan, const ScenarioFigures& scenario,
                std::vector<Text>& all) {
  const double kwp = scenario.capacity_kwp - plan.capacity_kwp;
  const double made = scenario.energy.pv_kwh - plan.energy.pv_kwh;
  const double stored = scenario.battery_kwh - plan.battery_kwh;
  if (std::abs(kwp) > least_told_kw) {
    all.push_back({fmt::format("{:.0f} kWp {} on the roofs.", std::abs(kwp), more_en(kwp)),
                   fmt::format("屋顶装机{} {:.0f} kWp。", more_zh(kwp), std::abs(kwp))});
  }
  if (std::abs(made) > least_told_kwh) {
    all.push_back({fmt::format("The roofs make {} kWh {} a year.", whole(made), more_en(made)),
                   fmt::format("年发电量{} {} kWh。", more_zh(made), whole(made))});
  }
  if (std::abs(stored) > least_told_kw) {
    all.push_back({fmt::format("{:.0f} kWh of batteries {}.", std::abs(stored), more_en(stored)),
                   fmt::format("电池容量{} {:.0f} kWh。", more_zh(stored), std::abs(stored))});
  }
}

/// The same roofs, put to another use.
void tell_use(const ScenarioFigures& plan, const ScenarioFigures& scenario,
              std::vector<Text>& all) {
  const double curtailed = scenario.energy.curtailed_kwh - plan.energy.curtailed_kwh;
  if (std::abs(curtailed) > least_told_kwh) {
    all.push_back({fmt::format("{} kWh a year {} curtailed.", whole(curtailed), more_en(curtailed)),
                   fmt::format("每年弃电{} {} kWh。", more_zh(curtailed), whole(curtailed))});
  }
  const double used = scenario.energy.self_used_kwh() - plan.energy.self_used_kwh();
  const double sold = scenario.energy.export_kwh - plan.energy.export_kwh;
  const double moved = std::min(std::abs(used), std::abs(sold));
  const bool same_roofs = std::abs(scenario.energy.pv_kwh - plan.energy.pv_kwh) <= least_told_kwh;
  if (!same_roofs || used * sold >= 0.0 || moved <= least_told_kwh) {
    return;
  }
  all.push_back(
      used > 0.0
          ? Text{fmt::format("{} kWh a year are used at home instead of being sold.", whole(moved)),
                 fmt::format("每年有 {} kWh 由上网改为自用。", whole(moved))}
          : Text{fmt::format("{} kWh a year are sold instead of being used at home.", whole(moved)),
                 fmt::format("每年有 {} kWh 由自用改为上网。", whole(moved))});
}

void tell_money(const ScenarioFigures& plan, const ScenarioFigures& scenario,
                std::vector<Text>& all) {
  const double bills = scenario.bill_yuan - plan.bill_yuan;
  const double income = scenario.export_income_yuan - plan.export_income_yuan;
  const double capex = scenario.finance.capex_yuan() - plan.finance.capex_yuan();
  const double npv = scenario.finance.npv_yuan - plan.finance.npv_yuan;
  if (std::abs(bills) >= least_told_yuan) {
    all.push_back({fmt::format("Bills are {} yuan a year {}.", whole(bills),
                               bills > 0.0 ? "higher" : "lower"),
                   fmt::format("全村年电费{} {} 元。", more_zh(bills), whole(bills))});
  }
  if (std::abs(income) >= least_told_yuan) {
    all.push_back(
        {fmt::format("The grid company pays {} yuan a year {}.", whole(income), more_en(income)),
         fmt::format("年上网收入{} {} 元。", more_zh(income), whole(income))});
  }
  if (std::abs(capex) >= least_told_yuan) {
    all.push_back({fmt::format("It costs {} yuan {} to build.", whole(capex), more_en(capex)),
                   fmt::format("建设投资{} {} 元。", more_zh(capex), whole(capex))});
  }
  if (std::abs(npv) >= least_told_yuan) {
    all.push_back({fmt::format("Over the years that leaves {} yuan {} in today's money.",
                               whole(npv), more_en(npv)),
                   fmt::format("全寿命期净现值{} {} 元。", more_zh(npv), whole(npv))});
  }
}

void tell_grid(const ScenarioFigures& plan, const ScenarioFigures& scenario,
               std::vector<Text>& all) {
  if (scenario.worst_grade != plan.worst_grade) {
    const Text before = hosting::name_of(plan.worst_grade);
    const Text after = hosting::name_of(scenario.worst_grade);
    all.push_back({fmt::format("The worst transformer is {} instead of {}.", after.en, before.en),
                   fmt::format("最差台区由{}变为{}。", before.zh, after.zh)});
  }
}

}  // namespace

ScenarioFigures figures_of(const Inputs& inputs, const Study& study) {
  ScenarioFigures figures;
  figures.tariff_import = inputs.buying.tariff.id;
  figures.tariff_export = inputs.selling.tariff.id;
  figures.capacity_kwp = inputs.village.capacity_kwp();
  for (const model::Household& home : inputs.village.households) {
    figures.battery_kwh += home.battery.energy_kwh;
  }
  figures.energy = study.energy;
  for (const HouseholdPlan& home : study.households) {
    figures.bill_without_pv_yuan += home.bill_without_pv.yuan();
    figures.bill_yuan += home.bill_with_pv.yuan();
    figures.export_income_yuan += home.export_income.yuan();
  }
  figures.finance = study.finance;
  figures.avoided_t = carbon::avoided_t(study.carbon.avoided_kwh, inputs.factor());
  for (const TransformerYear& year : study.transformers) {
    figures.worst_grade = std::max(figures.worst_grade, year.standard_2025.grade);
    figures.peak_import_kw += year.peak_import_kw;
    figures.peak_export_kw += year.peak_export_kw;
    figures.over_limit_hours = std::max(figures.over_limit_hours, year.over_limit_hours);
  }
  return figures;
}

std::vector<Text> explained(const ScenarioFigures& plan, const ScenarioFigures& scenario) {
  std::vector<Text> all;
  if (!scenario.sets.empty()) {
    all.push_back({fmt::format("It sets {}.", joined(scenario.sets)),
                   fmt::format("该方案设定 {}。", joined(scenario.sets, "、"))});
  }
  tell_plant(plan, scenario, all);
  tell_use(plan, scenario, all);
  tell_money(plan, scenario, all);
  tell_grid(plan, scenario, all);
  if (all.empty()) {
    all.push_back({"Nothing that the plan counts changes.", "规划所计各项均无变化。"});
  }
  return all;
}

}  // namespace xiaoyuan::plan
