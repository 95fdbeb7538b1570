// The threads that plan: the one place where work is spread over cores.
#pragma once
#include <functional>
#include <vector>

#include "base/error.hpp"
#include "base/spread.hpp"
#include "optimum/dispatch.hpp"

namespace xiaoyuan::plan {

struct Workers {
  unsigned threads = 0;  ///< 0: one for each core
  /// Told after every few households; false stops the work with Fault::interrupted.
  std::function<bool(std::size_t done, std::size_t all)> on_progress;
};

/// What a study that was told to stop says.
Errors interrupted();

/// Threads, each with an optimiser that lends its memory from household to household.
class Crew {
 public:
  explicit Crew(unsigned threads);

  std::size_t size() const { return optimisers_.size(); }
  /// Does `work(0, …)` … `work(count − 1, …)` in any order, the caller's thread among the crew.
  void each(std::size_t count, const std::function<void(std::size_t, optimum::Optimiser&)>& work);
  /// The same for work that brings its own memory.
  xiaoyuan::Spread spread();

 private:
  std::vector<optimum::Optimiser> optimisers_;
};

}  // namespace xiaoyuan::plan
