// A village as its settlement office knows it: households and prices of its plan's files, beside
// them meters.csv (readings/points.hpp) and settlement.toml (settle/agreement.hpp).
#pragma once
#include <vector>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "plan/inputs.hpp"
#include "readings/meter.hpp"
#include "settle/month.hpp"

namespace xiaoyuan::office {

/// A file that the settlement stands on.
struct Pin {
  std::string file;
  Digest digest;
  friend bool operator==(const Pin&, const Pin&) = default;
};

struct Village {
  plan::Inputs plan;
  settle::Agreement agreement;
  std::vector<readings::MeterPoint> points;
  settle::AvoidedFactor factor;
  std::vector<Pin> pins;  ///< the village's own files, by name

  const model::Village& model() const { return plan.village; }
  const Zone& zone() const { return plan.village.zone; }
};

/// Errors, all at once: those of the plan's files, no settlement.toml or meters.csv, an unknown
/// factor, a roof of a company or a co-operative that no lease names. Contracts with households
/// that the village does not have are errors of the months in which they hold.
Result<Village> read_village(const Files& village, const Files& share);

/// The village's prices laid over one month.
struct MonthPrices {
  settle::MonthTariff buying;
  settle::MonthTariff selling;
};
Result<MonthPrices> prices_of(const Village& village, ledger::Period month);

/// The households as they are settled; the prices live longer. What earlier months of the year have
/// counted is not in them.
std::vector<settle::Member> members_of(const Village& village, const MonthPrices& prices);

std::chrono::year_month calendar_month(ledger::Period month);

}  // namespace xiaoyuan::office
