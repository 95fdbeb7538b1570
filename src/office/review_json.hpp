// A review as JSON, with whole numbers as they were settled: energies in mWh, money in fen.
#pragma once
#include <string>

#include "office/against_plan.hpp"

namespace xiaoyuan::office {

/// Every place with its parts.
std::string json(const Review& review);

}  // namespace xiaoyuan::office
