// Energy by interval of one channel of a meter, in whole units, with the quality of each interval.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "readings/rules.hpp"

namespace xiaoyuan::readings {

/// No step of a household holds more, nor less than its negative (1,000,000 kWh); a century of
/// minutes sums without running over.
inline constexpr MeteredEnergy most_of_step{1'000'000'000'000};

/// One channel of a meter over an axis; counts[i] × unit is the energy of step i, 0 where it is
/// missing. The multiplier is in it already.
struct Intervals {
  std::string meter;
  Channel channel = Channel::imported;
  TimeAxis axis;
  MeteredEnergy unit{1000};  ///< 1 Wh unless the file is finer or coarser
  std::vector<std::int64_t> counts;
  std::vector<Quality> quality;

  MeteredEnergy at(std::size_t i) const { return {counts[i] * unit.mwh}; }
  bool is_missing(std::size_t i) const { return quality[i] == Quality::missing; }
  friend bool operator==(const Intervals&, const Intervals&) = default;
};

/// Intervals of which nothing is known yet.
Intervals empty_intervals(std::string meter, Channel channel, const TimeAxis& axis,
                          MeteredEnergy unit);

/// Sum of the steps [from, to), as far as they are known.
MeteredEnergy sum_of(const Intervals& intervals, std::size_t from, std::size_t to);
MeteredEnergy total(const Intervals& intervals);
/// How many steps are missing.
std::size_t missing_count(const Intervals& intervals);

/// The same energy in a finer unit that divides the old one.
Intervals in_unit(Intervals intervals, MeteredEnergy unit);

/// A local day from 00:00 to 24:00: 23 or 25 hours long where the zone changes its clocks.
TimeAxis day_axis(const Zone& zone, const Date& day, std::chrono::seconds step);
/// A calendar month.
TimeAxis month_axis(const Zone& zone, std::chrono::year_month month, std::chrono::seconds step);

/// Days of a meter laid over an axis; where two cover a step, the one that knows it wins, and the
/// later in the list of two that do. Pieces on another step, or off the axis's grid, are an error
/// of the program.
Intervals laid_over(const TimeAxis& axis, std::span<const Intervals> pieces);

/// What the clock shifts of a meter moved, moved back. A shift that is no whole number of steps
/// stays as it is and is counted: its energy cannot be told apart by interval.
struct Unshifted {
  Intervals intervals;
  std::size_t moved = 0;    ///< steps that moved
  std::size_t doubted = 0;  ///< steps that should have, by part of a step
  RuleNote note;
};
Unshifted unshifted(const Intervals& raw, std::span<const ClockShift> shifts);

/// A day of intervals that became known at an instant.
struct DayVersion {
  Intervals intervals;
  std::string source;
  Instant recorded_at;
};

/// New intervals of a day, told apart by step.
struct SortedDay {
  Intervals day;                       ///< what is known after it
  std::size_t taken = 0;               ///< steps that were not known before
  std::size_t corrected = 0;           ///< steps with another value than before
  std::size_t duplicates = 0;          ///< steps that say the same again
  std::vector<std::size_t> conflicts;  ///< steps that say something else, and were not taken
  bool is_new() const { return taken + corrected > 0; }
};

/// `sent` beside what is known of the same day; both on the same axis. Missing steps of `sent` say
/// nothing.
SortedDay sort_out(const Intervals& known, const Intervals& sent, Resend resend);

/// The same beside all versions of the day, in the order in which they became known: with `refuse`,
/// sending again what a correction has replaced is a duplicate, as it is with registers.
SortedDay sort_out(std::span<const DayVersion> known, const Intervals& sent, Resend resend);

}  // namespace xiaoyuan::readings
