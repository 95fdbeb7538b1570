#include "desk/energy_days.hpp"

#include <algorithm>

#include "readings/seal.hpp"

namespace xiaoyuan::desk {

namespace {

using readings::Intervals;

/// The place of an hour; makes room for it at either end.
std::size_t hour_slot(TransformerHours& hours, Instant at) {
  const auto hour = std::chrono::floor<std::chrono::hours>(at);
  if (hours.known_s.empty()) {
    hours.start = hour;
  }
  const auto before = std::chrono::duration_cast<std::chrono::hours>(hours.start - hour).count();
  if (before > 0) {
    const auto room = static_cast<std::size_t>(before);
    for (auto* series : {&hours.generated, &hours.exported, &hours.imported}) {
      series->insert(series->begin(), room, MeteredEnergy{});
    }
    hours.known_s.insert(hours.known_s.begin(), room, 0);
    hours.start = hour;
  }
  const auto slot = static_cast<std::size_t>(
      std::chrono::duration_cast<std::chrono::hours>(hour - hours.start).count());
  if (slot >= hours.known_s.size()) {
    for (auto* series : {&hours.generated, &hours.exported, &hours.imported}) {
      series->resize(slot + 1);
    }
    hours.known_s.resize(slot + 1);
  }
  return slot;
}

std::vector<MeteredEnergy>& series_of(TransformerHours& hours, readings::Channel channel) {
  switch (channel) {
    case readings::Channel::generated:
      return hours.generated;
    case readings::Channel::exported:
      return hours.exported;
    case readings::Channel::imported:
      break;
  }
  return hours.imported;
}

class DaysReading {
 public:
  explicit DaysReading(const office::Village& village)
      : village_(village), served_(served_by_meter(village)) {
    days_.households.resize(village.model().households.size());
    days_.transformers.resize(village.model().transformers.size());
    for (const auto& [key, homes] : served_) {
      for (const ServedHome& home : homes) {
        note_channel(home.household, key.second);
      }
    }
  }

  void take(const store::StoredDay& stored) {
    const auto homes = served_.find({stored.meter, stored.channel});
    if (homes == served_.end()) {
      return;
    }
    auto intervals = readings::opened({stored.meter, stored.packed, stored.digest});
    if (!gather(intervals, errors_)) {
      return;
    }
    for (const ServedHome& home : homes->second) {
      add_day(*intervals, home);
    }
  }

  Result<VillageDays> finish() {
    if (!errors_.empty()) {
      return std::unexpected(std::move(errors_));
    }
    for (HouseholdDays& household : days_.households) {
      for (std::vector<ChannelDay>& days : household.days) {
        join_parts(days);
      }
    }
    return std::move(days_);
  }

 private:
  void note_channel(std::size_t household, readings::Channel channel) {
    Channels& channels = days_.households[household].channels;
    bool& has = channel == readings::Channel::generated  ? channels.generated
                : channel == readings::Channel::exported ? channels.exported
                                                         : channels.imported;
    if (!has) {
      has = true;
      ++days_.transformers[village_.model().households[household].transformer].channels;
    }
  }

  void add_day(const Intervals& intervals, const ServedHome& home) {
    HouseholdDays& household = days_.households[home.household];
    const auto channel = static_cast<std::size_t>(intervals.channel);
    const Date date = village_.zone().civil(intervals.axis.start).date();
    const TimeAxis whole = readings::day_axis(village_.zone(), date, intervals.axis.step);
    ChannelDay day{.day = std::chrono::sys_days(date),
                   .energy = {},
                   .known = 0,
                   .steps = static_cast<std::int32_t>(whole.size)};
    TransformerHours& hours =
        days_.transformers[village_.model().households[home.household].transformer];
    Instant& until = household.known_until[channel];
    for (std::size_t i = 0; i < intervals.axis.size; ++i) {
      const Instant at = intervals.axis.at(i);
      const StepUse use = use_of_step(intervals, i, home);
      if (use != StepUse::counts) {
        hours.impossible += use == StepUse::is_impossible ? 1 : 0;
        continue;
      }
      const MeteredEnergy energy = intervals.at(i);
      ++day.known;
      day.energy += energy;
      day.worst = std::max(day.worst, intervals.quality[i]);
      const std::size_t slot = hour_slot(hours, at);
      series_of(hours, intervals.channel)[slot] += energy;
      if (intervals.channel == readings::Channel::generated && !household.channels.exported) {
        hours.exported[slot] += energy;  // all is sold through the plant's own meter
      } else if (intervals.channel == readings::Channel::exported &&
                 !household.channels.generated) {
        hours.generated[slot] += energy;
      }
      hours.known_s[slot] += intervals.axis.step.count();
      until = std::max(until, at + intervals.axis.step);
    }
    if (day.known > 0) {
      household.days[channel].push_back(day);
      household.step = household.step.count() == 0 ? intervals.axis.step
                                                   : std::min(household.step, intervals.axis.step);
    }
  }

  /// Days in their order, the parts of two meters that shared one put together.
  static void join_parts(std::vector<ChannelDay>& days) {
    std::ranges::stable_sort(days, {}, &ChannelDay::day);
    std::vector<ChannelDay> joined;
    for (const ChannelDay& day : days) {
      if (joined.empty() || joined.back().day != day.day) {
        joined.push_back(day);
        continue;
      }
      ChannelDay& same = joined.back();
      same.energy += day.energy;
      same.known += day.known;
      same.worst = std::max(same.worst, day.worst);
    }
    days = std::move(joined);
  }

  const office::Village& village_;
  ServedByMeter served_;
  VillageDays days_;
  Errors errors_;
};

}  // namespace

const ChannelDay* HouseholdDays::find(readings::Channel channel, std::chrono::sys_days day) const {
  const std::vector<ChannelDay>& all = days[static_cast<std::size_t>(channel)];
  const auto place = std::ranges::lower_bound(all, day, {}, &ChannelDay::day);
  return place == all.end() || place->day != day ? nullptr : &*place;
}

std::optional<Instant> HouseholdDays::known_to() const {
  std::optional<Instant> earliest;
  const std::array<bool, channel_count> has{channels.imported, channels.exported,
                                            channels.generated};
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    if (!has[channel]) {
      continue;
    }
    if (days[channel].empty()) {
      return std::nullopt;
    }
    earliest = std::min(earliest.value_or(known_until[channel]), known_until[channel]);
  }
  return earliest;
}

std::size_t household_of(const office::Village& village, std::string_view id) {
  const auto& households = village.model().households;
  const auto place = std::ranges::find(households, id, &model::Household::id);
  return static_cast<std::size_t>(place - households.begin());
}

StepUse use_of_step(const readings::Intervals& intervals, std::size_t step,
                    const ServedHome& home) {
  if (intervals.is_missing(step) || !home.at(intervals.axis.at(step))) {
    return StepUse::is_not_known;
  }
  const MeteredEnergy energy = intervals.at(step);
  const auto most =
      home.most_w ? readings::energy_of(*home.most_w, intervals.axis.step) : std::nullopt;
  const bool is_spike = most && energy > *most + intervals.unit;
  return energy < MeteredEnergy{} || is_spike ? StepUse::is_impossible : StepUse::counts;
}

ServedByMeter served_by_meter(const office::Village& village) {
  ServedByMeter served;
  for (const readings::MeterPoint& point : village.points) {
    const std::size_t household = household_of(village, point.household);
    if (household == village.model().households.size()) {
      continue;
    }
    for (const readings::Service& service : point.services) {
      served[{service.meter, point.channel}].push_back({household, &service, point.most_w});
    }
  }
  return served;
}

Result<VillageDays> read_days(store::Store& store, const office::Village& village) {
  DaysReading reading(village);
  auto done = store.days({}, [&](const store::StoredDay& day) {
    reading.take(day);
    return true;
  });
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  return reading.finish();
}

}  // namespace xiaoyuan::desk
