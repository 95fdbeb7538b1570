// The best schedule of a year for given prices of import, with the year's ends joined as asked.
#pragma once
#include <optional>

#include "optimum/cycle.hpp"
#include "optimum/store_recursion.hpp"
#include "optimum/stored_value.hpp"

namespace xiaoyuan::optimum {

/// A schedule with what it costs under the curves of StepCosts (additions and hulls included).
struct Trial {
  StorePath path;
  double cost = 0.0;
  double cycle_value = 0.0;  ///< for cyclic: of a kWh at the turn of the year
  double imbalance() const { return path.start_kwh - path.end_kwh; }
};

class YearSolver {
 public:
  YearSolver(const StepCosts& costs, const Ends& ends)
      : costs_(costs), ends_(ends), recursion_(costs) {}
  /// Nothing when the limits leave no way through the year.
  std::optional<Trial> solve();
  std::size_t infeasible_step() const { return recursion_.infeasible_step(); }

 private:
  std::optional<Trial> trial(const EndOfYear& end, std::optional<double> start);
  std::optional<Trial> climb();
  void price(Trial& trial) const;

  const StepCosts& costs_;
  Ends ends_;
  StoreRecursion recursion_;
};

/// share · a + (1 − share) · b
StorePath blend(const StorePath& a, const StorePath& b, double share);

}  // namespace xiaoyuan::optimum
