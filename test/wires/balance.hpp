// Kirchhoff's law at every bus, computed from the network's data and the voltages alone, by
// symmetrical components: shares no code with the power flow.
#pragma once
#include <cmath>
#include <numbers>
#include <vector>

#include "wires/flow.hpp"

namespace xiaoyuan::test {

class Balance {
 public:
  Balance(const wires::Network& network, const std::vector<wires::Complex>& volts)
      : net_(network), volts_(volts), into_(network.buses.size() * 3) {
    for (const wires::Line& line : net_.lines) {
      add_line(line);
    }
    for (const wires::Transformer& transformer : net_.transformers) {
      add_transformer(transformer);
    }
  }

  /// Power that arrives at a phase of a bus and stays there.
  wires::Complex drawn(std::size_t bus, std::size_t phase) const {
    return volts_[3 * bus + phase] * std::conj(into_[3 * bus + phase]);
  }

 private:
  using Complex = wires::Complex;
  struct Parts {
    Complex zero, positive, negative;
  };
  static Complex turn(int thirds) { return std::polar(1.0, thirds * 2.0 * std::numbers::pi / 3.0); }
  Parts parts(std::size_t bus) const {
    const Complex* v = volts_.data() + 3 * bus;
    return {(v[0] + v[1] + v[2]) / 3.0, (v[0] + turn(1) * v[1] + turn(2) * v[2]) / 3.0,
            (v[0] + turn(2) * v[1] + turn(1) * v[2]) / 3.0};
  }
  void arrive(std::size_t bus, const Parts& amps) {
    for (int k = 0; k < 3; ++k) {
      into_[3 * bus + static_cast<std::size_t>(k)] +=
          amps.zero + turn(-k) * amps.positive + turn(k) * amps.negative;
    }
  }
  void add_line(const wires::Line& line) {
    const auto& type = std::get<wires::SequencePerKm>(net_.types[line.type].impedance);
    const double length = line.length_km / line.parallel;
    const Parts from = parts(line.from);
    const Parts to = parts(line.to);
    const Parts flow{(from.zero - to.zero) / (type.zero_ohm * length),
                     (from.positive - to.positive) / (type.positive_ohm * length),
                     (from.negative - to.negative) / (type.positive_ohm * length)};
    const double half = 0.5 * line.length_km * line.parallel;
    const Complex y0 = type.zero_siemens * half;
    const Complex y1 = type.positive_siemens * half;
    arrive(line.from, {-flow.zero - y0 * from.zero, -flow.positive - y1 * from.positive,
                       -flow.negative - y1 * from.negative});
    arrive(line.to, {flow.zero - y0 * to.zero, flow.positive - y1 * to.positive,
                     flow.negative - y1 * to.negative});
  }
  /// T equivalent of a Dyn transformer.
  void add_transformer(const wires::Transformer& t) {
    const double rated_va = 1000.0 * t.rating_kva;
    const double base = t.low_v * t.low_v / rated_va;
    const double r = 1000.0 * t.load_loss_kw / rated_va;
    const double u = t.short_circuit_percent / 100.0;
    const Complex z = base * Complex(r, std::sqrt(u * u - r * r));
    const Complex z0 = t.zero_sequence_percent ? *t.zero_sequence_percent / 100.0 * base : z;
    const double g = t.no_load_loss_kw * 1000.0 / (t.low_v * t.low_v);
    const double y = t.no_load_current_percent / 100.0 / base;
    const Complex no_load(g, -std::sqrt(std::max(0.0, y * y - g * g)));
    const double size = t.low_v / (t.high_v * (1.0 + t.tap_percent / 100.0));
    const Complex ratio = std::polar(size, -t.clock * std::numbers::pi / 6.0);
    const Parts high = parts(t.high);
    const Parts low = parts(t.low);
    const auto middle = [&](Complex e, Complex v) {
      return (e + v) * 2.0 / z / (no_load + 4.0 / z);
    };
    const Complex e1 = ratio * high.positive;
    const Complex e2 = std::conj(ratio) * high.negative;
    const Complex m1 = middle(e1, low.positive);
    const Complex m2 = middle(e2, low.negative);
    arrive(t.low, {-low.zero / z0, (m1 - low.positive) * 2.0 / z, (m2 - low.negative) * 2.0 / z});
    arrive(t.high, {0.0, -std::conj(ratio) * (e1 - m1) * 2.0 / z, -ratio * (e2 - m2) * 2.0 / z});
  }

  const wires::Network& net_;
  const std::vector<Complex>& volts_;
  std::vector<Complex> into_;
};

}  // namespace xiaoyuan::test
