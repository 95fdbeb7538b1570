// What the stored intervals of a village say by local day and, behind each transformer, by hour:
// small sums that are kept beside the village's view, so that a month or a year is answered without
// unpacking a single interval again.
//
// A step counts in the time in which its meter served the household; a step that nobody knows is
// counted as missing, and so is one that cannot be: below zero, or more than the point's most power
// lets through (the rules negative_interval and spike of readings/estimation).
#pragma once
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "desk/energy.hpp"
#include "office/village.hpp"
#include "readings/intervals.hpp"
#include "store/store.hpp"

namespace xiaoyuan::desk {

/// A local day of one channel of a household.
struct ChannelDay {
  std::chrono::sys_days day;
  MeteredEnergy energy;  ///< of the steps that are known
  std::int32_t known = 0;
  std::int32_t steps = 0;                                 ///< that the day has
  readings::Quality worst = readings::Quality::measured;  ///< of those that are known

  bool is_whole() const { return known == steps; }
};

inline constexpr std::size_t channel_count = 3;

struct HouseholdDays {
  Channels channels;
  std::array<std::vector<ChannelDay>, channel_count> days;  ///< by Channel, in the order of time
  std::array<Instant, channel_count> known_until;           ///< end of the last known step
  std::chrono::seconds step{0};                             ///< the finest of its channels; 0: none

  /// Null where nothing was sent of that day.
  const ChannelDay* find(readings::Channel channel, std::chrono::sys_days day) const;
  /// Up to where all of its channels are known; nothing where one never was.
  std::optional<Instant> known_to() const;
};

/// What flowed behind a transformer, hour by hour from `start`.
struct TransformerHours {
  Instant start;
  std::vector<MeteredEnergy> generated, exported, imported;
  std::vector<std::int64_t> known_s;  ///< seconds of all channels together
  std::size_t channels = 0;           ///< behind it
  std::size_t impossible = 0;         ///< steps that were left out since they cannot be

  bool is_whole(std::size_t hour) const {
    return known_s[hour] == 3600 * static_cast<std::int64_t>(channels);
  }
};

struct VillageDays {
  std::vector<HouseholdDays> households;       ///< in the order of the village
  std::vector<TransformerHours> transformers;  ///< the same
};

/// Which household a meter served, and when. Looks into the village, which lives longer.
struct ServedHome {
  std::size_t household = 0;
  const readings::Service* service = nullptr;
  std::optional<std::int64_t> most_w{};  ///< of the metering point

  bool at(Instant at) const { return at >= service->from && (!service->to || at < *service->to); }
};
/// Whether a step is known, of the household, and such that it can have flowed.
enum class StepUse : std::uint8_t { counts, is_not_known, is_impossible };
StepUse use_of_step(const readings::Intervals& intervals, std::size_t step, const ServedHome& home);

using ServedByMeter = std::map<std::pair<std::string, readings::Channel>, std::vector<ServedHome>>;
/// Of all households; the village's own meter is none.
ServedByMeter served_by_meter(const office::Village& village);

/// All of the store's intervals. Errors: stored days that are damaged; those of the store.
Result<VillageDays> read_days(store::Store& store, const office::Village& village);

/// Index of a household by its id; the number of households where there is none.
std::size_t household_of(const office::Village& village, std::string_view id);

}  // namespace xiaoyuan::desk
