// What reached the office of a made-up year: intervals and registers with everything that went
// wrong on their way, and what was sent later to mend it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "readings/intervals.hpp"
#include "sim/metering.hpp"

namespace xiaoyuan::sim {

/// A fault as faults.csv tells it.
struct FaultRecord {
  EventKind kind = EventKind::outage;
  std::string household;  ///< or the transformer
  std::string meter;
  std::optional<readings::Channel> channel;
  Instant from;
  Instant to;
  std::optional<std::int64_t> read_wh;  ///< what was read; of registers what they showed
  std::optional<std::int64_t> true_wh;
};

struct RawYear {
  std::vector<readings::Intervals> months;  ///< by month, then point and meter
  std::vector<readings::RegisterReading> registers;
  std::vector<readings::RegisterReading> corrections;  ///< they come in the month after
  std::vector<readings::Intervals> resent;             ///< nothing new
  std::vector<readings::Intervals> contradicting;      ///< says something else than `months`
  std::vector<FaultRecord> faults;
};

RawYear raw_year(const ActualYear& year, std::span<const Event> events,
                 std::span<const Metering> meters);

}  // namespace xiaoyuan::sim
