// A network as vertices and edges of small matrices, before it becomes a tree.
#pragma once
#include <vector>

#include "wires/impedance.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

/// One way through a branch: V_here = ratio·V_there + impedance·I, I fed in here.
template <std::size_t n>
struct Passage {
  Matrix<n> ratio;
  Matrix<n> impedance;
};

enum class Part { source, line, link, transformer };

template <std::size_t n>
struct Edge {
  std::size_t from = 0;
  std::size_t to = 0;
  bool is_plain = true;    ///< the ratio is 1
  Passage<n> forth;        ///< seen from `to`
  Passage<n> back;         ///< seen from `from`
  Matrix<n> if_back;       ///< admittance that `to` sees when the edge is fed from there
  std::size_t behind = 0;  ///< the vertex that sees `if_back`
  Part part = Part::line;
  std::size_t index = 0;  ///< of the line, link or transformer; an inner edge has none
  bool is_last = true;    ///< the edge whose current is the element's
};

/// Vertices: the buses in their order, then the inside of transformers, then the ideal source.
template <std::size_t n>
struct Assembly {
  std::vector<Matrix<n>> shunts;
  std::vector<Edge<n>> edges;
  std::size_t root = 0;
};

template <std::size_t n>
Assembly<n> assembled(const Network& network);

}  // namespace xiaoyuan::wires
