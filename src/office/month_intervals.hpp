// The intervals of a month as settlement wants them: per metering point, over the whole month, what
// is missing estimated by the written rule and anchored to the registers.
#pragma once
#include <vector>

#include "office/village.hpp"
#include "store/store.hpp"

namespace xiaoyuan::office {

struct IntervalsWanted {
  ledger::Period month;
  Instant known_at;
  const readings::Registers* registers = nullptr;
  unsigned threads = 0;  ///< 0: one for each core
};

/// Empty where nothing of the month's prices and rules asks for intervals. `meter` of each is its
/// household. Errors: stored days that are damaged, days of one point in different steps.
Result<std::vector<readings::Intervals>> month_intervals(store::Store& store,
                                                         const Village& village,
                                                         const MonthPrices& prices,
                                                         const IntervalsWanted& wanted);

}  // namespace xiaoyuan::office
