// Contracts of a month that are no household's alone: between parties, and dividends.
#include <fmt/format.h>

#include <algorithm>

#include "settle/contracts.hpp"
#include "settle/month_lines.hpp"
#include "settle/month_parts.hpp"

namespace xiaoyuan::settle {

namespace {

std::optional<MeteredEnergy> energy_of_basis(const MonthEnergy& energy, FeeBasis basis) {
  switch (basis) {
    case FeeBasis::made:
      return energy.made;
    case FeeBasis::self_used:
      return energy.self_used;
    case FeeBasis::sold:
      return energy.sold;
    case FeeBasis::bought:
      return energy.bought;
  }
  return std::nullopt;
}

/// A fee of so much a kWh between parties is for the plants of the one that pays.
StatementLine fee_line(const MonthFrame& frame, const std::vector<SettledMember>& members,
                       const Contract& contract, const ServiceFee& fee) {
  if (const auto* money = std::get_if<Money>(&fee.fee)) {
    return contract_line(contract, *money, terms_of(contract));
  }
  const FeePerKwh& per_kwh = std::get<FeePerKwh>(fee.fee);
  MeteredEnergy sum;
  auto grade = readings::Grade::measured;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (frame.plant_owner(i) == fee.payer) {
      sum += energy_of_basis(members[i].statement.energy, per_kwh.basis).value_or(MeteredEnergy{});
      grade = worse(grade, members[i].is_settled() ? members[i].grade : readings::Grade::missing);
    }
  }
  StatementLine line = contract_line(contract, amount(sum, per_kwh.price), terms_of(contract));
  line.energy = sum;
  line.price = per_kwh.price;
  line.grade = grade;
  return line;
}

/// What a party's earlier months of a dividend's quarter have left; an error for each that is not
/// known.
Money surplus_of(const MonthFrame& frame, const Contract& contract, int months, Errors& errors) {
  const auto& dividend = std::get<Dividend>(contract.terms);
  const MonthInputs& inputs = frame.inputs();
  Money sum;
  for (int back = 1; back < months; ++back) {
    const ledger::Period month{inputs.month.month - back};
    const auto known = std::ranges::find_if(inputs.earlier, [&](const MonthMemory& memory) {
      return memory.month == month && memory.party == dividend.party;
    });
    if (known != inputs.earlier.end()) {
      sum += known->surplus;
      continue;
    }
    errors.push_back({.fault = Fault::not_found,
                      .what = {fmt::format("the surplus of {} in {} is not known; settle that "
                                           "month first",
                                           dividend.party, ledger::text_of(month)),
                               fmt::format("{} 在 {} 的结余未知;请先结算该月", dividend.party,
                                           ledger::text_of(month))},
                      .where = {inputs.agreement->file, contract.line, contract.id}});
  }
  return sum;
}

void give(const MonthFrame& frame, const Contract& contract, Money surplus,
          std::vector<SettledMember>& members) {
  const auto& dividend = std::get<Dividend>(contract.terms);
  std::vector<std::int64_t> capacities;
  std::vector<std::size_t> places;
  for (const std::string& id : dividend.members) {
    places.push_back(frame.find(id));
    capacities.push_back(frame.member(places.back()).capacity_wp);
  }
  const std::vector<Money> parts = dividend_parts(dividend, surplus, capacities);
  for (std::size_t k = 0; k < parts.size(); ++k) {
    SettledMember& member = members[places[k]];
    if (parts[k] == Money{} || !member.is_settled()) {
      continue;
    }
    member.statement.lines.push_back(contract_line(contract, parts[k], terms_of(contract)));
    member.flows.push_back({.group = member.statement.party,
                            .line = line_id_of(contract),
                            .payer = dividend.party,
                            .payee = member.statement.party,
                            .amount = parts[k]});
  }
}

}  // namespace

PartyContracts between_parties(const MonthFrame& frame, const std::vector<SettledMember>& members) {
  PartyContracts between;
  const Agreement& agreement = *frame.inputs().agreement;
  const auto add = [&](StatementLine line, const Contract& contract, const std::string& payer,
                       const std::string& payee) {
    between.flows.push_back({.group = contract.id,
                             .line = line.id,
                             .payer = payer,
                             .payee = payee,
                             .amount = *line.amount});
    if (*line.amount == Money{}) {
      return;  // the flow stays: what an earlier settlement posted has to be known to be undone
    }
    between.lines.emplace_back(std::move(line), between.flows.size() - 1);
  };
  for (const Contract& contract : agreement.contracts) {
    if (!contract.holds(frame.inputs().month)) {
      continue;
    }
    const auto* loan = std::get_if<Loan>(&contract.terms);
    const auto* fee = std::get_if<ServiceFee>(&contract.terms);
    if (loan != nullptr && party_of(agreement, loan->borrower) != nullptr) {
      add(contract_line(contract, loan->instalment, terms_of(contract)), contract, loan->borrower,
          loan->lender);
    } else if (fee != nullptr && fee->each_of.empty() &&
               party_of(agreement, fee->payer) != nullptr &&
               party_of(agreement, fee->payee) != nullptr) {
      add(fee_line(frame, members, contract, *fee), contract, fee->payer, fee->payee);
    }
  }
  return between;
}

std::map<std::string, Money> party_gains(const MonthFrame& frame,
                                         const std::vector<SettledMember>& members,
                                         const std::vector<Flow>& between) {
  std::map<std::string, Money> gains;
  for (const Party& party : frame.inputs().agreement->parties) {
    gains[party.id] = {};
  }
  const auto add = [&](const Flow& flow) {
    if (const auto payer = gains.find(flow.payer); payer != gains.end()) {
      payer->second += -flow.amount;
    }
    if (const auto payee = gains.find(flow.payee); payee != gains.end()) {
      payee->second += flow.amount;
    }
  };
  for (const SettledMember& member : members) {
    std::ranges::for_each(member.flows, add);
  }
  std::ranges::for_each(between, add);
  return gains;
}

Result<void> give_dividends(const MonthFrame& frame, const std::map<std::string, Money>& gains,
                            std::vector<SettledMember>& members) {
  Errors errors;
  for (const Contract& contract : frame.inputs().agreement->contracts) {
    const auto* dividend = std::get_if<Dividend>(&contract.terms);
    if (dividend == nullptr || !contract.holds(frame.inputs().month)) {
      continue;
    }
    const int months = months_given_out(contract, *dividend, frame.inputs().month);
    if (months == 0) {
      continue;
    }
    const Money earlier = surplus_of(frame, contract, months, errors);
    if (errors.empty()) {
      give(frame, contract, gains.at(dividend->party) + earlier, members);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::settle
