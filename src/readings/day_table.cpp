#include "readings/day_table.hpp"

#include <numeric>

namespace xiaoyuan::readings {

namespace {

constexpr std::size_t most_recent = 6;
/// A row of a few bytes opens a whole day: a small file must not become a huge one.
constexpr std::size_t most_steps = 200'000'000;

}  // namespace

Intervals* DayTable::day_of(const std::string& meter, Channel channel, Instant start,
                            MeteredEnergy unit) {
  for (Intervals* day : recent_) {
    if (start >= day->axis.start && start < day->axis.end() && day->channel == channel &&
        day->meter == meter) {
      return day;
    }
  }
  if (start < last_axis_.start || start >= last_axis_.end()) {
    last_axis_ = day_axis(zone_, zone_.civil(start).date(), step_);
  }
  const auto [found, is_new] = days_.try_emplace({meter, channel, last_axis_.start});
  if (is_new && steps_ + last_axis_.size > most_steps) {
    days_.erase(found);
    return nullptr;
  }
  if (is_new) {
    steps_ += last_axis_.size;
    found->second = empty_intervals(meter, channel, last_axis_, unit);
  }
  if (recent_.size() == most_recent) {
    recent_.erase(recent_.begin());
  }
  recent_.push_back(&found->second);
  return &found->second;
}

DayTable::Put DayTable::put(const std::string& meter, Channel channel, Instant start,
                            std::int64_t count, MeteredEnergy unit) {
  Intervals* open = day_of(meter, channel, start, unit);
  if (!open) {
    return Put::full;
  }
  Intervals& day = *open;
  const auto offset = start - day.axis.start;
  if (offset % step_ != std::chrono::seconds{0}) {
    return Put::off_step;
  }
  if (unit != day.unit) {  // two columns of one channel, in two units
    const MeteredEnergy finer{std::gcd(unit.mwh, day.unit.mwh)};
    count *= unit.mwh / finer.mwh;
    day = in_unit(std::move(day), finer);
    count *= finer.mwh / day.unit.mwh;
  }
  const auto i = static_cast<std::size_t>(offset / step_);
  if (contradicted_.contains({&day, i})) {
    return Put::contradicts;
  }
  if (day.is_missing(i)) {
    day.counts[i] = count;
    day.quality[i] = Quality::measured;
    return Put::taken;
  }
  if (day.counts[i] == count) {
    return Put::repeated;
  }
  day.counts[i] = 0;
  day.quality[i] = Quality::missing;
  contradicted_.emplace(&day, i);
  return Put::contradicts;
}

std::vector<Intervals> DayTable::days() && {
  std::vector<Intervals> all;
  for (auto& [key, day] : days_) {
    if (missing_count(day) < day.axis.size) {
      all.push_back(std::move(day));
    }
  }
  return all;
}

}  // namespace xiaoyuan::readings
