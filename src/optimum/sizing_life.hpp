// How the years of a plant's life are counted in a sizing: as one year's cost, or as net present
// value by two representative years.
//
// With d_y = (1 + r)^−y, modules that give the share f_y of their first year in year y
//   f_1 = 1,  f_y = (1 − first)(1 − yearly)^(y−2),
// and a battery of age a with the share (1 − loss)^a of its capacity, replaced every n years, the
// years lie between the first (new modules) and the last (worn modules):
//   position  p_y = (1 − f_y) / (1 − f_N)
//   weights   w_first = Σ d_y (1 − p_y),   w_last = Σ d_y p_y
// and each of the two has the battery that its years have on their weighted average. Discounted
// output and discounted capacity are those of the whole life, exactly. The dispatch's cost is
// convex in both: taking it on the line between the two module states overstates it, taking the
// average battery understates it, both by terms of second order.
#pragma once
#include "optimum/sizing.hpp"

namespace xiaoyuan::optimum {

struct Life {
  int years = 25;
  double rate = 0.05;  ///< of discount, a year
  double pv_first_year_loss = 0.0;
  double pv_yearly_loss = 0.0;
  int battery_years = 25;  ///< until it is replaced
  double battery_yearly_loss = 0.0;
  double replacement_share = 1.0;  ///< price of the next battery over today's
};

struct CountedLife {
  std::vector<YearShare> years;
  double pv_counted = 1.0;  ///< objective for a yuan of PV's capex
  double battery_counted = 1.0;
  double upkeep_counted = 1.0;  ///< objective for a yuan of upkeep a year
};

/// A year with new modules and battery; capex by its annuity over each part's life.
CountedLife annual_cost(const Life& life);
/// Cost over the life, discounted to the day of building.
CountedLife life_cost(const Life& life);

/// The yearly payment that repays 1 yuan over `years` at `rate`.
double annuity_of(double rate, int years);

}  // namespace xiaoyuan::optimum
