// The time column of a measured file: "2011-07-01 00:30", or as Excel writes it back
// ("2011/7/1 0:30"), with seconds or an offset after it if one likes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/zone.hpp"

namespace xiaoyuan::demand {

/// What a cell of the time column says: a local time, or one with an offset.
struct Stamp {
  Date date;
  int minute = 0;
  std::optional<Zone> offset;

  const Zone& zone_or(const Zone& local) const { return offset ? *offset : local; }
};

std::optional<Stamp> parse_stamp(std::string_view text);

/// The instant of a stamp; `local` is the zone of those without an offset.
Instant instant_of(const Stamp& stamp, const Zone& local);

/// True when clocks show what the stamp says at an instant: an hour that an autumn repeats is right
/// both times, an hour that a spring leaves out never is.
bool shows(const Stamp& stamp, const Zone& local, Instant instant);

/// "2011-07-01 00:30": what clocks of a zone show.
std::string clock_text(const Zone& zone, Instant instant);

}  // namespace xiaoyuan::demand
