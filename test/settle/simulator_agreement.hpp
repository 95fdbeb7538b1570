// What the parties of the simulated village have agreed on, and a month's statements as text.
#pragma once
#include <string>
#include <string_view>

#include "settle/month.hpp"

namespace xiaoyuan::settle::test {

/// The contracts that support/settle_oracle.cpp reckons.
inline constexpr std::string_view simulated_agreement = R"(
first_month = "2026-01"
whole_kwh = "truncated_readings"
[[party]]
id = "C1"
kind = "company"
name = { en = "company", zh = "公司" }
[[party]]
id = "COOP"
kind = "cooperative"
name = { en = "co-operative", zh = "合作社" }
[[party]]
id = "BANK"
kind = "lender"
name = { en = "bank", zh = "银行" }
[[roof_lease]]
id = "lease"
name = { en = "lease", zh = "屋顶租赁" }
document = "contract 1"
first_month = "2026-01"
tenant = "C1"
households = ["H2"]
rent_yuan_per_kwp = 60.01
paid = "quarterly"
due = "in_arrears"
[[loan]]
id = "loan"
name = { en = "loan", zh = "贷款" }
document = "contract 2"
first_month = "2026-01"
last_month = "2030-12"
lender = "BANK"
borrower = "H3"
instalment_yuan = 123.45
[[service_fee]]
id = "fee"
name = { en = "fee", zh = "服务费" }
document = "contract 3"
first_month = "2026-01"
payee = "COOP"
each_of = ["H1", "H3"]
yuan_per_kwh = 0.013
kwh = "made"
[[service_fee]]
id = "care"
name = { en = "care", zh = "运维" }
document = "contract 4"
first_month = "2026-01"
payer = "C1"
payee = "COOP"
yuan_a_month = 10
[[dividend]]
id = "share"
name = { en = "share", zh = "分红" }
document = "statute"
first_month = "2026-01"
party = "COOP"
percent_of_surplus = 60
every = "monthly"
by = "capacity"
members = ["H1", "H2", "H3"]
)";

inline std::string dump(const Statement& statement) {
  std::string text = statement.id + '#' + std::to_string(statement.revision);
  for (const StatementLine& line : statement.lines) {
    text += '\n' + line.id + '|' + line.explanation.zh + '|' + line.entry;
    text += line.amount ? '|' + std::to_string(line.amount->fen) : "|";
    text += line.energy ? '|' + std::to_string(line.energy->mwh) : "|";
    text += line.certificates ? '|' + std::to_string(*line.certificates) : "|";
  }
  for (const Change& change : statement.changes) {
    text += '\n' + change.label.en + std::to_string(change.difference.fen);
  }
  return text;
}

inline std::string dump(const SettledMonth& month) {
  std::string text;
  for (const SettledMember& member : month.members) {
    text += dump(member.statement) + '\n';
  }
  for (const Statement& party : month.parties) {
    text += dump(party) + '\n';
  }
  return text;
}

}  // namespace xiaoyuan::settle::test
