// In which steps of the year a house's PV could break a limit, without a power flow of each.
//
// What the limits look at (a phase's voltage, |U2|/|U1|, a wire's current, a transformer's power)
// are complex numbers s_t of today's year, one power flow of it for all houses together. What the
// house's kW change them by is taken from two power flows in the step that binds the house,
// r = (s(kw) − s(0)) / (kw·light): the secant, with all that is curved in it. A step is suspected
// where |s_t + m·r·kw·light_t| passes its limit; the margin m = 1.08 is for what differs from step
// to step: the voltages that currents are divided by (a few per cent) and their angles.
//
// Suspected steps are for a power flow; those that are not are taken to keep the limits.
#pragma once
#include <vector>

#include "hosting/capacity_trials.hpp"

namespace xiaoyuan::hosting {

struct ScreenedHouse {
  std::size_t house = 0;
  double kw = 0.0;       ///< added
  std::size_t step = 0;  ///< in which it comes nearest to its limit
};

/// By screened house, the steps that it could break, the hardest first. Inverters do not follow the
/// voltage.
std::vector<std::vector<std::size_t>> suspected_steps(const TrialGrid& grid,
                                                      const std::vector<ScreenedHouse>& houses,
                                                      const Spread& spread);

}  // namespace xiaoyuan::hosting
