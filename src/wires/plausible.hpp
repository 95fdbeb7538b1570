// A plausible radial low-voltage network for a village that has no data of its own: overhead lines
// from each transformer, poles along them (wires/plausible_layout.hpp), a service drop to every
// house. A line is trunk where many houses hang below it, else branch.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/position.hpp"
#include "base/text.hpp"
#include "wires/network.hpp"
#include "wires/plausible_layout.hpp"
#include "wires/transformer_library.hpp"
#include "wires/wire_library.hpp"

namespace xiaoyuan::wires {

struct PlausibleTransformer {
  std::string id;
  double rating_kva = 0.0;
  /// Side by side; in the network they are one of all their ratings together, which does the same.
  int in_parallel = 1;
  std::optional<Position> position = std::nullopt;  ///< none: the middle of its houses
};

struct PlausibleHouse {
  std::string id;
  std::size_t transformer = 0;
  Phases phases = Phases::abc;
  std::optional<Position> position = std::nullopt;
  int line = 0;  ///< of households.csv
};

/// What is assumed of a network that nobody has drawn (network.* of the assumptions).
struct Plausible {
  WireType trunk;
  WireType branch;
  WireType drop;  ///< from the pole to the house
  double line_spacing_m = 0.4;
  double drop_spacing_m = 0.15;
  double celsius = 20.0;  ///< of the wires
  int branch_houses = 8;  ///< most that hang on a branch
  LayoutRule layout;
  double nominal_v = 380.0;
  double source_pu = 1.0;
  double source_mva = 100.0;  ///< short-circuit power at 10 kV
  double source_r_over_x = 1.0;
  double tap_percent = 2.5;
  std::vector<TransformerType> transformers;
  std::string series = "S13";
};

enum class MadeOf { positions, counts };

struct PlausibleNetwork {
  /// Radial and sound. One transformer for each given, in their order; one connection for each
  /// house, in their order, at the bus that bears its id.
  Network network;
  std::vector<std::optional<Position>> positions;  ///< by bus; none where nothing is known
  MadeOf made_of = MadeOf::counts;
  Text note;  ///< what was assumed
};

/// From positions where every house has one, else from counts.
PlausibleNetwork plausible_network(const std::vector<PlausibleTransformer>& transformers,
                                   const std::vector<PlausibleHouse>& houses,
                                   const Plausible& plausible);

}  // namespace xiaoyuan::wires
