// Types of overhead and cable lines: what a standard says of the conductor, and the impedance of
// four wires laid in a given way.
//
// Resistance at T:  r = r_20·(1 + α·(T − 20)); reactance from geometry (wires/impedance.hpp). The
// radius is that of a solid conductor of the nominal area: GMR = e^{−1/4}·√(A/π).
//   row      four bare or insulated wires side by side, a b n c, `spacing_m` between neighbours
//   bundle   four round cores in a square, each with its insulation, touching
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/fields.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

enum class Laying { row, bundle };

struct WireType {
  std::string name;
  Laying laying = Laying::bundle;
  double area_mm2 = 0.0;
  double ohm_per_km = 0.0;  ///< at 20 °C
  double per_kelvin = 0.0;  ///< α
  double insulation_mm = 0.0;
  std::optional<double> rating_a = std::nullopt;  ///< as the library's document says it is laid
};

/// What every library says of itself: document, source, confidence, valid_from.
void read_origin(Fields& top);

/// Reads share/wires/*.toml.
Result<std::vector<WireType>> read_wire_types(std::string_view bytes, const std::string& name);

struct LaidWire {
  double spacing_m = 0.0;  ///< of a row
  double celsius = 20.0;
  double frequency_hz = 50.0;
};
/// Z of a kilometre of a, b, c, n.
Matrix4 four_wires(const WireType& type, const LaidWire& laid);

/// The type laid so, as a network has it; the spacing of a row stands in its name.
LineType line_type(const WireType& type, const LaidWire& laid);

}  // namespace xiaoyuan::wires
