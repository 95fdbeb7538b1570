// The parts of joining a month: sharing, dividends, the parties' statements, and what is different
// from the month before.
#pragma once
#include <map>

#include "settle/month.hpp"
#include "settle/sharing.hpp"

namespace xiaoyuan::settle {

/// Moves money between the members by the agreement's sharing rule, and splits the gate's bill
/// where the mode says so. Errors: those of sharing and its registers, and of the gate.
Result<void> share_month(const MonthFrame& frame, std::vector<SettledMember>& members);

/// What the intervals of those who share come to.
struct Shared {
  std::vector<std::size_t> index;  ///< of the members who take part
  std::vector<std::string> members;
  std::vector<MemberTotal> totals;
};

/// The grid company's bill with the gate, divided among those who share; what nobody's meter counts
/// stays with the gate. Errors: a gate that is not settled, members without intervals.
Result<void> split_gate(const MonthFrame& frame, const Shared& shared,
                        std::vector<SettledMember>& members);

/// Import less export of the gate, where it is known.
std::optional<MeteredEnergy> net_of_gate(const MonthFrame& frame,
                                         const std::vector<SettledMember>& members);

/// An error of the agreement's [sharing].
Error sharing_error(const MonthFrame& frame, Text what);

/// What each party gains by flows, the households left out.
std::map<std::string, Money> party_gains(const MonthFrame& frame,
                                         const std::vector<SettledMember>& members,
                                         const std::vector<Flow>& between);

/// Contracts between parties: loans, and fees a month or for the kWh of the payer's plants.
struct PartyContracts {
  std::vector<Flow> flows;
  std::vector<std::pair<StatementLine, std::size_t>> lines;  ///< with the flow; the payee's gain
};
PartyContracts between_parties(const MonthFrame& frame, const std::vector<SettledMember>& members);

/// Gives out the surplus of `gains`. Error: a month of the quarter whose surplus is not given.
Result<void> give_dividends(const MonthFrame& frame, const std::map<std::string, Money>& gains,
                            std::vector<SettledMember>& members);

/// Statements of all parties, by id.
std::vector<Statement> party_statements(const MonthFrame& frame,
                                        const std::vector<SettledMember>& members,
                                        const PartyContracts& between,
                                        const std::vector<PoolMonth>& pools);

/// Adds what is known.
void add_month(MonthEnergy& sum, const MonthEnergy& energy);

/// What is remembered of a statement.
MonthMemory memory_of(const Statement& statement);
/// Says why the money differs from the month before, where that is known.
void explain_change(Statement& statement, std::span<const MonthMemory> last_month);

}  // namespace xiaoyuan::settle
