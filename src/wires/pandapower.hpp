// Reads a network from the tables of pandapower as JSON: bus, ext_grid, line, trafo, load, sgen,
// asymmetric_load, switch. One object, one list of objects a table.
//
// What the tables mean is pandapower's own documentation of its elements; transformers are T
// equivalents. The zero sequence of a Dyn transformer follows from its magnetising branch:
//   z0 = (1 − h)·z_k0 + (h·z_k0 ∥ z_m0),  z_m0 = mag0·|z_k0|·(mag0_rx + j)/√(1 + mag0_rx²)
// with h = si0_hv_partial. An ext_grid holds the positive sequence; behind it the other two see its
// short-circuit impedance 1.1·U²/S'' (IEC 60909's c of medium voltage).
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

Result<Network> read_pandapower(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::wires
