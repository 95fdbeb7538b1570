// A low-voltage network as plain data: buses, lines by type, transformers, the source, and what is
// connected. Voltages in V, currents in A, impedances in Ω; every element remembers its line in the
// file that it was read from.
//
// Three ways to see the neutral:
//   back_wire    earthed at the transformer alone (TT and TN-S, the rural rule). What the phases
//                carry comes back in the neutral, so phase-to-neutral quantities obey three
//                equations exactly: z_ij = Z_ij − Z_in − Z_nj + Z_nn.
//   earthed      earthed so often that it stays at the earth's potential (Kron): z_ij = Z_ij −
//                Z_in·Z_nj/Z_nn.
//   own_wire     a fourth wire with a voltage of its own, and earth electrodes where they are
//   given.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "wires/matrix.hpp"

namespace xiaoyuan::wires {

enum class Neutral { back_wire, earthed, own_wire };

struct Bus {
  std::string name;
  double nominal_v = 400.0;             ///< between two phases
  std::optional<double> electrode_ohm;  ///< from the neutral to earth; with own_wire only
  int line = 0;
};

/// Series impedance and shunt admittance of a kilometre by sequence.
struct SequencePerKm {
  Complex positive_ohm;
  Complex zero_ohm;
  Complex positive_siemens;
  Complex zero_siemens;
};
/// Series impedance of a kilometre of three phases and a neutral, in the order a, b, c, n.
struct FourWiresPerKm {
  Matrix4 ohm;
};

struct LineType {
  std::string name;
  std::variant<SequencePerKm, FourWiresPerKm> impedance;
  std::optional<double> rating_a;
};

struct Line {
  std::string name;
  std::size_t from = 0;
  std::size_t to = 0;
  double length_km = 0.0;
  std::size_t type = 0;
  int parallel = 1;
  int line = 0;
  std::optional<double> rating_a =
      std::nullopt;  ///< of each of them; readers take it from its type
};

/// Two buses that are one: a closed switch, a bus coupler.
struct Link {
  std::string name;
  std::size_t from = 0;
  std::size_t to = 0;
  int line = 0;
};

enum class Winding { delta, star, earthed_star };
/// Where the no-load branch stands: between two halves of the leakage, or half at either end of it.
enum class Equivalent { t, pi };
enum class TapSide { high, low };

struct Transformer {
  std::string name;
  std::size_t high = 0;  ///< the bus of its high-voltage side
  std::size_t low = 0;
  double rating_kva = 0.0;
  double high_v = 10000.0;  ///< rated, between two phases
  double low_v = 400.0;
  double short_circuit_percent = 4.0;  ///< u_k
  double load_loss_kw = 0.0;           ///< P_k
  double no_load_loss_kw = 0.0;        ///< P_0
  double no_load_current_percent = 0.0;
  /// Zero-sequence impedance of the low side, of its rated impedance; none: the same as u_k.
  std::optional<Complex> zero_sequence_percent;
  Winding high_winding = Winding::delta;
  Winding low_winding = Winding::earthed_star;
  int clock = 11;
  TapSide tap_side = TapSide::high;
  double tap_percent = 0.0;  ///< what the tap adds to the rated voltage of its side
  Equivalent equivalent = Equivalent::t;
  int line = 0;
};

/// An ideal voltage of three balanced phases behind an impedance.
struct Source {
  std::string name;
  std::size_t bus = 0;
  double voltage_pu = 1.0;
  double angle_deg = 0.0;
  Sequence impedance_ohm;
  int line = 0;
};

/// How a connection's power follows the voltage; the shares add to 1.
struct VoltageLaw {
  double power = 1.0;      ///< constant
  double current = 0.0;    ///< P and Q ∝ |V|
  double impedance = 0.0;  ///< P and Q ∝ |V|²
};

enum class Phases { a, b, c, abc, ab, bc, ca };

/// A house, a load, a plant. Power drawn is positive, power fed in is negative.
struct Connection {
  std::string name;
  std::size_t bus = 0;
  Phases phases = Phases::abc;
  VoltageLaw law;
  double kw = 0.0;  ///< in the single moment that the file describes
  double kvar = 0.0;
  double nominal_v = 0.0;               ///< of `law`, between its two wires; 0: the bus's
  std::optional<std::size_t> inverter;  ///< its rule, where it follows the voltage
  int line = 0;
};

struct Shunt {
  std::string name;
  std::size_t bus = 0;
  Sequence admittance_siemens;
  int line = 0;
};

/// Points (voltage or load, share) of a broken line; constant before the first and after the last.
struct Curve {
  std::vector<double> at;
  std::vector<double> value;
  double operator()(double x) const;
  /// The steepest |Δvalue/Δat|.
  double steepest() const;
};

/// What an inverter does with the voltage at its terminals. Each part is optional; with none it
/// does as it is told. All voltages in shares of the nominal voltage.
struct InverterRule {
  std::string name;
  double rating_kva = 0.0;
  Curve volt_watt;     ///< voltage → most active power, in shares of the rating
  Curve volt_var;      ///< voltage → reactive power fed in, in shares of the rating
  Curve power_factor;  ///< active power fed in, in shares of the rating → cos φ (drawing vars below
                       ///< 0)
};

/// Where the elements were read from, for messages; all from one file where only `lines` is given.
struct NetworkFiles {
  std::string lines;
  std::string transformers;
  std::string source;
  std::string connections;
};

struct Network {
  NetworkFiles files;
  double frequency_hz = 50.0;
  Neutral neutral = Neutral::back_wire;
  std::vector<Bus> buses;
  std::vector<LineType> types;
  std::vector<Line> lines;
  std::vector<Link> links;
  std::vector<Transformer> transformers;
  std::vector<Source> sources;
  std::vector<Connection> connections;
  std::vector<Shunt> shunts;
  std::vector<InverterRule> inverters;
};

}  // namespace xiaoyuan::wires
