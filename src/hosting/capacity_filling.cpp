#include "hosting/capacity_filling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace xiaoyuan::hosting {

Filling::Filling(const VillageYear& village, std::vector<std::size_t> houses, Spreading spreading)
    : size_(village.houses.size()), houses_(std::move(houses)) {
  for (const std::size_t h : houses_) {
    const House& house = village.houses[h];
    left_kw_.push_back(house.room_kw ? std::max(0.0, *house.room_kw - house.pv_kw)
                                     : std::numeric_limits<double>::infinity());
    full_kw_ += left_kw_.back();
  }
  is_by_room_ = spreading == Spreading::by_room && std::isfinite(full_kw_);
}

/// The kW of every house whose roof holds as much: Σ min(level, left) = total.
double Filling::level_kw(double total_kw) const {
  std::vector<double> rising = left_kw_;
  std::ranges::sort(rising);
  double rest_kw = total_kw;
  auto houses_left = static_cast<double>(rising.size());
  double level = 0.0;
  for (const double left : rising) {
    if (rest_kw <= (left - level) * houses_left) {
      return level + rest_kw / houses_left;
    }
    rest_kw -= (left - level) * houses_left;
    level = left;
    houses_left -= 1.0;
  }
  return level;
}

Added Filling::at(double total_kw) const {
  Added added;
  added.pv_kw.assign(size_, 0.0);
  const double level = is_by_room_ ? 0.0 : level_kw(total_kw);
  for (std::size_t i = 0; i < houses_.size(); ++i) {
    added.pv_kw[houses_[i]] =
        is_by_room_ ? total_kw * left_kw_[i] / full_kw_ : std::min(level, left_kw_[i]);
  }
  return added;
}

}  // namespace xiaoyuan::hosting
