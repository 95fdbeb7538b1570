// A household's battery run on forecasts over the plan's year (optimum/rolling.hpp).
//
// What nobody can know is not used: a kWh bought counts at the price of the tier in which its
// period ends without a battery, as last year's bills tell. The year begins as it ends: its last
// week, run from an empty battery, says with how much.
#pragma once
#include <cstdint>

#include "optimum/rolling.hpp"

namespace xiaoyuan::plan {

/// What running on forecasts costs in a year, yuan: bills less income, and what the battery holds
/// less at the end than at the start, at the optimum's value of a stored kWh there.
struct RollingCosts {
  double persistence_yuan = 0.0;  ///< tomorrow as yesterday: anybody can have this one
  double noisy_yuan = 0.0;        ///< a forecast that errs more the further it looks
  double perfect_yuan = 0.0;      ///< two days ahead without error
};

/// The year of one problem, to be run with one forecast after another.
class RollingYear {
 public:
  /// The spans of `problem` must outlive this.
  explicit RollingYear(const optimum::DispatchProblem& problem);
  /// `seed` is that of the errors of a noisy forecast.
  Result<optimum::StorePath> run(optimum::Forecast forecast, std::uint64_t seed) const;

 private:
  std::vector<double> buy_;  ///< with the tier's addition
  optimum::StoreYear year_;
};

}  // namespace xiaoyuan::plan
