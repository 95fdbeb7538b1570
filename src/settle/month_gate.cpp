// The grid company's bill with the village's own meter as part of a settled month: who pays it, and
// who has what it brings in.
//
//   bill of the gate = Σ members' parts + what stays with the gate: losses, lamps, a member whose
//   month is refused
#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "settle/month_parts.hpp"
#include "settle/sharing_gate.hpp"

namespace xiaoyuan::settle {

namespace {

constexpr std::int64_t mwh_of_gate_wh = 1000;

GateBill bill_of(const Statement& gate) {
  GateBill bill;
  for (const StatementLine& line : gate.lines) {
    if (line.section == Section::bought) {
      bill.asked += -line.amount.value_or(Money{});
    } else if (line.section == Section::sold || line.section == Section::mechanism) {
      bill.paid += line.amount.value_or(Money{});
    }
  }
  return bill;
}

/// The lines of the gate's bill, each on a member's statement and summed on the gate's.
class GateLines {
 public:
  GateLines(const MonthFrame& frame, std::vector<SettledMember>& members)
      : frame_(frame), members_(members) {}

  void ask(std::size_t i, std::int64_t wh, Money asked) {
    const std::string& gate = members_[frame_.gate()].statement.party;
    add({.i = i, .payer = members_[i].statement.party, .payee = gate, .amount = asked},
        line("shared.gate.bought", {"Part of the village's bill", "分摊总表购电电费"}, wh));
  }
  void pay(std::size_t i, std::int64_t wh, Money paid) {
    const std::string& gate = members_[frame_.gate()].statement.party;
    add({.i = i, .payer = gate, .payee = frame_.plant_owner(i), .amount = paid},
        line("shared.gate.sold", {"Part of what the village sold", "分得总表上网收入"}, wh));
  }

 private:
  struct Part {
    std::size_t i = 0;
    std::string payer;
    std::string payee;
    Money amount;
  };

  StatementLine line(std::string id, Text label, std::int64_t wh) const {
    StatementLine line;
    line.id = std::move(id);
    line.section = Section::shared;
    line.label = std::move(label);
    line.explanation = {
        "by what one's own meter took from or gave to the grid, less what "
        "neighbours gave and took",
        "按各户扣除邻里互供后与电网交换的电量分摊"};
    line.energy = MeteredEnergy{wh * mwh_of_gate_wh};
    line.document = frame_.inputs().agreement->sharing.document;
    return line;
  }

  void add(const Part& part, StatementLine line) {
    if (line.energy == MeteredEnergy{} && part.amount == Money{}) {
      return;
    }
    SettledMember& member = members_[part.i];
    sum_up(part, line);
    if (part.payer == member.statement.party) {
      line.amount = -part.amount;
    } else if (part.payee == member.statement.party) {
      line.amount = part.amount;
    }
    member.flows.push_back({.group = member.statement.party,
                            .line = line.id,
                            .payer = part.payer,
                            .payee = part.payee,
                            .amount = part.amount});
    member.statement.lines.push_back(std::move(line));
  }

  void sum_up(const Part& part, const StatementLine& line) {
    Statement& gate = members_[frame_.gate()].statement;
    auto place = std::ranges::find(gate.lines, line.id, &StatementLine::id);
    if (place == gate.lines.end()) {
      place = gate.lines.insert(place, line);
      place->energy = MeteredEnergy{};
      place->amount = Money{};
    }
    place->energy = *place->energy + *line.energy;
    place->amount = *place->amount + (part.payee == gate.party ? part.amount : -part.amount);
  }

  const MonthFrame& frame_;
  std::vector<SettledMember>& members_;
};

/// Everybody behind the gate has a part: a member without intervals would pay nothing.
void check_gate(const MonthFrame& frame, const std::vector<SettledMember>& members,
                Errors& errors) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const MonthEnergy& energy = members[i].statement.energy;
    const auto lacks = [&](const std::optional<MeteredEnergy>& measured,
                           readings::Channel channel) {
      return measured && *measured != MeteredEnergy{} && frame.intervals(i, channel) == nullptr;
    };
    if (i != frame.gate() && members[i].is_settled() &&
        (lacks(energy.bought, readings::Channel::imported) ||
         lacks(energy.sold, readings::Channel::exported))) {
      const std::string& id = members[i].statement.party;
      errors.push_back(sharing_error(
          frame,
          {fmt::format("{} has no intervals, so its part of the gate's bill is not known", id),
           fmt::format("{} 没有分时电量,无法分摊总表电费", id)}));
    }
  }
  for (const Error& refused : members[frame.gate()].refused) {
    errors.push_back(sharing_error(
        frame, {"the gate's bill is not settled: " + message(refused, Language::english),
                "总表账单不能结算:" + message(refused, Language::chinese)}));
  }
}

}  // namespace

Member gate_member(const Agreement& agreement, const MonthTariff* import_tariff,
                   const MonthTariff* export_tariff) {
  expects(!agreement.sharing.gate.empty());
  Member member;
  member.id = agreement.sharing.gate;
  member.name = {"the village's meter", "村总表"};
  member.import_tariff = import_tariff;
  member.export_tariff = export_tariff;
  return member;
}

std::optional<MeteredEnergy> net_of_gate(const MonthFrame& frame,
                                         const std::vector<SettledMember>& members) {
  const MonthInputs& inputs = frame.inputs();
  std::optional<MeteredEnergy> imported = inputs.gate_import;
  std::optional<MeteredEnergy> exported = inputs.gate_export;
  if (frame.gate() < members.size()) {
    const MonthEnergy& energy = members[frame.gate()].statement.energy;
    imported = energy.bought;
    exported = energy.sold;
  }
  return imported && exported ? std::optional(*imported - *exported) : std::nullopt;
}

Result<void> split_gate(const MonthFrame& frame, const Shared& shared,
                        std::vector<SettledMember>& members) {
  Errors errors;
  check_gate(frame, members, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const auto through_gate = net_of_gate(frame, members);
  if (!through_gate) {
    return std::unexpected(Errors{sharing_error(
        frame, {"the gate needs a point of import and a point of export in meters.csv",
                "总表须在 meters.csv 中登记购电和上网两个计量点"})});
  }
  std::int64_t unaccounted_wh = through_gate->mwh / mwh_of_gate_wh;
  for (const MemberTotal& total : shared.totals) {
    unaccounted_wh -= total.from_grid_wh() - total.to_grid_wh();
  }
  const GateBill bill = bill_of(members[frame.gate()].statement);
  auto parts = split_gate_bill(shared.members, shared.totals, unaccounted_wh, bill);
  if (!parts) {
    for (Error& error : parts.error()) {
      error.where = sharing_error(frame, {}).where;
    }
    return std::unexpected(std::move(parts.error()));
  }
  GateLines lines(frame, members);
  for (std::size_t column = 0; column < shared.index.size(); ++column) {
    const MemberTotal& total = shared.totals[column];
    lines.ask(shared.index[column], total.from_grid_wh(), parts->asked[column]);
    lines.pay(shared.index[column], total.to_grid_wh(), parts->paid[column]);
  }
  return {};
}

}  // namespace xiaoyuan::settle
