#include "plan/every_household.hpp"

#include "plan/in_order.hpp"

namespace xiaoyuan::plan {

Result<std::vector<Coordination>> every_household(
    const Inputs& inputs, Depth depth, const Workers& workers,
    const std::function<void(const model::Household&, HouseholdYear&&)>& take) {
  const Shared shared = share(inputs);
  const auto& homes = inputs.village.households;
  Crew crew(workers.threads);
  const auto goes_on = [&](std::size_t done) {
    return !workers.on_progress || workers.on_progress(done, homes.size());
  };
  TRY(const Coordinated coordinated,
      coordinate(shared, {depth, crew.spread(), [&goes_on] { return goes_on(0); }}));
  auto planned = in_order<HouseholdYear>(
      homes.size(), crew,
      [&](std::size_t i, optimum::Optimiser& optimiser) {
        return plan_household(shared, homes[i], optimiser, depth, coordinated.granted[i]);
      },
      [&](std::size_t i, HouseholdYear&& year) { take(homes[i], std::move(year)); }, goes_on);
  if (!planned) {
    return std::unexpected(std::move(planned.error()));
  }
  return coordinated.transformers;
}

}  // namespace xiaoyuan::plan
