// The plain way: the whole admittance matrix in phase coordinates, factored once by Eigen's sparse
// LU, and current injection until nothing moves. The yardstick of the bench and an oracle of tests;
// of the library it uses the network as data and the matrices of lines and transformers.
#pragma once
#include <memory>
#include <vector>

#include "wires/network.hpp"

namespace xiaoyuan::test {

class PlainFlow {
 public:
  /// The source must have an impedance in every sequence; three wires; wye connections of constant
  /// power only.
  explicit PlainFlow(const wires::Network& network);
  ~PlainFlow();

  /// From the voltages of the last call. Powers in W and var by connection. Returns the rounds.
  int solve(const std::vector<double>& watts, const std::vector<double>& vars, double tolerance_pu);
  wires::Complex volt(std::size_t bus, std::size_t phase) const;
  void unload();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace xiaoyuan::test
