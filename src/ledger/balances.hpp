// The accounts and what stands on them. Every change is a list of transfers, so debits equal
// credits in each unit by construction; it is made whole or not at all.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ledger/account.hpp"
#include "ledger/command.hpp"

namespace xiaoyuan::ledger {

struct Change {
  std::span<const Transfer> released{};  ///< pending before, no longer
  std::span<const Transfer> held{};      ///< pending from now on
  std::span<const Transfer> posted{};
  Period period{};  ///< of what is posted
};

/// Why a change was refused. Which account is named does not depend on the order of transfers
/// where a limit is broken; where a sum is too large it is the first found.
struct Refused {
  enum class Why { too_large, limit };
  Why why = Why::limit;
  AccountId account;
  std::int64_t excess = 0;  ///< by how much a limit would be broken
};

class Balances {
 public:
  AccountId open(Account account);
  std::size_t size() const { return accounts_.size(); }
  const Account& account(AccountId id) const { return accounts_[id.number].account; }
  const Balance& balance(AccountId id) const { return accounts_[id.number].balance; }
  Turnover turnover(AccountId id, Period period) const;

  /// Nothing when the change was made; otherwise nothing was changed.
  std::optional<Refused> apply(const Change& change);

  /// The sums of debits and credits over all accounts are equal in every unit, posted and pending.
  bool is_conserved() const;

 private:
  struct Kept {
    Account account;
    Balance balance;
    std::vector<std::pair<Period, Turnover>> turnovers;  // in the order of periods
  };
  using Sum = std::int64_t Balance::*;
  struct Sums {
    Sum debit;
    Sum credit;
    Sum other_debit;  // what the sum may not overflow together with
    Sum other_credit;
  };
  static const Sums posted_sums;
  static const Sums pending_sums;

  std::optional<Refused> add(std::span<const Transfer> transfers, const Sums& sums);
  void take(std::span<const Transfer> transfers, const Sums& sums);
  std::optional<Refused> beyond_limit(std::span<const Transfer> transfers) const;
  void turn_over(std::span<const Transfer> transfers, Period period);
  Turnover& turnover_in(AccountId id, Period period);

  std::vector<Kept> accounts_;
};

}  // namespace xiaoyuan::ledger
