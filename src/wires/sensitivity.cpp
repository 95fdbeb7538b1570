#include "wires/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "wires/lane_solver.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr std::size_t columns_at_once = sweep_loops::lanes;

/// An element at the moment's voltage: dI = turn·dv + lift·Re(v̄·dv) + conj(dS)·per_va.
struct Tangent {
  Complex volts;
  Complex turn;
  Complex lift;
  Complex per_va;
};

class Columns {
 public:
  Columns(const Flow& flow, const Moment& moment) : flow_(flow), tree_(flow.prepared().tree) {
    for (const Element& element : tree_.sweep.elements) {
      tangents_.push_back(tangent(element, moment));
    }
  }

  /// Columns first … of 2·size: by kW of every connection, then by kvar.
  void solve(std::size_t first, std::size_t count, const Accuracy& accuracy, Sensitivities& all);

 private:
  Tangent tangent(const Element& element, const Moment& moment) const;
  void feed(LaneSolver& solver, std::size_t first, std::size_t count) const;
  double take(LaneSolver& solver, std::size_t count);
  Complex difference(LaneSolver& solver, const Element& element, std::size_t lane) const;

  const Flow& flow_;
  const Tree& tree_;
  std::vector<Tangent> tangents_;
  std::vector<Complex> moved_;  ///< [element][lane]
};

Tangent Columns::tangent(const Element& element, const Moment& moment) const {
  const std::size_t bus = tree_.bus_of_node[element.node];
  Complex v = moment.volt(bus, element.from);
  if (element.to != element.from) {
    v -= moment.volt(bus, element.to);
  }
  const double square = std::norm(v);
  const double size = std::sqrt(square);
  const double law = element.power / square + element.current / size + element.impedance;
  const double slope = -element.power / (square * square) - 0.5 * element.current / (square * size);
  // The moment's power is what the law has made of the told one: the told one is behind it.
  double whole = 0.0;
  for (const std::size_t e : flow_.prepared().elements[element.connection]) {
    const Element& part = tree_.sweep.elements[e];
    const std::size_t at = tree_.bus_of_node[part.node];
    Complex u = moment.volt(at, part.from);
    if (part.to != part.from) {
      u -= moment.volt(at, part.to);
    }
    whole += part.share * (part.power + part.current * std::abs(u) + part.impedance * std::norm(u));
  }
  const Complex drawn(moment.kw[element.connection], moment.kvar[element.connection]);
  const Complex told = whole > 0.0 ? std::conj(1000.0 * drawn / whole) * element.share : 0.0;
  return {v, told * law, told * v * slope * 2.0, element.share * v * law};
}

Complex Columns::difference(LaneSolver& solver, const Element& element, std::size_t lane) const {
  const auto at = [&](std::size_t wire) {
    const double* place =
        solver.node_volts() + (element.node * tree_.sweep.wires + wire) * 2 * columns_at_once;
    return Complex(place[lane], place[lane + columns_at_once]);
  };
  return element.to == element.from ? at(element.from) : at(element.from) - at(element.to);
}

void Columns::feed(LaneSolver& solver, std::size_t first, std::size_t count) const {
  const std::size_t wires = tree_.sweep.wires;
  const std::size_t size = flow_.network().connections.size();
  std::fill_n(solver.node_amps(), tree_.sweep.size() * wires * 2 * columns_at_once, 0.0);
  for (std::size_t e = 0; e < tangents_.size(); ++e) {
    const Element& element = tree_.sweep.elements[e];
    const Tangent& t = tangents_[e];
    for (std::size_t lane = 0; lane < count; ++lane) {
      const Complex dv = moved_[e * columns_at_once + lane];
      Complex drawn = t.turn * dv + t.lift * (std::conj(t.volts) * dv).real();
      const std::size_t column = first + lane;
      if (column % size == element.connection) {  // one kW, or kvar, less drawn
        drawn +=
            std::conj(column < size ? Complex(-1000.0, 0.0) : Complex(0.0, -1000.0)) * t.per_va;
      }
      const auto add = [&](std::size_t wire, Complex amps) {
        double* place =
            solver.node_amps() + (element.node * wires + wire) * 2 * columns_at_once + lane;
        place[0] += amps.real();
        place[columns_at_once] += amps.imag();
      };
      add(element.from, -drawn);
      if (element.to != element.from) {
        add(element.to, drawn);
      }
    }
  }
}

/// Takes the voltages that moved; how far they differ from those before, in V.
double Columns::take(LaneSolver& solver, std::size_t count) {
  double most = 0.0;
  for (std::size_t e = 0; e < tangents_.size(); ++e) {
    for (std::size_t lane = 0; lane < count; ++lane) {
      const Complex dv = difference(solver, tree_.sweep.elements[e], lane);
      most = std::max(most, std::abs(dv - moved_[e * columns_at_once + lane]));
      moved_[e * columns_at_once + lane] = dv;
    }
  }
  return most;
}

void Columns::solve(std::size_t first, std::size_t count, const Accuracy& accuracy,
                    Sensitivities& all) {
  LaneSolver solver(flow_.prepared());
  moved_.assign(tangents_.size() * columns_at_once, 0.0);
  for (int round = 0; round < accuracy.most_rounds; ++round) {
    feed(solver, first, count);
    solver.linear();
    if (take(solver, count) < accuracy.tolerance_pu && round > 1) {
      break;
    }
  }
  for (std::size_t seen = 0; seen < all.size; ++seen) {
    const auto& elements = flow_.prepared().elements[seen];
    for (std::size_t lane = 0; lane < count; ++lane) {
      double volts = 0.0;
      for (const std::size_t e : elements) {
        const Complex v = tangents_[e].volts;
        volts += (std::conj(v) * moved_[e * columns_at_once + lane]).real() / std::abs(v) /
                 static_cast<double>(elements.size());
      }
      const std::size_t column = first + lane;
      (column < all.size ? all.volts_per_kw
                         : all.volts_per_kvar)[seen * all.size + column % all.size] = volts;
    }
  }
}

}  // namespace

Result<Sensitivities> sensitivities(const Flow& flow, const Powers& powers,
                                    const Accuracy& accuracy) {
  TRY(const Moment moment, solve(flow, powers, accuracy));
  Sensitivities all;
  all.size = flow.network().connections.size();
  all.volts_per_kw.resize(all.size * all.size);
  all.volts_per_kvar.resize(all.size * all.size);
  Columns columns(flow, moment);
  for (std::size_t first = 0; first < 2 * all.size; first += columns_at_once) {
    columns.solve(first, std::min(columns_at_once, 2 * all.size - first), accuracy, all);
  }
  return all;
}

}  // namespace xiaoyuan::wires
