// Where a village's houses, poles, lines and transformers stand, for a map of it.
//
// What the village's files say comes first. A bus without a position lies in the middle of its
// neighbours (∇² = 0 over the lines); of a network without any position the lines go out from each
// transformer like rays, as long as they are; without a network houses stand in rows.
#pragma once
#include <string>
#include <vector>

#include "base/position.hpp"
#include "plan/inputs.hpp"

namespace xiaoyuan::desk {

struct MapLine {
  bool is_drop = false;  ///< from the pole to a house
  Position from;
  Position to;
};

struct VillageMap {
  bool is_assumed = false;  ///< a position or the wires are made up
  Text note;
  std::vector<Position> transformers;  ///< in the order of the village
  std::vector<Position> houses;        ///< the same
  std::vector<Position> poles;
  std::vector<MapLine> lines;
  Position least;
  Position most;
};

VillageMap map_of(const plan::Inputs& inputs);

}  // namespace xiaoyuan::desk
