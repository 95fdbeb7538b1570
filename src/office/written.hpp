// Months, instants and amounts as people write them, and messages in the village's own time.
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/zone.hpp"
#include "ledger/period.hpp"

namespace xiaoyuan::office {

/// "2026-10"
Result<ledger::Period> month_from(const std::string& text, const std::string& field);
/// "2026-11-03" (the beginning of the local day), or with a time behind it.
Result<Instant> instant_from(const std::string& text, const Zone& zone, const std::string& field);
/// Yuan: "3.20", "-3.2"
Result<Money> money_from(const std::string& text, const std::string& field);

/// A message with its instants ("2026-03-31T16:00:00Z") in the village's time: 2026-04-01 00:00.
std::string in_local_time(std::string message, const Zone& zone);
Text in_local_time(Text message, const Zone& zone);
Errors in_local_time(Errors errors, const Zone& zone);

}  // namespace xiaoyuan::office
