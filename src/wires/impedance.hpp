// What a line and a transformer are in equations: impedance matrices of wires, from sequence
// values, from measured four-wire matrices, and from the geometry of the wires.
//
// Carson's equations (1926) cut after their first terms, as Kersting, Distribution System Modeling
// and Analysis, writes them; in Ω/km, lengths in m, ρ the earth's resistivity in Ωm:
//   Z_ii = r_i + r_e + j·x_f·ln(D_e/GMR_i),   Z_ij = r_e + j·x_f·ln(D_e/D_ij)
//   r_e = π²·f·1e-4,  x_f = 4π·f·1e-4,  D_e = 658.5·√(ρ/f)
#pragma once
#include <array>

#include "wires/network.hpp"

namespace xiaoyuan::wires {

/// One wire of a line, seen along it.
struct Wire {
  double ohm_per_km = 0.0;
  double gmr_m = 0.0;  ///< geometric mean radius
  double across_m = 0.0;
  double height_m = 0.0;
};

struct Ground {
  double frequency_hz = 50.0;
  double resistivity_ohm_m = 100.0;
};

/// Z of a kilometre of wires a, b, c, n with the earth as their common return.
Matrix4 carson(const std::array<Wire, 4>& wires, const Ground& ground);

/// The neutral left out because the earth keeps its potential (Kron).
Matrix3 kron(const Matrix4& wires);
/// The neutral left out because it alone brings the current back: phase-to-neutral quantities.
Matrix3 back_wire(const Matrix4& wires);

/// Series impedance of a whole line as three phases see it.
Matrix3 three_wires(const LineType& type, Neutral neutral);
/// Shunt admittance of a kilometre; a line by its wires has none.
Matrix3 shunt_per_km(const LineType& type);

/// A transformer seen from its low side: V_low = ratio·V_high + leakage·I, I fed in at the low
/// side.
struct TransformerModel {
  Matrix3 ratio;
  Matrix3 leakage_ohm;
  Matrix3 no_load_siemens;  ///< all of it
};
TransformerModel model_of(const Transformer& transformer);

/// The same seen from its high side: V_high = ratio·V_low + leakage·I, I fed in at the high side.
/// What no current can set (the zero sequence of a delta) is 0.
struct ReverseModel {
  Matrix3 ratio;
  Matrix3 leakage_ohm;
  Matrix3 low_siemens;  ///< what the low side sees of a delta beyond: its zero sequence
};
ReverseModel reversed(const Transformer& transformer);

}  // namespace xiaoyuan::wires
