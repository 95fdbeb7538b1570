// What contracts make due in a month, to the fen.
//
//   due(m) = C(to) − C(from),   C(n) = the rent of the contract's first n months, half up to the
//   fen
//
// so that what is paid up to any month is within half a fen of what was agreed, however it is cut,
// and twelve months are the year. Months count from the contract's first, and so do its quarters
// and years. A dividend is divided by largest remainder: its parts add up to it.
#pragma once
#include <span>
#include <vector>

#include "settle/agreement.hpp"

namespace xiaoyuan::settle {

/// An amount of a year as a fraction of fen: parts / per.
struct YearlyRent {
  std::int64_t parts = 0;
  std::int64_t per = 1;
};

/// What a rent multiplies.
struct RentedRoof {
  std::int64_t capacity_wp = 0;
  std::optional<std::int64_t> square_dm;
  Money income;  ///< what the grid company paid for its energy in the month
};

/// The rent of a lease for one roof in a month that the contract holds in. Error: a rent by area
/// where the area is not known.
Result<Money> rent_due(const Contract& contract, const RoofLease& lease, ledger::Period month,
                       const RentedRoof& roof);

/// The part of a yearly amount that is due in a month.
Money part_due(const YearlyRent& rent, const Contract& contract, const RoofLease& terms,
               ledger::Period month);

/// Whether a dividend is given out in the month, and for how many months that end with it.
int months_given_out(const Contract& contract, const Dividend& dividend, ledger::Period month);

/// The parts of a surplus, in the order of the members; nothing is given where there is none.
/// `capacities` stand beside the members.
std::vector<Money> dividend_parts(const Dividend& dividend, Money surplus,
                                  std::span<const std::int64_t> capacities);

/// money · ppm / 1,000,000, half up away from zero.
Money share_of(Money money, std::int64_t ppm);

}  // namespace xiaoyuan::settle
