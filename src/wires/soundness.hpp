// What makes a network no network: every fault of it, with the element and the line of its file.
#pragma once
#include "base/error.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

enum class Shape { radial, any };

/// Islands, loops where a radial network is asked for, no source or two of them, lengths that are
/// not above 0, impedances that are 0, lines between voltage levels, electrodes and wires that the
/// way of seeing the neutral cannot have. Empty when the network is sound.
Errors faults_of(const Network& network, Shape shape = Shape::any);

}  // namespace xiaoyuan::wires
