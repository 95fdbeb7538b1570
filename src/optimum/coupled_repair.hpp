// What schedules of stores come to when PV is curtailed where the reverse limit asks for it.
//
// With the stores' changes given, each step stands alone: when all together would export more than
// the limit, PV that is exported is curtailed, the worst paid first, in equal shares of what
// equally paid households export.
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
  double import_kwh = 0.0;  ///< beyond the limit of import
  double export_kwh = 0.0;  ///< beyond the reverse limit
  double kwh() const { return import_kwh + export_kwh; }
};

struct Repaired {
  double cost_yuan = 0.0;
  std::vector<double> total_kwh;
  std::vector<CoupledHousehold> households;
  std::vector<Missed> missed;  ///< none where the schedules keep the limits
  /// The step that misses most; for missed not empty.
  Missed worst() const;
};

Repaired repaired(const CoupledProblem& problem, const std::vector<Schedule>& mixtures,
                  const Spread& spread);

}  // namespace xiaoyuan::optimum
