// Reads meters.csv: the metering points of households and the meters that served them.
//
// Columns: household, channel, meter; whole_digits and decimals of the register, multiplier (1),
// from and to (dates, the change falls on 00:00 local time, or times like "2026-10-13 14:30"),
// most_w of the point. A row is one service: a swapped meter has two rows, and so has a changed
// multiplier.
#pragma once
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "readings/meter.hpp"

namespace xiaoyuan::readings {

/// In the order of the file's first row of each point; services in the order of time. Errors: what
/// is missing, a meter that serves two points of one channel or itself twice at a time, services of
/// a point that overlap.
Result<std::vector<MeterPoint>> read_points(std::string_view bytes, const std::string& name,
                                            const Zone& zone);

}  // namespace xiaoyuan::readings
