#include "api/village_sight.hpp"

#include "desk/households.hpp"

namespace xiaoyuan::api {

namespace {

void widen(HouseholdEyes& eyes, const HouseholdEyes& by) {
  eyes.listed = eyes.listed || by.listed;
  eyes.plant = eyes.plant || by.plant;
  eyes.use = eyes.use || by.use;
  eyes.money = eyes.money || by.money;
  eyes.consent = eyes.consent || by.consent;
}

constexpr HouseholdEyes everything{
    .listed = true, .plant = true, .use = true, .money = true, .consent = true};

}  // namespace

Sight Sight::of(const people::Caller& caller, const desk::VillageView& view) {
  Sight sight;
  for (const people::Grant& grant : caller.grants) {
    if (grant.village != "*" && grant.village != view.name) {
      continue;
    }
    switch (grant.role) {
      case people::Role::committee:
        widen(sight.all_, everything);
        sight.sees_problems_ = true;
        break;
      case people::Role::grid_company:
        widen(sight.all_, {.listed = true, .plant = true, .use = true});
        break;
      case people::Role::administrator:
        widen(sight.all_, {.listed = true});
        sight.sees_problems_ = true;
        break;
      case people::Role::villager:
        widen(sight.by_id_[grant.holder], everything);
        break;
      case people::Role::company:
        for (const std::string& household : desk::leased_by(view, grant.holder)) {
          widen(sight.by_id_[household], {.listed = true, .plant = true});
        }
        break;
      case people::Role::town:
      case people::Role::researcher:
        break;
    }
  }
  return sight;
}

HouseholdEyes Sight::on(const std::string& household) const {
  HouseholdEyes eyes = all_;
  if (const auto own = by_id_.find(household); own != by_id_.end()) {
    widen(eyes, own->second);
  }
  return eyes;
}

}  // namespace xiaoyuan::api
