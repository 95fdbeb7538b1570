// What the village's wires bear in the planned year: voltages, loading, unbalance and losses, the
// grade of every transformer with these checks, how much more PV fits and what makes room for it.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "hosting/grade.hpp"
#include "hosting/remedies.hpp"
#include "plan/crew.hpp"
#include "plan/wires_year.hpp"

namespace xiaoyuan::plan {

}  // namespace xiaoyuan::plan
