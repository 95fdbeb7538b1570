// How much each house of an area adds when all together add so much.
#pragma once
#include <vector>

#include "hosting/capacity.hpp"

namespace xiaoyuan::hosting {

class Filling {
 public:
  Filling(const VillageYear& village, std::vector<std::size_t> houses, Spreading spreading);
  /// What all roofs have left; infinity where it is not known of all.
  double full_kw() const { return full_kw_; }
  /// Never more than full_kw().
  Added at(double total_kw) const;

 private:
  double level_kw(double total_kw) const;

  std::size_t size_;  ///< of the village
  std::vector<std::size_t> houses_;
  std::vector<double> left_kw_;  ///< by house of the area
  double full_kw_ = 0.0;
  bool is_by_room_;
};

}  // namespace xiaoyuan::hosting
