// The proved sizes of a village's households, their sums, one household's front of cost against
// self-sufficiency, and the village with these sizes in place of the planned ones.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/household_sizing.hpp"
#include "plan/in_order.hpp"

namespace xiaoyuan::plan {

struct FrontPoint {
  PlantSizes sizes;
  double total_yuan = 0.0;
  double capex_yuan = 0.0;
  double self_sufficiency = 0.0;
  double gap = 0.0;
};

/// From the cheapest sizes to the largest self-sufficiency.
struct SizingFront {
  std::string household;
  std::vector<FrontPoint> points;
};

/// Of the households that were sized.
struct SizingSums {
  std::size_t households = 0;
  std::size_t with_battery = 0;  ///< proved
  double planned_kwp = 0.0;
  double planned_battery_kwh = 0.0;
  double planned_yuan = 0.0;
  double kwp = 0.0;
  double battery_kwh = 0.0;
  double total_yuan = 0.0;
  double bound_yuan = 0.0;
  double capex_yuan = 0.0;
  double saved_yuan = 0.0;
  double saved_yuan_per_year = 0.0;
};

struct VillageSizing {
  std::vector<HouseholdSizing> households;  ///< in the order of households.csv
  SizingSums sums;
  std::optional<SizingFront> front;
  std::vector<Text> notes;
};

/// Sizes what [sizing] names. Errors: those of the plan's own data; a household that the kernel
/// refuses is no error but says why.
Result<VillageSizing> size_village(const Inputs& inputs, const Workers& workers);

/// The village as it is planned with the proved sizes.
Inputs with_sizes(Inputs inputs, const VillageSizing& sizing);

/// Sizes the village where it has [sizing], and puts the sizes into it where that says apply.
Result<std::optional<VillageSizing>> sized(Inputs& inputs, const Workers& workers);
/// Does [sizing] change what is planned?
bool applies_sizes(const Inputs& inputs);

}  // namespace xiaoyuan::plan
