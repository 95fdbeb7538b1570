// The plan of one household: its year, its bills with and without PV, what the battery is worth,
// and the owner's money over the life of the plant.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/economics.hpp"
#include "plan/household_year.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::plan {

/// Sums of a year or a month, kWh.
struct EnergySums {
  double load_kwh = 0.0;
  double heat_pump_kwh = 0.0;
  double pv_kwh = 0.0;  ///< made, curtailed energy included
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  double curtailed_kwh = 0.0;
  double battery_loss_kwh = 0.0;
  double self_used_kwh() const { return pv_kwh - export_kwh - curtailed_kwh; }
  EnergySums& operator+=(const EnergySums& other);
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
  double gap = 0.0;               ///< of the optimum's proof
  std::size_t bounded_steps = 0;  ///< where the optimum is bounded and not met (plan/dispatch.hpp)
  bool pays() const { return saving_yuan > cost_per_year_yuan; }
};

struct HouseholdPlan {
  std::string id;
  EnergySums sums;
  Money bill_without_pv;
  Money bill_with_pv;
  Money export_income;                         ///< what the grid company pays
  std::vector<tariff::BillLine> buying_lines;  ///< of the year, with PV
  std::vector<tariff::BillLine> selling_lines;
  double inverter_kw = 0.0;
  std::optional<BatteryVerdict> battery;
  std::optional<Finance> finance;  ///< of the owner of the PV; none without PV and battery
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
  std::vector<tariff::Bill> buying;  ///< month by month, with PV
  std::vector<tariff::Bill> selling;
};

Result<HouseholdYear> plan_household(const Shared& shared, const model::Household& home);

}  // namespace xiaoyuan::plan
