#include "readings/intervals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.hpp"

namespace xiaoyuan::readings {

namespace {

bool fits(const TimeAxis& axis, const Intervals& piece) {
  return piece.axis.step == axis.step &&
         (piece.axis.start - axis.start) % axis.step == std::chrono::seconds{0};
}

/// The shift that a meter's clock had when it showed an instant; null when its clock was right.
const ClockShift* shift_at(std::span<const ClockShift> shifts, const std::string& meter,
                           Instant shown) {
  for (const ClockShift& shift : shifts) {
    const Instant is = shown - shift.ahead;
    if (shift.meter == meter && is >= shift.from && is < shift.to) {
      return &shift;
    }
  }
  return nullptr;
}

std::optional<std::size_t> index_of(const TimeAxis& axis, Instant at) {
  if (at < axis.start || at >= axis.end()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>((at - axis.start) / axis.step);
}

RuleNote shift_note(const Unshifted& result, bool knows_none) {
  if (knows_none) {
    return {Rule::clock_shift, Outcome::skipped, {"no clock shift is known", "无时钟偏差记录"}};
  }
  if (result.moved + result.doubted == 0) {
    return {Rule::clock_shift, Outcome::passed, {"no step is touched", "不涉及本时段"}};
  }
  return {
      Rule::clock_shift,
      result.doubted > 0 ? Outcome::failed : Outcome::acted,
      {fmt::format("{} steps moved back; {} are off by part of a step and were left", result.moved,
                   result.doubted),
       fmt::format("{} 个点已移回;{} 个点偏差不足整步长,未作改动", result.moved, result.doubted)}};
}

void set(Intervals& intervals, std::size_t i, std::int64_t count, Quality quality) {
  intervals.counts[i] = count;
  intervals.quality[i] = quality;
}

}  // namespace

Intervals empty_intervals(std::string meter, Channel channel, const TimeAxis& axis,
                          MeteredEnergy unit) {
  return {.meter = std::move(meter),
          .channel = channel,
          .axis = axis,
          .unit = unit,
          .counts = std::vector<std::int64_t>(axis.size, 0),
          .quality = std::vector<Quality>(axis.size, Quality::missing)};
}

MeteredEnergy sum_of(const Intervals& intervals, std::size_t from, std::size_t to) {
  std::int64_t sum = 0;
  for (std::size_t i = from; i < to; ++i) {
    sum += intervals.counts[i];
  }
  return {sum * intervals.unit.mwh};
}

MeteredEnergy total(const Intervals& intervals) {
  return sum_of(intervals, 0, intervals.counts.size());
}

std::size_t missing_count(const Intervals& intervals) {
  return static_cast<std::size_t>(std::ranges::count(intervals.quality, Quality::missing));
}

Intervals in_unit(Intervals intervals, MeteredEnergy unit) {
  expects(unit.mwh > 0 && intervals.unit.mwh % unit.mwh == 0);
  const std::int64_t factor = intervals.unit.mwh / unit.mwh;
  for (std::int64_t& count : intervals.counts) {
    count *= factor;
  }
  intervals.unit = unit;
  return intervals;
}

TimeAxis day_axis(const Zone& zone, const Date& day, std::chrono::seconds step) {
  const Instant start = zone.instant(day, 0);
  const Instant end = zone.instant(Date{std::chrono::sys_days{day} + std::chrono::days{1}}, 0);
  return {start, step, static_cast<std::size_t>((end - start) / step)};
}

TimeAxis month_axis(const Zone& zone, std::chrono::year_month month, std::chrono::seconds step) {
  const Instant start = zone.instant(Date{month / 1}, 0);
  const Instant end = zone.instant(Date{(month + std::chrono::months{1}) / 1}, 0);
  return {start, step, static_cast<std::size_t>((end - start) / step)};
}

Intervals laid_over(const TimeAxis& axis, std::span<const Intervals> pieces) {
  std::int64_t unit = 0;
  for (const Intervals& piece : pieces) {
    expects(fits(axis, piece));
    unit = std::gcd(unit, piece.unit.mwh);
  }
  const std::string meter = pieces.empty() ? std::string() : pieces.front().meter;
  const Channel channel = pieces.empty() ? Channel::imported : pieces.front().channel;
  Intervals whole = empty_intervals(meter, channel, axis, {unit == 0 ? 1000 : unit});
  for (const Intervals& piece : pieces) {
    for (std::size_t i = 0; i < piece.axis.size; ++i) {
      const auto to = index_of(axis, piece.axis.at(i));
      if (to && !piece.is_missing(i)) {
        set(whole, *to, piece.counts[i] * (piece.unit.mwh / whole.unit.mwh), piece.quality[i]);
      }
    }
  }
  return whole;
}

Unshifted unshifted(const Intervals& raw, std::span<const ClockShift> shifts) {
  Unshifted result;
  result.intervals = empty_intervals(raw.meter, raw.channel, raw.axis, raw.unit);
  for (std::size_t i = 0; i < raw.axis.size; ++i) {
    const ClockShift* shift = shift_at(shifts, raw.meter, raw.axis.at(i));
    const bool whole = shift && shift->ahead % raw.axis.step == std::chrono::seconds{0};
    if (shift && !whole) {
      ++result.doubted;
    }
    const auto to =
        index_of(raw.axis, raw.axis.at(i) - (whole ? shift->ahead : std::chrono::seconds{0}));
    if (!to || raw.is_missing(i)) {
      continue;
    }
    result.moved += whole ? 1 : 0;
    // When a clock is set back or forth, two shown times can be one true time: both were measured.
    const bool doubled = !result.intervals.is_missing(*to);
    const Quality quality = doubled ? Quality::edited : raw.quality[i];
    set(result.intervals, *to, result.intervals.counts[*to] + raw.counts[i], quality);
  }
  result.note = shift_note(result, shifts.empty());
  return result;
}

SortedDay sort_out(const Intervals& known, const Intervals& sent, Resend resend) {
  expects(known.axis == sent.axis && known.meter == sent.meter && known.channel == sent.channel);
  const MeteredEnergy unit{std::gcd(known.unit.mwh, sent.unit.mwh)};
  const Intervals fine = in_unit(sent, unit);
  SortedDay sorted;
  sorted.day = in_unit(known, unit);
  for (std::size_t i = 0; i < fine.axis.size; ++i) {
    if (fine.is_missing(i)) {
      continue;
    }
    const bool same =
        sorted.day.counts[i] == fine.counts[i] && sorted.day.quality[i] == fine.quality[i];
    if (sorted.day.is_missing(i)) {
      ++sorted.taken;
    } else if (same) {
      ++sorted.duplicates;
    } else if (resend == Resend::refuse) {
      sorted.conflicts.push_back(i);
      continue;
    } else {
      ++sorted.corrected;
    }
    set(sorted.day, i, fine.counts[i], fine.quality[i]);
  }
  return sorted;
}

SortedDay sort_out(std::span<const DayVersion> known, const Intervals& sent, Resend resend) {
  Intervals fresh = sent;
  std::size_t old = 0;
  for (std::size_t i = 0; resend == Resend::refuse && i < sent.axis.size; ++i) {
    const bool was_known = std::ranges::any_of(known, [&](const DayVersion& version) {
      expects(version.intervals.axis == sent.axis);
      return !version.intervals.is_missing(i) && version.intervals.at(i) == sent.at(i) &&
             version.intervals.quality[i] == sent.quality[i];
    });
    if (was_known) {
      fresh.counts[i] = 0;
      fresh.quality[i] = Quality::missing;
      ++old;
    }
  }
  SortedDay sorted =
      sort_out(known.empty() ? empty_intervals(sent.meter, sent.channel, sent.axis, sent.unit)
                             : known.back().intervals,
               fresh, resend);
  sorted.duplicates += old;
  return sorted;
}

}  // namespace xiaoyuan::readings
