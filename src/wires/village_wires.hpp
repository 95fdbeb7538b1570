// Reads a village's network: lines.csv, transformers.csv and network.toml of its folder.
//
// lines.csv         id, from, to, length_m, type, parallel, spacing_m, rating_a, note
// transformers.csv  id, high_bus, low_bus, type, rating_kva, high_kv, low_kv, group,
//                   short_circuit_percent, load_loss_kw, no_load_loss_kw, no_load_current_percent,
//                   zero_r_percent, zero_x_percent, tap_percent, note
// network.toml      neutral, nominal_v, celsius, [source] bus, voltage_pu, short_circuit_mva,
//                   r_over_x; [electrodes] bus = Ω; [[type]] name, r1, x1, r0, x0 (Ω/km), rating_a
//
// A bus is made where a line or a transformer first names it; a house stands at the bus that bears
// its id. A type of line is one of share/wires or of network.toml's own; one of a transformer is of
// share/transformers and gives what the row's other columns leave out, Dyn11 among it.
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "wires/network.hpp"
#include "wires/transformer_library.hpp"
#include "wires/wire_library.hpp"

namespace xiaoyuan::wires {

/// A household to be found on the network.
struct House {
  std::string id;
  Phases phases = Phases::abc;
  int line = 0;  ///< of households.csv
};

/// What the program knows of lines and transformers.
struct WireLibrary {
  std::vector<WireType> lines;
  std::vector<TransformerType> transformers;
};

/// Errors: all of the three files, and every house that stands on no bus. The network is not yet
/// looked at as a whole (wires/soundness.hpp, which Flow::of() asks).
Result<Network> read_village_wires(const Files& folder, const std::vector<House>& houses,
                                   const WireLibrary& library);

}  // namespace xiaoyuan::wires
