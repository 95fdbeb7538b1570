#include "wires/counts.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

namespace xiaoyuan::wires {

Duration duration_of(std::vector<double> values) {
  Duration duration;
  std::ranges::sort(values, std::greater<>());
  for (std::size_t k = 0; k <= 100 && !values.empty(); ++k) {
    const double place = static_cast<double>(k) / 100.0 * static_cast<double>(values.size() - 1);
    duration.push_back(values[static_cast<std::size_t>(std::lround(place))]);
  }
  return duration;
}

Counts::Counts(std::size_t rows, double least, double most, double bin)
    : least_(least),
      bin_(bin),
      bins_(static_cast<std::size_t>(std::ceil((most - least) / bin))),
      counts_(rows * bins_) {}

void Counts::add(std::size_t row, double value) {
  const double place = std::clamp((value - least_) / bin_, 0.0, static_cast<double>(bins_ - 1));
  std::atomic_ref(counts_[row * bins_ + static_cast<std::size_t>(place)])
      .fetch_add(1, std::memory_order_relaxed);
}

Duration Counts::duration(std::size_t row) const {
  const auto first = counts_.begin() + static_cast<std::ptrdiff_t>(row * bins_);
  const auto all =
      std::accumulate(first, first + static_cast<std::ptrdiff_t>(bins_), std::uint64_t{0});
  Duration duration;
  std::size_t bin = bins_ - 1;
  std::uint64_t above = first[static_cast<std::ptrdiff_t>(bin)];
  for (std::size_t k = 0; k <= 100 && all > 0; ++k) {
    const double place = static_cast<double>(k) / 100.0 * static_cast<double>(all - 1);
    while (above <= static_cast<std::uint64_t>(std::llround(place))) {
      above += first[static_cast<std::ptrdiff_t>(--bin)];
    }
    duration.push_back(middle(bin));
  }
  return duration;
}

double Counts::percentile(std::size_t row, double share) const {
  const Duration falling = duration(row);
  return falling.empty() ? 0.0
                         : falling[static_cast<std::size_t>(std::lround(100.0 * (1.0 - share)))];
}

}  // namespace xiaoyuan::wires
