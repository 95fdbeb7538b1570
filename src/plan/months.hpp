// The months of a plan, and which of them each step belongs to.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/zone.hpp"

namespace xiaoyuan::plan {

struct MonthAxis {
  struct Month {
    int year = 0;
    int month = 1;
  };
  std::vector<Month> months;
  std::vector<std::uint16_t> of_step;  ///< index into `months`
};
MonthAxis months_of(std::span<const Civil> times);

}  // namespace xiaoyuan::plan
