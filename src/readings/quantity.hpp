// Billed energy from registers: what the grid company's bill is made of.
//
//   quantity = Σ over the services of a point (R_end − R_start) × multiplier
//
// R are readings frozen at 00:00 of the first of the month, and at every change of the meter or its
// multiplier; a month with a swapped meter has two pieces. self-use = generation − export. A
// negative difference is an error to be looked into: a rollover is believed only where the
// register's width is known and the energy that it would mean could have flowed. Source: facts
// settle.period and settle.bill_identity (workbook of a grid company: sheets of generation, export,
// payment notice).
#pragma once
#include <vector>

#include "base/zone.hpp"
#include "readings/rules.hpp"

namespace xiaoyuan::readings {

struct Period {
  Instant from;
  Instant to;
};

/// From 00:00 of the first of a month to 00:00 of the first of the next, local time.
Period month_of(const Zone& zone, std::chrono::year_month month);

/// How a bill makes whole kWh. `truncated_readings` cuts each *reading*, so that what is cut off in
/// one month carries into the next by itself (what a meter ends with when it is removed is lost).
enum class WholeKwh { exact, truncated_readings };

struct QuantityRules {
  WholeKwh whole_kwh = WholeKwh::exact;
  Instant known_at = Instant::max();  ///< readings that became known later do not count
};

/// One meter's part of a quantity.
struct Piece {
  std::string meter;
  std::int64_t multiplier = 1;
  Period period;
  MeteredEnergy start;  ///< as the register showed it
  MeteredEnergy end;
  bool rolled_over = false;
  MeteredEnergy energy;  ///< (end − start) × multiplier, cut to whole kWh where the rules say so
};

struct Quantity {
  MeteredEnergy energy;
  Grade grade = Grade::measured;
  std::vector<Piece> pieces;
  std::vector<RuleNote> rules;
};

/// Errors, all at once, each naming the register and the instant: a freeze that is missing, a time
/// that no meter served, a negative difference, a rollover that could not be or more energy than
/// could have flowed, more digits than the register has.
Result<Quantity> quantity(const MeterPoint& point, Rate rate, const Registers& registers,
                          const Period& period, const QuantityRules& rules);

/// The total and the periods of the day, and whether they agree to the last digits that the
/// registers leave out.
struct RateQuantities {
  Quantity total;
  std::vector<Quantity> by_rate;  ///< in the order of `rates`
  RuleNote sum;
};
Result<RateQuantities> quantities(const MeterPoint& point, std::span<const Rate> rates,
                                  const Registers& registers, const Period& period,
                                  const QuantityRules& rules);

/// Generation less export. An error where more was exported than generated.
Result<Quantity> self_use(const Quantity& generated, const Quantity& exported,
                          const std::string& household);

}  // namespace xiaoyuan::readings
