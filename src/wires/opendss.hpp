// Reads a circuit of OpenDSS text: the subset that the IEEE European low-voltage test feeder needs.
//
// Classes: circuit/vsource, linecode, line, transformer (two windings), load, loadshape; monitors
// and energy meters are passed over, and so are options of the solution. Whatever else stands there
// is an error that names it. What the properties mean is OpenDSS's own documentation; where a file
// leaves out a property it must be one of
//   vsource X1/R1 = 4, X0/R0 = 3;  transformer %R = 0.2 a winding, the low side 30° behind a delta.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

/// Shares of a load's power (or kW, where `is_actual`) by step.
struct LoadShape {
  std::string name;
  double step_minutes = 60.0;
  bool is_actual = false;
  std::vector<double> values;
};

struct OpenDssCircuit {
  Network network;
  std::vector<LoadShape> shapes;
  std::vector<std::optional<std::size_t>> shape_of_connection;
};

/// `name` is the file to begin with; others are named relative to its folder.
Result<OpenDssCircuit> read_opendss(const Files& files, const std::string& name);

}  // namespace xiaoyuan::wires
