#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

namespace {

void add_energy(std::optional<MeteredEnergy>& sum, const std::optional<MeteredEnergy>& part) {
  if (part) {
    sum = sum.value_or(MeteredEnergy{}) + *part;
  }
}

}  // namespace

bool shows_bills(const Sheet& sheet) { return sheet.statement.holder == settle::Holder::committee; }

Member sum_of(const std::vector<Member>& members) {
  Member sum{.party = {},
             .name = {},
             .energy = {},
             .bought = {},
             .sold = {},
             .contracts = {},
             .adjustment = {},
             .total = {}};
  for (const Member& member : members) {
    add_energy(sum.energy.made, member.energy.made);
    add_energy(sum.energy.self_used, member.energy.self_used);
    add_energy(sum.energy.sold, member.energy.sold);
    add_energy(sum.energy.bought, member.energy.bought);
    sum.bought += member.bought;
    sum.sold += member.sold;
    sum.contracts += member.contracts;
    sum.adjustment += member.adjustment;
    sum.total += member.total;
  }
  return sum;
}

Money total_of(const Sheet& sheet) {
  return sheet.statement.lines.empty() && shows_bills(sheet) ? sum_of(sheet.members).total
                                                             : sheet.statement.total();
}

Member member_of(const settle::Statement& statement) {
  Member member{.party = statement.party,
                .name = statement.name,
                .energy = statement.energy,
                .bought = {},
                .sold = {},
                .contracts = {},
                .adjustment = {},
                .total = statement.total()};
  for (const settle::StatementLine& line : statement.lines) {
    const Money amount = line.amount.value_or(Money{});
    member.grade = readings::worse(member.grade, line.grade);
    switch (line.section) {
      case settle::Section::bought:
        member.bought += amount;
        break;
      case settle::Section::sold:
      case settle::Section::mechanism:
        member.sold += amount;
        break;
      case settle::Section::adjustment:
        member.adjustment += amount;
        break;
      case settle::Section::energy:
      case settle::Section::shared:
      case settle::Section::contracts:
      case settle::Section::environment:
        member.contracts += amount;
        break;
    }
  }
  return member;
}

}  // namespace xiaoyuan::statement
