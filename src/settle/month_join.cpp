// Joins the households' months to the village's.
#include <algorithm>

#include "base/check.hpp"
#include "settle/month_lines.hpp"
#include "settle/month_parts.hpp"

namespace xiaoyuan::settle {

namespace {

void add_pool_lines(const MonthFrame& frame, SettledMonth& month) {
  for (const PoolMonth& pool : month.pools) {
    const std::size_t i = frame.find(pool.owner);
    if (i < month.members.size() && month.members[i].is_settled()) {
      month.members[i].statement.lines.push_back(certificate_line(pool));
    }
  }
}

void add_adjustments(const MonthFrame& frame, SettledMonth& month) {
  for (const Adjustment& adjustment : frame.inputs().adjustments) {
    const std::size_t i = frame.find(adjustment.party);
    if (i < month.members.size()) {
      month.members[i].statement.lines.push_back(adjustment_line(adjustment));
      continue;
    }
    const auto party =
        std::ranges::lower_bound(month.parties, adjustment.party, {}, &Statement::party);
    if (party != month.parties.end() && party->party == adjustment.party) {
      party->lines.push_back(adjustment_line(adjustment));
    }
  }
}

void add_up(SettledMonth& month) {
  VillageTotals& totals = month.totals;
  for (const SettledMember& member : month.members) {
    if (member.statement.party != month.gate) {
      (member.is_settled() ? totals.settled : totals.refused) += 1;
      add_month(totals.energy, member.statement.energy);
    }
    totals.avoided_g += member.recognised.avoided_g;
    for (const Flow& flow : member.flows) {
      if (flow.payee == grid_company) {
        totals.bought += -flow.amount;
      } else if (flow.payer == grid_company) {
        totals.sold += flow.amount;
      }
    }
  }
}

/// Every flow has two ends, and every end stands on a statement or in the pool of sharing: their
/// sum is 0, or a flow was lost on the way.
void hold_together(const MonthFrame& frame, SettledMonth& month) {
  Conservation& conservation = month.conservation;
  MeteredEnergy given;
  MeteredEnergy taken;
  MeteredEnergy sold;
  MeteredEnergy bought;
  for (const SettledMember& member : month.members) {
    conservation.flows += member.statement.total();
    if (member.statement.party == month.gate) {
      continue;  // what it counts is what the others' meters count, and what none does
    }
    const MonthEnergy& energy = member.statement.energy;
    given += energy.shared_out.value_or(MeteredEnergy{});
    taken += energy.shared_in.value_or(MeteredEnergy{});
    sold += energy.sold.value_or(MeteredEnergy{});
    bought += energy.bought.value_or(MeteredEnergy{});
  }
  for (const Statement& party : month.parties) {
    conservation.flows += party.total();
  }
  conservation.shared_difference = given - taken;
  if (const auto through_gate = net_of_gate(frame, month.members)) {
    conservation.unaccounted = *through_gate - (bought - sold);
  }
  expects(conservation.flows == Money{} && conservation.shared_difference == MeteredEnergy{});
}

void remember(const std::map<std::string, Money>& gains, SettledMonth& month) {
  for (const SettledMember& member : month.members) {
    if (member.is_settled()) {
      month.memory.push_back(memory_of(member.statement));
    }
  }
  for (const Statement& party : month.parties) {
    month.memory.push_back(memory_of(party));
    month.memory.back().surplus = gains.at(party.party);
  }
  std::ranges::sort(month.memory, {}, &MonthMemory::party);
}

}  // namespace

Result<SettledMonth> join(const MonthFrame& frame, std::vector<SettledMember> members) {
  expects(members.size() == frame.members());
  const MonthInputs& inputs = frame.inputs();
  SettledMonth month;
  month.month = inputs.month;
  month.period = frame.period();
  month.known_at = inputs.known_at;
  month.gate = inputs.agreement->sharing.gate;
  month.members = std::move(members);
  if (auto shared = share_month(frame, month.members); !shared) {
    return std::unexpected(std::move(shared.error()));
  }
  const PartyContracts between = between_parties(frame, month.members);
  const auto gains = party_gains(frame, month.members, between.flows);
  if (auto given = give_dividends(frame, gains, month.members); !given) {
    return std::unexpected(std::move(given.error()));
  }
  month.party_flows = between.flows;
  std::vector<Recognised> recognised;
  for (const SettledMember& member : month.members) {
    recognised.push_back(member.recognised);
  }
  month.pools = pool_months(recognised, inputs.pools_before);
  month.parties = party_statements(frame, month.members, between, month.pools);
  add_up(month);
  hold_together(frame, month);
  add_pool_lines(frame, month);
  add_adjustments(frame, month);
  std::vector<MonthMemory> last(inputs.last_month.begin(), inputs.last_month.end());
  std::ranges::sort(last, {}, &MonthMemory::party);
  for (SettledMember& member : month.members) {
    order_lines(member.statement);
    if (member.is_settled()) {
      explain_change(member.statement, last);
    }
  }
  for (Statement& party : month.parties) {
    order_lines(party);
    explain_change(party, last);
  }
  remember(gains, month);
  return month;
}

Result<SettledMonth> settle_month(const MonthInputs& inputs) {
  TRY(const MonthFrame frame, MonthFrame::of(inputs));
  std::vector<SettledMember> members;
  members.reserve(frame.members());
  for (std::size_t i = 0; i < frame.members(); ++i) {
    members.push_back(settle_member(frame, i));
  }
  return join(frame, std::move(members));
}

}  // namespace xiaoyuan::settle
