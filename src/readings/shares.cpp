#include "readings/shares.hpp"

#include <algorithm>
#include <numeric>

#include "base/check.hpp"

namespace xiaoyuan::readings {

__extension__ typedef __int128 WideShare;  // g++ and clang have it; -Wpedantic wants to be told

std::vector<std::int64_t> shares(std::int64_t whole, std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  if (weights.empty()) {
    return parts;
  }
  expects(whole >= 0);
  WideShare sum = 0;
  for (const std::int64_t weight : weights) {
    expects(weight >= 0);
    sum += weight;
  }
  const bool even = sum == 0;
  sum = even ? static_cast<WideShare>(weights.size()) : sum;
  std::vector<WideShare> remainders(weights.size());
  std::int64_t left = whole;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const WideShare product = static_cast<WideShare>(whole) * (even ? 1 : weights[i]);
    parts[i] = static_cast<std::int64_t>(product / sum);
    remainders[i] = product % sum;
    left -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](auto a, auto b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) {
    ++parts[order[i]];
  }
  return parts;
}

std::optional<std::vector<std::int64_t>> shares_up_to(std::int64_t most, std::int64_t whole,
                                                      std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  std::vector<std::size_t> open(weights.size());
  std::iota(open.begin(), open.end(), std::size_t{0});
  while (!open.empty()) {
    std::vector<std::int64_t> open_weights;
    for (const std::size_t i : open) {
      open_weights.push_back(weights[i]);
    }
    const auto open_parts = shares(whole, open_weights);
    std::vector<std::size_t> still_open;
    for (std::size_t k = 0; k < open.size(); ++k) {
      parts[open[k]] = std::min(open_parts[k], most);
      if (open_parts[k] <= most) {
        still_open.push_back(open[k]);
      }
    }
    if (still_open.size() == open.size()) {
      return parts;
    }
    whole -= most * static_cast<std::int64_t>(open.size() - still_open.size());
    open = std::move(still_open);
    if (whole < 0) {
      break;
    }
  }
  return whole == 0 ? std::optional(parts) : std::nullopt;
}

}  // namespace xiaoyuan::readings
