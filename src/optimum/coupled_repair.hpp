// What schedules of stores come to when PV is curtailed where the reverse limits ask for it.
//
// With the stores' changes given, each step stands alone: when all together would export more than
// a limit, PV that is exported is curtailed, the worst paid for what it eases the limit first, in
// equal shares of what equally paid households export. With one limit that is the least cost. With
// several, what the mixtures curtail is kept, since the prices know of all limits, and only what
// is still missing is added.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "optimum/coupled.hpp"
#include "optimum/coupled_home.hpp"

namespace xiaoyuan::optimum {

/// A step whose limits are missed even when all PV is curtailed that may be.
struct Missed {
  std::uint32_t step = 0;
  std::size_t limit = 0;
  double import_kwh = 0.0;  ///< beyond the limit of import; in the limit's own units
  double export_kwh = 0.0;  ///< beyond the reverse limit
  double unit = 1.0;        ///< the limit's greatest weight
  double beyond() const { return import_kwh + export_kwh; }
  double share() const { return beyond() / unit; }
};

struct Repaired {
  double cost_yuan = 0.0;
  std::vector<double> total_kwh;
  std::vector<std::vector<double>> totals;  ///< by limit and step: Σ_i w_i·g_i
  std::vector<CoupledHousehold> households;
  std::vector<Missed> missed;  ///< none where the schedules keep the limits
  /// The step that misses most; for missed not empty.
  Missed worst() const;
};

Repaired repaired(const CoupledProblem& problem, const std::vector<Schedule>& mixtures,
                  const Spread& spread);

}  // namespace xiaoyuan::optimum
