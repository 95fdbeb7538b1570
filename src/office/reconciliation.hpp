// What the grid company states of a month beside our settled month: each household and channel
// equal to the fen, or how much apart and why (settle/shadow.hpp).
//
// A stated figure belongs to the household of its meter; a meter that is not ours is told. Money
// stands without a channel in a sheet, and so belongs to the one channel whose energy the same
// mapping states.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "office/settlement.hpp"
#include "readings/import.hpp"
#include "settle/shadow.hpp"

namespace xiaoyuan::office {

/// A sheet with the mapping by which it is read.
struct StatedSheet {
  std::string file;
  std::string bytes;
  std::string mapping;  ///< its text
};

/// The sheets of imported files that state figures of their own. Errors: those of the store, of the
/// kept mappings.
Result<std::vector<StatedSheet>> imported_sheets(store::Store& store);

struct HouseholdChannel {
  std::string household;
  readings::Channel channel = readings::Channel::imported;
};

struct Reconciled {
  ledger::Period month;
  std::vector<settle::Shadow> shadows;        ///< by household and channel
  std::vector<HouseholdChannel> unstated;     ///< ours, and on none of the sheets
  std::vector<HouseholdChannel> not_settled;  ///< stated, and not settled by us
  std::vector<std::string> strangers;         ///< meters that are not the village's
  std::size_t other_months = 0;               ///< figures of other periods
  Errors refused;  ///< rows that could not be read, or name another household than ours
  settle::Statement statement;  ///< the grid company's, with `theirs`

  bool is_equal() const;
};

/// Errors: those of a whole sheet, no sheet that states anything, money of several channels, those
/// of the month.
Result<Reconciled> reconcile(Office& office, const Village& village, ledger::Period month,
                             std::span<const StatedSheet> sheets);

}  // namespace xiaoyuan::office
