// A freeze that is missing, carried forward by intervals: what the register must have shown.
//
//   F_N = F_{N−1} + Σ intervals / multiplier, cut to the register's last digit (the rest carries)
//
// Source: the written rule of estimation.hpp. It is an estimate, and bears that mark.
#pragma once
#include "readings/intervals.hpp"

namespace xiaoyuan::readings {

/// The reading at the end of `between`, which begins at `last` and belongs to the same meter and
/// channel. Errors: a step is missing; the register would run past its width (that is a rollover,
/// and is not assumed).
Result<RegisterReading> carried_freeze(const RegisterReading& last, const Service& service,
                                       const Intervals& between, Instant recorded_at);

}  // namespace xiaoyuan::readings
