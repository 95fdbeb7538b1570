// The pieces of a convex piecewise-linear function, by rising slope: pieces come in anywhere and
// leave at the two ends.
//
// Slopes are given by rank. The pieces of a rank stand in a chain by age; a bit set of the ranks in
// use finds the outermost chains. With a standing loss a piece of age a has the slope
// value·(1 − σ)^a: within a chain the order is still that of age, and between chains the few
// outermost are compared.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace xiaoyuan::optimum {

/// Which numbers below 64³ are in use, with the least and the largest found in three looks.
class RankSet {
 public:
  void resize(std::size_t size);
  bool empty() const { return top_ == 0; }
  void insert(std::uint32_t rank) {
    low_[rank >> 6] |= 1ULL << (rank & 63);
    middle_[rank >> 12] |= 1ULL << ((rank >> 6) & 63);
    top_ |= 1ULL << (rank >> 12);
  }
  void erase(std::uint32_t rank) {
    low_[rank >> 6] &= ~(1ULL << (rank & 63));
    if (low_[rank >> 6] != 0) {
      return;
    }
    middle_[rank >> 12] &= ~(1ULL << ((rank >> 6) & 63));
    if (middle_[rank >> 12] == 0) {
      top_ &= ~(1ULL << (rank >> 12));
    }
  }
  std::uint32_t least() const {
    return is_short_ ? static_cast<std::uint32_t>(std::countr_zero(low_[0])) : long_least();
  }
  std::uint32_t largest() const {
    return is_short_ ? static_cast<std::uint32_t>(63 - std::countl_zero(low_[0])) : long_largest();
  }
  /// The next one in use; `none` when there is none.
  std::uint32_t above(std::uint32_t rank) const {
    if (!is_short_) {
      return long_above(rank);
    }
    const std::uint64_t bits = low_[0] & (~1ULL << rank);
    return bits == 0 ? none : static_cast<std::uint32_t>(std::countr_zero(bits));
  }
  std::uint32_t below(std::uint32_t rank) const {
    if (!is_short_) {
      return long_below(rank);
    }
    const std::uint64_t bits = low_[0] & ((1ULL << rank) - 1);
    return bits == 0 ? none : static_cast<std::uint32_t>(63 - std::countl_zero(bits));
  }
  static constexpr std::uint32_t none = UINT32_MAX;

 private:
  std::uint32_t long_least() const;
  std::uint32_t long_largest() const;
  std::uint32_t long_above(std::uint32_t rank) const;
  std::uint32_t long_below(std::uint32_t rank) const;

  bool is_short_ = true;  ///< one word holds all
  std::vector<std::uint64_t> low_;
  std::array<std::uint64_t, 64> middle_{};
  std::uint64_t top_ = 0;
};

/// Largest slope first: the left end of the function is where a kWh is worth most.
class PieceQueue {
 public:
  /// Forgets all pieces. `values` are the slopes by rank; with `scale_of_step` (not empty under a
  /// standing loss) a piece's slope is its value times the scale of its step.
  void reset(std::span<const double> values, std::span<const double> scale_of_step);
  bool empty() const { return ranks_.empty(); }
  double total_length() const { return total_; }

  void push(std::uint32_t rank, double length, std::uint32_t step);
  /// The slopes at the two ends, scaled; the queue must not be empty.
  double left_slope() const {
    const std::uint32_t rank = leftmost();
    return slope(rank, left_end(rank));
  }
  double right_slope() const {
    const std::uint32_t rank = rightmost();
    return slope(rank, right_end(rank));
  }
  /// Takes up to `length` from the left and tells `taken(step, length)` of every piece.
  template <class Taken>
  void take_left(double length, Taken&& taken);
  /// Takes every piece that is worth more than `slope` (scaled).
  template <class Taken>
  void take_above(double slope, Taken&& taken);
  /// Drops up to `length` from the right.
  void drop_right(double length);
  /// Adds the lengths anew: small errors of many additions go.
  void recount();

 private:
  struct Node {
    double length;
    std::uint32_t step;
    std::uint32_t older;
    std::uint32_t newer;
  };
  struct Chain {
    std::uint32_t oldest;
    std::uint32_t newest;
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  double slope(std::uint32_t rank, std::uint32_t node) const {
    return values_[rank] * (scales_.empty() ? 1.0 : scales_[nodes_[node].step]);
  }
  /// Which end of its chain stands further left: the newest where the value is positive.
  std::uint32_t left_end(std::uint32_t rank) const {
    return values_[rank] >= 0.0 ? chains_[rank].newest : chains_[rank].oldest;
  }
  std::uint32_t right_end(std::uint32_t rank) const {
    return values_[rank] >= 0.0 ? chains_[rank].oldest : chains_[rank].newest;
  }
  std::uint32_t leftmost() const;
  std::uint32_t rightmost() const;
  void remove(std::uint32_t rank, std::uint32_t node);

  std::span<const double> values_;
  std::span<const double> scales_;
  std::vector<Chain> chains_;
  RankSet ranks_;
  std::vector<Node> nodes_;
  std::uint32_t free_ = none;
  double total_ = 0.0;
  double oldest_scale_ = 1.0;  ///< no piece has a smaller one
  double newest_scale_ = 1.0;  ///< no piece has a larger one
};

template <class Taken>
void PieceQueue::take_left(double length, Taken&& taken) {
  while (length > 0.0 && !empty()) {
    const std::uint32_t rank = leftmost();
    const std::uint32_t at = left_end(rank);
    Node& node = nodes_[at];
    if (node.length > length) {
      taken(node.step, length);
      node.length -= length;
      total_ -= length;
      return;
    }
    taken(node.step, node.length);
    length -= node.length;
    remove(rank, at);
  }
}

template <class Taken>
void PieceQueue::take_above(double limit, Taken&& taken) {
  while (!empty()) {
    const std::uint32_t rank = leftmost();
    const std::uint32_t at = left_end(rank);
    if (slope(rank, at) <= limit) {
      return;
    }
    taken(nodes_[at].step, nodes_[at].length);
    remove(rank, at);
  }
}

}  // namespace xiaoyuan::optimum
