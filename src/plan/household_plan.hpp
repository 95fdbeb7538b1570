// The plan of one household: its year, its bills with and without PV, what the battery is worth,
// and the owner's money over the life of the plant.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/economics.hpp"
#include "plan/energy_sums.hpp"
#include "plan/plant_money.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::plan {

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
  bool pays() const { return saving_yuan > cost_per_year_yuan; }
};

/// How long battery and roofs carry what must go on when the grid fails (battery/backup.hpp).
struct BackupYear {
  double critical_kw = 0.0;
  double least_hours = 0.0;
  double median_hours = 0.0;
  double share_of_day = 0.0;  ///< of the failures, those bridged for 24 h
};

struct HouseholdPlan {
  std::string id;
  EnergySums sums;
  std::vector<MonthSums> months;
  Money bill_without_pv;
  Money bill_with_pv;
  Money export_income;                  ///< what the grid company pays
  double after_term_income_yuan = 0.0;  ///< the same when a mechanism has ended; 0 without one
  std::vector<tariff::BillLine> buying_lines;  ///< of the year, with PV
  std::vector<tariff::BillLine> selling_lines;
  double inverter_kw = 0.0;
  CapexParts capex;  ///< of the owner's plant
  std::optional<BatteryVerdict> battery;
  std::optional<BackupYear> backup;  ///< with a battery
  std::optional<Finance> finance;    ///< of the owner of the PV; none without PV and battery
  std::vector<Text> notes;

  bool is_leased = false;  ///< a company or co-operative owns the PV and sells its energy
  double rent_yuan = 0.0;  ///< what the household is paid for its roof

  /// What the household gains in the first year: its bill falls, and it sells or rents its roof.
  double benefit_yuan() const {
    return (bill_without_pv - bill_with_pv).yuan() + (is_leased ? rent_yuan : export_income.yuan());
  }
};

/// A household's plan with the series it was made from, for whoever adds up or writes them.
struct HouseholdYear {
  HouseholdPlan plan;
  Site site;
  Flows flows;
  YearBills bills;   ///< with PV
  Ownership own;     ///< the plant as the household's own
  Ownership leased;  ///< the same roofs as somebody else's; empty without PV
};

/// How much of a household to plan.
enum class Depth {
  full,
  first_year  ///< energy and bills alone: no money over the years, no verdict on the battery
};

/// `granted` holds what the households of its transformer agreed on, where they were run together.
Result<HouseholdYear> plan_household(const Shared& shared, const model::Household& home,
                                     Depth depth = Depth::full, const GrantedYears& granted = {});

}  // namespace xiaoyuan::plan
