// Who sees what of a village's households. The rights (people/rights.hpp) say whether a caller may
// come in; this says which households he then finds, and which of their figures.
//
//                    which      plant  use  money  consent
//   committee        all          x     x     x       x
//   grid company     all          x     x
//   administrator    all
//   villager         his own      x     x     x       x
//   company          its roofs    x
#pragma once
#include <map>
#include <string>

#include "api/route.hpp"
#include "desk/village_view.hpp"

namespace xiaoyuan::api {

/// What of one household.
struct HouseholdEyes {
  bool listed = false;  ///< its id, name, roofs
  bool plant = false;   ///< made and sold
  bool use = false;     ///< used and bought
  bool money = false;
  bool consent = false;  ///< whether it consented to research
};

class Sight {
 public:
  static Sight of(const people::Caller& caller, const desk::VillageView& view);

  HouseholdEyes on(const std::string& household) const;
  /// May hear which files of the village do not read.
  bool sees_problems() const { return sees_problems_; }

 private:
  HouseholdEyes all_;
  std::map<std::string, HouseholdEyes> by_id_;
  bool sees_problems_ = false;
};

}  // namespace xiaoyuan::api
