// Sharing held against registers: the village's gate, each member's month, and the grid company's
// bill.
//
//   gate import − gate export = Σ from grid − Σ to grid + unaccounted     in every interval
//
// `unaccounted` is what losses, lamps and whatever has no meter take; below 0 a meter runs wrong.
// It is booked to a visible account, by interval and in sum, and never spread over members.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "settle/sharing.hpp"

namespace xiaoyuan::settle {

struct GateInterval {
  std::int64_t imported_wh = 0;
  std::int64_t exported_wh = 0;
};

struct GateBalance {
  std::vector<std::int64_t> unaccounted_wh;  ///< by interval
  std::int64_t unaccounted_sum_wh = 0;
  std::int64_t below_zero_wh = 0;  ///< the part of it where members' meters say more
  std::size_t intervals_below_zero = 0;
};

/// One gate reading for each interval of the month; an error where their numbers differ.
Result<GateBalance> gate_balance(const SharedMonth& month, const std::vector<GateInterval>& gate);

/// What the registers of a member say of the month; absent where it has no such register.
struct MemberRegisters {
  std::optional<MeteredEnergy> imported;
  std::optional<MeteredEnergy> exported;
};

/// Every member's intervals sum to its registers, exactly: readings/estimation makes them so. Where
/// they do not, the month is refused with each member's difference, for a bill is made of registers
/// and a difference is an error to be looked into.
Result<void> check_registers(const SharingTable& table,
                             const std::vector<MemberRegisters>& registers);

/// A sum of fen (below 0 too) in parts by weights (not negative, not all 0) that add up to it,
/// the same in every order of the names.
std::vector<Money> split_money(Money whole, const std::vector<std::string>& names,
                               const std::vector<std::int64_t>& weights);

/// What sharing moves between members at one price: each buyer pays amount(received, price), and
/// the sellers divide that by what they sold. Sums to 0.
struct SharedMoney {
  std::vector<Money> paid;    ///< by buyers, ≥ 0
  std::vector<Money> earned;  ///< by sellers, ≥ 0; Σ earned = Σ paid
};
SharedMoney shared_money(const std::vector<std::string>& members,
                         const std::vector<MemberTotal>& totals, Price price);

/// The grid company's bill at the gate (what it asks for the gate's import, what it pays for its
/// export) among members and `unaccounted`, by what each took from and gave to the grid.
struct GateBill {
  Money asked;
  Money paid;
};
struct GateShares {
  std::vector<Money> asked;  ///< by members, then of `unaccounted`; Σ = the bill
  std::vector<Money> paid;   ///< by members; Σ = the bill
};
/// Unaccounted energy below 0 has no part in the bill; the gate's balance shows it. An error where
/// something is asked or paid for energy that nobody took or gave.
Result<GateShares> split_gate_bill(const std::vector<std::string>& members,
                                   const std::vector<MemberTotal>& totals,
                                   std::int64_t unaccounted_wh, const GateBill& bill);

}  // namespace xiaoyuan::settle
