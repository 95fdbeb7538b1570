#include "report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"
#include "plan/coordination_notes.hpp"
#include "report/summary_network.hpp"

namespace xiaoyuan::report {

namespace {

/// Columns a text takes in a terminal: Chinese characters are two wide.
std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (code >= 0xE0) {
      width += 2;  // the first of three bytes: a Chinese character
    } else if (code < 0x80 || code >= 0xC0) {
      width += 1;
    }
  }
  return width;
}

class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}
  void line(const Text& label, const Text& value) {
    const std::string& name = label.in(language_);
    text_ += fmt::format("  {}{}{}\n", name,
                         std::string(28 - std::min<std::size_t>(26, width_of(name)), ' '),
                         value.in(language_));
  }
  void title(const Text& text) { text_ += text.in(language_) + "\n"; }
  std::string text() && { return std::move(text_); }

 private:
  Language language_;
  std::string text_;
};

Text same(const std::string& text) { return {text, text}; }

Text yuan(double amount) { return {grouped(amount) + " yuan", grouped(amount) + " 元"}; }

Text kwh(double energy) { return {grouped(energy) + " kWh", grouped(energy) + " 千瓦时"}; }

Text in_years(const std::optional<double>& years) {
  return years ? Text{fmt::format("{:.1f} years", *years), fmt::format("{:.1f} 年", *years)}
               : Text{"never within its life", "寿命期内无法回收"};
}

void write_energy(Writer& out, const plan::Inputs& inputs, const plan::Study& study) {
  const plan::EnergySums& sums = study.energy;
  const double kwp = inputs.village.capacity_kwp();
  out.line({"Generation", "发电量"},
           {fmt::format("{} kWh a year from {:.0f} kWp", grouped(sums.pv_kwh), kwp),
            fmt::format("每年 {} 千瓦时(装机 {:.0f} kWp)", grouped(sums.pv_kwh), kwp)});
  out.line({"Use", "用电量"}, {fmt::format("{} kWh, heat pumps {} of it", grouped(sums.load_kwh),
                                           grouped(sums.heat_pump_kwh)),
                               fmt::format("{} 千瓦时,其中热泵 {}", grouped(sums.load_kwh),
                                           grouped(sums.heat_pump_kwh))});
  const double self = sums.pv_kwh > 0.0 ? 100.0 * sums.self_used_kwh() / sums.pv_kwh : 0.0;
  out.line({"Used at home", "自发自用"},
           {fmt::format("{} kWh ({:.1f} % of generation)", grouped(sums.self_used_kwh()), self),
            fmt::format("{} 千瓦时(占发电量 {:.1f}%)", grouped(sums.self_used_kwh()), self)});
  out.line({"Sold to the grid", "上网电量"}, kwh(sums.export_kwh));
  out.line({"Bought", "用网电量"}, kwh(sums.import_kwh));
  if (sums.load_kwh > 0.0) {
    out.line(
        {"Annual net balance", "年度净平衡"},
        same(fmt::format("{:.0f} %", 100.0 * (sums.pv_kwh - sums.curtailed_kwh) / sums.load_kwh)));
    out.line({"Hourly matched share", "逐时匹配率"},
             same(fmt::format("{:.0f} %", 100.0 * study.hourly_matched_share)));
  }
}

void write_money(Writer& out, const plan::Study& study) {
  const plan::Finance& finance = study.finance;
  if (finance.years.empty()) {
    return;
  }
  double benefit = 0.0;
  for (const plan::HouseholdPlan& home : study.households) {
    benefit += (home.bill_without_pv - home.bill_with_pv + home.export_income).yuan();
  }
  out.line({"Benefit, first year", "首年收益"}, yuan(benefit));
  out.line({"Capital cost", "投资"}, yuan(finance.capex_yuan()));
  out.line({"Payback", "回收期"}, in_years(finance.payback_years));
  out.line({"Net present value", "净现值"}, yuan(finance.npv_yuan));
  out.line({"Internal rate of return", "内部收益率"},
           finance.irr ? same(fmt::format("{:.2f} %", 100.0 * *finance.irr)) : finance.irr_note);
  if (finance.lcoe_yuan_per_kwh) {
    out.line({"Levelised cost (LCOE)", "度电成本"},
             {fmt::format("{:.4f} yuan/kWh", *finance.lcoe_yuan_per_kwh),
              fmt::format("{:.4f} 元/千瓦时", *finance.lcoe_yuan_per_kwh)});
  }
  const auto asked = std::ranges::count_if(
      study.households, [](const plan::HouseholdPlan& home) { return home.battery.has_value(); });
  const auto pays = std::ranges::count_if(study.households, [](const plan::HouseholdPlan& home) {
    return home.battery && home.battery->pays();
  });
  if (asked > 0) {
    out.line({"Batteries that pay", "合算的电池"},
             {fmt::format("{} of {}", pays, asked), fmt::format("{} 套中的 {} 套", asked, pays)});
  }
}

/// What keeping a transformer's limits does to its households.
void write_coordination(Writer& out, const plan::Coordination& coordination) {
  if (coordination.outcome != plan::Outcome::coordinated) {
    return;
  }
  const plan::RuleFigures& chosen = coordination.chosen();
  const double hours = coordination.alone.import.hours + coordination.alone.exported.hours;
  const double worth =
      coordination.import_price.yuan_per_kw_year + coordination.export_price.yuan_per_kw_year;
  const Text rule = plan::title_of(coordination.rule);
  const double more = chosen.cost_yuan - coordination.alone_yuan;
  out.line({"  its limits kept", "  限值协调"},
           {fmt::format("{:.0f} h beyond them alone; {}: {} kWh curtailed, {} yuan a year; one kW "
                        "more is worth {:.0f} yuan a year",
                        hours, rule.en, grouped(chosen.withheld_kwh), grouped(more), worth),
            fmt::format("各户单独运行将越限 {:.0f} 小时;按 {} 弃电 {} 千瓦时,全体每年多支出 {} 元;"
                        "容量每增加 1 kW 每年值 {:.0f} 元",
                        hours, rule.zh, grouped(chosen.withheld_kwh), grouped(more), worth)});
}

/// The grade; where the wires redden it, what it would be without them.
Text graded(const plan::TransformerYear& year) {
  Text grade = hosting::name_of(year.grade_2025);
  const Text quick = hosting::name_of(year.standard_2025.grade);
  if (year.grade_2025 == year.standard_2025.grade) {
    return grade;
  }
  return {fmt::format("{}, the wires fail a check ({} by the formula)", grade.en, quick.en),
          fmt::format("{},潮流校核不通过(按公式为{})", grade.zh, quick.zh)};
}

void write_grid(Writer& out, const plan::Inputs& inputs, const plan::Study& study) {
  for (std::size_t i = 0; i < study.transformers.size(); ++i) {
    const plan::TransformerYear& year = study.transformers[i];
    const model::Transformer& transformer = inputs.village.transformers[i];
    const Text grade = graded(year);
    const double kva = transformer.rating_kva * transformer.in_parallel;
    out.line({"Transformer " + transformer.id, "变压器 " + transformer.id},
             {fmt::format("{:.0f} kVA, {:.0f} kW of PV: {} (DL/T 2041-2025), room for {:.0f} kW",
                          kva, year.connected_kw, grade.en,
                          std::max(0.0, year.standard_2025.room_after_registered_kw)),
              fmt::format("{:.0f} kVA,光伏 {:.0f} kW:{}(DL/T 2041-2025),尚可接入 {:.0f} kW", kva,
                          year.connected_kw, grade.zh,
                          std::max(0.0, year.standard_2025.room_after_registered_kw))});
    write_coordination(out, study.coordinations[i]);
  }
  for (const auto& [label, value] : network_lines(inputs, study)) {
    out.line(label, value);
  }
}

/// The proved sizes beside the planned ones.
void write_sizing(Writer& out, const plan::Study& study) {
  if (!study.sizing || study.sizing->sums.households == 0) {
    return;
  }
  const plan::SizingSums& sums = study.sizing->sums;
  out.line({"Best sizes, proved", "最优容量(已证明)"},
           {fmt::format("{} households: PV {:.0f} kWp (planned {:.0f}), batteries {:.0f} kWh "
                        "(planned {:.0f}); {} yuan a year {}",
                        sums.households, sums.kwp, sums.planned_kwp, sums.battery_kwh,
                        sums.planned_battery_kwh, grouped(std::abs(sums.saved_yuan_per_year)),
                        sums.saved_yuan_per_year < 0.0 ? "dearer" : "cheaper"),
            fmt::format("{} 户:光伏 {:.0f} kWp(规划 {:.0f}),电池 {:.0f} 千瓦时(规划 {:.0f});"
                        "每年{} {} 元",
                        sums.households, sums.kwp, sums.planned_kwp, sums.battery_kwh,
                        sums.planned_battery_kwh, sums.saved_yuan_per_year < 0.0 ? "多花" : "节省",
                        grouped(std::abs(sums.saved_yuan_per_year)))});
}

/// What can be counted on in nine draws of ten.
void write_sureness(Writer& out, const Findings& findings) {
  if (!findings.uncertainty) {
    return;
  }
  for (const plan::Spread& spread : findings.uncertainty->measures) {
    if (spread.measure == plan::Measure::generation_kwh) {
      out.line({"Generation, P90 to P10", "发电量 P90 至 P10"},
               {fmt::format("{} – {} kWh", grouped(spread.p90.value_or(0.0)),
                            grouped(spread.p10.value_or(0.0))),
                fmt::format("{} – {} 千瓦时", grouped(spread.p90.value_or(0.0)),
                            grouped(spread.p10.value_or(0.0)))});
    }
    if (spread.measure == plan::Measure::payback_years) {
      out.line({"Payback, P90", "回收期 P90"}, in_years(spread.p90));
    }
  }
}

void write_scenarios(Writer& out, const Findings& findings) {
  for (const plan::ScenarioFigures& one : findings.scenarios) {
    const Text money = yuan(one.finance.npv_yuan);
    if (one.finance.capex_yuan() == 0.0) {
      out.line(one.name, {"nothing is built", "无建设投资"});
      continue;
    }
    out.line(
        one.name,
        {fmt::format("NPV {}, payback {}", money.en, in_years(one.finance.payback_years).en),
         fmt::format("净现值 {},回收期 {}", money.zh, in_years(one.finance.payback_years).zh)});
  }
}

/// What to mind: the first few here, all of them in the report.
void write_notes(Writer& out, const plan::Inputs& inputs, const plan::Study& study) {
  constexpr std::size_t shown = 8;
  std::vector<Text> notes = inputs.warnings;
  notes.insert(notes.end(), study.notes.begin(), study.notes.end());
  for (std::size_t i = 0; i < std::min(shown, notes.size()); ++i) {
    out.title({"  note: " + notes[i].en, "  提示:" + notes[i].zh});
  }
  if (notes.size() > shown) {
    out.title({fmt::format("  {} more notes stand in the report", notes.size() - shown),
               fmt::format("  另有 {} 条提示见报告", notes.size() - shown)});
  }
}

}  // namespace

std::string summary(const plan::Inputs& inputs, const Findings& findings, Language language) {
  const plan::Study& study = findings.study;
  const model::Village& village = inputs.village;
  Writer out(language);
  out.title({fmt::format("{} ({} households, year from {})", village.name.en,
                         village.households.size(), text_of(inputs.times.front().date())),
             fmt::format("{}({} 户,自 {} 起一年)", village.name.zh, village.households.size(),
                         text_of(inputs.times.front().date()))});
  if (village.illustrative) {
    out.title({"  Household data are illustrative, not measured.", "  住户数据为示意,并非实测。"});
  }
  write_energy(out, inputs, study);
  write_money(out, study);
  const double avoided = carbon::avoided_t(study.carbon.avoided_kwh, inputs.factor());
  out.line({"Avoided CO2", "减排量"},
           {fmt::format("{:.0f} t a year ({}, {} kg/kWh)", avoided, inputs.factor().name.en,
                        inputs.factor().kg_per_kwh),
            fmt::format("每年 {:.0f} 吨({},{} kg/kWh)", avoided, inputs.factor().name.zh,
                        inputs.factor().kg_per_kwh)});
  write_sizing(out, study);
  write_grid(out, inputs, study);
  write_sureness(out, findings);
  write_scenarios(out, findings);
  write_notes(out, inputs, study);
  return std::move(out).text();
}

}  // namespace xiaoyuan::report
