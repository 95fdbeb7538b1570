// Makes many things on all cores and hands them over in their order: the one place where work is
// spread.
#pragma once
#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::plan {

struct Workers {
  unsigned threads = 0;  ///< 0: one for each core
  /// Told after every few households; false stops the work with Fault::interrupted.
  std::function<bool(std::size_t done, std::size_t all)> on_progress;
};

/// What a study that was told to stop says.
Errors interrupted();

/// Makes things [0, count) by `make(i)`, whatever the number of threads, and gives each to
/// `take(i, thing)` in order; at most a few are in memory at a time. Errors of all together; once
/// there is one, nothing more is handed over.
template <class Made>
Result<void> in_order(std::size_t count, const Workers& workers,
                      const std::function<Result<Made>(std::size_t)>& make,
                      const std::function<void(std::size_t, Made&&)>& take) {
  constexpr std::size_t in_hand = 16;  // for each thread
  const unsigned threads =
      workers.threads > 0 ? workers.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t batch = in_hand * threads;
  Errors errors;
  for (std::size_t first = 0; first < count; first += batch) {
    std::vector<std::optional<Result<Made>>> slots(std::min(batch, count - first));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      for (std::size_t i = next++; i < slots.size(); i = next++) {
        slots[i] = make(first + i);
      }
    };
    {
      std::vector<std::jthread> helpers;
      for (unsigned i = 1; i < threads; ++i) {
        helpers.emplace_back(work);
      }
      work();
    }
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (gather(*slots[i], errors) && errors.empty()) {
        take(first + i, std::move(**slots[i]));
      }
    }
    const std::size_t done = std::min(first + batch, count);
    if (workers.on_progress && !workers.on_progress(done, count)) {
      return std::unexpected(interrupted());
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::plan
