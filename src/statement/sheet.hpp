// What a statement is laid out from: the statement as it was settled, and what stands around it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::statement {

/// A month of the small chart.
struct PastMonth {
  ledger::Period month;
  Money total;
};

enum class DisputeState { open, resolved };

/// A line that somebody doubts: only this amount is frozen, the rest is paid.
struct DisputeNote {
  std::string key;   ///< of the book's entry that opened it
  std::string line;  ///< id of the statement's line
  Text reason;
  Money frozen;
  DisputeState state = DisputeState::open;
  Date opened;
  Date resolved{};  ///< when it is
  Text outcome{};   ///< when it is resolved
};

/// A household in the table of a committee or a company: its sums, not its lines.
struct Member {
  std::string party;
  Text name;
  settle::MonthEnergy energy;
  Money bought;     ///< below zero: what it pays for energy from the grid
  Money sold;       ///< with the mechanism's difference
  Money contracts;  ///< leases, rent, loans, dividends, fees, sharing
  Money adjustment;
  Money total;
  readings::Grade grade = readings::Grade::measured;
};

Member member_of(const settle::Statement& statement);

struct Sheet {
  settle::Statement statement;
  std::vector<PastMonth> history{};  ///< months before this one, in the order of time
  std::vector<DisputeNote> disputes{};
  std::vector<Member> members{};  ///< of a committee's, company's or co-operative's total
};

/// A committee sees what each household pays and earns; a company or a co-operative only what the
/// plants on the roofs make and sell.
bool shows_bills(const Sheet& sheet);
/// All households together.
Member sum_of(const std::vector<Member>& members);
/// What the sheet is about: the holder's own lines, or, where it has none, all its households.
Money total_of(const Sheet& sheet);

struct Style {
  Language language = Language::chinese;
  Zone zone;  ///< in which the instants of readings are told
};

}  // namespace xiaoyuan::statement
