// The village's wires as a plan is given them: the network before anything is connected, where each
// household stands on it, and what was assumed.
#pragma once
#include <optional>
#include <vector>

#include "base/position.hpp"
#include "base/text.hpp"
#include "hosting/inverter_setting.hpp"
#include "wires/village_wires.hpp"

namespace xiaoyuan::plan {

/// From files of the village's folder, or assumed: from where its houses stand, or from their
/// number.
enum class WiresFrom { files, positions, counts };

struct HousePlace {
  std::size_t bus = 0;
  wires::Phases phases = wires::Phases::abc;
};

struct WiresInput {
  WiresFrom from = WiresFrom::files;
  wires::Network network;
  std::vector<HousePlace> houses;                  ///< by household
  std::vector<std::optional<Position>> positions;  ///< by bus
  /// By transformer of the network, the village's own of village.toml.
  std::vector<std::size_t> transformers;
  wires::WireLibrary library;  ///< what a remedy may choose from
  std::vector<hosting::InverterSetting> settings;
  Text note;
  bool is_assumed() const { return from != WiresFrom::files; }
};

}  // namespace xiaoyuan::plan
