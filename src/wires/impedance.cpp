#include "wires/impedance.hpp"

#include <cmath>
#include <numbers>

#include "base/check.hpp"

namespace xiaoyuan::wires {

namespace {

/// A transformer by sequence: the ratio low/high, and the leakage seen from the low side.
struct BySequence {
  Sequence ratio;
  Sequence leakage_ohm;
};

BySequence by_sequence(const Transformer& t) {
  const double tap = 1.0 + t.tap_percent / 100.0;
  const double high_v = t.high_v * (t.tap_side == TapSide::high ? tap : 1.0);
  const double low_v = t.low_v * (t.tap_side == TapSide::low ? tap : 1.0);
  const double base_ohm = low_v * low_v / (t.rating_kva * 1000.0);
  const double size = t.short_circuit_percent / 100.0;
  const double loss = t.load_loss_kw / t.rating_kva;
  const Complex leakage =
      Complex(loss, std::sqrt(std::max(0.0, size * size - loss * loss))) * base_ohm;
  const Complex zero_leakage =
      t.zero_sequence_percent ? *t.zero_sequence_percent / 100.0 * base_ohm : leakage;
  const double ratio = low_v / high_v;
  const Complex turn = at_angle(-30.0 * t.clock);
  const bool passes_zero =
      t.high_winding == Winding::earthed_star && t.low_winding == Winding::earthed_star;
  return {{passes_zero ? ratio : 0.0, ratio * turn, ratio * std::conj(turn)},
          {zero_leakage, leakage, leakage}};
}

Complex inverse_or_none(Complex number) { return number == 0.0 ? 0.0 : 1.0 / number; }

}  // namespace

Matrix4 carson(const std::array<Wire, 4>& wires, const Ground& ground) {
  const double f = ground.frequency_hz;
  const double earth_ohm = std::numbers::pi * std::numbers::pi * f * 1e-4;
  const double factor = 4.0 * std::numbers::pi * f * 1e-4;
  const double depth_m = 658.5 * std::sqrt(ground.resistivity_ohm_m / f);
  Matrix4 ohm;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      const double apart_m = i == j ? wires[i].gmr_m
                                    : std::hypot(wires[i].across_m - wires[j].across_m,
                                                 wires[i].height_m - wires[j].height_m);
      expects(apart_m > 0.0);
      ohm(i, j) = Complex(earth_ohm + (i == j ? wires[i].ohm_per_km : 0.0),
                          factor * std::log(depth_m / apart_m));
    }
  }
  return ohm;
}

Matrix3 kron(const Matrix4& wires) {
  Matrix3 ohm;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      ohm(i, j) = wires(i, j) - wires(i, 3) * wires(3, j) / wires(3, 3);
    }
  }
  return ohm;
}

Matrix3 back_wire(const Matrix4& wires) {
  Matrix3 ohm;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      ohm(i, j) = wires(i, j) - wires(i, 3) - wires(3, j) + wires(3, 3);
    }
  }
  return ohm;
}

Matrix3 three_wires(const LineType& type, Neutral neutral) {
  if (const auto* sequence = std::get_if<SequencePerKm>(&type.impedance)) {
    return phase_matrix({sequence->zero_ohm, sequence->positive_ohm, sequence->positive_ohm});
  }
  const Matrix4& wires = std::get<FourWiresPerKm>(type.impedance).ohm;
  return neutral == Neutral::earthed ? kron(wires) : back_wire(wires);
}

Matrix3 shunt_per_km(const LineType& type) {
  if (const auto* sequence = std::get_if<SequencePerKm>(&type.impedance)) {
    return phase_matrix(
        {sequence->zero_siemens, sequence->positive_siemens, sequence->positive_siemens});
  }
  return {};
}

TransformerModel model_of(const Transformer& t) {
  const BySequence sequence = by_sequence(t);
  const double tap = t.tap_side == TapSide::low ? 1.0 + t.tap_percent / 100.0 : 1.0;
  const double low_v = t.low_v * tap;
  const double active = t.no_load_loss_kw * 1000.0 / (low_v * low_v);
  const double size = t.no_load_current_percent / 100.0 * t.rating_kva * 1000.0 / (low_v * low_v);
  const Complex no_load(active, -std::sqrt(std::max(0.0, size * size - active * active)));
  return {phase_matrix(sequence.ratio), phase_matrix(sequence.leakage_ohm),
          phase_matrix({0.0, no_load, no_load})};
}

ReverseModel reversed(const Transformer& t) {
  const auto [ratio, leakage] = by_sequence(t);
  const Sequence back{inverse_or_none(ratio.zero), inverse_or_none(ratio.positive),
                      inverse_or_none(ratio.negative)};
  const auto seen = [](Complex ohm, Complex turn) { return ohm * std::norm(turn); };
  const bool shorts_zero = t.high_winding == Winding::delta;
  return {phase_matrix(back),
          phase_matrix({seen(leakage.zero, back.zero), seen(leakage.positive, back.positive),
                        seen(leakage.negative, back.negative)}),
          phase_matrix({shorts_zero ? inverse_or_none(leakage.zero) : 0.0, 0.0, 0.0})};
}

}  // namespace xiaoyuan::wires
