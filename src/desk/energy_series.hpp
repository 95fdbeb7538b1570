// Energy step by step: quarters and hours from intervals, days from their sums, months from
// registers where both freezes are known, else from the days.
//
// Of a household, a step that is not wholly known is nothing, but a month that is only partly known
// is the sum of what is, with quality missing. Of a village a step is the sum of the households
// that were heard, and `heard` says how many.
#pragma once
#include <span>
#include <vector>

#include "desk/energy_days.hpp"

namespace xiaoyuan::desk {

enum class EnergyStepLength : std::uint8_t { quarter, hour, day, month };
const std::vector<std::string>& words_of(EnergyStepLength);

enum class EnergySource : std::uint8_t { intervals, registers, none };
const std::vector<std::string>& words_of(EnergySource);

struct EnergyWanted {
  Date from{};  ///< the first local day
  Date to{};    ///< the day after the last one
  EnergyStepLength step = EnergyStepLength::day;
};
/// Errors: no days, more of them than the step allows (quarter 31, hour 92, day 1,100, month
/// 7,500).
Result<EnergyWanted> checked(const EnergyWanted& wanted);

struct EnergyStep {
  Instant start;
  Energy energy;
  readings::Quality quality = readings::Quality::missing;  ///< the worst
  EnergySource source = EnergySource::none;
  std::size_t heard = 0;  ///< households that are in it
};

struct EnergySeries {
  std::vector<EnergyStep> steps;
  Instant end;
  Energy sums;
  std::size_t missing_steps = 0;
};

/// What series are made from. `households` are indices into the village's.
struct EnergyPlace {
  const office::Village& village;
  const VillageDays& days;
  const readings::Registers& registers;
  std::span<const std::size_t> households;
};

/// Days and months, from memory alone.
EnergySeries series_of_days(const EnergyPlace& place, const EnergyWanted& wanted);
/// Quarters and hours, from the store. Errors: readings in longer steps than are asked for; those
/// of the store.
Result<EnergySeries> series_of_steps(const EnergyPlace& place, const EnergyWanted& wanted,
                                     store::Store& store);

/// The part of a local day or month that is known of a household or of a whole village.
struct EnergySoFar {
  Instant from;
  Instant to;  ///< up to where anything is known
  Energy energy;
  std::size_t missing_steps = 0;  ///< of its interval data before `to`
};
struct SoFar {
  std::optional<EnergySoFar> today;  ///< the last day of which anything is known
  std::optional<EnergySoFar> this_month;
};
SoFar so_far(const EnergyPlace& place);

}  // namespace xiaoyuan::desk
