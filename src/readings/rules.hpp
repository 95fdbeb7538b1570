// What was looked at before a number was believed: every rule says whether it was evaluated or
// skipped, and why; and the grade that comes out of it.
#pragma once
#include <string>
#include <vector>

#include "readings/reading.hpp"

namespace xiaoyuan::readings {

/// Rules for registers, then rules for intervals.
enum class Rule : std::uint8_t {
  negative_difference,
  rollover,
  meter_change,
  most_power,
  whole_kwh,
  rates_sum,
  bill_identity,
  clock_shift,
  negative_interval,
  spike,
  generation_window,
  linear,
  regional_efficiency,
  similar_days,
  anchor,
  sum_check
};

/// passed: looked at, nothing to do; acted: it changed or estimated something; failed: somebody has
/// to look into it; skipped: not looked at.
enum class Outcome : std::uint8_t { passed, acted, failed, skipped };

struct RuleNote {
  Rule rule = Rule::negative_difference;
  Outcome outcome = Outcome::passed;
  Text why;
};

const std::vector<std::string>& words_of(Rule);
const std::vector<std::string>& words_of(Outcome);
Text name_of(Rule rule);
Text name_of(Outcome outcome);

/// How much a number can be trusted: the worst of what it was made from.
enum class Grade : std::uint8_t { measured, estimated, edited, missing, refused };
Text name_of(Grade grade);
Grade grade_of(Quality quality);
inline Grade worse(Grade a, Grade b) { return a < b ? b : a; }

}  // namespace xiaoyuan::readings
