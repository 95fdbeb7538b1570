// The parts of joining a month: sharing, dividends, the parties' statements, and what is different
// from the month before.
#pragma once
#include <map>

#include "settle/month.hpp"

namespace xiaoyuan::settle {

/// Moves money between the members by the agreement's sharing rule. Errors: those of sharing and
/// its registers; a mode that splits the gate's bill, which is not the members' own.
Result<void> share_month(const MonthFrame& frame, std::vector<SettledMember>& members);

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
