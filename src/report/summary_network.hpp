// What the terminal says of the village's wires: a few lines.
#pragma once
#include <utility>
#include <vector>

#include "plan/study.hpp"

namespace xiaoyuan::report {

/// Label and value: the worst voltage and why, loading, what more fits, the best remedy. Empty
/// without wires.
std::vector<std::pair<Text, Text>> network_lines(const plan::Inputs& inputs,
                                                 const plan::Study& study);

}  // namespace xiaoyuan::report
