#include "plan/every_household.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

namespace xiaoyuan::plan {

namespace {

constexpr std::size_t households_in_hand = 16;  // for each thread

using Slots = std::vector<std::optional<Result<HouseholdYear>>>;

/// Work on several threads, the caller's own among them.
optimum::Spread on_threads(unsigned threads) {
  return [threads](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
      for (std::size_t i = next++; i < count; i = next++) {
        work(i);
      }
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threads; ++i) {
      helpers.emplace_back(run);
    }
    run();
  };
}

}  // namespace

Result<std::vector<Coordination>> every_household(
    const Inputs& inputs, Depth depth, const Workers& workers,
    const std::function<void(const model::Household&, HouseholdYear&&)>& take) {
  const Shared shared = share(inputs);
  const auto& homes = inputs.village.households;
  const unsigned threads =
      workers.threads > 0 ? workers.threads : std::max(1U, std::thread::hardware_concurrency());
  const optimum::Spread spread = on_threads(threads);
  const auto report = [&](std::size_t done) {
    return !workers.on_progress || workers.on_progress(done, homes.size());
  };
  TRY(const Coordinated coordinated,
      coordinate(shared, {depth, spread, [&report] { return report(0); }}));
  const std::size_t batch = households_in_hand * threads;
  Errors errors;
  for (std::size_t first = 0; first < homes.size(); first += batch) {
    Slots slots(std::min(batch, homes.size() - first));
    spread(slots.size(), [&](std::size_t i) {
      slots[i] = plan_household(shared, homes[first + i], depth, coordinated.granted[first + i]);
    });
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (gather(*slots[i], errors) && errors.empty()) {
        take(homes[first + i], std::move(**slots[i]));
      }
    }
    if (!report(std::min(first + batch, homes.size()))) {
      return std::unexpected(interrupted());
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return coordinated.transformers;
}

}  // namespace xiaoyuan::plan
