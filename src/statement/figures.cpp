#include "statement/figures.hpp"

#include <algorithm>

#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

Figure energy_figure(Text label, const std::optional<MeteredEnergy>& energy) {
  return {std::move(label), energy ? kwh_text(*energy) : "—", {"kWh", "千瓦时"}};
}

void add_flow(std::vector<Flow>& flows, FlowKind kind, MeteredEnergy energy) {
  if (energy.mwh > 0) {
    flows.push_back({kind, energy});
  }
}

MeteredEnergy sum_of(const std::vector<Flow>& flows) {
  MeteredEnergy sum;
  for (const Flow& flow : flows) {
    sum += flow.energy;
  }
  return sum;
}

}  // namespace

Text total_label(const Sheet& sheet) {
  const bool is_paid = total_of(sheet) < Money{};
  if (sheet.statement.lines.empty() && shows_bills(sheet)) {
    return is_paid ? Text{"All households pay", "各户合计应付"}
                   : Text{"All households earn", "各户合计收益"};
  }
  return is_paid ? Text{"To pay this month", "本月应付"} : Text{"Earned this month", "本月收益"};
}

std::array<Figure, 4> figures_of(const Sheet& sheet) {
  const settle::MonthEnergy& energy = sheet.statement.energy;
  const Money total = total_of(sheet);
  return {energy_figure({"Made", "发电"}, energy.made),
          energy.made ? energy_figure({"Used at home", "自用"}, energy.self_used)
                      : energy_figure({"Bought", "购电"}, energy.bought),
          energy_figure({"Sold", "上网"}, energy.sold),
          {total_label(sheet), yuan_text(total < Money{} ? -total : total), {"yuan", "元"}}};
}

Text name_of(FlowKind kind) {
  switch (kind) {
    case FlowKind::made:
      return {"made", "发电"};
    case FlowKind::bought:
      return {"bought", "购电"};
    case FlowKind::shared_in:
      return {"from neighbours", "邻里转入"};
    case FlowKind::used:
      return {"used at home", "自家用电"};
    case FlowKind::sold:
      return {"sold", "上网"};
    case FlowKind::shared_out:
      return {"to neighbours", "转给邻里"};
    case FlowKind::open:
      return {"unaccounted", "差额"};
  }
  return {};
}

std::optional<Balance> balance_of(const settle::MonthEnergy& energy) {
  if (!energy.bought || (energy.made && (!energy.self_used || !energy.sold))) {
    return std::nullopt;
  }
  const MeteredEnergy none;
  const MeteredEnergy shared_in = energy.shared_in.value_or(none);
  const MeteredEnergy used = energy.self_used.value_or(none) + *energy.bought + shared_in;
  Balance balance;
  add_flow(balance.in, FlowKind::made, energy.made.value_or(none));
  add_flow(balance.in, FlowKind::bought, *energy.bought);
  add_flow(balance.in, FlowKind::shared_in, shared_in);
  add_flow(balance.out, FlowKind::used, used);
  add_flow(balance.out, FlowKind::sold, energy.sold.value_or(none));
  add_flow(balance.out, FlowKind::shared_out, energy.shared_out.value_or(none));
  const MeteredEnergy in = sum_of(balance.in);
  const MeteredEnergy out = sum_of(balance.out);
  add_flow(balance.in, FlowKind::open, out - in);
  add_flow(balance.out, FlowKind::open, in - out);
  balance.total = std::max(in, out);
  if (balance.total.mwh == 0) {
    return std::nullopt;
  }
  return balance;
}

std::vector<SectionLines> sections_of(const settle::Statement& statement) {
  std::vector<SectionLines> sections;
  const std::size_t count = settle::words_of(settle::Section{}).size();
  for (std::size_t i = 0; i < count; ++i) {
    SectionLines one{
        .section = settle::Section(static_cast<std::uint8_t>(i)), .lines = {}, .sum = {}};
    for (const settle::StatementLine& line : statement.lines) {
      if (line.section == one.section) {
        one.lines.push_back(&line);
        if (line.amount) {
          one.sum = one.sum.value_or(Money{}) + *line.amount;
        }
      }
    }
    if (!one.lines.empty()) {
      sections.push_back(std::move(one));
    }
  }
  return sections;
}

std::vector<readings::Grade> grades_of(const settle::Statement& statement) {
  std::vector<readings::Grade> grades;
  for (const settle::StatementLine& line : statement.lines) {
    if (line.grade != readings::Grade::measured &&
        std::ranges::find(grades, line.grade) == grades.end()) {
      grades.push_back(line.grade);
    }
  }
  std::ranges::sort(grades);
  return grades;
}

}  // namespace xiaoyuan::statement
