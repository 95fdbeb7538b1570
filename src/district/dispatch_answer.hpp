// The dispatch of one meter from its table and a few words about the store: the optimum and its
// certificate.
#pragma once
#include <optional>
#include <string>

#include "district/dispatch_stores.hpp"
#include "district/dispatch_table.hpp"
#include "optimum/certificate.hpp"
#include "optimum/joint_marginal.hpp"

namespace xiaoyuan::district {

/// A meter without a limit: more than any step of a household moves.
inline constexpr double no_limit_kwh = 1e9;

/// A store as its data sheet gives it; errors name each word as the command line does
/// (--efficiency).
struct StoreTerms {
  double capacity_kwh = 0.0;
  double power_kw = 0.0;  ///< charge and discharge, AC side
  double efficiency = 0.95;
  double least_charge = 0.1;  ///< of the capacity
  double most_charge = 0.9;
  double wear_yuan_per_kwh = 0.0;
  double standing_loss_per_month = 0.0;
};

struct DispatchTerms {
  double step_minutes = 60.0;
  StoreTerms store;
  optimum::YearEnd end = optimum::YearEnd::cyclic;
  std::optional<double> start_kwh;
  std::optional<double> import_limit_kw;
  std::optional<double> export_limit_kw;
  std::vector<double> tier_limits_kwh;
  std::vector<double> tier_additions_yuan;
  TankTerms tank;
  ShiftTerms shift;
  std::optional<double> sell_cap_kwh;      ///< what may be sold at `sell` over the table
  std::optional<double> sell_beyond_yuan;  ///< what a kWh beyond earns more, or less
};

/// What flowed in all steps together.
struct FlowSums {
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  double curtailed_kwh = 0.0;
  double loss_kwh = 0.0;  ///< in charging, discharging and standing
};

/// A second store's part of the answer.
struct StoreAnswer {
  StoreKind kind;
  optimum::HeaterPath path;
  std::vector<double> stored_value;  ///< yuan for a kWh in it at the end of the step
  optimum::StoreMarginals marginals;
  double heater_kwh = 0.0;  ///< electricity in all steps
};

struct DispatchAnswer {
  optimum::DispatchResult result;  ///< of the meter: with second stores too
  std::vector<StoreAnswer> stores;
  optimum::Certificate certificate;
  std::vector<optimum::StepFlow> flows;
  std::vector<double> stored_kwh;  ///< at the end of the step
  FlowSums sums;
  double step_hours = 1.0;

  /// The certificate finds the schedule feasible and its cost right.
  bool is_certified() const;
};

/// What a data sheet says, as the dispatch takes it.
battery::Spec spec_of(const StoreTerms& terms);
/// Words about a store that make no sense, each an error.
void check_store(const StoreTerms& terms, Errors& errors);

Result<DispatchAnswer> dispatch(const DispatchTable& table, const DispatchTerms& terms);

}  // namespace xiaoyuan::district
