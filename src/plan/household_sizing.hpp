// The proved sizes of PV and battery of one household, beside those that are planned.
//
// Both are weighed by the same objective (plan/sizing_money.hpp) and by the same dispatch, which
// knows the whole year ahead: what differs is the sizes alone. What [sizing] does not size stands
// as planned and costs nothing here; the same on both sides.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "optimum/sizing.hpp"
#include "plan/household_words.hpp"
#include "plan/site.hpp"
#include "plan/sizing_money.hpp"

namespace xiaoyuan::plan {

struct PlantSizes {
  std::vector<double> roof_kwp;  ///< by roof plane, as the household has them
  double battery_kwh = 0.0;
  double battery_kw = 0.0;
  double kwp() const;
};

/// What sizes come to, in the objective.
struct WeighedSizes {
  PlantSizes sizes;
  double total_yuan = 0.0;  ///< energy, capital and upkeep
  double capex_yuan = 0.0;  ///< of what was to be sized, after subsidies
  double import_kwh = 0.0;  ///< of the first year
  double self_sufficiency = 0.0;
};

/// A roof plane of a sizing.
struct SizedRoof {
  double room_kwp = 0.0;
  double kwp = 0.0;
  double price_yuan = 0.0;  ///< of a kWp, as the plan pays it
  /// Where the size is none or all that there is room for: the price of a kWp at which that
  /// changes.
  std::optional<double> changes_at_yuan;
};

struct HouseholdSizing {
  std::string id;
  Text refusal;  ///< why there are no proved sizes; empty where there are
  WeighedSizes planned;
  WeighedSizes proved;
  double bound_yuan = 0.0;  ///< no sizes cost less
  double gap = 0.0;
  std::optional<double> quantity_gap;  ///< of the import or carbon, where the aim is that
  std::vector<SizedRoof> roofs;        ///< empty where PV was not to be sized
  double battery_price_yuan = 0.0;     ///< of a kWh
  /// The price of a kWh below which a battery is bought and above which none is.
  std::optional<double> battery_changes_at_yuan;
  double saved_yuan = 0.0;           ///< planned less proved total
  double saved_yuan_per_year = 0.0;  ///< the same as a yearly payment
  bool is_sized() const { return refusal.en.empty(); }
};

/// A household with all that its sizing needs.
class HomeSizer {
 public:
  /// Errors: what the plan itself would refuse (a load file, say).
  static Result<HomeSizer> of(const Shared& shared, const model::Household& home);
  /// Why there is nothing to size here; empty where there is.
  const Text& reason_against() const { return reason_; }
  HouseholdSizing best() const;
  /// Cost against self-sufficiency, from the cheapest on (optimum/sizing.hpp).
  Result<std::vector<optimum::SizingResult>> front(std::size_t points) const;
  /// The sizes of a result, with what is not sized as planned.
  PlantSizes sizes_of(const optimum::SizingResult& result) const;
  /// What the kernel is asked; points into this.
  optimum::SizingProblem problem() const;

 private:
  HomeSizer(const Shared& shared, const model::Household& home, Site&& site);
  void add_shapes(const HouseholdWords& words);
  bool sizes_pv() const;
  bool sizes_battery() const { return choice_.battery; }
  void put_roofs(optimum::SizingProblem& problem) const;
  void put_battery(optimum::SizingProblem& problem) const;
  double largest_day_kwh() const;
  PlantSizes planned_sizes() const;
  Result<WeighedSizes> weighed(const PlantSizes& sizes, std::optional<double> battery_yuan) const;
  std::optional<double> battery_change(const optimum::SizingResult& result) const;
  void add_corners(const optimum::SizingResult& result, HouseholdSizing& sizing) const;

  const Inputs* inputs_;
  const Shared* shared_;
  const model::Household* home_;
  const model::SizingChoice& choice_;
  Site site_;
  SizingMoney money_;
  std::vector<std::vector<double>> shapes_;  ///< kWh of a kWp by step, by roof plane
  std::vector<double> rooms_kwp_;
  std::vector<double> carbon_kg_;
  Text reason_;
};

}  // namespace xiaoyuan::plan
