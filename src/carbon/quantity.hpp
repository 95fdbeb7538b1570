// An amount with its unit, as people write it: "1130t", "1,130 吨", "2.0GWh", "213万千瓦时".
#pragma once
#include <span>
#include <string_view>

#include "base/error.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::carbon {

struct Unit {
  std::string_view name;  ///< "" allows a bare number
  double factor = 1.0;    ///< to the unit that the answer is in
};

/// What is asked for: its units (the first are those that an error names), and the allowed range in
/// the answer's unit.
struct Measure {
  std::span<const Unit> units;
  std::size_t named = 0;  ///< how many of the units an error names
  Range range;
  std::string_view unit;  ///< the answer's
};

extern const Measure tonnes;             ///< t of CO2
extern const Measure energy_kwh;         ///< a year's energy
extern const Measure capacity_kwp;       ///< of modules
extern const Measure yield_kwh_per_kwp;  ///< of a year

/// The amount in the measure's unit. Letters of any case; commas only between groups of three.
Result<double> quantity_of(std::string_view text, const Measure& measure, const Where& where);

}  // namespace xiaoyuan::carbon
