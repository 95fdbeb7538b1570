#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

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
