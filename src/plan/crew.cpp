#include "plan/crew.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace xiaoyuan::plan {

Errors interrupted() {
  return {{Fault::interrupted,
           {"stopped before the end; nothing was written", "已中止;未写出任何文件"},
           {}}};
}

Crew::Crew(unsigned threads)
    : optimisers_(threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency())) {}

void Crew::each(std::size_t count,
                const std::function<void(std::size_t, optimum::Optimiser&)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&](optimum::Optimiser& optimiser) {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i, optimiser);
    }
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < optimisers_.size(); ++i) {
    helpers.emplace_back(run, std::ref(optimisers_[i]));
  }
  run(optimisers_.front());
}

xiaoyuan::Spread Crew::spread() {
  return [this](std::size_t count, const std::function<void(std::size_t)>& work) {
    each(count, [&work](std::size_t i, optimum::Optimiser&) { work(i); });
  };
}

}  // namespace xiaoyuan::plan
