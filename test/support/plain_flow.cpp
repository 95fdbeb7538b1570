#include "support/plain_flow.hpp"

#include <Eigen/Sparse>
#include <Eigen/SparseLU>
#include <cmath>
#include <stdexcept>

#include "wires/impedance.hpp"

namespace xiaoyuan::test {

using wires::Complex;
using wires::Matrix3;

struct PlainFlow::Parts {
  struct Load {
    std::size_t place;
    std::size_t connection;
    double share;
  };
  wires::Network net;
  std::vector<Eigen::Triplet<Complex>> cells;
  Eigen::SparseLU<Eigen::SparseMatrix<Complex>, Eigen::COLAMDOrdering<int>> factors;
  Eigen::VectorXcd source, volts, amps, moved;
  std::vector<Load> loads;
  std::vector<double> nominal_v;

  void add(std::size_t row, std::size_t column, const Matrix3& y) {
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        cells.emplace_back(static_cast<int>(3 * row + i), static_cast<int>(3 * column + j),
                           y(i, j));
      }
    }
  }
  /// A branch of V_to = ratio·V_from + Z·I.
  void add_branch(std::size_t from, std::size_t to, const Matrix3& ratio, const Matrix3& ohm) {
    const auto y = wires::inverse(ohm);
    if (!y) {
      throw std::runtime_error("a branch without impedance");
    }
    const Matrix3 back = conjugate_transpose(ratio);
    add(to, to, *y);
    add(to, from, *y * ratio * -1.0);
    add(from, to, back * *y * -1.0);
    add(from, from, back * *y * ratio);
  }
};

PlainFlow::PlainFlow(const wires::Network& network) : parts_(std::make_unique<Parts>()) {
  Parts& p = *parts_;
  p.net = network;
  for (const wires::Line& line : network.lines) {
    const auto ohm = wires::three_wires(network.types[line.type], network.neutral) *
                     (line.length_km / line.parallel);
    p.add_branch(line.from, line.to, Matrix3::identity(), ohm);
  }
  for (const wires::Transformer& t : network.transformers) {
    const auto model = wires::model_of(t);
    p.add_branch(t.high, t.low, model.ratio, model.leakage_ohm);
  }
  const wires::Source& source = network.sources.front();
  const auto y = wires::inverse(wires::phase_matrix(source.impedance_ohm));
  if (!y) {
    throw std::runtime_error("an ideal source");
  }
  p.add(source.bus, source.bus, *y);
  const auto size = static_cast<Eigen::Index>(3 * network.buses.size());
  p.source = Eigen::VectorXcd::Zero(size);
  const double size_v = source.voltage_pu * network.buses[source.bus].nominal_v / std::sqrt(3.0);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      p.source[static_cast<Eigen::Index>(3 * source.bus + i)] +=
          (*y)(i, j) * size_v * wires::at_angle(source.angle_deg - 120.0 * static_cast<double>(j));
    }
  }
  Eigen::SparseMatrix<Complex> matrix(size, size);
  matrix.setFromTriplets(p.cells.begin(), p.cells.end());
  p.factors.compute(matrix);
  for (std::size_t c = 0; c < network.connections.size(); ++c) {
    const wires::Connection& connection = network.connections[c];
    const auto kind = static_cast<std::size_t>(connection.phases);
    for (std::size_t k = 0; k < 3; ++k) {
      if (kind == k || connection.phases == wires::Phases::abc) {
        p.loads.push_back({3 * connection.bus + k, c, kind < 3 ? 1.0 : 1.0 / 3.0});
      }
    }
  }
  for (const wires::Bus& bus : network.buses) {
    p.nominal_v.insert(p.nominal_v.end(), 3, bus.nominal_v / std::sqrt(3.0));
  }
  unload();
}

PlainFlow::~PlainFlow() = default;

void PlainFlow::unload() { parts_->volts = parts_->factors.solve(parts_->source); }

int PlainFlow::solve(const std::vector<double>& watts, const std::vector<double>& vars,
                     double tolerance_pu) {
  Parts& p = *parts_;
  for (int round = 1; round <= 1000; ++round) {
    p.amps = p.source;
    for (const Parts::Load& load : p.loads) {
      const auto place = static_cast<Eigen::Index>(load.place);
      const Complex va = load.share * Complex(watts[load.connection], vars[load.connection]);
      p.amps[place] -= std::conj(va / p.volts[place]);
    }
    p.moved = p.volts;
    p.volts = p.factors.solve(p.amps);
    double most = 0.0;
    for (const Parts::Load& load : p.loads) {
      const auto place = static_cast<Eigen::Index>(load.place);
      most = std::max(most, std::abs(p.volts[place] - p.moved[place]) / p.nominal_v[load.place]);
    }
    if (most <= tolerance_pu) {
      return round;
    }
  }
  throw std::runtime_error("no voltages found");
}

Complex PlainFlow::volt(std::size_t bus, std::size_t phase) const {
  return parts_->volts[static_cast<Eigen::Index>(3 * bus + phase)];
}

}  // namespace xiaoyuan::test
