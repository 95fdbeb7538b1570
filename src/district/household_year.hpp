// The best year of one household of a district, in figures that add up exactly: whole micro-yuan
// and whole watt-hours, so that sums are the same in any order and on any machine.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "district/district.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::district {

struct HouseholdFigures {
  std::int64_t cost_micro_yuan = 0;
  std::int64_t bound_micro_yuan = 0;
  /// With the battery left alone; nothing where the load cannot be met so.
  std::optional<std::int64_t> without_micro_yuan{};
  std::int64_t load_wh = 0;
  std::int64_t pv_wh = 0;
  std::int64_t import_wh = 0;
  std::int64_t export_wh = 0;
  std::int64_t curtailed_wh = 0;
  std::int64_t loss_wh = 0;
  double gap = 0.0;
  optimum::Proof proof = optimum::Proof::exact;
  /// Why this household has no schedule; all figures are then 0.
  std::optional<Text> impossible{};

  /// PV used behind the meter. Below 0 where a battery sells more than the roof made.
  std::int64_t self_use_wh() const { return pv_wh - curtailed_wh - export_wh; }
};

/// Solves one household after another in the same memory.
class HouseholdSolver {
 public:
  explicit HouseholdSolver(const District& district);
  HouseholdFigures solve(const Household& home);

 private:
  struct Sums;
  optimum::StoreYear year_of(const Household& home);
  Sums follow(const optimum::StoreYear& year, const double* changes) const;
  Sums follow_limits(const optimum::StoreYear& year, const double* changes) const;
  HouseholdFigures idle(const optimum::StoreYear& year) const;
  static HouseholdFigures figures_of(const Sums& sums);

  const District& district_;
  bool may_curtail_ = false;  ///< a price of selling lies below 0
  std::vector<double> load_kwh_;
  std::vector<double> pv_kwh_;
  optimum::DispatchProblem problem_;
  optimum::DispatchResult result_;
  optimum::Optimiser optimiser_;
};

}  // namespace xiaoyuan::district
