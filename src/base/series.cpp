#include "base/series.hpp"

#include <algorithm>

namespace xiaoyuan {

std::vector<double> resampled(const std::vector<double>& values, const TimeAxis& from,
                              const TimeAxis& to) {
  expects(values.size() == from.size);
  if (from == to) {
    return values;
  }
  std::vector<double> means(to.size, 0.0);
  std::size_t source = 0;
  for (std::size_t i = 0; i < to.size; ++i) {
    const Instant begin = to.at(i);
    const Instant end = begin + to.step;
    while (source < from.size && from.at(source) + from.step <= begin) {
      ++source;
    }
    for (std::size_t k = source; k < from.size && from.at(k) < end; ++k) {
      const auto overlap = std::min(end, from.at(k) + from.step) - std::max(begin, from.at(k));
      means[i] += values[k] * static_cast<double>(overlap.count());
    }
    means[i] /= static_cast<double>(to.step.count());
  }
  return means;
}

}  // namespace xiaoyuan
