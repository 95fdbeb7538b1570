#include "report/workbook_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/version.hpp"

namespace xiaoyuan::report {

namespace {

namespace unit {
const Text kwh{"kWh", "千瓦时"};
const Text yuan{"yuan", "元"};
const Text kwp{"kWp", "kWp"};
const Text years{"years", "年"};
const Text none;
}  // namespace unit

Cell number_if(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }
Cell unless_zero(double value) { return value != 0.0 ? Cell(value) : Cell(); }
Cell date_if(const std::optional<Date>& date) { return date ? Cell(text_of(*date)) : Cell(); }

Column words(Text title, double width) { return {std::move(title), unit::none, width, Look::text}; }
Column sum_of(Text title, Text unit, Look look = Look::whole) {
  return {std::move(title), std::move(unit), 13.0, look, Total::sum};
}
Column figure(Text title, Text unit, Look look) {
  return {std::move(title), std::move(unit), 12.0, look};
}
Column share_of(Text title, Ratio ratio) {
  return {std::move(title), {"%", "%"}, 11.0, Look::share, Total::none, ratio};
}

std::string owner_in(model::Owner owner, Language language) {
  static const std::array<Text, 3> names{
      {{"natural person", "自然人"}, {"company", "企业"}, {"co-operative", "合作社"}}};
  return names[static_cast<std::size_t>(owner)].in(language);
}

std::string mode_in(model::Mode mode, Language language) {
  static const std::array<Text, 4> names{{{"no PV", "无光伏"},
                                          {"full export", "全额上网"},
                                          {"self-use only", "全部自发自用"},
                                          {"self-use, surplus sold", "自发自用余电上网"}}};
  return names[static_cast<std::size_t>(mode)].in(language);
}

/// The energy columns that households and months share, in this order.
void add_energy_columns(std::vector<Column>& columns) {
  columns.push_back(sum_of({"Use", "用电量"}, unit::kwh));
  columns.push_back(sum_of({"of it heat pump", "其中热泵"}, unit::kwh));
  columns.push_back(sum_of({"Generation", "发电量"}, unit::kwh));
  columns.push_back(sum_of({"Self-use", "自发自用"}, unit::kwh));
  columns.push_back(sum_of({"Export", "上网电量"}, unit::kwh));
  columns.push_back(sum_of({"Curtailed", "弃电"}, unit::kwh));
  columns.push_back(sum_of({"Import", "用网电量"}, unit::kwh));
}
void add_energy_cells(std::vector<Cell>& row, const plan::EnergySums& sums) {
  for (const double value : {sums.load_kwh, sums.heat_pump_kwh, sums.pv_kwh, sums.self_used_kwh(),
                             sums.export_kwh, sums.curtailed_kwh, sums.import_kwh}) {
    row.emplace_back(value);
  }
}

std::vector<Column> household_columns() {
  std::vector<Column> columns{words({"Number", "编号"}, 12),
                              words({"Name", "户名"}, 16),
                              words({"Owner of the PV", "光伏产权"}, 14),
                              words({"Mode", "消纳方式"}, 20),
                              words({"Transformer", "台区"}, 12),
                              sum_of({"Capacity", "装机容量"}, unit::kwp, Look::tenth),
                              sum_of({"Battery", "储能容量"}, unit::kwh, Look::tenth)};
  const std::size_t use = columns.size();
  add_energy_columns(columns);
  const std::size_t generation = use + 2;
  columns.push_back(share_of({"Self-consumption", "自用率"}, {use + 3, generation}));
  columns.push_back({{"Yield", "年等效发电量"},
                     {"kWh/kWp", "千瓦时/kWp"},
                     13.0,
                     Look::whole,
                     Total::none,
                     Ratio{generation, use - 2}});
  columns.push_back(sum_of({"Bill without PV", "无光伏电费"}, unit::yuan, Look::money));
  columns.push_back(sum_of({"Bill with PV", "有光伏电费"}, unit::yuan, Look::money));
  columns.push_back(sum_of({"Export income", "上网收入"}, unit::yuan, Look::money));
  columns.push_back(sum_of({"Roof rent", "屋顶租金"}, unit::yuan, Look::money));
  columns.push_back(sum_of({"Benefit, first year", "首年收益"}, unit::yuan, Look::money));
  columns.push_back(sum_of({"Avoided CO2", "减排量"}, {"t", "吨"}, Look::money));
  columns.push_back(sum_of({"Capital cost", "投资"}, unit::yuan, Look::money));
  columns.push_back(sum_of({"Net present value", "净现值"}, unit::yuan, Look::money));
  columns.push_back(figure({"Internal rate of return", "内部收益率"}, {"%", "%"}, Look::share));
  columns.push_back(figure({"Payback", "回收期"}, unit::years, Look::tenth));
  columns.push_back(figure({"LCOE", "度电成本"}, {"yuan/kWh", "元/千瓦时"}, Look::price));
  return columns;
}

void add_finance_cells(std::vector<Cell>& row, const std::optional<plan::Finance>& finance) {
  if (!finance) {
    row.resize(row.size() + 5);
    return;
  }
  row.emplace_back(finance->capex_yuan());
  row.emplace_back(finance->npv_yuan);
  row.push_back(number_if(finance->irr));
  row.push_back(number_if(finance->payback_years));
  row.push_back(number_if(finance->lcoe_yuan_per_kwh));
}

Table households(const plan::Inputs& inputs, const plan::Study& study, Language language) {
  Table table{{"Households", "住户"}, household_columns(), {}};
  for (std::size_t i = 0; i < study.households.size(); ++i) {
    const model::Household& home = inputs.village.households[i];
    const plan::HouseholdPlan& plan = study.households[i];
    const bool leased = plan.is_leased;
    std::vector<Cell> row{home.id,
                          home.name,
                          home.makes_energy() ? Cell(owner_in(home.owner, language)) : Cell(),
                          mode_in(home.mode, language),
                          inputs.village.transformers[home.transformer].id,
                          unless_zero(home.capacity_kwp()),
                          unless_zero(home.battery.energy_kwh)};
    add_energy_cells(row, plan.sums);
    row.resize(row.size() + 2);  // self-consumption and yield are ratios
    row.emplace_back(plan.bill_without_pv.yuan());
    row.emplace_back(plan.bill_with_pv.yuan());
    row.emplace_back(plan.export_income.yuan());
    row.push_back(leased ? Cell(plan.rent_yuan) : Cell());
    row.emplace_back(plan.benefit_yuan());
    const plan::EnergySums& sums = plan.sums;
    row.emplace_back(carbon::avoided_t(sums.pv_kwh - sums.curtailed_kwh - sums.battery_loss_kwh,
                                       inputs.factor()));
    add_finance_cells(row, plan.finance);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table months(const plan::Study& study) {
  Table table{{"Months", "逐月"}, {words({"Month", "月份"}, 12)}, {}};
  add_energy_columns(table.columns);
  table.columns.push_back(sum_of({"Bills", "电费"}, unit::yuan, Look::money));
  table.columns.push_back(sum_of({"Export income", "上网收入"}, unit::yuan, Look::money));
  for (const plan::MonthSums& month : study.months) {
    std::vector<Cell> row{fmt::format("{:04}-{:02}", month.year, month.month)};
    add_energy_cells(row, month.energy);
    row.emplace_back(month.import_yuan);
    row.emplace_back(month.export_yuan);
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_bill_lines(Table& table, const model::Household& home,
                    const std::vector<tariff::BillLine>& lines, const Text& side,
                    Language language) {
  const bool bought = side.en == "bought";
  for (const tariff::BillLine& line : lines) {
    const Cell amount = line.amount.yuan();
    table.rows.push_back({home.id, home.name, side.in(language), line.label.in(language),
                          line.energy.kwh(), line.price.yuan_per_kwh(), bought ? amount : Cell(),
                          bought ? Cell() : amount, line.explanation.in(language)});
  }
}

/// Paid and received stand in columns of their own, so that both can be added up. Energy is not
/// added up: a kWh stands in every line that prices it.
Table bill_lines(const plan::Inputs& inputs, const plan::Study& study, Language language) {
  Table table{
      {"Bill lines", "电费明细"},
      {words({"Number", "编号"}, 12), words({"Name", "户名"}, 16), words({"Side", "方向"}, 8),
       words({"Line", "项目"}, 22), figure({"Energy", "电量"}, unit::kwh, Look::tenth),
       figure({"Price", "单价"}, {"yuan/kWh", "元/千瓦时"}, Look::price),
       sum_of({"To pay", "应付"}, unit::yuan, Look::money),
       sum_of({"To receive", "应收"}, unit::yuan, Look::money), words({"Explanation", "说明"}, 60)},
      {}};
  for (std::size_t i = 0; i < study.households.size(); ++i) {
    const model::Household& home = inputs.village.households[i];
    add_bill_lines(table, home, study.households[i].buying_lines, {"bought", "购电"}, language);
    add_bill_lines(table, home, study.households[i].selling_lines, {"sold", "售电"}, language);
  }
  return table;
}

/// All owners together; net and running total are formulas.
Table money(const plan::Study& study) {
  Table table{{"Money by year", "逐年现金流"},
              {figure({"Year", "年份"}, unit::none, Look::whole),
               sum_of({"Capital cost", "投资"}, unit::yuan, Look::money),
               sum_of({"Benefit", "收益"}, unit::yuan, Look::money),
               sum_of({"Operation", "运维费"}, unit::yuan, Look::money),
               sum_of({"Replacement", "设备更换"}, unit::yuan, Look::money),
               sum_of({"Net", "净现金流"}, unit::yuan, Look::money),
               {{"Running total", "累计净现金流"}, unit::yuan, 15.0, Look::money}},
              {}};
  double running = 0.0;
  for (std::size_t year = 0; year < study.finance.years.size(); ++year) {
    const plan::YearOfMoney& one = study.finance.years[year];
    const std::size_t row = year + 1;
    running += one.net_yuan();
    const std::string net = fmt::format("={}-{}-{}-{}", address(row, 2), address(row, 1),
                                        address(row, 3), address(row, 4));
    const std::string total = year == 0
                                  ? "=" + address(row, 5)
                                  : fmt::format("={}+{}", address(row - 1, 6), address(row, 5));
    table.rows.push_back({static_cast<double>(year), one.capex_yuan, one.benefit_yuan(),
                          one.operation_yuan + one.rent_yuan, one.replacement_yuan,
                          Formula{net, one.net_yuan()}, Formula{total, running}});
  }
  return table;
}

/// What each battery costs a year by each way of running it.
Table battery_ways(const plan::Inputs& inputs, const plan::Study& study) {
  Table table{
      {"Batteries", "电池"},
      {words({"Number", "编号"}, 12), words({"Name", "户名"}, 16),
       sum_of({"Battery", "储能容量"}, unit::kwh, Look::tenth),
       sum_of({"Cost without battery", "无电池年电费"}, unit::yuan, Look::money),
       sum_of({"Plain rule", "普通规则"}, unit::yuan, Look::money),
       sum_of({"Rolling, as yesterday", "滚动优化(昨日预测)"}, unit::yuan, Look::money),
       sum_of({"Rolling, noisy forecast", "滚动优化(含误差预测)"}, unit::yuan, Look::money),
       sum_of({"Rolling, exact forecast", "滚动优化(准确预测)"}, unit::yuan, Look::money),
       sum_of({"Optimum, whole year known", "最优(全年已知)"}, unit::yuan, Look::money),
       sum_of({"Saving as planned", "规划方式节省"}, unit::yuan, Look::money),
       sum_of({"Battery's cost a year", "电池年成本"}, unit::yuan, Look::money),
       figure({"One kWh more saves", "每增 1 千瓦时节省"}, {"yuan/a", "元/年"}, Look::money),
       figure({"One kW more saves", "每增 1 千瓦节省"}, {"yuan/a", "元/年"}, Look::money),
       figure({"One kWp more saves", "每增 1 kWp 节省"}, {"yuan/a", "元/年"}, Look::money)},
      {}};
  for (std::size_t i = 0; i < study.households.size(); ++i) {
    const model::Household& home = inputs.village.households[i];
    const auto& battery = study.households[i].battery;
    if (!battery) {
      continue;
    }
    std::vector<Cell> row{home.id,
                          home.name,
                          home.battery.energy_kwh,
                          battery->without_cost_yuan,
                          battery->rule_cost_yuan,
                          Cell(),
                          Cell(),
                          Cell(),
                          battery->optimum_cost_yuan,
                          battery->saving_yuan,
                          battery->cost_per_year_yuan};
    if (battery->rolling) {
      row[5] = battery->rolling->persistence_yuan;
      row[6] = battery->rolling->noisy_yuan;
      row[7] = battery->rolling->perfect_yuan;
    }
    if (battery->reasons) {
      const plan::BatteryWorth& worth = battery->reasons->worth;
      row.emplace_back(worth.battery_kwh.saves_yuan);
      row.emplace_back(worth.battery_kw.saves_yuan);
      row.push_back(worth.pv_kwp ? Cell(worth.pv_kwp->saves_yuan) : Cell());
    }
    row.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// A row for each household that was sized, or the reason why it was not.
Table sizes(const plan::VillageSizing& sizing, Language language) {
  Table table{
      {"Sizes", "容量优化"},
      {words({"Number", "编号"}, 12), sum_of({"PV planned", "光伏规划"}, unit::kwp, Look::tenth),
       sum_of({"PV proved", "光伏最优"}, unit::kwp, Look::tenth),
       sum_of({"Battery planned", "电池规划"}, unit::kwh, Look::tenth),
       sum_of({"Battery proved", "电池最优"}, unit::kwh, Look::tenth),
       sum_of({"Cost as planned", "规划容量成本"}, unit::yuan, Look::money),
       sum_of({"Cost as proved", "最优容量成本"}, unit::yuan, Look::money),
       sum_of({"Lower bound", "成本下界"}, unit::yuan, Look::money),
       sum_of({"Saved a year", "每年节省"}, unit::yuan, Look::money),
       figure({"A battery pays below", "电池合算的临界单价"}, {"yuan/kWh", "元/千瓦时"},
              Look::money),
       words({"Not sized because", "未优化原因"}, 40)},
      {}};
  for (const plan::HouseholdSizing& home : sizing.households) {
    std::vector<Cell> row{home.id};
    if (home.is_sized()) {
      row.insert(row.end(), {home.planned.sizes.kwp(), home.proved.sizes.kwp(),
                             home.planned.sizes.battery_kwh, home.proved.sizes.battery_kwh,
                             home.planned.total_yuan, home.proved.total_yuan, home.bound_yuan,
                             home.saved_yuan_per_year, number_if(home.battery_changes_at_yuan)});
    }
    row.resize(table.columns.size());
    if (!home.is_sized()) {
      row.back() = home.refusal.in(language);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_notes(Table& table, const plan::Inputs& inputs, const plan::Study& study,
               Language language) {
  const auto add = [&](const Text& kind, const std::string& id, const std::string& text) {
    std::vector<Cell> row{kind.in(language), id, text};
    row.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  };
  add({"program", "程序"}, "xiaoyuan", program_version());
  add({"village", "村庄"}, inputs.village.id, inputs.village.name.in(language));
  if (inputs.village.illustrative) {
    add({"note", "说明"}, "",
        Text{"Household data are illustrative, not measured.", "住户数据为示意,并非实测。"}.in(
            language));
  }
  for (const auto* list : {&inputs.warnings, &study.notes}) {
    for (const Text& warning : *list) {
      add({"note", "说明"}, "", warning.in(language));
    }
  }
}

Text kind_of(const std::string& kind) {
  static const std::array<Text, 9> names{{{"tariff", "电价"},
                                          {"factor", "排放因子"},
                                          {"weather", "气象数据"},
                                          {"climate", "内置气候"},
                                          {"profile", "负荷曲线"},
                                          {"calendar", "日历"},
                                          {"wires", "导线"},
                                          {"transformers", "变压器"},
                                          {"inverters", "逆变器"}}};
  const auto found = std::ranges::find(names, kind, &Text::en);
  return found == names.end() ? Text{kind, kind} : *found;
}

Table sources(const plan::Inputs& inputs, const plan::Study& study, Language language) {
  Table table{
      {"Sources", "数据来源"},
      {words({"Kind", "类别"}, 12), words({"Key", "编号"}, 32), words({"Meaning", "含义"}, 48),
       figure({"Value", "数值"}, unit::none, Look::text), words({"Unit", "单位"}, 12),
       words({"Valid from", "生效日期"}, 12), words({"Valid to", "失效日期"}, 12),
       words({"Document", "文件"}, 40), words({"Source", "来源"}, 60),
       words({"Confidence", "可信度"}, 12), words({"Given by", "取值方"}, 12)},
      {}};
  add_notes(table, inputs, study, language);
  for (const plan::UsedVersion& version : inputs.versions) {
    table.rows.push_back({kind_of(version.kind).in(language), version.id, version.name.in(language),
                          Cell(), Cell(), date_if(version.valid_from), date_if(version.valid_to),
                          version.document, version.source, version.confidence, Cell()});
  }
  const Text assumption{"assumption", "假设"};
  for (const model::Assumption& one : inputs.village.assumptions.all) {
    const Text giver = one.from_village ? Text{"village", "村庄"} : Text{"program", "程序"};
    table.rows.push_back({assumption.in(language), one.key, one.meaning.in(language), one.value,
                          one.unit, Cell(), Cell(), Cell(), one.source, one.confidence,
                          giver.in(language)});
  }
  return table;
}

}  // namespace

std::string address(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  }
  return fmt::format("{}{}", letters, row + 1);
}

std::vector<Table> workbook_tables(const plan::Inputs& inputs, const plan::Study& study,
                                   Language language) {
  std::vector<Table> tables{households(inputs, study, language), months(study),
                            bill_lines(inputs, study, language), money(study)};
  if (Table batteries = battery_ways(inputs, study); !batteries.rows.empty()) {
    tables.push_back(std::move(batteries));
  }
  std::ranges::move(coordination_tables(inputs, study, language), std::back_inserter(tables));
  std::ranges::move(network_tables(inputs, study, language), std::back_inserter(tables));
  if (study.sizing) {
    tables.push_back(sizes(*study.sizing, language));
  }
  tables.push_back(sources(inputs, study, language));
  return tables;
}

}  // namespace xiaoyuan::report
