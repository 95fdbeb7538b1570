// Gathers the intervals of a file by meter, channel and local day, as they come.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "readings/intervals.hpp"

namespace xiaoyuan::readings {

class DayTable {
 public:
  DayTable(const Zone& zone, std::chrono::seconds step) : zone_(zone), step_(step) {}

  enum class Put : std::uint8_t { taken, repeated, contradicts, off_step, full };
  /// A step that another value has is emptied, whichever of the two came first: nobody knows which
  /// is right.
  Put put(const std::string& meter, Channel channel, Instant start, std::int64_t count,
          MeteredEnergy unit);
  /// The days in the order of meter, channel and time.
  std::vector<Intervals> days() &&;

 private:
  using Key = std::tuple<std::string, Channel, Instant>;
  /// Null when the file would need more days than can be held.
  Intervals* day_of(const std::string& meter, Channel channel, Instant start, MeteredEnergy unit);

  Zone zone_;
  std::chrono::seconds step_;
  std::map<Key, Intervals> days_;
  std::set<std::pair<const Intervals*, std::size_t>> contradicted_;
  std::vector<Intervals*> recent_;  ///< files run through one day of a few channels at a time
  TimeAxis last_axis_;
  std::size_t steps_ = 0;  ///< of all days
};

}  // namespace xiaoyuan::readings
