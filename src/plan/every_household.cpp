#include "plan/every_household.hpp"

namespace xiaoyuan::plan {

Errors interrupted() {
  return {{Fault::interrupted,
           {"stopped before the end; nothing was written", "已中止;未写出任何文件"},
           {}}};
}

Result<void> every_household(
    const Inputs& inputs, Depth depth, const Workers& workers,
    const std::function<void(const model::Household&, HouseholdYear&&)>& take) {
  const Shared shared = share(inputs);
  const auto& homes = inputs.village.households;
  return in_order<HouseholdYear>(
      homes.size(), workers, [&](std::size_t i) { return plan_household(shared, homes[i], depth); },
      [&](std::size_t i, HouseholdYear&& year) { take(homes[i], std::move(year)); });
}

}  // namespace xiaoyuan::plan
