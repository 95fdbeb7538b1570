#include "plan/village_sizing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::plan {

namespace {

constexpr double least_kwp = 1e-6;  // less is none

std::vector<const model::Household*> chosen_homes(const model::Village& village) {
  const auto& ids = village.sizing->households;
  std::vector<const model::Household*> homes;
  for (const model::Household& home : village.households) {
    if (ids.empty() || std::ranges::find(ids, home.id) != ids.end()) {
      homes.push_back(&home);
    }
  }
  return homes;
}

SizingSums sums_of(const std::vector<HouseholdSizing>& households) {
  SizingSums sums;
  for (const HouseholdSizing& one : households) {
    if (!one.is_sized()) {
      continue;
    }
    ++sums.households;
    sums.with_battery += one.proved.sizes.battery_kwh > 0.0 ? 1 : 0;
    sums.planned_kwp += one.planned.sizes.kwp();
    sums.planned_battery_kwh += one.planned.sizes.battery_kwh;
    sums.planned_yuan += one.planned.total_yuan;
    sums.kwp += one.proved.sizes.kwp();
    sums.battery_kwh += one.proved.sizes.battery_kwh;
    sums.total_yuan += one.proved.total_yuan;
    sums.bound_yuan += one.bound_yuan;
    sums.capex_yuan += one.proved.capex_yuan;
    sums.saved_yuan += one.saved_yuan;
    sums.saved_yuan_per_year += one.saved_yuan_per_year;
  }
  return sums;
}

/// How the room of the roofs was known, and what [sizing] left as it is.
std::vector<Text> notes_of(const model::Village& village,
                           const std::vector<const model::Household*>& homes) {
  const model::SizingChoice& choice = *village.sizing;
  std::size_t by_area = 0;
  std::size_t by_plan = 0;
  std::size_t several = 0;
  for (const model::Household* home : homes) {
    for (const model::Roof& roof : home->roofs) {
      (roof.area_m2 > 0.0 ? by_area : by_plan) += 1;
    }
    several += home->roofs.size() > 1 ? 1 : 0;
  }
  std::vector<Text> notes;
  if (choice.pv && by_plan > 0) {
    notes.push_back(
        {fmt::format("of {} roof planes the area is not given; their planned kWp is taken "
                     "as all the room that they have",
                     by_plan),
         fmt::format("{} 个屋面未给出面积,以规划装机容量作为可装上限", by_plan)});
  }
  if (choice.pv && several > 0) {
    notes.push_back(
        {fmt::format("the planes of {} households are sized with a part of the inverter "
                     "each, as if it did not serve them together",
                     several),
         fmt::format("{} 户有多个屋面,各屋面按容量比例分摊逆变器分别计算", several)});
  }
  if (choice.battery && village.dispatch == model::Dispatch::self_consumption) {
    notes.push_back(
        {"the plan runs its batteries by the plain self-consumption rule, which does not know the "
         "year ahead: a battery that pays here may not pay there (battery_dispatch)",
         "规划中的电池按自发自用规则运行,并不预知全年;此处合算的电池在规划中未必合算"
         "(battery_dispatch)"});
  }
  return notes;
}

/// The household that the front is drawn for: the one that is named, or the first that was sized.
const model::Household* front_home(const std::vector<const model::Household*>& homes,
                                   const VillageSizing& sizing, const std::string& id) {
  for (std::size_t i = 0; i < homes.size(); ++i) {
    const bool is_meant = id.empty() || homes[i]->id == id;
    if (is_meant && sizing.households[i].is_sized()) {
      return homes[i];
    }
  }
  return nullptr;
}

Result<SizingFront> front_of(const Shared& shared, const model::Household& home) {
  TRY(const HomeSizer sizer, HomeSizer::of(shared, home));
  const auto& choice = *shared.inputs.village.sizing;
  TRY(const auto results, sizer.front(static_cast<std::size_t>(choice.front_points)));
  SizingFront front{home.id, {}};
  for (const optimum::SizingResult& one : results) {
    front.points.push_back(
        {sizer.sizes_of(one), one.total_yuan, one.capex_yuan, one.self_sufficiency(), one.gap()});
  }
  return front;
}

/// Puts the proved sizes into a household. PV that was only measured keeps its size.
void put_sizes(const HouseholdSizing& sizing, model::Household& home) {
  const double planned = home.capacity_kwp();
  home.battery = {sizing.proved.sizes.battery_kwh, sizing.proved.sizes.battery_kw};
  if (sizing.roofs.empty() || home.roofs.empty()) {
    return;
  }
  for (std::size_t i = 0; i < home.roofs.size(); ++i) {
    home.roofs[i].capacity_kwp = sizing.proved.sizes.roof_kwp[i];
  }
  if (home.capacity_kwp() < least_kwp) {
    home.roofs.clear();
    home.mode = model::Mode::none;
    home.inverter_kw = 0.0;
    home.without_pv = true;
    return;
  }
  home.inverter_kw *= home.capacity_kwp() / planned;
}

}  // namespace

Result<VillageSizing> size_village(const Inputs& inputs, const Workers& workers) {
  const Shared shared = share(inputs);
  const auto homes = chosen_homes(inputs.village);
  const auto size_home = [&](std::size_t i, optimum::Optimiser&) -> Result<HouseholdSizing> {
    TRY(const HomeSizer sizer, HomeSizer::of(shared, *homes[i]));
    return sizer.best();
  };
  VillageSizing village;
  Crew crew(workers.threads);
  auto sized = in_order<HouseholdSizing>(
      homes.size(), crew, size_home,
      [&](std::size_t, HouseholdSizing&& one) { village.households.push_back(std::move(one)); },
      [&](std::size_t done) {
        return !workers.on_progress || workers.on_progress(done, homes.size());
      });
  if (!sized) {
    return std::unexpected(std::move(sized.error()));
  }
  village.sums = sums_of(village.households);
  village.notes = notes_of(inputs.village, homes);
  const std::string& id = inputs.village.sizing->front;
  const model::Household* home =
      inputs.village.sizing->front_points > 0 ? front_home(homes, village, id) : nullptr;
  if (home) {
    auto front = front_of(shared, *home);
    if (front) {
      village.front = std::move(*front);
    } else {
      village.notes.push_back({"no front: " + message(front.error().front(), Language::english),
                               "无法求前沿:" + message(front.error().front(), Language::chinese)});
    }
  }
  return village;
}

Inputs with_sizes(Inputs inputs, const VillageSizing& sizing) {
  for (const HouseholdSizing& one : sizing.households) {
    for (model::Household& home : inputs.village.households) {
      if (home.id == one.id && one.is_sized()) {
        put_sizes(one, home);
      }
    }
  }
  return inputs;
}

bool applies_sizes(const Inputs& inputs) {
  return inputs.village.sizing && inputs.village.sizing->apply;
}

Result<std::optional<VillageSizing>> sized(Inputs& inputs, const Workers& workers) {
  if (!inputs.village.sizing) {
    return std::optional<VillageSizing>();
  }
  TRY(VillageSizing sizing, size_village(inputs, workers));
  if (applies_sizes(inputs)) {
    inputs = with_sizes(std::move(inputs), sizing);
  }
  return std::optional(std::move(sizing));
}

}  // namespace xiaoyuan::plan
