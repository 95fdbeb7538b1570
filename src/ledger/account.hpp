// An account of the book: one owner, one unit, and how far its balance may go.
#pragma once
#include <compare>
#include <cstdint>
#include <string>

#include "base/text.hpp"

namespace xiaoyuan::ledger {

enum class Unit : std::uint8_t { fen, wh, gco2e, certificate };
inline constexpr std::size_t units = 4;

enum class AccountKind : std::uint8_t {
  ordinary,
  rounding,     ///< what roundings leave over, in sight
  unaccounted,  ///< what no member can be given: losses between the gate and the houses
  dispute,      ///< holds what is frozen until a dispute is resolved
  environment   ///< of a pool: only recognising, restating and clawing back move it
};

enum class Limit : std::uint8_t { none, debits_within_credits, credits_within_debits };

/// Accounts are numbered in the order in which they were opened, from 0.
struct AccountId {
  std::uint32_t number = 0;
  friend auto operator<=>(AccountId, AccountId) = default;
};

/// The account's code is the key of the entry that opened it.
struct Account {
  std::string owner;
  Text name;
  Unit unit = Unit::fen;
  AccountKind kind = AccountKind::ordinary;
  Limit limit = Limit::none;
  friend bool operator==(const Account&, const Account&) = default;
};

/// Sums of all that was moved, never negative. What is pending counts against a limit where it
/// would use the balance up, and not where it would add to it.
struct Balance {
  std::int64_t debits = 0;
  std::int64_t credits = 0;
  std::int64_t debits_pending = 0;
  std::int64_t credits_pending = 0;
  /// What was credited more than debited.
  std::int64_t credit() const { return credits - debits; }
  friend bool operator==(const Balance&, const Balance&) = default;
};

/// What was moved in one period.
struct Turnover {
  std::int64_t debits = 0;
  std::int64_t credits = 0;
  friend bool operator==(const Turnover&, const Turnover&) = default;
};

Text name_of(Unit unit);
Text name_of(AccountKind kind);

}  // namespace xiaoyuan::ledger
