// Months settled one after another, from the agreement's first: what a month goes on from is
// settled before it.
#pragma once
#include <functional>

#include "office/settlement.hpp"

namespace xiaoyuan::office {

struct Through {
  ledger::Period last;
  std::function<Instant()> now;
  /// Told of each month; false stops with Fault::interrupted, and what is settled stays.
  std::function<bool(const Run& run, std::size_t done, std::size_t all)> on_run;
};

/// A month that the agreement settles. Errors: it is no month ("2026-10"), it lies before the
/// first. `field` is what messages call it.
Result<ledger::Period> settled_month(const std::string& text, const Village& village,
                                     const std::string& field);

/// Errors: those of Office::settle, with their instants in the village's time. The months before
/// the one that failed are settled then.
Result<void> settle_through(Office& office, const Village& village, const Through& through);

}  // namespace xiaoyuan::office
