// Households behind one transformer, run together where alone they would exceed its limits: who is
// curtailed, what that costs, and what the transformer's capacity is worth.
//
// A transformer is coordinated when its village asks for it ([[transformer]] curtailment) and the
// households alone would exceed a limit in some step; else nothing changes, to the last bit.
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "plan/crew.hpp"
#include "plan/household_plan.hpp"
#include "plan/shared_year.hpp"

namespace xiaoyuan::plan {

enum class Outcome {
  not_asked,      ///< curtailment = "none"
  within_limits,  ///< alone, the households keep the limits
  coordinated,
  not_possible  ///< the notes say why; the plan goes on without
};

/// The value of a limit: what one kW more of it would have saved, by hour. Nobody pays it.
struct CapacityPrice {
  double yuan_per_kw_year = 0.0;                    ///< Σ_t price_t · step
  double hours = 0.0;                               ///< in which it is above zero
  std::vector<std::array<double, 24>> yuan_per_kw;  ///< by local day and hour
};

/// What a rule comes to for all together.
struct RuleFigures {
  model::Curtailment rule = model::Curtailment::least_cost;
  double cost_yuan = 0.0;
  double withheld_kwh = 0.0;
  // The curtailed share of what a household's PV makes, over those that have PV.
  double least_share = 0.0;
  double median_share = 0.0;
  double most_share = 0.0;
  std::size_t worst_household = 0;  ///< that loses most yuan; its index in the village
  double worst_lost_yuan = 0.0;
};

/// What a household gives up under the chosen rule.
struct GivenUp {
  std::size_t household = 0;
  double withheld_kwh = 0.0;
  double withheld_share = 0.0;  ///< of what its PV makes
  double alone_yuan = 0.0;      ///< its energy cost without limits
  double cost_yuan = 0.0;
  double lost_yuan() const { return cost_yuan - alone_yuan; }
};

struct Coordination {
  Outcome outcome = Outcome::not_asked;
  model::Curtailment rule = model::Curtailment::none;
  TransformerLimits limits;
  Limited limited = Limited::both_ways;  ///< export_only: loads alone break the import limit
  BeyondLimits alone;
  BeyondLimits together;
  std::vector<double> duration_alone_kw;
  // Of the least cost of all together.
  double alone_yuan = 0.0;
  double least_cost_yuan = 0.0;
  double bound_yuan = 0.0;
  double gap = 0.0;
  int rounds = 0;
  CapacityPrice import_price;
  CapacityPrice export_price;
  std::vector<RuleFigures> rules;  ///< side by side; the first the least cost
  std::vector<GivenUp> households;
  std::vector<Text> notes;

  /// Figures of the chosen rule; for Outcome::coordinated.
  const RuleFigures& chosen() const;
  /// False where the least cost itself was not found.
  bool has_least_cost() const {
    return !rules.empty() && rules.front().rule == model::Curtailment::least_cost;
  }
  /// The price of fairness; nothing without the least cost.
  std::optional<double> more_than_least_yuan(const RuleFigures& figures) const;
};

struct Coordinated {
  std::vector<Coordination> transformers;
  std::vector<GrantedYears> granted;  ///< by household of the village
};

struct CoordinationOptions {
  Depth depth = Depth::full;
  xiaoyuan::Spread spread = xiaoyuan::in_turn;
  std::function<bool()> goes_on;  ///< false stops the work with Fault::interrupted
};

/// All rules are run side by side for Depth::full alone; for Depth::first_year with new modules
/// only. Errors: Fault::interrupted, or what the households' load files say.
Result<Coordinated> coordinate(const Shared& shared, const CoordinationOptions& options);

}  // namespace xiaoyuan::plan
