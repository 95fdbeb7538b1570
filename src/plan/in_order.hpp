// Makes many things on all cores and hands them over in their order.
#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/expected.hpp"
#include "plan/crew.hpp"

namespace xiaoyuan::plan {

/// Makes things [0, count) by `make(i, optimiser)`, whatever the number of threads, and gives each
/// to `take(i, thing)` in order; at most a few are in memory at a time. Errors of all together;
/// once there is one, nothing more is handed over. `goes_on(done)` false stops the work.
template <class Made>
Result<void> in_order(std::size_t count, Crew& crew,
                      const std::function<Result<Made>(std::size_t, optimum::Optimiser&)>& make,
                      const std::function<void(std::size_t, Made&&)>& take,
                      const std::function<bool(std::size_t done)>& goes_on) {
  constexpr std::size_t in_hand = 16;  // for each thread
  const std::size_t batch = in_hand * crew.size();
  Errors errors;
  for (std::size_t first = 0; first < count; first += batch) {
    std::vector<std::optional<Result<Made>>> slots(std::min(batch, count - first));
    crew.each(slots.size(), [&](std::size_t i, optimum::Optimiser& optimiser) {
      slots[i] = make(first + i, optimiser);
    });
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (gather(*slots[i], errors) && errors.empty()) {
        take(first + i, std::move(**slots[i]));
      }
    }
    if (!goes_on(std::min(first + batch, count))) {
      return std::unexpected(interrupted());
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::plan
