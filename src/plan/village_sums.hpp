// Adds households up to a village: series, months, typical days, flows and transformers. Memory is
// that of a year's steps, whatever the number of households.
#pragma once
#include <array>
#include <vector>

#include "hosting/dlt2041.hpp"
#include "plan/household_plan.hpp"

namespace xiaoyuan::plan {

/// Where the village's energy went over the year, kWh (the arrows of the Sankey picture).
struct FlowSums {
  double pv_to_load = 0.0;
  double pv_to_battery = 0.0;
  double pv_to_grid = 0.0;
  double pv_curtailed = 0.0;
  double battery_to_load = 0.0;
  double battery_to_grid = 0.0;
  double battery_loss = 0.0;
  double grid_to_load = 0.0;
  double grid_to_battery = 0.0;
};

/// Mean day of a season: one value for each step of the day, kW, whole village.
struct TypicalDay {
  int days = 0;
  std::vector<double> load_kw, pv_kw, import_kw, export_kw;
};

/// One transformer's year.
struct TransformerYear {
  std::size_t households = 0;
  double connected_kw = 0.0;  ///< AC rating of the inverters behind it
  double storage_kw = 0.0;
  double peak_import_kw = 0.0;
  double peak_export_kw = 0.0;
  double reverse_hours = 0.0;
  double over_limit_hours = 0.0;
  std::size_t typical_step = 0;
  double typical_load_kw = 0.0;
  double typical_pv_kw = 0.0;
  double simultaneity = 1.0;           ///< τ_max
  hosting::Hosting2025 standard_2025;  ///< the quick checks, of the transformer alone
  hosting::Hosting2019 standard_2019;
  hosting::Grade grade_2025 = hosting::Grade::green;  ///< red where the wires fail a check, too
  hosting::Grade grade_2019 = hosting::Grade::green;
  bool is_checked = false;          ///< by a power flow (plan/village_wires.hpp)
  std::vector<double> duration_kw;  ///< 101 percentiles of the net import, falling
};

class VillageSums {
 public:
  explicit VillageSums(const Inputs& inputs);
  /// Adds a household; the order of calls is the order of the sums, so a village has the same bits
  /// whatever the number of threads.
  void add(const model::Household& home, const HouseholdYear& year);
  /// The transformers, once every household is in.
  std::vector<TransformerYear> transformers() const;
  std::array<TypicalDay, 4> typical_days() const;
  /// Village import less export, the mean of each local hour, kW; a row of 24 for each local day.
  std::vector<std::array<double, 24>> net_power_kw() const;
  /// Σ over hours of min(load, generation less curtailed) ÷ load, for the village as a whole.
  double hourly_matched_share() const;

  EnergySums energy;
  FlowSums flows;
  std::vector<MonthSums> months;
  CapexParts capex;
  PartySums parties;
  std::vector<YearOfMoney> money;  ///< of all owners together
  solar::Waterfall waterfall;      ///< of all modelled roofs
  std::size_t heated_homes = 0;    ///< with a heat pump
  double heat_kwh = 0.0;           ///< that they gave

 private:
  struct TransformerSeries {
    std::vector<double> load_kwh;
    std::vector<double> pv_kwh;         ///< after curtailment
    std::vector<double> available_kwh;  ///< before it
    std::vector<double> net_kwh;
    std::size_t households = 0;
    double connected_kw = 0.0;
    double storage_kw = 0.0;
  };
  TransformerYear transformer_year(const TransformerSeries& series,
                                   const model::Transformer& transformer) const;
  bool is_typical(std::size_t step) const;

  const Inputs& inputs_;
  std::vector<double> load_kwh_, pv_kwh_, served_kwh_, import_kwh_, export_kwh_;
  std::vector<TransformerSeries> transformers_;
};

}  // namespace xiaoyuan::plan
