// The plan of one household: its year, its bills with and without PV, what the battery is worth,
// and the owner's money over the life of the plant.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/economics.hpp"
#include "plan/energy_sums.hpp"
#include "plan/household_battery.hpp"
#include "plan/plant_money.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::plan {

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
  money,      ///< without what the battery would cost on forecasts, and without its reasons
  first_year  ///< energy and bills alone: no money over the years, no verdict on the battery
};

/// `optimiser` lends its memory: one a thread serves all its households. `granted` holds what the
/// households of its transformer agreed on, where they were run together.
Result<HouseholdYear> plan_household(const Shared& shared, const model::Household& home,
                                     optimum::Optimiser& optimiser, Depth depth = Depth::full,
                                     const GrantedYears& granted = {});

}  // namespace xiaoyuan::plan
