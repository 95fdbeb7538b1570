// Where something stands on the map of a village, in metres from any origin that the village chose.
#pragma once

namespace xiaoyuan {

struct Position {
  double x_m = 0.0;  ///< east
  double y_m = 0.0;  ///< north
  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace xiaoyuan
