#include "plan/piece_queue.hpp"

#include <algorithm>

namespace xiaoyuan::plan {

void PieceQueue::clear() {
  if (groups_.empty()) {
    groups_.resize(64);
  }
  begin_ = groups_.size() / 2;
  end_ = begin_;
  entries_.clear();
  free_ = none;
  total_ = 0.0;
}

std::uint32_t PieceQueue::new_entry(double length, std::uint32_t step, std::uint32_t next) {
  if (free_ == none) {
    entries_.push_back({length, step, next});
    return static_cast<std::uint32_t>(entries_.size() - 1);
  }
  const std::uint32_t index = free_;
  free_ = entries_[index].next;
  entries_[index] = {length, step, next};
  return index;
}

void PieceQueue::free_chain(std::uint32_t top, std::uint32_t last) {
  entries_[last].next = free_;
  free_ = top;
}

/// Centres the groups in an array with room on both sides.
void PieceQueue::make_room() {
  const std::size_t count = end_ - begin_;
  if (groups_.size() < 4 * count) {
    std::vector<Group> wider(4 * count);
    std::copy(groups_.begin() + static_cast<std::ptrdiff_t>(begin_),
              groups_.begin() + static_cast<std::ptrdiff_t>(end_),
              wider.begin() + static_cast<std::ptrdiff_t>(count));
    groups_ = std::move(wider);
    begin_ = count;
  } else {
    const std::size_t centred = (groups_.size() - count) / 2;
    std::vector<Group> moved(groups_.begin() + static_cast<std::ptrdiff_t>(begin_),
                             groups_.begin() + static_cast<std::ptrdiff_t>(end_));
    std::ranges::copy(moved, groups_.begin() + static_cast<std::ptrdiff_t>(centred));
    begin_ = centred;
  }
  end_ = begin_ + count;
}

/// Makes groups_[at] free, moving the shorter side; `at` counts from begin_.
void PieceQueue::open_gap(std::size_t at) {
  if (begin_ == 0 || end_ == groups_.size()) {
    make_room();
  }
  const auto first = groups_.begin() + static_cast<std::ptrdiff_t>(begin_);
  const auto middle = first + static_cast<std::ptrdiff_t>(at);
  const auto last = groups_.begin() + static_cast<std::ptrdiff_t>(end_);
  if (at < (end_ - begin_) / 2) {
    std::move(first, middle, first - 1);
    --begin_;
  } else {
    std::move_backward(middle, last, last + 1);
    ++end_;
  }
}

void PieceQueue::insert(double slope, double length, std::uint32_t step) {
  total_ += length;
  std::size_t at = end_;
  if (end_ - begin_ <= 16) {
    while (at > begin_ && groups_[at - 1].slope > slope) {
      --at;
    }
  } else {
    const auto first = groups_.begin();
    at = static_cast<std::size_t>(
        std::upper_bound(first + static_cast<std::ptrdiff_t>(begin_),
                         first + static_cast<std::ptrdiff_t>(end_), slope,
                         [](double one, const Group& group) { return one < group.slope; }) -
        first);
  }
  if (at > begin_ && groups_[at - 1].slope == slope) {
    Group& group = groups_[at - 1];
    group.top = new_entry(length, step, group.top);
    group.length += length;
    return;
  }
  const std::size_t place = at - begin_;
  open_gap(place);
  const std::uint32_t entry = new_entry(length, step, none);
  groups_[begin_ + place] = {slope, length, entry, entry};
}

void PieceQueue::drop_right(double length) {
  while (length > 0.0 && begin_ != end_) {
    Group& group = groups_[end_ - 1];
    if (group.length <= length) {
      length -= group.length;
      total_ -= group.length;
      free_chain(group.top, group.last);
      --end_;
      continue;
    }
    while (length > 0.0) {
      Entry& entry = entries_[group.top];
      const double dropped = std::min(length, entry.length);
      length -= dropped;
      group.length -= dropped;
      total_ -= dropped;
      if (entry.length > dropped || entry.next == none) {
        entry.length -= dropped;
        return;
      }
      const std::uint32_t gone = group.top;
      group.top = entry.next;
      free_chain(gone, gone);
    }
  }
}

void PieceQueue::recount() {
  total_ = 0.0;
  for (std::size_t i = begin_; i < end_; ++i) {
    double length = 0.0;
    for (std::uint32_t at = groups_[i].top; at != none; at = entries_[at].next) {
      length += entries_[at].length;
    }
    groups_[i].length = length;
    total_ += length;
  }
}

}  // namespace xiaoyuan::plan
