// Reads a network from the input JSON of power-grid-model: node, line, link, transformer, source,
// sym_load, sym_gen, asym_load, asym_gen, shunt. What a low-voltage network cannot contain
// (sensors, three windings, asymmetric lines, regulators) is an error that names it.
//
// What the attributes mean is power-grid-model's own documentation of its components; its
// transformers are π equivalents. A line or transformer that is open at one end keeps that end as a
// bus of its own.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

/// Element names are the ids of the file; an open end is named "<id> open end".
Result<Network> read_power_grid_model(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::wires
