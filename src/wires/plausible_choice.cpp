#include "wires/plausible_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expected.hpp"

namespace xiaoyuan::wires {

namespace {

class Choosing {
 public:
  Choosing(const std::function<double(std::string_view)>& assumption, Errors& errors)
      : assumption_(assumption), errors_(errors) {}

  double number(std::string_view key) const { return assumption_(key); }
  std::size_t count(std::string_view key) const {
    return static_cast<std::size_t>(std::max(1.0, assumption_(key)));
  }

  /// JKLYJ of the area that a key gives.
  WireType wire(std::string_view key, const std::vector<WireType>& wires) {
    const std::string area = text_of(assumption_(key));
    std::vector<std::string> areas;
    for (const WireType& wire : wires) {
      if (wire.name == "JKLYJ-" + area) {
        return wire;
      }
      if (wire.name.starts_with("JKLYJ-")) {
        areas.push_back(text_of(wire.area_mm2));
      }
    }
    complain(key, {fmt::format("no JKLYJ of {} mm2 is known; there are {}", area, joined(areas)),
                   fmt::format("没有 {} mm² 的 JKLYJ;已有 {}", area, joined(areas))});
    return {};
  }

  std::string series(std::string_view key, const std::vector<TransformerType>& types) {
    const std::string name = "S" + text_of(assumption_(key));
    std::vector<std::string> names;
    for (const TransformerType& type : types) {
      if (std::ranges::find(names, type.series) == names.end()) {
        names.push_back(type.series);
      }
    }
    if (std::ranges::find(names, name) == names.end()) {
      complain(key, {fmt::format("no series {} is known; there are {}", name, joined(names)),
                     fmt::format("没有 {} 系列;已有 {}", name, joined(names))});
    }
    return name;
  }

 private:
  void complain(std::string_view key, Text what) {
    errors_.push_back({Fault::bad_input,
                       std::move(what),
                       {"village.toml", 0, fmt::format("assumptions.{}", key)}});
  }

  const std::function<double(std::string_view)>& assumption_;
  Errors& errors_;
};

}  // namespace

Result<Plausible> plausible_of(const std::function<double(std::string_view)>& assumption,
                               const std::vector<WireType>& wires,
                               const std::vector<TransformerType>& transformers) {
  Errors errors;
  Choosing choosing(assumption, errors);
  Plausible plausible;
  plausible.trunk = choosing.wire("network.trunk_area_mm2", wires);
  plausible.branch = choosing.wire("network.branch_area_mm2", wires);
  plausible.drop = choosing.wire("network.drop_area_mm2", wires);
  plausible.line_spacing_m = choosing.number("network.line_spacing_m");
  plausible.drop_spacing_m = choosing.number("network.drop_spacing_m");
  plausible.celsius = choosing.number("network.wire_celsius");
  plausible.branch_houses = static_cast<int>(choosing.number("network.branch_houses"));
  plausible.layout = {.pole_m = choosing.number("network.pole_m"),
                      .houses_per_pole = choosing.count("network.houses_per_pole"),
                      .feeders = choosing.count("network.feeders"),
                      .drop_m = choosing.number("network.drop_m"),
                      .most_drop_m = choosing.number("network.most_drop_m"),
                      .least_drop_m = choosing.number("network.least_drop_m"),
                      .most_feeder_m = choosing.number("network.most_feeder_m")};
  plausible.source_pu = choosing.number("network.source_pu");
  plausible.source_mva = choosing.number("network.source_mva");
  plausible.source_r_over_x = choosing.number("network.source_r_over_x");
  plausible.tap_percent = choosing.number("network.tap_percent");
  plausible.transformers = transformers;
  plausible.series = choosing.series("network.transformer_series", transformers);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return plausible;
}

}  // namespace xiaoyuan::wires
