#include "wires/feeders.hpp"

#include <algorithm>
#include <limits>
#include <queue>

namespace xiaoyuan::wires {

namespace {

struct Way {
  std::size_t to = 0;
  double length_m = 0.0;
  std::optional<std::size_t> line;
};

std::vector<std::vector<Way>> ways_of(const Network& network) {
  std::vector<std::vector<Way>> ways(network.buses.size());
  for (std::size_t i = 0; i < network.lines.size(); ++i) {
    const Line& line = network.lines[i];
    const double length_m = 1000.0 * line.length_km;
    ways[line.from].push_back({line.to, length_m, i});
    ways[line.to].push_back({line.from, length_m, i});
  }
  for (const Link& link : network.links) {
    ways[link.from].push_back({link.to, 0.0, std::nullopt});
    ways[link.to].push_back({link.from, 0.0, std::nullopt});
  }
  return ways;
}

}  // namespace

/// Dijkstra (1959) from all low sides at once.
Feeders feeders_of(const Network& network) {
  const auto ways = ways_of(network);
  Feeders feeders;
  feeders.places.resize(network.buses.size());
  std::vector<double> metres(network.buses.size(), std::numeric_limits<double>::infinity());
  std::vector<bool> is_reached(network.buses.size());
  using Reach = std::pair<double, std::size_t>;
  std::priority_queue<Reach, std::vector<Reach>, std::greater<>> ahead;
  for (std::size_t bus = 0; bus < network.buses.size(); ++bus) {
    feeders.places[bus].above = bus;
  }
  for (std::size_t t = 0; t < network.transformers.size(); ++t) {
    const std::size_t low = network.transformers[t].low;
    if (metres[low] > 0.0) {
      metres[low] = 0.0;
      feeders.places[low].transformer = t;
      ahead.emplace(0.0, low);
    }
  }
  while (!ahead.empty()) {
    const std::size_t bus = ahead.top().second;
    ahead.pop();
    if (is_reached[bus]) {
      continue;
    }
    is_reached[bus] = true;
    feeders.order.push_back(bus);
    for (const Way& way : ways[bus]) {
      const double reach = metres[bus] + way.length_m;
      if (reach < metres[way.to]) {
        metres[way.to] = reach;
        feeders.places[way.to] = {bus, way.line, feeders.places[bus].transformer, reach};
        ahead.emplace(reach, way.to);
      }
    }
  }
  return feeders;
}

}  // namespace xiaoyuan::wires
