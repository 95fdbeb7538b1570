#include "wires/places.hpp"

#include <fmt/format.h>

namespace xiaoyuan::wires {

Text unknown_bus(std::string_view name, const Network& network) {
  std::vector<std::string> known;
  for (const Bus& bus : network.buses) {
    known.push_back(bus.name);
  }
  const std::string meant = nearest(name, known);
  if (!meant.empty()) {
    return {fmt::format("there is no bus \"{}\"; did you mean \"{}\"?", name, meant),
            fmt::format("没有节点“{}”;是否应为“{}”?", name, meant)};
  }
  return {fmt::format("there is no bus \"{}\" among the {} of the network", name, known.size()),
          fmt::format("网络的 {} 个节点中没有“{}”", known.size(), name)};
}

}  // namespace xiaoyuan::wires
