// A household's battery over the plan's year: how it is run, what that saves, and how long it
// carries the house when the grid fails.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/battery_reasons.hpp"
#include "plan/battery_rolling.hpp"
#include "plan/dispatch_problem.hpp"
#include "plan/flows.hpp"

namespace xiaoyuan::plan {

/// The ways of running a battery that are held against each other, from none to perfect foresight.
enum class BatteryWay { none, rule, rolling_persistence, rolling_noisy, rolling_perfect, optimum };
const std::vector<std::string>& names_of(BatteryWay);

struct WayCost {
  BatteryWay way = BatteryWay::none;
  double cost_yuan = 0.0;
  double saving_yuan = 0.0;             ///< against no battery
  std::optional<double> share_of_best;  ///< of what the optimum saves; none where it saves nothing
};

/// Is the battery worth its price? Yearly costs are bills less income, without wear.
struct BatteryVerdict {
  double without_cost_yuan = 0.0;
  double rule_cost_yuan = 0.0;
  double optimum_cost_yuan =
      0.0;                   ///< perfect foresight, wear not counted: no way of running is cheaper
  double saving_yuan = 0.0;  ///< of the way of running that the village chose
  double best_saving_yuan = 0.0;
  double cost_per_year_yuan = 0.0;
  double gap = 0.0;  ///< of the optimum's proof
  std::size_t bounded_steps =
      0;  ///< where the optimum is bounded and not met (optimum/dispatch.hpp)
  std::optional<RollingCosts> rolling;    ///< none where nobody asked for it
  std::optional<BatteryReasons> reasons;  ///< none where the optimum is bounded and not met
  bool pays() const { return saving_yuan > cost_per_year_yuan; }
  /// All ways that were reckoned, in the order of the enum.
  std::vector<WayCost> ways() const;
};

/// How long battery and roofs carry what must go on when the grid fails (battery/backup.hpp).
struct BackupYear {
  double critical_kw = 0.0;
  double least_hours = 0.0;
  double median_hours = 0.0;
  double share_of_day = 0.0;  ///< of the failures, those bridged for 24 h
};

inline bool has_battery(const model::Household& home) { return home.battery.energy_kwh > 0.0; }

/// Runs the battery of a household that has one.
class HouseholdBattery {
 public:
  /// `optimiser` lends its memory from household to household.
  HouseholdBattery(const Shared& shared, const model::Household& home,
                   optimum::Optimiser& optimiser)
      : shared_(shared), inputs_(shared.inputs), home_(home), optimiser_(optimiser) {}

  /// The schedule of the way of running that the village chose.
  Result<optimum::StorePath> path(const optimum::StoreYear& year);
  /// `chosen` are the flows of the plan's year.
  Result<BatteryVerdict> verdict(const Site& site, const Flows& chosen);
  /// Adds to a verdict just made what running on forecasts costs, where the village wants it, and
  /// the reasons of the optimum.
  Result<void> explain(const Site& site, BatteryVerdict& verdict) const;
  BackupYear backup(const Site& site, const Flows& chosen) const;

 private:
  Result<void> solve(const optimum::StoreYear& year);
  double cost(const Flows& flows) const;
  optimum::StoreYear year_without_wear(const Site& site) const;
  std::uint64_t seed() const;
  double value(std::string_view key) const { return inputs_.village.assumptions.value(key); }

  const Shared& shared_;
  const Inputs& inputs_;
  const model::Household& home_;
  optimum::Optimiser& optimiser_;
  optimum::DispatchResult best_;  ///< of the last solve()
};

/// The flows of a household alone, with or without battery; `pv_kwh` stands in place of the site's.
Result<Flows> flows_alone(const Shared& shared, const model::Household& home,
                          optimum::Optimiser& optimiser, const Site& site,
                          const std::vector<double>& pv_kwh);

}  // namespace xiaoyuan::plan
