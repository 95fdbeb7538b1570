// What goes wrong in a made-up year, drawn from its seed: what fails in the village, and what goes
// wrong with its meters and with the reading of them.
#pragma once
#include <span>
#include <vector>

#include "readings/meter.hpp"
#include "sim/year.hpp"

namespace xiaoyuan::sim {

enum class EventKind : std::uint8_t {
  outage,               ///< a transformer without supply: nobody uses or makes anything
  inverter_fault,       ///< a roof makes nothing
  meter_change,         ///< another meter from an instant on, both read at it
  rollover,             ///< a register of five digits returns to zero
  current_transformer,  ///< a meter behind transformers of current, with a multiplier
  missing_intervals,
  clock_shift,  ///< stamps run two hours ahead
  spike,        ///< an interval of 6,553.5 kWh
  negative_interval,
  misread_register,  ///< a freeze that is too low, and corrected later
  late_register,     ///< a freeze that is missing, and comes later
  resent,            ///< the same intervals again
  contradicting      ///< an interval again, with another value
};
/// The words of faults.csv, in the order of the enumeration.
const std::vector<std::string>& words_of(EventKind);
Text name_of(EventKind kind);

struct Event {
  EventKind kind = EventKind::outage;
  std::size_t home = 0;  ///< index; of an outage the transformer's
  readings::Channel channel = readings::Channel::imported;
  Instant from;
  Instant to;  ///< what happens at one instant ends one step later
};

/// Each household has at most one as long as there are enough of them; what no household of the
/// village can have (an inverter fault where there is no roof) is left out. In the order of the
/// enumeration.
std::vector<Event> drawn_events(const ActualYear& year);

/// The event of a kind that happens to a household; null where there is none.
const Event* event_of(std::span<const Event> events, EventKind kind, std::size_t home);

}  // namespace xiaoyuan::sim
