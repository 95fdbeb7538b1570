#include "desk/energy_live.hpp"

#include <algorithm>

namespace xiaoyuan::desk {

namespace {

/// Up to where half of those that send anything have sent.
std::optional<Instant> known_of_most(const EnergyPlace& place) {
  std::vector<Instant> known;
  for (const std::size_t household : place.households) {
    if (const auto until = place.days.households[household].known_to()) {
      known.push_back(*until);
    }
  }
  if (known.empty()) {
    return std::nullopt;
  }
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>((known.size() - 1) / 2);
  std::ranges::nth_element(known, middle, std::ranges::greater());
  return *middle;
}

std::chrono::seconds longest_step(const EnergyPlace& place) {
  std::chrono::seconds longest{0};
  for (const std::size_t household : place.households) {
    longest = std::max(longest, place.days.households[household].step);
  }
  return longest;
}

}  // namespace

Result<std::optional<LiveValues>> live_of(const EnergyPlace& place, store::Store& store) {
  constexpr std::chrono::seconds quarter(900);
  constexpr std::chrono::seconds hour(3600);
  const auto until = known_of_most(place);
  const std::chrono::seconds longest = longest_step(place);
  if (!until || longest > hour) {
    return std::nullopt;
  }
  const Date day = place.village.zone().civil(*until - std::chrono::seconds(1)).date();
  const EnergyWanted wanted{
      .from = day,
      .to = Date(std::chrono::sys_days(day) + std::chrono::days(1)),
      .step = longest > quarter ? EnergyStepLength::hour : EnergyStepLength::quarter};
  TRY(const EnergySeries series, series_of_steps(place, wanted, store));
  LiveValues live{.at = *until, .step = longest > quarter ? hour : quarter, .energy = {}};
  for (const EnergyStep& step : series.steps) {
    if (step.start + live.step <= *until && step.heard > 0) {
      live.at = step.start + live.step;
      live.energy = step.energy;
      live.heard = step.heard;
    }
  }
  live.today = so_far(place).today;
  return std::optional(live);
}

}  // namespace xiaoyuan::desk
