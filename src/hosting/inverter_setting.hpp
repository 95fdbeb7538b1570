// Ways to set the inverters of a village: volt-var, volt-watt, cos φ(P), as published curves say.
//
// A curve's voltages are shares of the limits' nominal voltage (220 V). An inverter is built for
// its active power P at a power factor: S = P/cos φ, so that it can give its vars at full sun.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hosting/village_year.hpp"

namespace xiaoyuan::hosting {

struct InverterSetting {
  std::string key;  ///< volt_var, volt_watt, power_factor
  Text name;
  std::string document;
  std::string source;
  std::string confidence;
  double power_factor = 1.0;  ///< that the inverter is built for
  wires::Curve volt_var;      ///< vars fed in, of S
  wires::Curve volt_watt;     ///< most active power, of P
  wires::Curve by_power;      ///< active power, of P → cos φ; below 0: drawing vars
};

/// Reads share/inverters/*.toml.
Result<std::vector<InverterSetting>> read_inverter_settings(std::string_view bytes,
                                                            const std::string& name);

/// The rules of an area's inverters; those of other areas stay as they are told. A house without PV
/// has the rule of what may be added.
std::vector<std::optional<wires::InverterRule>> rules_of(const InverterSetting& setting,
                                                         const VillageYear& village,
                                                         std::size_t transformer);
/// So little stands at a house without PV that its inverter's size is known beside its power.
void let_inverters_grow(VillageYear& village);

}  // namespace xiaoyuan::hosting
