// The pieces of a convex piecewise-linear function, by rising slope: pieces come in anywhere and
// leave at the two ends.
#pragma once
#include <cstdint>
#include <vector>

namespace xiaoyuan::plan {

/// Pieces of equal slope stand in one group, last in first out: which of equals is cut first does
/// not matter to the optimum.
class PieceQueue {
 public:
  void clear();
  bool empty() const { return begin_ == end_; }
  double total_length() const { return total_; }

  /// A piece that belongs to a step.
  void insert(double slope, double length, std::uint32_t step);
  /// Takes up to `length` from the left and tells `taken(step, length)` of every piece; returns
  /// what it could not take.
  template <class Taken>
  double take_left(double length, Taken&& taken);
  /// Takes every piece whose slope is below `slope`; returns their length.
  template <class Taken>
  double take_below(double slope, Taken&& taken);
  /// Tells `seen(slope, length)` of every group, from the left.
  template <class Seen>
  void look(Seen&& seen) const {
    for (std::size_t i = begin_; i < end_; ++i) {
      seen(groups_[i].slope, groups_[i].length);
    }
  }
  /// Drops up to `length` from the right.
  void drop_right(double length);
  /// Adds the lengths anew: small errors of many additions go.
  void recount();

 private:
  struct Entry {
    double length;
    std::uint32_t step;
    std::uint32_t next;
  };
  struct Group {
    double slope;
    double length;
    std::uint32_t top;   ///< the entry that leaves first
    std::uint32_t last;  ///< the end of its chain
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  std::uint32_t new_entry(double length, std::uint32_t step, std::uint32_t next);
  void free_chain(std::uint32_t top, std::uint32_t last);
  void open_gap(std::size_t at);
  void make_room();

  std::vector<Group> groups_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::vector<Entry> entries_;
  std::uint32_t free_ = none;
  double total_ = 0.0;
};

template <class Taken>
double PieceQueue::take_left(double length, Taken&& taken) {
  while (length > 0.0 && begin_ != end_) {
    Group& group = groups_[begin_];
    while (length > 0.0 && group.top != none) {
      Entry& entry = entries_[group.top];
      if (entry.length > length) {
        taken(entry.step, length);
        entry.length -= length;
        group.length -= length;
        total_ -= length;
        return 0.0;
      }
      taken(entry.step, entry.length);
      length -= entry.length;
      group.length -= entry.length;
      total_ -= entry.length;
      const std::uint32_t gone = group.top;
      group.top = entry.next;
      free_chain(gone, gone);
    }
    if (group.top == none) {
      ++begin_;
    }
  }
  return length;
}

template <class Taken>
double PieceQueue::take_below(double slope, Taken&& taken) {
  double length = 0.0;
  for (; begin_ != end_ && groups_[begin_].slope < slope; ++begin_) {
    for (std::uint32_t at = groups_[begin_].top; at != none; at = entries_[at].next) {
      taken(entries_[at].step, entries_[at].length);
      length += entries_[at].length;
    }
  }
  total_ -= length;
  return length;
}

}  // namespace xiaoyuan::plan
