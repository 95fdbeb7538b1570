#include "desk/energy_series.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "readings/quantity.hpp"
#include "readings/seal.hpp"

namespace xiaoyuan::desk {

namespace {

constexpr std::array<readings::Channel, channel_count> all_channels{
    readings::Channel::imported, readings::Channel::exported, readings::Channel::generated};

bool has(const Channels& channels, readings::Channel channel) {
  switch (channel) {
    case readings::Channel::imported:
      return channels.imported;
    case readings::Channel::exported:
      return channels.exported;
    case readings::Channel::generated:
      break;
  }
  return channels.generated;
}

std::optional<MeteredEnergy>& part_of(Metered& metered, readings::Channel channel) {
  switch (channel) {
    case readings::Channel::imported:
      return metered.imported;
    case readings::Channel::exported:
      return metered.exported;
    case readings::Channel::generated:
      break;
  }
  return metered.generated;
}

bool has_any(const Channels& channels) {
  return channels.imported || channels.exported || channels.generated;
}

/// What one household brings to a step.
struct Share {
  Energy energy;
  readings::Quality quality = readings::Quality::measured;
  EnergySource source = EnergySource::intervals;
};

/// Puts a household's share into a step; a step is as good as the worst that is in it.
void take_share(EnergyStep& step, const Share& share) {
  const bool is_first = step.heard == 0 && step.source == EnergySource::none;
  step.quality = is_first ? share.quality : std::max(step.quality, share.quality);
  const bool is_known = share.energy != Energy{};
  if (is_known) {
    add(step.energy, share.energy);
    ++step.heard;
  }
  if (is_first || share.source == EnergySource::intervals) {
    step.source = share.source;
  }
}

Share share_of_day(const HouseholdDays& household, std::chrono::sys_days day) {
  Metered metered;
  Share share;
  for (const readings::Channel channel : all_channels) {
    if (!has(household.channels, channel)) {
      continue;
    }
    const ChannelDay* found = household.find(channel, day);
    if (found == nullptr || !found->is_whole()) {
      share.quality = readings::Quality::missing;
      continue;
    }
    share.quality = std::max(share.quality, found->worst);
    part_of(metered, channel) = found->energy;
  }
  share.energy = energy_of(metered, household.channels);
  return share;
}

/// The points of each household of a place, by channel.
using Points = std::vector<std::array<const readings::MeterPoint*, channel_count>>;
Points points_of(const office::Village& village) {
  Points points(village.model().households.size());
  for (const readings::MeterPoint& point : village.points) {
    const std::size_t household = household_of(village, point.household);
    if (household < points.size()) {
      points[household][static_cast<std::size_t>(point.channel)] = &point;
    }
  }
  return points;
}

/// A month of a household by its registers; nothing where one of them does not say.
std::optional<Share> share_of_registers(const EnergyPlace& place, const Points& points,
                                        std::size_t household, const readings::Period& month) {
  Metered metered;
  Share share{.energy = {}, .source = EnergySource::registers};
  const readings::QuantityRules rules{.whole_kwh = place.village.agreement.whole_kwh};
  for (const readings::Channel channel : all_channels) {
    const readings::MeterPoint* point = points[household][static_cast<std::size_t>(channel)];
    if (point == nullptr) {
      continue;
    }
    const auto quantity =
        readings::quantity(*point, readings::Rate::total, place.registers, month, rules);
    if (!quantity) {
      return std::nullopt;
    }
    part_of(metered, channel) = quantity->energy;
    const bool is_estimated = quantity->grade != readings::Grade::measured;
    const auto quality = static_cast<readings::Quality>(
        std::min(static_cast<int>(quantity->grade), static_cast<int>(readings::Quality::missing)));
    share.quality = is_estimated ? std::max(share.quality, quality) : share.quality;
  }
  share.energy = energy_of(metered, place.days.households[household].channels);
  return share.energy == Energy{} ? std::nullopt : std::optional(share);
}

/// What is known of a stretch of days, and how much of it is missing.
struct Stretch {
  std::chrono::sys_days from;
  std::chrono::sys_days last;
  std::optional<Instant> until{};  ///< steps after it are not missed
};
struct Known {
  Energy energy;
  readings::Quality worst = readings::Quality::measured;
  std::size_t missing_steps = 0;
};

class Adding {
 public:
  Adding(const Zone& zone, const HouseholdDays& household) : zone_(zone), household_(household) {}

  Known over(const Stretch& stretch) {
    std::array<std::int64_t, channel_count> known{};
    Metered metered;
    Known result;
    for (const readings::Channel channel : all_channels) {
      if (!has(household_.channels, channel)) {
        continue;
      }
      std::int64_t& steps = known[static_cast<std::size_t>(channel)];
      for (std::chrono::sys_days day = stretch.from; day <= stretch.last;
           day += std::chrono::days(1)) {
        const ChannelDay* found = household_.find(channel, day);
        const std::int64_t here = found != nullptr ? found->known : 0;
        const std::int64_t missing = expected(found, day, stretch.until) - here;
        result.missing_steps += static_cast<std::size_t>(std::max<std::int64_t>(0, missing));
        if (found != nullptr) {
          steps += here;
          result.worst = std::max(result.worst, found->worst);
          auto& sum = part_of(metered, channel);
          sum = sum.value_or(MeteredEnergy{}) + found->energy;
        }
      }
    }
    result.energy = energy_of(metered, household_.channels);
    const auto of = [&](readings::Channel channel) {
      return known[static_cast<std::size_t>(channel)];
    };
    const bool is_apart = household_.channels.generated && household_.channels.exported &&
                          of(readings::Channel::generated) != of(readings::Channel::exported);
    if (is_apart) {  // of other steps: their difference is nothing that anybody used
      result.energy.self_used.reset();
      result.energy.used.reset();
    }
    return result;
  }

 private:
  /// The steps that a day should have, up to where anything could be known.
  std::int64_t expected(const ChannelDay* found, std::chrono::sys_days day,
                        std::optional<Instant> until) const {
    const Instant start = zone_.instant(Date(day), 0);
    const Instant end = zone_.instant(Date(day + std::chrono::days(1)), 0);
    const std::chrono::seconds step =
        found != nullptr && found->steps > 0 ? (end - start) / found->steps : household_.step;
    const Instant known_end = until ? std::clamp(*until, start, end) : end;
    return step.count() > 0 ? (known_end - start) / step : 0;
  }

  const Zone& zone_;
  const HouseholdDays& household_;
};

Share share_of_month_days(const EnergyPlace& place, std::size_t household,
                          std::chrono::year_month month) {
  const std::chrono::sys_days first(month / std::chrono::day(1));
  const std::chrono::sys_days last(month / std::chrono::last);
  const Known known =
      Adding(place.village.zone(), place.days.households[household]).over({first, last});
  Share share{.energy = known.energy, .quality = known.worst};
  if (known.missing_steps > 0 || known.energy == Energy{}) {
    share.quality = readings::Quality::missing;
  }
  return share;
}

void finish(EnergySeries& series) {
  for (EnergyStep& step : series.steps) {
    add(series.sums, step.energy);
    if (step.heard == 0) {
      step.quality = readings::Quality::missing;
      step.source = EnergySource::none;
    }
    series.missing_steps += step.quality == readings::Quality::missing ? 1 : 0;
  }
}

EnergySeries by_day(const EnergyPlace& place, const EnergyWanted& wanted) {
  EnergySeries series;
  for (std::chrono::sys_days day(wanted.from); day < std::chrono::sys_days(wanted.to);
       day += std::chrono::days(1)) {
    EnergyStep step{.start = place.village.zone().instant(Date(day), 0), .energy = {}};
    for (const std::size_t household : place.households) {
      if (has_any(place.days.households[household].channels)) {
        take_share(step, share_of_day(place.days.households[household], day));
      }
    }
    series.steps.push_back(step);
  }
  series.end = place.village.zone().instant(wanted.to, 0);
  finish(series);
  return series;
}

EnergySeries by_month(const EnergyPlace& place, const EnergyWanted& wanted) {
  EnergySeries series;
  const Points points = points_of(place.village);
  const Date last(std::chrono::sys_days(wanted.to) - std::chrono::days(1));
  std::chrono::year_month month(wanted.from.year(), wanted.from.month());
  for (; month <= std::chrono::year_month(last.year(), last.month());
       month += std::chrono::months(1)) {
    const readings::Period period = readings::month_of(place.village.zone(), month);
    EnergyStep step{.start = period.from, .energy = {}};
    for (const std::size_t household : place.households) {
      if (has_any(place.days.households[household].channels)) {
        const auto share = share_of_registers(place, points, household, period);
        take_share(step, share ? *share : share_of_month_days(place, household, month));
      }
    }
    series.end = period.to;
    series.steps.push_back(step);
  }
  finish(series);
  return series;
}

/// The intervals of some households, laid into steps.
class Laying {
 public:
  Laying(const EnergyPlace& place, const TimeAxis& axis)
      : place_(place), axis_(axis), served_(served_by_meter(place.village)) {
    positions_.assign(place.days.households.size(), nowhere);
    for (std::size_t i = 0; i < place.households.size(); ++i) {
      positions_[place.households[i]] = i;
    }
    sums_.resize(place.households.size());
    for (auto& household : sums_) {
      for (std::vector<Sum>& sums : household) {
        sums.resize(axis.size);
      }
    }
  }

  /// No meters at all would ask the store for all of them.
  std::vector<std::string> meters() const {
    std::vector<std::string> names;
    for (const auto& [key, homes] : served_) {
      if (std::ranges::any_of(homes, [&](const ServedHome& home) {
            return positions_[home.household] != nowhere;
          })) {
        names.push_back(key.first);
      }
    }
    return names;
  }

  bool take(const store::StoredDay& stored) {
    const auto homes = served_.find({stored.meter, stored.channel});
    if (homes == served_.end()) {
      return true;
    }
    const auto intervals = readings::opened({stored.meter, stored.packed, stored.digest});
    if (!intervals) {
      errors_ = intervals.error();
      return false;
    }
    if (intervals->axis.step > axis_.step) {
      errors_ = too_fine(intervals->axis.step);
      return false;
    }
    for (const ServedHome& home : homes->second) {
      if (positions_[home.household] != nowhere) {
        add_intervals(*intervals, home);
      }
    }
    return true;
  }

  const Errors& errors() const { return errors_; }

  EnergySeries series() const {
    EnergySeries series;
    for (std::size_t i = 0; i < axis_.size; ++i) {
      EnergyStep step{.start = axis_.at(i), .energy = {}};
      for (std::size_t k = 0; k < place_.households.size(); ++k) {
        if (has_any(channels_of(k))) {
          take_share(step, share(k, i));
        }
      }
      series.steps.push_back(step);
    }
    series.end = axis_.end();
    finish(series);
    return series;
  }

 private:
  static constexpr std::size_t nowhere = ~std::size_t{0};
  struct Sum {
    MeteredEnergy energy;
    std::int32_t known_s = 0;
    readings::Quality worst = readings::Quality::measured;
  };

  const Channels& channels_of(std::size_t k) const {
    return place_.days.households[place_.households[k]].channels;
  }

  static Errors too_fine(std::chrono::seconds step) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(step).count();
    return fail(Fault::bad_input,
                {fmt::format("the readings come in steps of {} minutes; ask for longer ones",
                             minutes),
                 fmt::format("数据间隔为 {} 分钟,请选用更长的步长", minutes)},
                {"", 0, "step"})
        .error();
  }

  void add_intervals(const readings::Intervals& intervals, const ServedHome& home) {
    auto& sums = sums_[positions_[home.household]][static_cast<std::size_t>(intervals.channel)];
    for (std::size_t i = 0; i < intervals.axis.size; ++i) {
      const Instant at = intervals.axis.at(i);
      if (at < axis_.start || at >= axis_.end() ||
          use_of_step(intervals, i, home) != StepUse::counts) {
        continue;
      }
      Sum& sum = sums[static_cast<std::size_t>((at - axis_.start) / axis_.step)];
      sum.energy += intervals.at(i);
      sum.known_s += static_cast<std::int32_t>(intervals.axis.step.count());
      sum.worst = std::max(sum.worst, intervals.quality[i]);
    }
  }

  Share share(std::size_t k, std::size_t i) const {
    Share share;
    Metered metered;
    for (const readings::Channel channel : all_channels) {
      if (!has(channels_of(k), channel)) {
        continue;
      }
      const Sum& sum = sums_[k][static_cast<std::size_t>(channel)][i];
      if (sum.known_s != axis_.step.count()) {
        share.quality = readings::Quality::missing;
        continue;
      }
      share.quality = std::max(share.quality, sum.worst);
      part_of(metered, channel) = sum.energy;
    }
    share.energy = energy_of(metered, channels_of(k));
    return share;
  }

  const EnergyPlace& place_;
  TimeAxis axis_;
  ServedByMeter served_;
  std::vector<std::size_t> positions_;                             // by household of the village
  std::vector<std::array<std::vector<Sum>, channel_count>> sums_;  // by household of the place
  Errors errors_;
};

std::chrono::sys_days last_known_day(const EnergyPlace& place, Instant& until) {
  until = Instant::min();
  for (const std::size_t household : place.households) {
    for (std::size_t channel = 0; channel < channel_count; ++channel) {
      if (!place.days.households[household].days[channel].empty()) {
        until = std::max(until, place.days.households[household].known_until[channel]);
      }
    }
  }
  return until == Instant::min()
             ? std::chrono::sys_days{}
             : std::chrono::sys_days(
                   place.village.zone().civil(until - std::chrono::seconds(1)).date());
}

EnergySoFar sum_over(const EnergyPlace& place, const Stretch& stretch) {
  EnergySoFar all{.from = place.village.zone().instant(Date(stretch.from), 0),
                  .to = *stretch.until,
                  .energy = {}};
  for (const std::size_t household : place.households) {
    const HouseholdDays& home = place.days.households[household];
    if (home.step.count() == 0) {
      continue;  // nobody sends its intervals
    }
    const Known known = Adding(place.village.zone(), home).over(stretch);
    add(all.energy, known.energy);
    all.missing_steps += known.missing_steps;
  }
  return all;
}

}  // namespace

const std::vector<std::string>& words_of(EnergyStepLength) {
  static const std::vector<std::string> words{"quarter", "hour", "day", "month"};
  return words;
}

const std::vector<std::string>& words_of(EnergySource) {
  static const std::vector<std::string> words{"intervals", "registers", "none"};
  return words;
}

Result<EnergyWanted> checked(const EnergyWanted& wanted) {
  constexpr std::array<int, 4> most_days{31, 92, 1100, 7500};
  const auto count =
      (std::chrono::sys_days(wanted.to) - std::chrono::sys_days(wanted.from)).count();
  if (count <= 0) {
    return fail(
        Fault::bad_input,
        {fmt::format("expected a day after {}, found {}", text_of(wanted.from), text_of(wanted.to)),
         fmt::format("应晚于 {},实为 {}", text_of(wanted.from), text_of(wanted.to))},
        {"", 0, "to"});
  }
  const int most = most_days[static_cast<std::size_t>(wanted.step)];
  if (count > most) {
    const std::string& word = words_of(wanted.step)[static_cast<std::size_t>(wanted.step)];
    return fail(Fault::bad_input,
                {fmt::format("steps of a {} go over {} days at most, found {}", word, most, count),
                 fmt::format("步长 {} 最多可查 {} 天,实为 {} 天", word, most, count)},
                {"", 0, "to"});
  }
  return wanted;
}

EnergySeries series_of_days(const EnergyPlace& place, const EnergyWanted& wanted) {
  return wanted.step == EnergyStepLength::month ? by_month(place, wanted) : by_day(place, wanted);
}

Result<EnergySeries> series_of_steps(const EnergyPlace& place, const EnergyWanted& wanted,
                                     store::Store& store) {
  constexpr std::chrono::seconds quarter(900);
  constexpr std::chrono::seconds hour(3600);
  const Instant start = place.village.zone().instant(wanted.from, 0);
  const Instant end = place.village.zone().instant(wanted.to, 0);
  TimeAxis axis{
      .start = start, .step = wanted.step == EnergyStepLength::quarter ? quarter : hour, .size = 0};
  axis.size = static_cast<std::size_t>((end - start) / axis.step);
  Laying laying(place, axis);
  const store::Asked asked{
      .meters = laying.meters(), .from = start, .to = end - std::chrono::seconds(1)};
  if (asked.meters.empty()) {
    return laying.series();
  }
  auto done = store.days(asked, [&](const store::StoredDay& day) { return laying.take(day); });
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  if (!laying.errors().empty()) {
    return std::unexpected(laying.errors());
  }
  return laying.series();
}

SoFar so_far(const EnergyPlace& place) {
  Instant until;
  const std::chrono::sys_days day = last_known_day(place, until);
  if (until == Instant::min()) {
    return {};
  }
  const Date date(day);
  const std::chrono::sys_days first(date.year() / date.month() / std::chrono::day(1));
  return {.today = sum_over(place, {day, day, until}),
          .this_month = sum_over(place, {first, day, until})};
}

}  // namespace xiaoyuan::desk
