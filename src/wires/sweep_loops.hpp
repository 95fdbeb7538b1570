// The inner loops of a power flow, eight time steps side by side (or eight columns of a linear
// answer), in three makes: for processors with AVX-512, with AVX2 and FMA, and for all others.
// Where a processor fuses a product with its sum the last bit may differ from one that does not.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace xiaoyuan::wires {

/// One connection's power between two wires of a node.
struct Element {
  std::size_t node = 0;
  std::size_t from = 0;
  std::size_t to = 0;  ///< == from: earth (or the neutral that the phases are seen against)
  std::size_t connection = 0;
  double share = 1.0;  ///< of the connection's power
  double nominal_v = 230.0;
  double power = 1.0;      ///< the law: I = conj(S)·v·(power/|v|² + current/|v| + impedance)
  double current = 0.0;    ///< 1/V
  double impedance = 0.0;  ///< 1/V²
};

/// A pass-through bus: V = V_above + share·(V_below − V_above).
struct PassThrough {
  std::size_t bus = 0;
  std::size_t below = 0;  ///< the node at the lower end of its chain
  double share = 0.0;
  std::size_t impedance = 0;  ///< where the chain is of several types: 1 + index into `impedances`
};

/// The compressed tree. Node 0 is the source's ideal voltage; parents stand before children. With
/// J the current fed in at a node and below it:
///   up:    J_parent += up·J,     down:  V = down·V_parent + own·J
struct SweepTree {
  std::size_t wires = 3;
  std::vector<std::uint32_t> parent;
  std::vector<std::uint8_t> is_plain;  ///< up and down are 1
  std::vector<double> up, down, own;   ///< wires² complex numbers a node
  std::vector<double> shunt;           ///< of a node and all below it, where `has_shunt`
  std::vector<std::uint8_t> has_shunt;
  std::vector<Element> elements;
  std::vector<PassThrough> passed;
  std::vector<double> impedances;  ///< of passed buses from the node above
  std::size_t size() const { return parent.size(); }
};

namespace sweep_loops {

inline constexpr std::size_t lanes = 8;

/// Arrays [node][wire][re, im][lane]; `seen` is [element][re, im][lane], powers [connection][lane].
struct State {
  double* volts;
  double* amps;
  double* seen;
  const double* watts;
  const double* vars;
};

/// Sets the currents that the elements feed in at the present voltages, and returns in `change` how
/// far each lane's voltages have moved since the last call: the largest |ΔV/V_nominal|².
void feed_in(const SweepTree& tree, const State& state, double* change);
/// Currents up the tree, voltages down it. volts[0] is the source's voltage.
void sweep(const SweepTree& tree, double* amps, double* volts);
/// After a sweep: makes `amps` the currents in the branches above the nodes.
void branch_currents(const SweepTree& tree, double* amps, const double* volts);
/// The voltages of the passed buses into `bus_volts`, [bus][wire][re, im][lane]; `amps` are branch
/// currents.
void recover(const SweepTree& tree, const double* amps, const double* volts, double* bus_volts);

}  // namespace sweep_loops

}  // namespace xiaoyuan::wires
