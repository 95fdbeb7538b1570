// The plan studio: one house planned anew while somebody moves a slider. The village's year of
// weather, prices and sun is made once for each set of changed keys and kept in memory; a trial
// then reads one row and plans one household. Any thread may call.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "desk/plans.hpp"
#include "desk/plans_changes.hpp"
#include "desk/village_view.hpp"
#include "plan/household_plan.hpp"
#include "plan/village_sums.hpp"

namespace xiaoyuan::desk {

struct TrialAsked {
  std::string household;
  Changes changes;
};

/// A household with what it was planned in.
struct TriedHome {
  std::shared_ptr<const plan::Inputs> inputs;
  model::Household home;
  plan::HouseholdPlan plan;
};

struct Trial {
  TriedHome before;
  TriedHome after;
  std::array<plan::TypicalDay, 4> typical_days;  ///< of `after`
  std::vector<Text> notes;
};

class Studio {
 public:
  Studio();
  ~Studio();
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;

  /// The battery is judged without the comparison with forecasts, which a whole plan makes. Errors:
  /// those of the planner's readers; a household that does not exist; a village that does not read.
  Result<Trial> run(const VillageView& view, const Files& share, const TrialAsked& asked);

 private:
  struct Prepared;
  struct Kept;
  std::shared_ptr<Prepared> base_of(const VillageView& view);
  Result<std::shared_ptr<Prepared>> prepared(const VillageView& view, const Files& share,
                                             const Changes& changes);
  std::shared_ptr<Prepared> known(const std::string& key);
  void keep(const std::string& key, const std::shared_ptr<Prepared>& prepared);

  std::unique_ptr<Kept> kept_;
};

/// As docs/openapi.yaml says (Trial).
std::string trial_json(const Trial& trial);

/// What may be changed and tried in a village (Studio). `only` are the households of whoever does
/// not see all; `last` is the newest plan that is done.
struct StudioAsked {
  const VillageView& view;
  const Files& share;
  std::vector<std::string> only{};
  bool shows_all = true;
  std::optional<PlanRecord> last{};
};
Result<std::string> studio_json(const StudioAsked& asked);

/// What the form of a new village may choose among (Wizard).
Result<std::string> wizard_json(const Files& share);

}  // namespace xiaoyuan::desk
