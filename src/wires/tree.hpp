// From a network to the compressed tree that is swept (wires/sweep_loops.hpp).
//
// A branch hands on V_c = N·V_p + Z·K_c from its upper end p to its lower end c, and K_p = N^H·K_c
// back, K the current that flows up through it; N = 1 for lines and switches, the ratio for a
// transformer. With J what is fed in at c and S the admittance to earth there and below:
//   K_c = J_c − S_c·V_c,   A = (1 + Z·S_c)⁻¹
//   V_c = A·N·V_p + A·Z·J_c
//   J_p += N^H·(1 − S_c·A·Z)·J_c,   S_p += N^H·S_c·A·N
// Nothing is divided by an impedance, so switches need no special case, and admittances (charging,
// no-load currents, electrodes) are exact. Where S = 0 it is the plain backward/forward sweep.
//
// Buses where nothing is connected and nothing branches are passed through: their chain is one
// branch, and their voltages follow from its two ends. A branch that closes a loop is cut; what it
// carries is found from the voltages at its ends (compensation).
#pragma once
#include <vector>

#include "wires/network.hpp"
#include "wires/sweep_loops.hpp"

namespace xiaoyuan::wires {

/// A branch that closes a loop: N·V_from − V_to = Z·I, I flowing into `to`.
struct Loop {
  std::size_t from = 0;  ///< nodes of the tree
  std::size_t to = 0;
  std::vector<Complex> ratio;  ///< wires × wires
  std::vector<Complex> impedance;
};

/// Where the current of a line or transformer is found.
struct Carrier {
  std::size_t node = 0;  ///< its lower end: what flows up from it; or the index of the loop
  double sign = 1.0;     ///< of the direction from its beginning to its end
  bool is_loop = false;
};

struct Tree {
  SweepTree sweep;
  std::vector<double> source;  ///< [wire][re, im]
  static constexpr std::size_t passed_through = ~std::size_t{0};
  std::vector<std::size_t> node_of_bus;  ///< or passed_through
  std::vector<std::size_t> bus_of_node;  ///< or passed_through where it is no bus
  std::vector<Loop> loops;
  std::vector<Carrier> lines, links, transformers;  ///< transformers: at their low side
  std::vector<double> bus_nominal_v;                ///< phase to neutral
};

/// The network must be sound (wires/soundness.hpp).
Tree tree_of(const Network& network);

}  // namespace xiaoyuan::wires
