#include "wires/wire_library.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <set>

#include "wires/impedance.hpp"

namespace xiaoyuan::wires {

void read_origin(Fields& top) {
  top.text("document");
  top.text("source");
  top.confidence();
  top.date("valid_from");
}

Result<std::vector<WireType>> read_wire_types(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields top(root, name, errors);
  read_origin(top);
  std::vector<WireType> types;
  std::set<std::string> names;
  for (Fields& fields : top.tables("type")) {
    WireType type;
    type.name = fields.text("name");
    if (!names.insert(type.name).second) {
      fields.complain("name", {"this type stands twice", "该型号重复"});
    }
    type.laying = fields.choice("laying", {"row", "bundle"}) == 0 ? Laying::row : Laying::bundle;
    type.area_mm2 = fields.number("area_mm2", {1.0, 2000.0});
    type.ohm_per_km = fields.number("ohm_per_km", {1e-4, 100.0});
    type.per_kelvin = fields.number("per_kelvin", {0.0, 0.01});
    type.insulation_mm = type.laying == Laying::bundle ? fields.number("insulation_mm", {0.1, 20.0})
                                                       : fields.number_or("insulation_mm", 0.0);
    type.rating_a = fields.number_if("rating_a", positive);
    fields.finish();
    types.push_back(std::move(type));
  }
  top.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return types;
}

Matrix4 four_wires(const WireType& type, const LaidWire& laid) {
  const double radius_m = std::sqrt(type.area_mm2 / std::numbers::pi) / 1000.0;
  Wire wire;
  wire.ohm_per_km = type.ohm_per_km * (1.0 + type.per_kelvin * (laid.celsius - 20.0));
  wire.gmr_m = radius_m * std::exp(-0.25);
  std::array<Wire, 4> wires{wire, wire, wire, wire};
  if (type.laying == Laying::row) {
    const std::array<double, 4> places{0.0, 1.0, 3.0, 2.0};  // a b n c
    for (std::size_t i = 0; i < 4; ++i) {
      wires[i].across_m = places[i] * laid.spacing_m;
    }
  } else {
    const double apart_m = 2.0 * (radius_m + type.insulation_mm / 1000.0);
    wires[1].across_m = wires[2].across_m = apart_m;  // a square: a b over n c
    wires[2].height_m = wires[3].height_m = apart_m;
  }
  return carson(wires, {.frequency_hz = laid.frequency_hz});
}

LineType line_type(const WireType& type, const LaidWire& laid) {
  return {
      type.laying == Laying::row ? fmt::format("{} at {} m", type.name, laid.spacing_m) : type.name,
      FourWiresPerKm{four_wires(type, laid)}, type.rating_a};
}

}  // namespace xiaoyuan::wires
