// The village's houses on their wires: what every household uses and makes in every step, as the
// network sees it (hosting/village_year.hpp).
//
//   use   = load + what a battery takes in − what it gives          (heat pump, car in it)
//   made  = PV − what is curtailed; PV that is sold whole or leased feeds the same bus
//   use − made = import − export, in every step
#pragma once
#include "hosting/village_year.hpp"
#include "plan/household_plan.hpp"

namespace xiaoyuan::plan {

/// Gathers households in the order of the file; memory is two floats a household and step.
class WiresYear {
 public:
  /// Needs inputs.wires.
  explicit WiresYear(const Inputs& inputs);
  void add(const model::Household& home, const HouseholdYear& year);
  /// Once every household is in. Errors: of the usual roof, where the village has no PV.
  Result<hosting::VillageYear> year() &&;

 private:
  Result<std::vector<float>> light() const;

  const Inputs& inputs_;
  hosting::VillageYear village_;
  std::vector<std::size_t> transformers_;  ///< that feeds a bus
  std::vector<double> available_kwh_;      ///< PV of all roofs before curtailment
  double pv_kw_ = 0.0;
};

/// Most AC power that a household's roofs could hold; none where an area is not known.
std::optional<double> room_kw(const model::Household& home, const model::Assumptions& assumptions);

}  // namespace xiaoyuan::plan
