// Curves that a person writes as points in one line: "90:12 120:25 150:8".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::solar {

struct Point {
  double first = 0.0;
  double second = 0.0;
};

/// What the numbers of a point are and what they may be.
struct PointRules {
  Text first;  ///< their names
  Text second;
  Range firsts;
  Range seconds;
  std::string example;  ///< "120:25"
};

/// The points of a text, split by blanks, first numbers rising; every error of the text at once.
Result<std::vector<Point>> parse_points(std::string_view text, const PointRules& rules,
                                        const Where& where);

}  // namespace xiaoyuan::solar
