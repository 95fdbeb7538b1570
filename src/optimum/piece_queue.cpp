#include "optimum/piece_queue.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/check.hpp"

namespace xiaoyuan::optimum {

namespace {

std::uint32_t lowest(std::uint64_t bits) {
  return static_cast<std::uint32_t>(std::countr_zero(bits));
}
std::uint32_t highest(std::uint64_t bits) {
  return static_cast<std::uint32_t>(63 - std::countl_zero(bits));
}
/// The bits above, or below, one bit.
std::uint64_t bits_above(std::uint64_t bits, std::uint32_t at) {
  return at == 63 ? 0 : bits & (~0ULL << (at + 1));
}
std::uint64_t bits_below(std::uint64_t bits, std::uint32_t at) { return bits & ((1ULL << at) - 1); }

}  // namespace

void RankSet::resize(std::size_t size) {
  expects(size <= 64UL * 64 * 64);
  is_short_ = size <= 64;
  low_.assign(size / 64 + 1, 0);
  middle_.fill(0);
  top_ = 0;
}

std::uint32_t RankSet::long_least() const {
  const std::uint32_t high = lowest(top_);
  const std::uint32_t word = 64 * high + lowest(middle_[high]);
  return 64 * word + lowest(low_[word]);
}

std::uint32_t RankSet::long_largest() const {
  const std::uint32_t high = highest(top_);
  const std::uint32_t word = 64 * high + highest(middle_[high]);
  return 64 * word + highest(low_[word]);
}

std::uint32_t RankSet::long_above(std::uint32_t rank) const {
  std::uint32_t word = rank >> 6;
  if (const auto bits = bits_above(low_[word], rank & 63)) {
    return 64 * word + lowest(bits);
  }
  std::uint32_t high = word >> 6;
  std::uint64_t words = bits_above(middle_[high], word & 63);
  if (words == 0) {
    const std::uint64_t highs = bits_above(top_, high);
    if (highs == 0) {
      return none;
    }
    high = lowest(highs);
    words = middle_[high];
  }
  word = 64 * high + lowest(words);
  return 64 * word + lowest(low_[word]);
}

std::uint32_t RankSet::long_below(std::uint32_t rank) const {
  std::uint32_t word = rank >> 6;
  if (const auto bits = bits_below(low_[word], rank & 63)) {
    return 64 * word + highest(bits);
  }
  std::uint32_t high = word >> 6;
  std::uint64_t words = bits_below(middle_[high], word & 63);
  if (words == 0) {
    const std::uint64_t highs = bits_below(top_, high);
    if (highs == 0) {
      return none;
    }
    high = highest(highs);
    words = middle_[high];
  }
  word = 64 * high + highest(words);
  return 64 * word + highest(low_[word]);
}

void PieceQueue::reset(std::span<const double> values, std::span<const double> scale_of_step) {
  values_ = values;
  scales_ = scale_of_step;
  chains_.assign(values.size(), {none, none});
  ranks_.resize(values.size());
  nodes_.clear();
  free_ = none;
  total_ = 0.0;
  oldest_scale_ = 1.0;
  newest_scale_ = 1.0;
}

void PieceQueue::push(std::uint32_t rank, double length, std::uint32_t step) {
  total_ += length;
  Chain& chain = chains_[rank];
  std::uint32_t at = free_;
  if (at == none) {
    at = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
  } else {
    free_ = nodes_[at].older;
  }
  nodes_[at] = {length, step, chain.newest, none};
  if (chain.newest == none) {
    chain.oldest = at;
    ranks_.insert(rank);
  } else {
    nodes_[chain.newest].newer = at;
  }
  chain.newest = at;
  if (!scales_.empty()) {
    newest_scale_ = scales_[step];
  }
}

void PieceQueue::remove(std::uint32_t rank, std::uint32_t at) {
  Chain& chain = chains_[rank];
  const Node node = nodes_[at];
  total_ -= node.length;
  (node.older == none ? chain.oldest : nodes_[node.older].newer) = node.newer;
  (node.newer == none ? chain.newest : nodes_[node.newer].older) = node.older;
  if (chain.newest == none) {
    ranks_.erase(rank);
  }
  nodes_[at].older = free_;
  free_ = at;
}

/// The rank whose left end is worth most. No piece of a rank is worth more than its value at the
/// newest scale (at the oldest where the value is negative), so the search ends early.
std::uint32_t PieceQueue::leftmost() const {
  std::uint32_t best = ranks_.largest();
  if (scales_.empty()) {
    return best;
  }
  double most = slope(best, left_end(best));
  for (std::uint32_t rank = ranks_.below(best); rank != none; rank = ranks_.below(rank)) {
    const double value = values_[rank];
    if (value * (value >= 0.0 ? newest_scale_ : oldest_scale_) <= most) {
      break;
    }
    if (const double here = slope(rank, left_end(rank)); here > most) {
      most = here;
      best = rank;
    }
  }
  return best;
}

std::uint32_t PieceQueue::rightmost() const {
  std::uint32_t best = ranks_.least();
  if (scales_.empty()) {
    return best;
  }
  double least = slope(best, right_end(best));
  for (std::uint32_t rank = ranks_.above(best); rank != none; rank = ranks_.above(rank)) {
    const double value = values_[rank];
    if (value * (value >= 0.0 ? oldest_scale_ : newest_scale_) >= least) {
      break;
    }
    if (const double here = slope(rank, right_end(rank)); here < least) {
      least = here;
      best = rank;
    }
  }
  return best;
}

void PieceQueue::drop_right(double length) {
  while (length > 0.0 && !empty()) {
    const std::uint32_t rank = rightmost();
    const std::uint32_t at = right_end(rank);
    Node& node = nodes_[at];
    if (node.length > length) {
      node.length -= length;
      total_ -= length;
      return;
    }
    length -= node.length;
    remove(rank, at);
  }
}

void PieceQueue::recount() {
  total_ = 0.0;
  double oldest = std::numeric_limits<double>::infinity();
  if (!empty()) {
    for (std::uint32_t rank = ranks_.least(); rank != none; rank = ranks_.above(rank)) {
      for (std::uint32_t at = chains_[rank].newest; at != none; at = nodes_[at].older) {
        total_ += nodes_[at].length;
        oldest = std::min(oldest, scales_.empty() ? 1.0 : scales_[nodes_[at].step]);
      }
    }
  }
  oldest_scale_ = empty() ? newest_scale_ : oldest;
}

}  // namespace xiaoyuan::optimum
