#include "plan/every_household.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace xiaoyuan::plan {

namespace {

constexpr std::size_t households_in_hand = 16;  // for each thread

using Slots = std::vector<std::optional<Result<HouseholdYear>>>;

/// What each thread works with, kept from batch to batch.
using Crew = std::vector<optimum::Optimiser>;

/// Plans households [first, first + slots.size()).
void plan_batch(const Shared& shared, std::size_t first, Depth depth, Crew& crew, Slots& slots) {
  std::atomic<std::size_t> next{0};
  const auto work = [&](optimum::Optimiser& optimiser) {
    for (std::size_t i = next++; i < slots.size(); i = next++) {
      slots[i] =
          plan_household(shared, shared.inputs.village.households[first + i], optimiser, depth);
    }
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < crew.size(); ++i) {
    helpers.emplace_back(work, std::ref(crew[i]));
  }
  work(crew.front());
}

}  // namespace

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
  const unsigned threads =
      workers.threads > 0 ? workers.threads : std::max(1U, std::thread::hardware_concurrency());
  Crew crew(threads);
  const std::size_t batch = households_in_hand * threads;
  Errors errors;
  for (std::size_t first = 0; first < homes.size(); first += batch) {
    Slots slots(std::min(batch, homes.size() - first));
    plan_batch(shared, first, depth, crew, slots);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (gather(*slots[i], errors) && errors.empty()) {
        take(homes[first + i], std::move(**slots[i]));
      }
    }
    const std::size_t done = std::min(first + batch, homes.size());
    if (workers.on_progress && !workers.on_progress(done, homes.size())) {
      return std::unexpected(interrupted());
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::plan
