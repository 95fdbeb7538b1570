#include "ledger/balances.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace xiaoyuan::ledger {

__extension__ typedef __int128 WideSum;  // of all accounts; one account stays in 64 bits

namespace {

/// What the limit of the account is overstepped by; 0 when it is kept.
std::int64_t excess_of(const Account& account, const Balance& balance) {
  WideSum over = 0;
  if (account.limit == Limit::debits_within_credits) {
    over = WideSum{balance.debits} + balance.debits_pending - balance.credits;
  } else if (account.limit == Limit::credits_within_debits) {
    over = WideSum{balance.credits} + balance.credits_pending - balance.debits;
  }
  return over > 0 ? static_cast<std::int64_t>(over) : 0;
}

}  // namespace

const Balances::Sums Balances::posted_sums{&Balance::debits, &Balance::credits,
                                           &Balance::debits_pending, &Balance::credits_pending};
const Balances::Sums Balances::pending_sums{&Balance::debits_pending, &Balance::credits_pending,
                                            &Balance::debits, &Balance::credits};

AccountId Balances::open(Account account) {
  accounts_.push_back({std::move(account), {}, {}});
  return {static_cast<std::uint32_t>(accounts_.size() - 1)};
}

std::optional<Refused> Balances::add(std::span<const Transfer> transfers, const Sums& sums) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < transfers.size(); ++i) {
    const Transfer& transfer = transfers[i];
    Balance& from = accounts_[transfer.debit.number].balance;
    Balance& to = accounts_[transfer.credit.number].balance;
    const bool debit_fits = transfer.amount <= most - from.*sums.debit - from.*sums.other_debit;
    const bool credit_fits = transfer.amount <= most - to.*sums.credit - to.*sums.other_credit;
    if (!debit_fits || !credit_fits) {
      take(transfers.first(i), sums);
      return Refused{Refused::Why::too_large, debit_fits ? transfer.credit : transfer.debit, 0};
    }
    from.*sums.debit += transfer.amount;
    to.*sums.credit += transfer.amount;
  }
  return std::nullopt;
}

void Balances::take(std::span<const Transfer> transfers, const Sums& sums) {
  for (const Transfer& transfer : transfers) {
    accounts_[transfer.debit.number].balance.*sums.debit -= transfer.amount;
    accounts_[transfer.credit.number].balance.*sums.credit -= transfer.amount;
  }
}

std::optional<Refused> Balances::beyond_limit(std::span<const Transfer> transfers) const {
  std::optional<Refused> refused;
  for (const Transfer& transfer : transfers) {
    for (const AccountId id : {transfer.debit, transfer.credit}) {
      const Kept& kept = accounts_[id.number];
      const std::int64_t excess = excess_of(kept.account, kept.balance);
      if (excess > 0 && (!refused || id < refused->account)) {
        refused = Refused{Refused::Why::limit, id, excess};
      }
    }
  }
  return refused;
}

std::optional<Refused> Balances::apply(const Change& change) {
  take(change.released, pending_sums);
  std::optional<Refused> refused = add(change.held, pending_sums);
  if (!refused) {
    refused = add(change.posted, posted_sums);
    if (!refused) {
      refused = beyond_limit(change.held);
      const std::optional<Refused> also = beyond_limit(change.posted);
      if (also && (!refused || also->account < refused->account)) {
        refused = also;
      }
      if (!refused) {
        turn_over(change.posted, change.period);
        return std::nullopt;
      }
      take(change.posted, posted_sums);
    }
    take(change.held, pending_sums);
  }
  for (const Transfer& transfer : change.released) {  // it was there before, so it fits
    accounts_[transfer.debit.number].balance.debits_pending += transfer.amount;
    accounts_[transfer.credit.number].balance.credits_pending += transfer.amount;
  }
  return refused;
}

Turnover& Balances::turnover_in(AccountId id, Period period) {
  auto& turnovers = accounts_[id.number].turnovers;
  if (!turnovers.empty() && turnovers.back().first == period) {
    return turnovers.back().second;
  }
  const auto place = std::ranges::lower_bound(turnovers, period, {},
                                              [](const auto& entry) { return entry.first; });
  if (place != turnovers.end() && place->first == period) {
    return place->second;
  }
  return turnovers.insert(place, {period, {}})->second;
}

void Balances::turn_over(std::span<const Transfer> transfers, Period period) {
  for (const Transfer& transfer : transfers) {
    turnover_in(transfer.debit, period).debits += transfer.amount;
    turnover_in(transfer.credit, period).credits += transfer.amount;
  }
}

Turnover Balances::turnover(AccountId id, Period period) const {
  const auto& turnovers = accounts_[id.number].turnovers;
  const auto place = std::ranges::lower_bound(turnovers, period, {},
                                              [](const auto& entry) { return entry.first; });
  return place != turnovers.end() && place->first == period ? place->second : Turnover{};
}

bool Balances::is_conserved() const {
  std::array<WideSum, units> posted{};
  std::array<WideSum, units> pending{};
  for (const Kept& kept : accounts_) {
    const auto unit = static_cast<std::size_t>(kept.account.unit);
    posted[unit] += WideSum{kept.balance.debits} - kept.balance.credits;
    pending[unit] += WideSum{kept.balance.debits_pending} - kept.balance.credits_pending;
  }
  const auto is_zero = [](WideSum sum) { return sum == 0; };
  return std::ranges::all_of(posted, is_zero) && std::ranges::all_of(pending, is_zero);
}

}  // namespace xiaoyuan::ledger
