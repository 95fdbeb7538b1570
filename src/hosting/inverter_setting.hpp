// Ways to set the inverters of a village: volt-var, volt-watt, cos φ(P), as published curves say.
//
// A curve's voltages are shares of the nominal voltage of the limits (220 V). An inverter is built
// for its active power P and a power factor: S = P/cos φ, so that it can give its vars at full sun.
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
  wires::Curve volt_var;      ///< of S
  wires::Curve volt_watt;     ///< of P
  wires::Curve by_power;      ///< P fed in of P → cos φ; drawing vars: negative
};

/// Reads share/inverters/*.toml.
Result<std::vector<InverterSetting>> read_inverter_settings(std::string_view bytes,
                                                            const std::string& name);

/// The rule of an inverter of `kw` at a bus whose phases have `bus_v` to neutral.
wires::InverterRule rule_of(const InverterSetting& setting, double kw, double nominal_over_bus);

}  // namespace xiaoyuan::hosting
