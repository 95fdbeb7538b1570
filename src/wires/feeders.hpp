// Where every bus lies seen from its transformer: the way to it, its length, and what feeds it. In
// a meshed network the shortest way.
#pragma once
#include <optional>
#include <vector>

#include "wires/network.hpp"

namespace xiaoyuan::wires {

struct FeederPlace {
  std::size_t above = 0;            ///< the bus towards the transformer; itself at its low side
  std::optional<std::size_t> line;  ///< that leads there; none at the transformer, over a link
  std::optional<std::size_t> transformer;  ///< none: fed at the source's own voltage
  double from_transformer_m = 0.0;
};

struct Feeders {
  std::vector<FeederPlace> places;  ///< by bus
  std::vector<std::size_t> order;   ///< buses behind a transformer, those above before those below
};

Feeders feeders_of(const Network& network);

}  // namespace xiaoyuan::wires
